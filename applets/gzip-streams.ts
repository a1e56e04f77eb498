// gzip members (RFC 1952) made and taken apart as bytes come.

import { Gzip } from 'fflate'
import { EMPTY } from '../lib/bytes.ts'
import { ChunkReader } from '../lib/chunk-reader.ts'
import { Crc32 } from '../lib/crc32.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { Inflate, InflateError } from '../lib/inflate.ts'
import { hostInflateStream, type Inflated } from '../lib/inflate-stream.ts'

/** The compressed pieces of a stream. `level` 1 to 9. */
export async function* gzipStream(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = []
  const compressor = new Gzip({ level: compressionLevel(level), mtime: 0 }, piece => pieces.push(piece))
  for await (const chunk of source) {
    compressor.push(chunk)
    yield* pieces.splice(0)
  }
  compressor.push(EMPTY, true)
  yield* pieces
}

type Level = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

function compressionLevel(level: number): Level {
  // The number is one of Level's after rounding and clamping.
  return Math.min(9, Math.max(1, Math.round(level))) as Level
}

/** The contents of all members, one behind the other. What follows the last and is no member is passed over. */
export async function* gunzipStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const view of gunzipViews(source)) yield view.slice()
}

/** The same in pieces that are good until the next one is asked for. */
export async function* gunzipViews(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = new ChunkReader(source)
  if (!(await startsMember(input))) throw new DecompressionError('invalid magic')
  do {
    await skipHeader(input)
    yield* inflateMember(input)
  } while (await startsMember(input))
}

/** So much is unpacked at a time. */
const PART = 1 << 14

/** What a host may be asked to unpack: what is shorter is done before its threads are awake. */
const LONG = 1 << 14

async function* inflateMember(input: ChunkReader): AsyncGenerator<Uint8Array> {
  const contents = await contentsOf(input)
  let size = 0
  let next = await refusing(() => contents.next())
  for (; !next.done; next = await refusing(() => contents.next())) {
    size = (size + next.value.length) % 2 ** 32
    if (next.value.length > 0) yield next.value
  }
  const { rest, crc } = next.value
  input.giveBack(rest)
  const trailer = await input.take(8)
  if (trailer.length < 8) throw new DecompressionError('corrupted data')
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8)
  if (view.getUint32(0, true) !== crc) throw new DecompressionError('crc error')
  if (view.getUint32(4, true) !== size) throw new DecompressionError('incorrect length')
}

async function contentsOf(input: ChunkReader): Promise<AsyncGenerator<Uint8Array, Inflated>> {
  const host = hostInflateStream()
  return host && (await input.fill(1)).length >= LONG ? host(() => input.chunk()) : inflateHere(input)
}

async function* inflateHere(input: ChunkReader): AsyncGenerator<Uint8Array, Inflated> {
  const inflate = new Inflate()
  const sum = new Crc32()
  while (!inflate.isDone) {
    const chunk = await input.chunk(PART)
    const bytes = inflate.pushView(chunk, chunk.length === 0)
    sum.update(bytes)
    yield bytes
  }
  return { rest: inflate.rest, crc: sum.value }
}

async function refusing<T>(piece: () => Promise<T>): Promise<T> {
  try {
    return await piece()
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    throw new DecompressionError(error.message)
  }
}

async function skipHeader(input: ChunkReader): Promise<void> {
  const header = await input.take(10)
  const flags = header[3] ?? 0
  if (header.length < 10 || header[2] !== 8 || flags & 0xe0) throw new DecompressionError('corrupted data')
  if (flags & 4) {
    const [low = 0, high = 0] = await input.take(2)
    await input.take(low + 256 * high)
  }
  if (flags & 8) await skipText(input)
  if (flags & 16) await skipText(input)
  if (flags & 2) await input.take(2)
}

async function skipText(input: ChunkReader): Promise<void> {
  for (;;) {
    const [byte = 0] = await input.take(1)
    if (byte === 0) return
  }
}

async function startsMember(input: ChunkReader): Promise<boolean> {
  const head = await input.peek(2)
  return head[0] === 0x1f && head[1] === 0x8b
}
