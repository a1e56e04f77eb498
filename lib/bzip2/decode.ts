// bzip2 streams taken apart block by block (the format as its author's documentation and the wiki of the format tell it).

import { ChunkReader } from '../chunk-reader.ts'
import { DecompressionError } from '../decompression-error.ts'
import { BzipCrc, joinCrc } from './crc.ts'

/** More than a block of 900,000 symbols can take: 20 bits each are the most, but no encoder comes near it. */
const BLOCK_BYTES = 2_300_000
const MAGIC_BLOCK = [0x314159, 0x265359] as const
const MAGIC_END = [0x177245, 0x385090] as const

/** The contents of all streams, one behind the other; what follows the last and is none is passed over. */
export async function* bunzip2Stream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ChunkReader(source)
  if (!isHeader(await reader.peek(4))) throw new DecompressionError('invalid magic')
  do yield* oneStream(reader)
  while (isHeader(await reader.peek(4)))
}

function isHeader(bytes: Uint8Array): boolean {
  const [b, z, h, level = 0] = bytes
  return b === 0x42 && z === 0x5a && h === 0x68 && level >= 0x31 && level <= 0x39
}

async function* oneStream(reader: ChunkReader): AsyncGenerator<Uint8Array> {
  const header = await reader.take(4)
  const most = (header[3]! - 0x30) * 100_000
  let sum = 0
  let bit = 0
  for (;;) {
    const bits = new Bits(await reader.fill(BLOCK_BYTES), bit)
    const magic = [bits.take(24), bits.take(24)]
    const crc = (bits.take(16) * 65536 + bits.take(16)) >>> 0
    if (magic[0] === MAGIC_END[0] && magic[1] === MAGIC_END[1]) {
      if (crc !== sum) throw new DecompressionError('CRC error')
      reader.skip(bits.byteAfter)
      return
    }
    if (magic[0] !== MAGIC_BLOCK[0] || magic[1] !== MAGIC_BLOCK[1]) throw corrupted()
    const bytes = new Block(bits, most).contents()
    const check = new BzipCrc()
    check.update(bytes)
    if (check.value !== crc) throw new DecompressionError('CRC error')
    sum = joinCrc(sum, crc)
    reader.skip(bits.position >>> 3)
    bit = bits.position & 7
    yield bytes
  }
}

function corrupted(): DecompressionError {
  return new DecompressionError('bunzip error -5')
}

class Bits {
  readonly #bytes: Uint8Array
  #at: number
  #held = 0
  #count = 0

  constructor(bytes: Uint8Array, bit: number) {
    this.#bytes = bytes
    this.#at = 0
    if (bit > 0) this.take(bit)
  }

