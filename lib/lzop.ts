// lzop's file format: a header, and blocks of LZO1X with their sums (lzop's own conf.h and its file(1) magic name the fields).

import { adler32 } from './adler32.ts'
import { concat } from './bytes.ts'
import { ChunkReader } from './chunk-reader.ts'
import { Crc32 } from './crc32.ts'
import { DecompressionError } from './decompression-error.ts'
import { lzoCompress, lzoDecompress } from './lzo.ts'

type Bytes = AsyncIterable<Uint8Array>

export interface LzopOptions {
  readonly level: number
  /** No sums of what was packed; none are looked at. */
  readonly hasNoSums: boolean
  /** Sums of the packed blocks too. */
  readonly hasPackedSums: boolean
}

const MAGIC = Uint8Array.of(0x89, 0x4c, 0x5a, 0x4f, 0, 0x0d, 0x0a, 0x1a, 0x0a)
const BLOCK = 256 * 1024
const MOST_BLOCK = 64 * 1024 * 1024
const ADLER_OF_DATA = 1
const ADLER_OF_PACKED = 2
const HAS_EXTRA = 0x40
const CRC_OF_DATA = 0x100
const CRC_OF_PACKED = 0x200
const HAS_FILTER = 0x800
const CRC_OF_HEADER = 0x1000
const IS_UNIX = 0x03000000

/** As busybox writes it: without the name, mode and time of the file. */
export async function* lzopStream(source: Bytes, how: LzopOptions): AsyncGenerator<Uint8Array> {
  const flags = IS_UNIX | (how.hasNoSums ? 0 : ADLER_OF_DATA | (how.hasPackedSums ? ADLER_OF_PACKED : 0))
  yield MAGIC
  const method = how.level === 1 ? [2, 1] : [1, 5]
  const header = concat([Uint8Array.of(0x10, 0x10, 0x20, 0x30, 0x09, 0x40, ...method), word(flags), new Uint8Array(13)])
  yield concat([header, word(adler32(header))])
  const reader = new ChunkReader(source)
  for (;;) {
    const block = await reader.take(BLOCK)
    if (block.length === 0) break
    yield packedBlock(block, flags)
  }
  yield word(0)
}

function packedBlock(block: Uint8Array, flags: number): Uint8Array {
  const packed = lzoCompress(block)
  const isSmaller = packed.length < block.length
  const kept = isSmaller ? packed : block
  return concat([
    word(block.length),
    word(kept.length),
    ...(flags & ADLER_OF_DATA ? [word(adler32(block))] : []),
    ...(isSmaller && flags & ADLER_OF_PACKED ? [word(adler32(kept))] : []),
    kept,
  ])
}

function word(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

/** Throws DecompressionError in busybox's words. */
export async function* unlzopStream(source: Bytes, how: { readonly checks: boolean }): AsyncGenerator<Uint8Array> {
  const reader = new ChunkReader(source)
  const magic = await reader.take(MAGIC.length)
  if (magic.length < MAGIC.length) throw new DecompressionError('short read')
  if (!magic.every((byte, i) => byte === MAGIC[i])) throw new DecompressionError('bad magic number')
  const flags = await readHeader(reader)
  for (;;) {
    const size = numberOf(await exactly(reader, 4))
    if (size === 0) return
    yield await readBlock(reader, flags, size, how.checks)
  }
}

/** The flags. */
async function readHeader(reader: ChunkReader): Promise<number> {
  const parts: Uint8Array[] = []
  const next = async (count: number) => {
    const bytes = (await exactly(reader, count)).slice()
    parts.push(bytes)
    return bytes
  }
  const version = numberOf(await next(2))
  await next(2)
  if (version >= 0x0940) await next(2)
  const method = (await next(1))[0]!
  if (version >= 0x0940) await next(1)
  const flags = numberOf(await next(4))
  if (flags & HAS_FILTER) await next(4)
  await next(version >= 0x0940 ? 12 : 8)
  await next((await next(1))[0]!)
  const sum = numberOf(await exactly(reader, 4))
  if (sum !== sumOf(concat(parts), (flags & CRC_OF_HEADER) !== 0))
    throw new DecompressionError('header_error: bad header checksum')
  if (method < 1 || method > 3 || flags & HAS_FILTER) throw new DecompressionError('header error')
  if (flags & HAS_EXTRA) await exactly(reader, numberOf(await exactly(reader, 4)) + 4)
  return flags
}

async function readBlock(reader: ChunkReader, flags: number, size: number, checks: boolean): Promise<Uint8Array> {
  const packedSize = numberOf(await exactly(reader, 4))
  if (size > MOST_BLOCK || packedSize === 0 || packedSize > size) throw new DecompressionError('corrupted data')
  const sums: [isOfData: boolean, isCrc: boolean, sum: number][] = []
  const take = async (bit: number, isOfData: boolean, isCrc: boolean) => {
    if (flags & bit) sums.push([isOfData, isCrc, numberOf(await exactly(reader, 4))])
  }
  await take(ADLER_OF_DATA, true, false)
  await take(CRC_OF_DATA, true, true)
  if (packedSize < size) {
    await take(ADLER_OF_PACKED, false, false)
    await take(CRC_OF_PACKED, false, true)
  }
  const packed = await exactly(reader, packedSize)
  const block = packedSize < size ? lzoDecompress(packed, size) : packed.slice()
  for (const [isOfData, isCrc, sum] of checks ? sums : [])
    if (sumOf(isOfData ? block : packed, isCrc) !== sum) throw new DecompressionError('checksum error')
  return block
}

async function exactly(reader: ChunkReader, count: number): Promise<Uint8Array> {
  const bytes = await reader.take(count)
  if (bytes.length < count) throw new DecompressionError('short read')
  return bytes
}

function sumOf(bytes: Uint8Array, isCrc: boolean): number {
  if (!isCrc) return adler32(bytes)
  const crc = new Crc32()
  crc.update(bytes)
  return crc.value
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}
