// The .xz format (The .xz File Format, version 1.2): streams of blocks, each with filters and a check.

import { ChunkReader } from '../chunk-reader.ts'
import { Crc32 } from '../crc32.ts'
import { DecompressionError } from '../decompression-error.ts'
import { Sha256 } from '../sha256.ts'
import { Crc64 } from './crc64.ts'
import { LzmaDecoder, type LzmaProperties, parseProperties } from './decoder.ts'
import { deltaFilter, type Filter, x86Filter } from './filters.ts'

const HEADER = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const
const MOST_DICTIONARY = 2 ** 30

export function isXz(bytes: Uint8Array): boolean {
  return HEADER.every((byte, index) => bytes[index] === byte)
}

/** The contents of all streams, one behind the other. */
export async function* unxzStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ChunkReader(source)
  const magic = await reader.peek(6)
  if (magic.length === 0) return
  // differs: what is no xz file is refused; busybox takes it for an empty one, and unxz then deletes it.
  if (!isXz(magic)) throw new DecompressionError('invalid magic')
  do {
    yield* oneStream(reader)
    // Streams may be followed by zeros, four by four.
    while ((await reader.peek(4)).length === 4 && (await reader.peek(4)).every(byte => byte === 0)) reader.skip(4)
  } while (isXz(await reader.peek(6)))
  await reader.drain()
}

async function* oneStream(reader: ChunkReader): AsyncGenerator<Uint8Array> {
  const header = await exactly(reader, 12)
  const check = header[7]! & 15
  if (header[6] !== 0 || header[7]! > 15 || crcOf(header.subarray(6, 8)) !== read32(header, 8)) throw corrupted()
  for (;;) {
    const [size = 0] = await reader.peek(1)
    if (size === 0) break
    yield* block(reader, 4 * (size + 1), check)
  }
  await skipIndex(reader)
  const footer = await exactly(reader, 12)
  if (footer[10] !== 0x59 || footer[11] !== 0x5a || crcOf(footer.subarray(4, 10)) !== read32(footer, 0))
    throw corrupted()
}

