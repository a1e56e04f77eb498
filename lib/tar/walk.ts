// Archives as streams whose entries are streams: an entry of any size costs no memory.

import { EMPTY } from '../bytes.ts'
import { ChunkReader } from '../chunk-reader.ts'
import { BLOCK, paddingOf, TarError, type TarHeader } from './entry.ts'
import { Extensions } from './extensions.ts'
import { isZero, readHeaderBlock } from './header-block.ts'
import { halfHeader, truncated } from './read.ts'

/** An entry whose contents come in pieces. What is not read of them is passed over. */
export interface StreamedEntry extends TarHeader {
  readonly contents: AsyncIterable<Uint8Array>
}

/** Each entry must be read before the next is asked for. Throws TarError, also for sparse files. */
export async function* walkTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedEntry> {
  const stream = new ChunkReader(source)
  const extensions = new Extensions()
  for (let at = 0; ; ) {
    const bytes = await stream.take(BLOCK)
    if (bytes.length === 0) return
    if (bytes.length < BLOCK) throw halfHeader(at)
    if (isZero(bytes)) return stream.drain()
    const block = readHeaderBlock(bytes, at)
    if (block.type === 'S') throw new TarError('a sparse file, where none is read', at)
    const size = extensions.sizeOf(block, at)
    // What speaks of the next entry is small, and must be known whole.
    const isFile = block.type === '0' || block.type === '7'
    const contents = isFile ? EMPTY : await stream.take(size)
    if (!isFile && contents.length < size) throw truncated(block.path, size, at)
    const entry = extensions.take(block, contents, at, undefined)
    const pieces = new Pieces(stream, isFile ? size : 0, () => truncated(block.path, size, at))
    if (entry) yield { ...entry, size: isFile ? size : 0, contents: pieces }
    await pieces.skip()
    await stream.take(paddingOf(size))
    at += BLOCK + size + paddingOf(size)
  }
}

class Pieces implements AsyncIterable<Uint8Array> {
  readonly #stream: ChunkReader
  readonly #truncated: () => TarError
  #left: number

  constructor(stream: ChunkReader, size: number, whenTruncated: () => TarError) {
    this.#stream = stream
    this.#left = size
    this.#truncated = whenTruncated
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) {
      const held = await this.#stream.fill(1)
      if (held.length === 0) throw this.#truncated()
      const piece = held.subarray(0, this.#left)
      this.#stream.skip(piece.length)
      this.#left -= piece.length
      yield piece
    }
  }

  async skip(): Promise<void> {
    for await (const _ of this);
  }
}
