// gzip members (RFC 1952) made and taken apart as bytes come.

import { Gzip } from 'fflate'
import { concat, EMPTY } from '../lib/bytes.ts'
import { Crc32 } from '../lib/crc32.ts'
import { Inflate, InflateError } from '../lib/inflate.ts'

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

/** Thrown for what is no gzip data. `message` is busybox's. */
export class GunzipError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GunzipError'
  }
}

/** The contents of all members, one behind the other. What follows the last and is no member is passed over. */
export async function* gunzipStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = new Reader(source)
  if (!(await input.startsMember())) throw new GunzipError('invalid magic')
  do {
    await skipHeader(input)
    yield* inflateMember(input)
  } while (await input.startsMember())
}

async function* inflateMember(input: Reader): AsyncGenerator<Uint8Array> {
  const inflate = new Inflate()
  const crc = new Crc32()
  let size = 0
  while (!inflate.isDone) {
    const chunk = await input.chunk()
    const bytes = inflateChunk(inflate, chunk)
    crc.update(bytes)
    size = (size + bytes.length) % 2 ** 32
    if (bytes.length > 0) yield bytes
  }
  input.giveBack(inflate.rest)
  const trailer = await input.take(8)
  if (trailer.length < 8) throw new GunzipError('corrupted data')
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8)
  if (view.getUint32(0, true) !== crc.value) throw new GunzipError('crc error')
  if (view.getUint32(4, true) !== size) throw new GunzipError('incorrect length')
}

function inflateChunk(inflate: Inflate, chunk: Uint8Array): Uint8Array {
  try {
    return inflate.push(chunk, chunk.length === 0)
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    throw new GunzipError(error.message)
  }
}

async function skipHeader(input: Reader): Promise<void> {
  const header = await input.take(10)
  const flags = header[3] ?? 0
  if (header.length < 10 || header[2] !== 8 || flags & 0xe0) throw new GunzipError('corrupted data')
  if (flags & 4) {
    const [low = 0, high = 0] = await input.take(2)
    await input.take(low + 256 * high)
  }
  if (flags & 8) await skipText(input)
  if (flags & 16) await skipText(input)
  if (flags & 2) await input.take(2)
}

async function skipText(input: Reader): Promise<void> {
  for (;;) {
    const [byte = 0] = await input.take(1)
    if (byte === 0) return
  }
}

class Reader {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Uint8Array = EMPTY

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Exactly so many bytes; fewer at the end. */
  async take(count: number): Promise<Uint8Array> {
    while (this.#held.length < count) {
      const next = await this.#source.next()
      if (next.done) break
      this.#held = concat([this.#held, next.value])
    }
    const taken = this.#held.subarray(0, count)
    this.#held = this.#held.subarray(taken.length)
    return taken
  }

  /** The next bytes; empty at the end. */
  async chunk(): Promise<Uint8Array> {
    if (this.#held.length > 0) return this.take(this.#held.length)
    const next = await this.#source.next()
    return next.done ? EMPTY : next.value
  }

  giveBack(bytes: Uint8Array): void {
    this.#held = this.#held.length > 0 ? concat([bytes, this.#held]) : bytes
  }

  async startsMember(): Promise<boolean> {
    const head = await this.take(2)
    this.giveBack(head)
    return head[0] === 0x1f && head[1] === 0x8b
  }
}
