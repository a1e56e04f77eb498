// bzip2 streams made: runs, Burrows-Wheeler transform, move to front, Huffman codes chosen among up to six tables.

import { ByteBuilder } from '../byte-builder.ts'
import { BzipCrc, joinCrc } from './crc.ts'
import { codeLengths, codesOf } from './huffman.ts'
import { sortRotations } from './rotations.ts'

/** The compressed pieces of a stream; `level` 1 to 9: blocks of so many hundred thousand bytes. */
export async function* bzip2Stream(source: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Uint8Array> {
  const encoder = new Encoder(level)
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; ) {
      at = encoder.take(chunk, at)
      if (!encoder.isFull) continue
      encoder.finishBlock()
      yield encoder.output()
    }
  }
  encoder.finish()
  yield encoder.output()
}

class BitWriter {
  readonly bytes = new ByteBuilder()
  #held = 0
  #count = 0

  /** At most 24 bits. */
  put(count: number, value: number): void {
    this.#held = (this.#held << count) | value
    this.#count += count
    while (this.#count >= 8) {
      this.#count -= 8
      this.bytes.push((this.#held >>> this.#count) & 255)
    }
    this.#held &= (1 << this.#count) - 1
  }

  put32(value: number): void {
    this.put(16, value >>> 16)
    this.put(16, value & 0xffff)
  }

  pad(): void {
    if (this.#count > 0) this.put(8 - this.#count, 0)
  }
}

class Encoder {
  readonly #bits = new BitWriter()
  readonly #most: number
  readonly #block: Uint8Array
  #size = 0
  #crc = new BzipCrc()
  #sum = 0
  /** The run that is being gathered: its byte, and how long it is. */
  #byte = -1
  #run = 0

  constructor(level: number) {
    for (const byte of [0x42, 0x5a, 0x68, 0x30 + level]) this.#bits.put(8, byte)
    // Nineteen bytes stay free, as in the original.
    this.#most = 100_000 * level - 19
    this.#block = new Uint8Array(this.#most + 32)
  }

  get isFull(): boolean {
    return this.#size >= this.#most
  }

  /** From `at` on, until the block is full. Where it stopped. */
  take(chunk: Uint8Array, at: number): number {
    let i = at
    for (; i < chunk.length && this.#size < this.#most; i++) {
      const byte = chunk[i]!
      if (byte === this.#byte && this.#run < 255) this.#run++
      else {
        this.#flushRun()
        this.#byte = byte
        this.#run = 1
      }
    }
    this.#crc.update(chunk, at, i)
    return i
  }

  /** Four equal bytes are followed by how many more there are. */
  #flushRun(): void {
    const written = Math.min(this.#run, 4)
    for (let i = 0; i < written; i++) this.#block[this.#size++] = this.#byte
    if (this.#run >= 4) this.#block[this.#size++] = this.#run - 4
    this.#run = 0
    this.#byte = -1
  }

  finishBlock(): void {
    this.#flushRun()
    if (this.#size === 0) return
    const crc = this.#crc.value
    this.#sum = joinCrc(this.#sum, crc)
    writeBlock(this.#bits, this.#block.subarray(0, this.#size), crc)
    this.#size = 0
    this.#crc = new BzipCrc()
  }

  finish(): void {
    this.finishBlock()
    this.#bits.put(24, 0x177245)
    this.#bits.put(24, 0x385090)
    this.#bits.put32(this.#sum)
    this.#bits.pad()
  }

  output(): Uint8Array {
    return this.#bits.bytes.take()
  }
}

function writeBlock(bits: BitWriter, block: Uint8Array, crc: number): void {
  const order = sortRotations(block)
  bits.put(24, 0x314159)
  bits.put(24, 0x265359)
  bits.put32(crc)
  bits.put(1, 0)
  bits.put(24, order.indexOf(0))
  const used = new Uint8Array(256)
  for (const byte of block) used[byte] = 1
  writeUsed(bits, used)
  writeSymbols(bits, moveToFront(block, order, used))
}

function writeUsed(bits: BitWriter, used: Uint8Array): void {
  const rows = Array.from({ length: 16 }, (_, row) => used.subarray(row * 16, row * 16 + 16))
  const mask = (flags: ArrayLike<number>) => Array.from(flags).reduce((all, one) => all * 2 + (one ? 1 : 0), 0)
  bits.put(16, mask(rows.map(row => (row.includes(1) ? 1 : 0))))
  for (const row of rows) if (row.includes(1)) bits.put(16, mask(row))
}

interface Symbols {
  readonly values: Uint16Array
  readonly counts: Uint32Array
  /** How many different symbols: the two runs, all bytes but the first, and the end. */
  readonly alphabet: number
}

/** Each byte by its place among those lately seen; zeros as numbers in base two with the digits 1 and 2. */
function moveToFront(block: Uint8Array, order: Int32Array, used: Uint8Array): Symbols {
  const recent = Uint8Array.from([...used.keys()].filter(byte => used[byte]))
  const alphabet = recent.length + 2
  const values = new Uint16Array(block.length + 1)
  const counts = new Uint32Array(alphabet)
  let size = 0
  let zeros = 0
  const put = (symbol: number) => {
    values[size++] = symbol
    counts[symbol] = counts[symbol]! + 1
  }
  const flushZeros = () => {
    for (let left = zeros - 1; left >= 0; left = Math.floor((left - 2) / 2)) put(left & 1)
    zeros = 0
  }
  for (const place of order) {
    const byte = block[place === 0 ? block.length - 1 : place - 1]!
    if (recent[0] === byte) {
      zeros++
      continue
    }
    if (zeros > 0) flushZeros()
    const at = recent.indexOf(byte)
    recent.copyWithin(1, 0, at)
    recent[0] = byte
    put(at + 1)
  }
  if (zeros > 0) flushZeros()
  put(alphabet - 1)
  return { values: values.subarray(0, size), counts, alphabet }
}

const GROUP = 50
const ROUNDS = 4

function writeSymbols(bits: BitWriter, symbols: Symbols): void {
  const { values, alphabet } = symbols
  const tables = firstTables(symbols)
  let selectors = new Uint8Array(0)
  for (let round = 0; round < ROUNDS; round++) selectors = improve(symbols, tables)
  bits.put(3, tables.length)
  bits.put(15, selectors.length)
  writeSelectors(bits, selectors, tables.length)
  for (const table of tables) writeTable(bits, table)
  const codes = tables.map(codesOf)
  for (let group = 0; group < selectors.length; group++) {
    const lengths = tables[selectors[group]!]!
    const code = codes[selectors[group]!]!
    const end = Math.min((group + 1) * GROUP, values.length)
    for (let i = group * GROUP; i < end; i++) bits.put(lengths[values[i]!]!, code[values[i]!]!)
  }
  if (alphabet < 3 && values.length === 0) throw new Error('a block without symbols')
}

function tableCount(size: number): number {
  return size < 200 ? 2 : size < 600 ? 3 : size < 1200 ? 4 : size < 2400 ? 5 : 6
}

/** The symbols in as many ranges as there are tables, all about as frequent: cheap inside its own range, dear outside. */
function firstTables({ values, counts, alphabet }: Symbols): Uint8Array[] {
  const count = tableCount(values.length)
  const tables: Uint8Array[] = []
  let left = values.length
  let from = 0
  for (let part = count; part > 0; part--) {
    const target = Math.floor(left / part)
    let to = from - 1
    let sum = 0
    while (sum < target && to < alphabet - 1) sum += counts[++to]!
    if (to > from && part !== count && part !== 1 && (count - part) % 2 === 1) sum -= counts[to--]!
    tables[part - 1] = Uint8Array.from({ length: alphabet }, (_, symbol) => (symbol >= from && symbol <= to ? 0 : 15))
    left -= sum
    from = to + 1
  }
  return tables
}

/** Each group takes the table that is cheapest for it; then each table is made anew for the groups that took it. */
function improve({ values, alphabet }: Symbols, tables: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const groups = Math.ceil(values.length / GROUP)
  const selectors = new Uint8Array(groups)
  const counts = tables.map(() => new Uint32Array(alphabet))
  for (let group = 0; group < groups; group++) {
    const end = Math.min((group + 1) * GROUP, values.length)
    let best = 0
    let bestCost = Number.POSITIVE_INFINITY
    for (const [index, table] of tables.entries()) {
      let cost = 0
      for (let i = group * GROUP; i < end; i++) cost += table[values[i]!]!
      if (cost >= bestCost) continue
      bestCost = cost
      best = index
    }
    selectors[group] = best
    const own = counts[best]!
    for (let i = group * GROUP; i < end; i++) own[values[i]!] = own[values[i]!]! + 1
  }
  for (const [index, own] of counts.entries()) tables[index] = codeLengths(own, 17)
  return selectors
}

function writeSelectors(bits: BitWriter, selectors: Uint8Array, tables: number): void {
  const recent = [0, 1, 2, 3, 4, 5].slice(0, tables)
  for (const selector of selectors) {
    const place = recent.indexOf(selector)
    recent.splice(place, 1)
    recent.unshift(selector)
    for (let i = 0; i < place; i++) bits.put(1, 1)
    bits.put(1, 0)
  }
}

/** The first length, and each next as steps up (10) and down (11), ended by 0. */
function writeTable(bits: BitWriter, lengths: Uint8Array): void {
  let current = lengths[0]!
  bits.put(5, current)
  for (const length of lengths) {
    for (; current < length; current++) bits.put(2, 2)
    for (; current > length; current--) bits.put(2, 3)
    bits.put(1, 0)
  }
}
