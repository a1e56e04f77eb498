// Reading archives: whole ones without copying, and streams.

import { concat, EMPTY } from '../bytes.ts'
import { BLOCK, paddingOf, quote, type TarEntry, TarError } from './entry.ts'
import { Extensions } from './extensions.ts'
import { isZero, readHeaderBlock } from './header-block.ts'

/**
 * The entries of a whole archive, contents as views. Throws TarError: a bad header, or an end that comes too soon.
 * POSIX ends an archive with two zero blocks; many writers leave them out, and every reader accepts it.
 */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  const extensions = new Extensions()
  let at = 0
  while (at + BLOCK <= archive.length) {
    const bytes = archive.subarray(at, at + BLOCK)
    if (isZero(bytes)) return
    const block = readHeaderBlock(bytes, at)
    const size = extensions.sizeOf(block, at)
    const end = at + BLOCK + size
    if (end > archive.length) throw truncated(block.path, size, at)
    const contents = archive.subarray(at + BLOCK, end)
    const header = extensions.take(block, contents, at)
    if (header) yield { ...header, contents: header.kind === 'file' ? contents : EMPTY, offset: at }
    at = end + paddingOf(size)
  }
  if (at < archive.length) throw halfHeader(at)
}

/** As readTar, over a stream; each entry's contents are whole. */
export async function* readTarStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const stream = new Gatherer(source)
  const extensions = new Extensions()
  for (let at = 0; ; ) {
    const bytes = await stream.take(BLOCK)
    if (bytes.length === 0) return
    if (bytes.length < BLOCK) throw halfHeader(at)
    // What writes the stream must not be told that nobody reads its end.
    if (isZero(bytes)) return stream.drain()
    const block = readHeaderBlock(bytes, at)
    const size = extensions.sizeOf(block, at)
    const contents = await stream.take(size)
    if (contents.length < size) throw truncated(block.path, size, at)
    await stream.take(paddingOf(size))
    const header = extensions.take(block, contents, at)
    if (header) yield { ...header, contents: header.kind === 'file' ? contents : EMPTY, offset: at }
    at += BLOCK + size + paddingOf(size)
  }
}

function truncated(path: string, size: number, at: number): TarError {
  return new TarError(`truncated archive: ${quote(path)} needs ${size} bytes`, at)
}

function halfHeader(at: number): TarError {
  return new TarError(at === 0 ? 'this is not a tar archive' : 'truncated archive: half a header', at)
}

/** Takes exact amounts from a stream of chunks. */
class Gatherer {
  readonly #source: AsyncIterator<Uint8Array>
  #chunk: Uint8Array = EMPTY

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Fewer at the end. A view of the chunk when it holds them all. */
  async take(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let left = size
    while (left > 0) {
      if (this.#chunk.length === 0) {
        const next = await this.#source.next()
        if (next.done) break
        this.#chunk = next.value
        continue
      }
      const part = this.#chunk.subarray(0, left)
      this.#chunk = this.#chunk.subarray(part.length)
      parts.push(part)
      left -= part.length
    }
    return concat(parts)
  }

  async drain(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}
