// What is packed, by its first bytes: media types and names are often wrong.

import { concat } from '../lib/bytes.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { hostGunzipStream } from '../lib/gunzip-stream.ts'
import { GzipError, gunzip } from '../lib/gzip.ts'
import { ImageError } from './manifest.ts'
import { gather, piecesOf } from './pieces.ts'

/** Throws GzipError or ImageError: what is damaged, too large, or packed in a way that cannot be read here. */
export async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  const packing = packingOf(bytes)
  switch (packing) {
    case undefined:
      return bytes
    case 'gzip':
      return gunzip(bytes)
    case 'zstd':
      return unpackZstd(bytes)
    case 'bzip2':
    case 'xz':
      return gather(limited(unpackRare(packing, piecesOf(bytes)), () => MOST))
  }
}

export type Packing = 'gzip' | 'zstd' | 'bzip2' | 'xz'

/** What is no data may come first in a zstd file (RFC 8878, "Skippable Frames"). */
function isSkippableFrame(bytes: Uint8Array): boolean {
  return bytes[0] !== undefined && bytes[0] >> 4 === 5 && SKIPPABLE.every((byte, at) => bytes[at + 1] === byte)
}

const SKIPPABLE = [0x2a, 0x4d, 0x18]

const MAGIC: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
]

/** undefined: it is not packed, as far as its first bytes tell. */
export function packingOf(bytes: Uint8Array): Packing | undefined {
  const found = MAGIC.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0]
  return found ?? (isSkippableFrame(bytes) ? 'zstd' : undefined)
}

/** As for gzip: beyond it is a bomb. */
const MOST = 2 ** 31
const SLICE = 1 << 16

async function unpackZstd(bytes: Uint8Array): Promise<Uint8Array> {
  // Few layers need it: a start must not wait for it.
  const { Decompress } = await import('fzstd')
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Decompress(part => {
    parts.push(part)
    size += part.length
  })
  for (let at = 0; at < bytes.length; at += SLICE) {
    pushZstd(() => stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length))
    if (size > MOST) throw new ImageError(`the zstd data unpacks to more than ${MOST} bytes`)
  }
  return concat(parts)
}

/** The library throws plain errors. */
function pushZstd(push: () => void): void {
  try {
    push()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new ImageError(`damaged zstd data: ${error.message}`)
  }
}

/**
 * As unpack, in pieces. A gzip file of several members may be refused by a browser: then unpack reads it. Nothing is held in
 * memory, so it may be of any size, but beyond `most` bytes not of more than a hundred times what was packed: that is a bomb.
 */
export async function* unpackStream(source: AsyncIterable<Uint8Array>, most = MOST): AsyncGenerator<Uint8Array> {
  const { first, all } = await peek(source)
  const packing = packingOf(first)
  if (packing === undefined) return yield* all
  const read = { size: 0 }
  const packed = counted(all, read)
  yield* limited(unpackBy(packing, packed), () => Math.max(most, read.size * BOMB))
}

/** Text and programs pack to a third or a tenth, and the emptiest file by gzip to a thousandth. */
const BOMB = 100

function unpackBy(packing: Packing, packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  switch (packing) {
    case 'gzip':
      return unpackGzip(packed)
    case 'zstd':
      return unpackZstdStream(packed)
    case 'bzip2':
    case 'xz':
      return unpackRare(packing, packed)
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, read: { size: number }): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    read.size += piece.length
    yield piece
  }
}

/** The first piece, long enough to tell what it is, and all pieces with it. */
async function peek(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]()
  const parts: Uint8Array[] = []
  for (let size = 0; size < 8; ) {
    const next = await iterator.next()
    if (next.done) break
    parts.push(next.value)
    size += next.value.length
  }
  const first = concat(parts)
  const rest = async function* () {
    if (first.length > 0) yield first
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { first, all: rest() }
}

async function* limited(source: AsyncIterable<Uint8Array>, most: () => number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of source) {
    size += piece.length
    if (size > most()) throw new ImageError(`the packed data unpacks to more than ${most()} bytes`)
    yield piece
  }
}

async function* unpackGzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const native = hostGunzipStream()
  if (!native) return yield* through(source, new DecompressionStream('gzip'))
  try {
    yield* native(source)
  } catch (error) {
    throw damaged(error)
  }
}

async function* through(source: AsyncIterable<Uint8Array>, stream: TransformPair): AsyncGenerator<Uint8Array> {
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  let failure: unknown
  const feeding = feed(writer, source).catch(async error => {
    failure = error
    await writer.abort(error).catch(() => undefined)
  })
  for (;;) {
    const { done, value } = await readPiece(reader, () => failure)
    if (value) yield value
    if (done) break
  }
  await feeding
  if (failure !== undefined) throw damaged(failure)
}

async function feed(writer: WritableStreamWriter, source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of source) await writer.write(piece)
  await writer.close()
}

async function readPiece(reader: ReadableStreamReader, failure: () => unknown) {
  try {
    return await reader.read()
  } catch (error) {
    throw damaged(failure() ?? error)
  }
}

/** Hosts say it each in their own way; what failed in the source is told as it is. */
function damaged(error: unknown): Error {
  if (!(error instanceof Error)) return new GzipError('damaged gzip data')
  const isOurs = error instanceof ImageError || error.name === 'TarError' || error.name === 'SysError'
  return isOurs ? error : new GzipError(`damaged gzip data: ${error.message}`)
}

/** What is rarely met is loaded when it is. */
async function* unpackRare(packing: 'bzip2' | 'xz', source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (packing === 'xz') yield* (await import('../lib/lzma/xz.ts')).unxzStream(source)
    else yield* (await import('../lib/bzip2/decode.ts')).bunzip2Stream(source)
  } catch (error) {
    if (!(error instanceof DecompressionError)) throw error
    throw new ImageError(`damaged ${packing} data: ${error.message}`)
  }
}

async function* unpackZstdStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  const parts: Uint8Array[] = []
  const stream = new Decompress(part => parts.push(part))
  for await (const piece of source) {
    for (let at = 0; at < piece.length; at += SLICE) {
      pushZstd(() => stream.push(piece.subarray(at, at + SLICE)))
      yield* parts.splice(0)
    }
  }
  pushZstd(() => stream.push(new Uint8Array(0), true))
  yield* parts.splice(0)
}
