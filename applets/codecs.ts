// The compressed formats: how each is read and made, and how its files are called.

import { concat } from '../lib/bytes.ts'
import { bunzip2Stream } from '../lib/bzip2/decode.ts'
import { bzip2Stream } from '../lib/bzip2/encode.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { unlzmaStream } from '../lib/lzma/lzma-file.ts'
import { unxzStream } from '../lib/lzma/xz.ts'
import { uncompressStream } from '../lib/lzw.ts'
import { gunzipStream, gunzipViews, gzipStream } from './gzip-streams.ts'

type Bytes = AsyncIterable<Uint8Array>

export interface Codec {
  /** Of files in this format: `.gz`. */
  readonly suffix: string
  decompress(source: Bytes): AsyncGenerator<Uint8Array>
  /** The same in pieces that are good until the next one is asked for. */
  readonly decompressViews?: (source: Bytes) => AsyncGenerator<Uint8Array>
  /** undefined: it can only be read. */
  readonly compress?: (source: Bytes, level: number) => AsyncGenerator<Uint8Array>
  /** What a file is called when it is restored; undefined: its name is none of this format. */
  restoredName(name: string): string | undefined
}

export const gzipCodec: Codec = {
  suffix: '.gz',
  decompress: gunzipStream,
  decompressViews: gunzipViews,
  compress: gzipStream,
  restoredName: renamer([/(.)\.(gz|z|Z)$/, '$1'], [/(.)\.(tgz|taz)$/, '$1.tar']),
}

export const bzip2Codec: Codec = {
  suffix: '.bz2',
  decompress: bunzip2Stream,
  compress: bzip2Stream,
  restoredName: renamer([/(.)\.bz2$/, '$1']),
}

export const xzCodec: Codec = { suffix: '.xz', decompress: unxzStream, restoredName: renamer([/(.)\.xz$/, '$1']) }

export const lzmaCodec: Codec = {
  suffix: '.lzma',
  decompress: unlzmaStream,
  restoredName: renamer([/(.)\.lzma$/, '$1']),
}

export const compressCodec: Codec = {
  suffix: '.Z',
  decompress: uncompressStream,
  restoredName: renamer([/(.)\.Z$/, '$1']),
}

function renamer(...rules: readonly (readonly [RegExp, string])[]): (name: string) => string | undefined {
  return name => {
    const rule = rules.find(([pattern]) => pattern.test(name))
    return rule && name.replace(...rule)
  }
}

/** By the first bytes; undefined: it is none that is known by them (.lzma is not). */
export function codecOfMagic(head: Uint8Array): Codec | undefined {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x1f, 0x8b)) return gzipCodec
  if (starts(0x1f, 0x9d)) return compressCodec
  if (starts(0x42, 0x5a, 0x68)) return bzip2Codec
  return starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0) ? xzCodec : undefined
}

/** Whatever its first bytes say it is (busybox: zcat and tar read every format). */
export const anyCodec: Codec = {
  suffix: gzipCodec.suffix,
  restoredName: gzipCodec.restoredName,
  async *decompress(source) {
    const { head, all } = await withHead(source)
    const codec = codecOfMagic(head)
    if (head.length < 2) throw new DecompressionError('short read')
    if (!codec) throw new DecompressionError('invalid magic')
    yield* codec.decompress(all)
  },
}

/** The first six bytes of a stream (fewer at its end), and the stream from its beginning. */
export async function withHead(source: Bytes): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const chunks = source[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < 6) {
    const next = await chunks.next()
    if (next.done) break
    head = head.length === 0 ? next.value : concat([head, next.value])
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return { head, all: all() }
}