  /** At most 24. */
  take(count: number): number {
    while (this.#count < count) {
      if (this.#at >= this.#bytes.length) throw new DecompressionError('bunzip error -3')
      this.#held = ((this.#held << 8) | this.#bytes[this.#at++]!) & 0x7fffffff
      this.#count += 8
    }
    this.#count -= count
    return (this.#held >>> this.#count) & ((1 << count) - 1)
  }

  bit(): number {
    if (this.#count === 0) {
      if (this.#at >= this.#bytes.length) throw new DecompressionError('bunzip error -3')
      this.#held = this.#bytes[this.#at++]!
      this.#count = 8
    }
    this.#count--
    return (this.#held >>> this.#count) & 1
  }

  /** In bits from the beginning. */
  get position(): number {
    return this.#at * 8 - this.#count
  }

  get byteAfter(): number {
    return (this.position + 7) >>> 3
  }
}

const RUN_A = 0
const RUN_B = 1
const GROUP = 50

class Block {
  readonly #bits: Bits
  readonly #most: number

  constructor(bits: Bits, most: number) {
    this.#bits = bits
    this.#most = most
  }

  contents(): Uint8Array {
    const bits = this.#bits
    if (bits.bit() === 1) throw new DecompressionError('bunzip error -7')
    const origin = bits.take(24)
    const symbols = this.#symbolsUsed()
    const groups = bits.take(3)
    const selectorCount = bits.take(15)
    if (groups < 2 || groups > 6 || selectorCount === 0) throw corrupted()
    const selectors = this.#selectors(groups, selectorCount)
    const tables: HuffmanTable[] = []
    for (let i = 0; i < groups; i++) tables.push(this.#table(symbols.length + 2))
    const columns = new Uint32Array(this.#most)
    const counts = new Uint32Array(256)
    const size = this.#moveToFront(symbols, selectors, tables, columns, counts)
    if (origin >= size) throw corrupted()
    invert(columns, counts, size)
    return unrun(columns, origin, size)
  }

  #symbolsUsed(): Uint8Array {
    const used = this.#bits.take(16)
    const symbols: number[] = []
    for (let i = 0; i < 16; i++) {
      if (!(used & (0x8000 >> i))) continue
      const row = this.#bits.take(16)
      for (let j = 0; j < 16; j++) if (row & (0x8000 >> j)) symbols.push(i * 16 + j)
    }
    if (symbols.length === 0) throw corrupted()
    return Uint8Array.from(symbols)
  }

  #selectors(groups: number, count: number): Uint8Array {
    const order = [0, 1, 2, 3, 4, 5].slice(0, groups)
    const selectors = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      let j = 0
      while (this.#bits.bit() === 1) if (++j >= groups) throw corrupted()
      const [chosen = 0] = order.splice(j, 1)
      order.unshift(chosen)
      selectors[i] = chosen
    }
    return selectors
  }

  #table(size: number): HuffmanTable {
    let length = this.#bits.take(5)
    const lengths = new Uint8Array(size)
    for (let i = 0; i < size; i++) {
      for (;;) {
        if (length < 1 || length > 20) throw corrupted()
        if (this.#bits.bit() === 0) break
        length += this.#bits.bit() === 0 ? 1 : -1
      }
      lengths[i] = length
    }
    return new HuffmanTable(lengths)
  }

  /** Undoes Huffman, runs of zero and move-to-front into `columns`. How many bytes. */
  #moveToFront(
    symbols: Uint8Array,
    selectors: Uint8Array,
    tables: readonly HuffmanTable[],
    columns: Uint32Array,
    counts: Uint32Array,
  ): number {
    const order = symbols.slice()
    const end = symbols.length + 1
    let size = 0
    let run = 0
    let weight = 1
    let group = 0
    let left = 0
    let table = tables[0]!
    for (;;) {
      if (left === 0) {
        if (group >= selectors.length) throw corrupted()
        table = tables[selectors[group++]!]!
        left = GROUP
      }
      left--
      const symbol = table.read(this.#bits)
      if (symbol === RUN_A || symbol === RUN_B) {
        run += weight << symbol
        weight *= 2
        if (run > this.#most) throw corrupted()
        continue
      }
      if (run > 0) {
        if (size + run > this.#most) throw corrupted()
        const byte = order[0]!
        columns.fill(byte, size, size + run)
        counts[byte] = counts[byte]! + run
        size += run
        run = 0
      }
      weight = 1
      if (symbol === end) return size
      if (size >= this.#most) throw corrupted()
      const place = symbol - 1
      const byte = order[place]!
      order.copyWithin(1, 0, place)
      order[0] = byte
      counts[byte] = counts[byte]! + 1
      columns[size++] = byte
    }
  }
}

class HuffmanTable {
  readonly #least: number
  readonly #limits = new Int32Array(22)
  readonly #bases = new Int32Array(22)
  readonly #permutation: Uint16Array

  constructor(lengths: Uint8Array) {
    const counts = new Int32Array(22)
    for (const length of lengths) counts[length] = counts[length]! + 1
    const sorted = [...lengths.keys()].sort((a, b) => lengths[a]! - lengths[b]! || a - b)
    this.#permutation = Uint16Array.from(sorted)
    this.#least = lengths[sorted[0]!]!
    let code = 0
    let index = 0
    for (let length = this.#least; length <= 20; length++) {
      this.#bases[length] = index - code
      code += counts[length]!
      index += counts[length]!
      this.#limits[length] = code
      code <<= 1
    }
  }

  read(bits: Bits): number {
    let length = this.#least
    let code = bits.take(length)
    while (code >= this.#limits[length]!) {
      if (++length > 20) throw corrupted()
      code = (code << 1) | bits.bit()
    }
    const index = code + this.#bases[length]!
    if (index >= this.#permutation.length) throw corrupted()
    return this.#permutation[index]!
  }
}

/** The upper 24 bits of each column become where its successor is (the inverse of the Burrows-Wheeler transform). */
function invert(columns: Uint32Array, counts: Uint32Array, size: number): void {
  let sum = 0
  const starts = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    starts[byte] = sum
    sum += counts[byte]!
  }
  for (let i = 0; i < size; i++) {
    const byte = columns[i]! & 255
    const at = starts[byte]!
    columns[at] = (columns[at]! & 255) | (i << 8)
    starts[byte] = at + 1
  }
}

/** Follows the columns, and undoes the first run-length code: four equal bytes are followed by how many more. */
function unrun(columns: Uint32Array, origin: number, size: number): Uint8Array {
  let out = new Uint8Array(size + (size >>> 2) + 1024)
  let used = 0
  let at = columns[origin]! >>> 8
  let equal = 0
  let last = -1
  for (let i = 0; i < size; i++) {
    const column = columns[at]!
    const byte = column & 255
    at = column >>> 8
    if (used + 256 > out.length) out = grown(out)
    if (equal === 4) {
      out.fill(last, used, used + byte)
      used += byte
      equal = 0
      last = -1
      continue
    }
    if (byte === last) equal++
    else {
      equal = 1
      last = byte
    }
    out[used++] = byte
  }
  return out.subarray(0, used)
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length)
  larger.set(bytes)
  return larger
}
