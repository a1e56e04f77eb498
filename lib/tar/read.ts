// Reading archives: whole ones without copying, and streams.

import { type ByteSource, sliceOf } from '../byte-source.ts'
import { EMPTY } from '../bytes.ts'
import { ChunkReader } from '../chunk-reader.ts'
import { BLOCK, paddingOf, quote, type TarEntry, TarError } from './entry.ts'
import { Extensions, type Taken } from './extensions.ts'
import { isZero, readHeaderBlock } from './header-block.ts'
import { expandSparse, hasMoreMap, oldSparseMap, type Sparse, SparseBytes } from './sparse.ts'

/** An entry whose contents need not be in memory. */
export interface ScannedEntry extends Omit<TarEntry, 'contents'> {
  readonly contents: ByteSource
}

/** The entries of a whole archive, contents as views: as `scanTar`, of one that is in memory. */
export function readTar(archive: Uint8Array): Generator<TarEntry> {
  return scan(archive, (start, end, name, at, sparse) => {
    const stored = archive.subarray(start, end)
    return sparse ? expandSparse(stored, sparse, name, at) : stored
  })
}

/**
 * The entries of an archive of which only the headers are read, and the maps of sparse files. Throws TarError: a bad header, or an end that comes too soon.
 * POSIX ends an archive with two zero blocks; many writers leave them out, and every reader accepts it.
 */
export function scanTar(archive: ByteSource): Generator<ScannedEntry> {
  return scan(archive, (start, end, _name, _at, sparse) => {
    const stored = sliceOf(archive, start, end)
    return sparse ? new SparseBytes(stored, sparse) : stored
  })
}

function* scan<T>(
  archive: ByteSource,
  contentsOf: (start: number, end: number, name: string, at: number, sparse: Sparse | undefined) => T,
): Generator<Omit<TarEntry, 'contents'> & { readonly contents: T | Uint8Array }> {
  const extensions = new Extensions()
  let at = 0
  while (at + BLOCK <= archive.length) {
    const bytes = archive.subarray(at, at + BLOCK)
    if (isZero(bytes)) return
    const block = readHeaderBlock(bytes, at)
    const size = extensions.sizeOf(block, at)
    const more: Uint8Array[] = []
    let start = at + BLOCK
    for (let last = bytes; block.type === 'S' && hasMoreMap(last, more.length === 0); start += BLOCK) {
      last = archive.subarray(start, start + BLOCK)
      if (last.length < BLOCK) throw halfHeader(start)
      more.push(last)
    }
    const end = start + size
    if (end > archive.length) throw truncated(block.path, size, at)
    const map = block.type === 'S' ? oldSparseMap(bytes, more, at) : undefined
    const taken = extensions.take(block, sliceOf(archive, start, end), at, { size, map })
    if (taken) {
      const { header, sparse } = taken
      const contents = header.kind === 'file' ? contentsOf(start, end, header.path, at, sparse) : EMPTY
      yield { ...header, contents, offset: at }
    }
    at = end + paddingOf(size)
  }
  if (at < archive.length) throw halfHeader(at)
}

/**
 * As readTar, over a stream; each entry's contents are whole. With `readInto`, which reads what the source has not given
 * yet, they are good until the next entry is asked for.
 */
export async function* readTarStream(
  source: AsyncIterable<Uint8Array>,
  readInto?: (into: Uint8Array) => number | Promise<number>,
): AsyncGenerator<TarEntry> {
  const stream = new ChunkReader(source, readInto)
  const extensions = new Extensions()
  for (let at = 0; ; ) {
    const bytes = await stream.take(BLOCK)
    if (bytes.length === 0) return
    if (bytes.length < BLOCK) throw halfHeader(at)
    // What writes the stream must not be told that nobody reads its end.
    if (isZero(bytes)) return stream.drain()
    const block = readHeaderBlock(bytes, at)
    const size = extensions.sizeOf(block, at)
    const more: Uint8Array[] = []
    for (let last = bytes; block.type === 'S' && hasMoreMap(last, more.length === 0); ) {
      last = await stream.take(BLOCK)
      if (last.length < BLOCK) throw halfHeader(at)
      more.push(last)
    }
    const contents = await stream.view(size)
    if (contents.length < size) throw truncated(block.path, size, at)
    await stream.take(paddingOf(size))
    const map = block.type === 'S' ? oldSparseMap(bytes, more, at) : undefined
    const taken = extensions.take(block, contents, at, { size, map })
    if (taken) yield { ...taken.header, contents: contentsIn(contents, taken, at), offset: at }
    at += BLOCK * (1 + more.length) + size + paddingOf(size)
  }
}

function contentsIn(stored: Uint8Array, { header, sparse }: Taken, at: number): Uint8Array {
  if (header.kind !== 'file') return EMPTY
  return sparse ? expandSparse(stored, sparse, header.path, at) : stored
}

export function truncated(path: string, size: number, at: number): TarError {
  return new TarError(`truncated archive: ${quote(path)} needs ${size} bytes`, at)
}

export function halfHeader(at: number): TarError {
  return new TarError(at === 0 ? 'this is not a tar archive' : 'truncated archive: half a header', at)
}
