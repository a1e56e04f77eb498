// Archives as streams whose entries are streams: an entry of any size costs no memory.

import { EMPTY } from '../bytes.ts'
import { ChunkReader } from '../chunk-reader.ts'
import { BLOCK, paddingOf, type TarError, type TarHeader } from './entry.ts'
import { Extensions } from './extensions.ts'
import { isZero, readHeaderBlock } from './header-block.ts'
import { halfHeader, truncated } from './read.ts'
import { hasMoreMap, inlineMap, oldSparseMap, type Sparse } from './sparse.ts'

/** An entry whose contents come in pieces. What is not read of them is passed over. */
export interface StreamedEntry extends TarHeader {
  readonly contents: AsyncIterable<Uint8Array>
}

/** Each entry must be read before the next is asked for. Throws TarError. */
export async function* walkTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedEntry> {
  const stream = new ChunkReader(source)
  const extensions = new Extensions()
  for (let at = 0; ; ) {
    const bytes = await stream.take(BLOCK)
    if (bytes.length === 0) return
    if (bytes.length < BLOCK) throw halfHeader(at)
    if (isZero(bytes)) return stream.drain()
    const block = readHeaderBlock(bytes, at)
    const size = extensions.sizeOf(block, at)
    const more = block.type === 'S' ? await moreMap(stream, bytes, at) : []
    const map = block.type === 'S' ? oldSparseMap(bytes, more, at) : undefined
    // What speaks of the next entry is small, and must be known whole.
    const isFile = '07S'.includes(block.type)
    const known = isFile ? await inlineMapOf(stream, extensions, size, at) : await stream.take(size)
    if (!isFile && known.length < size) throw truncated(block.path, size, at)
    const taken = extensions.take(block, known, at, { size, map })
    const pieces = new Pieces(stream, isFile ? size : 0, () => truncated(block.path, size, at))
    if (taken) yield { ...taken.header, contents: taken.sparse ? filled(pieces, taken.sparse) : pieces }
    await pieces.skip()
    await stream.take(paddingOf(size))
    at += BLOCK * (1 + more.length) + size + paddingOf(size)
  }
}

async function moreMap(stream: ChunkReader, header: Uint8Array, at: number): Promise<Uint8Array[]> {
  const more: Uint8Array[] = []
  for (let last = header; hasMoreMap(last, more.length === 0); ) {
    last = await stream.take(BLOCK)
    if (last.length < BLOCK) throw halfHeader(at)
    more.push(last)
  }
  return more
}

/** The first of a file's contents, still in the stream, when a map stands there. */
async function inlineMapOf(stream: ChunkReader, extensions: Extensions, size: number, at: number): Promise<Uint8Array> {
  if (!extensions.hasInlineMap) return EMPTY
  for (let count = Math.min(BLOCK, size); ; count = Math.min(2 * count, size)) {
    const head = (await stream.peek(count)).slice()
    if (count === size || count > MOST_MAP || inlineMap(head, at)) return head
  }
}

const MOST_MAP = 32 << 20

/** What is stored, with zeros for the holes. */
async function* filled(pieces: Pieces, { map, start }: Sparse): AsyncGenerator<Uint8Array> {
  await pieces.skip(start)
  let end = 0
  for (const [offset, length] of [...map.pieces, [map.size, 0] as const]) {
    yield* zeros(offset - end)
    yield* pieces.next(length)
    end = offset + length
  }
}

function* zeros(count: number): Generator<Uint8Array> {
  for (let left = count; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, left)
}

const ZEROS = new Uint8Array(1 << 16)

class Pieces implements AsyncIterable<Uint8Array> {
  readonly #stream: ChunkReader
  readonly #truncated: () => TarError
  #left: number

  constructor(stream: ChunkReader, size: number, whenTruncated: () => TarError) {
    this.#stream = stream
    this.#left = size
    this.#truncated = whenTruncated
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    return this.next()
  }

  /** So much of what is left. */
  async *next(count = this.#left): AsyncGenerator<Uint8Array> {
    for (let wanted = Math.min(count, this.#left); wanted > 0; ) {
      const held = await this.#stream.fill(1)
      if (held.length === 0) throw this.#truncated()
      const piece = held.subarray(0, wanted)
      this.#stream.skip(piece.length)
      this.#left -= piece.length
      wanted -= piece.length
      yield piece
    }
  }

  async skip(count = this.#left): Promise<void> {
    for await (const _ of this.next(count));
  }
}