async function* block(reader: ChunkReader, headerSize: number, check: number): AsyncGenerator<Uint8Array> {
  const header = (await exactly(reader, headerSize)).slice()
  if (crcOf(header.subarray(0, headerSize - 4)) !== read32(header, headerSize - 4)) throw corrupted()
  const { dictionary, filters } = parseFilters(header)
  const before = new Counted(reader)
  const sum = checkOf(check)
  for await (let piece of lzma2(before, dictionary)) {
    for (const filter of filters) piece = filter.take(piece)
    sum.update(piece)
    if (piece.length > 0) yield piece
  }
  let rest: Uint8Array = new Uint8Array(0)
  for (const filter of filters) rest = joined(filter.take(rest), filter.finish())
  sum.update(rest)
  if (rest.length > 0) yield rest
  await exactly(reader, (4 - (before.count % 4)) % 4)
  const stored = await exactly(reader, sum.size)
  const made = sum.finish()
  if (made && !made.every((byte, index) => byte === stored[index])) throw corrupted()
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

interface Filters {
  readonly dictionary: number
  /** In the order in which they are undone. */
  readonly filters: readonly Filter[]
}

function parseFilters(header: Uint8Array): Filters {
  const flags = header[1]!
  let at = 2
  const number = () => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = header[at++]
      if (byte === undefined || factor > 2 ** 49) throw corrupted()
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  if (flags & 0x40) number()
  if (flags & 0x80) number()
  const filters: Filter[] = []
  let dictionary = 0
  for (let left = (flags & 3) + 1; left > 0; left--) {
    const id = number()
    const properties = header.subarray(at + 1, at + 1 + number())
    at += properties.length
    if (id === 0x21 && left === 1) dictionary = dictionarySize(properties[0] ?? 255)
    else if (id === 3) filters.unshift(deltaFilter((properties[0] ?? 0) + 1))
    else if (id === 4) filters.unshift(x86Filter())
    else throw new DecompressionError(`unsupported filter ${id}`)
  }
  return { dictionary: Math.min(dictionary, MOST_DICTIONARY), filters }
}

function dictionarySize(bits: number): number {
  if (bits > 40) throw corrupted()
  return bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (bits / 2 - (bits % 2) / 2 + 11)
}

/** Counts what is taken: padding depends on it. */
class Counted {
  count = 0
  readonly #reader: ChunkReader

  constructor(reader: ChunkReader) {
    this.#reader = reader
  }

  async take(size: number): Promise<Uint8Array> {
    this.count += size
    return exactly(this.#reader, size)
  }
}

async function* lzma2(reader: Counted, dictionary: number): AsyncGenerator<Uint8Array> {
  const decoder = new LzmaDecoder(dictionary)
  let needsDictionary = true
  let properties: LzmaProperties | undefined
  for (;;) {
    const [control = 0] = await reader.take(1)
    if (control === 0) return
    if (control === 1 || control >= 0xe0) {
      decoder.resetDictionary()
      needsDictionary = false
    } else if (needsDictionary) throw corrupted()
    if (control < 0x80) {
      if (control > 2) throw corrupted()
      const size = read16(await reader.take(2)) + 1
      yield* decoder.store(await reader.take(size))
      continue
    }
    const sizes = await reader.take(4)
    const size = ((control & 31) << 16) + read16(sizes) + 1
    const packed = read16(sizes.subarray(2)) + 1
    if (control >= 0xc0) {
      properties = parseProperties((await reader.take(1))[0]!)
      if (!properties) throw corrupted()
      decoder.resetState(properties)
    } else if (!properties) throw corrupted()
    else if (control >= 0xa0) decoder.resetState()
    const input = await reader.take(packed)
    decoder.startRange(input)
    yield* decoder.decode(input.subarray(5), size, true)
    if (decoder.rest.length > 0) throw corrupted()
  }
}

/** The index repeats the sizes of blocks: its length must be right, and its sum. */
async function skipIndex(reader: ChunkReader): Promise<void> {
  const sum = new Crc32()
  let size = 0
  const take = async (): Promise<number> => {
    const byte = await exactly(reader, 1)
    sum.update(byte)
    size++
    return byte[0]!
  }
  const number = async (): Promise<number> => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = await take()
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  await take()
  const records = await number()
  for (let i = 0; i < records * 2; i++) await number()
  while (size % 4 !== 0) await take()
  if (read32(await exactly(reader, 4), 0) !== sum.value) throw corrupted()
}

interface Check {
  readonly size: number
  update(bytes: Uint8Array): void
  /** undefined: it is not known how this check is made. */
  finish(): Uint8Array | undefined
}

const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]

function checkOf(id: number): Check {
  if (id === 1) return littleEndian(new Crc32(), 4)
  if (id === 4) return new Crc64()
  if (id === 10) {
    const digest = new Sha256()
    return { size: 32, update: bytes => digest.update(bytes), finish: () => digest.finish() }
  }
  return { size: CHECK_SIZES[id] ?? 0, update: () => {}, finish: () => undefined }
}

function littleEndian(digest: Crc32, size: number): Check {
  return { size, update: bytes => digest.update(bytes), finish: () => digest.finish().reverse() }
}

async function exactly(reader: ChunkReader, size: number): Promise<Uint8Array> {
  const bytes = await reader.take(size)
  if (bytes.length < size) throw corrupted()
  return bytes
}

function crcOf(bytes: Uint8Array): number {
  const crc = new Crc32()
  crc.update(bytes)
  return crc.value
}

function read16(bytes: Uint8Array): number {
  return bytes[0]! * 256 + bytes[1]!
}

function read32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

function corrupted(): DecompressionError {
  return new DecompressionError('corrupted data')
}
