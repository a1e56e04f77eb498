// Whole gzip files (RFC 1952). The host's own streams do the work where they can; what they refuse or differ in (several
// members, padding, damage) is read here, so that every host gives the same answer.

import { concat } from './bytes.ts'
import { Crc32 } from './crc32.ts'
import { Inflate, InflateError } from './inflate.ts'

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Damaged data, or data that ends too soon. */
export class GzipError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GzipError'
  }
}

/** Larger than any layer that fits in memory beside its tree: beyond it is a bomb. */
const MOST = 2 ** 31

/** `most`: how many bytes it may unpack to. Throws GzipError. */
export async function gunzip(bytes: Uint8Array, most: number = MOST): Promise<Uint8Array> {
  const unpacked = await pass(bytes, new DecompressionStream('gzip'), most)
  // The last word of a file with one member is its size (mod 2^32): anything else is looked at closely.
  return unpacked && unpacked.length % 2 ** 32 === lastWord(bytes) ? unpacked : gunzipMembers(bytes, most)
}

/**
 * All members, one behind the other, at once. Zeros after the last are padding, as for gzip; anything else is an error.
 * Throws GzipError.
 */
export function gunzipMembers(bytes: Uint8Array, most: number = MOST): Uint8Array {
  const parts: Uint8Array[] = []
  let rest = bytes
  let left = most
  do {
    const { contents, after } = readMember(rest, bytes.length - rest.length, left)
    for (const part of contents) {
      parts.push(part)
      left -= part.length
    }
    rest = after
  } while (isGzip(rest))
  if (rest.some(byte => byte !== 0)) {
    throw new GzipError(`trailing garbage after the gzip data at byte ${bytes.length - rest.length}`)
  }
  return concat(parts)
}

/** The same bytes give the same result in every host: no name, no time, and Unix as the system, as busybox writes it. */
export async function gzip(bytes: Uint8Array, level: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 = 6): Promise<Uint8Array> {
  // Its tables are made when it is loaded, which a start must not wait for.
  const { gzipSync } = await import('fflate')
  return gzipSync(bytes, { level, mtime: 0 })
}

const HEADER = 10
const TRAILER = 8

interface Member {
  readonly contents: readonly Uint8Array[]
  readonly after: Uint8Array
}

function readMember(bytes: Uint8Array, at: number, most: number): Member {
  if (!isGzip(bytes)) throw new GzipError(`not gzip data at byte ${at}`)
  const { contents, rest } = inflateAll(bytes.subarray(headerLength(bytes)), most)
  if (rest.length < TRAILER) throw endsTooSoon()
  const crc = new Crc32()
  let size = 0
  for (const part of contents) {
    crc.update(part)
    size += part.length
  }
  const view = new DataView(rest.buffer, rest.byteOffset, TRAILER)
  if (view.getUint32(0, true) !== crc.value) throw new GzipError('damaged gzip data: the checksum is wrong')
  if (view.getUint32(4, true) !== size % 2 ** 32) throw new GzipError('damaged gzip data: the length is wrong')
  return { contents, after: rest.subarray(TRAILER) }
}

/** In slices, so that a bomb is noticed before it fills the memory. */
const SLICE = 1 << 16

function inflateAll(bytes: Uint8Array, most: number): { contents: Uint8Array[]; rest: Uint8Array } {
  const inflate = new Inflate()
  const contents: Uint8Array[] = []
  let size = 0
  let at = 0
  try {
    while (!inflate.isDone) {
      const end = at + SLICE
      contents.push(inflate.push(bytes.subarray(at, end), end >= bytes.length))
      size += contents.at(-1)?.length ?? 0
      if (size > most) throw tooLarge(most)
      at = end
    }
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    throw new GzipError(`damaged gzip data: ${error.message}`)
  }
  const used = Math.min(at, bytes.length) - inflate.rest.length
  return { contents, rest: bytes.subarray(used) }
}

function tooLarge(most: number): GzipError {
  return new GzipError(`the gzip data unpacks to more than ${most} bytes`)
}

/** RFC 1952 section 2.3: extra field, name, comment and header checksum are passed over. */
function headerLength(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0
  if (bytes.length < HEADER) throw endsTooSoon()
  if (bytes[2] !== 8 || flags & 0xe0) throw new GzipError('damaged gzip data: an unknown method or flag')
  let at = HEADER
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  for (const flag of [8, 16]) if (flags & flag) at = endOfText(bytes, at)
  if (flags & 2) at += 2
  if (at > bytes.length) throw endsTooSoon()
  return at
}

function endOfText(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(0, at)
  if (end === -1) throw endsTooSoon()
  return end + 1
}

function endsTooSoon(): GzipError {
  return new GzipError('damaged gzip data: unexpected end of file')
}

function lastWord(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true)
}

const CHUNK = 1 << 20

/** undefined: the host refuses it. */
async function pass(bytes: Uint8Array, stream: TransformPair, most: number): Promise<Uint8Array | undefined> {
  const writer = stream.writable.getWriter()
  const [feeding, collecting] = await Promise.allSettled([
    feed(writer, bytes),
    collect(stream.readable.getReader(), most),
  ])
  if (collecting.status === 'rejected' && collecting.reason instanceof GzipError) throw collecting.reason
  return feeding.status === 'fulfilled' && collecting.status === 'fulfilled' ? collecting.value : undefined
}

async function feed(writer: WritableStreamWriter, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += CHUNK) await writer.write(bytes.subarray(at, at + CHUNK))
  await writer.close()
}

async function collect(reader: ReadableStreamReader, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (value) chunks.push(value)
    size += value?.length ?? 0
    if (size > most) {
      const error = tooLarge(most)
      await reader.cancel(error)
      throw error
    }
    if (done) return concat(chunks)
  }
}
