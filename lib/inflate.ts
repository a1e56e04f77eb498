// DEFLATE (RFC 1951) undone as the bytes come: bounded memory, and it knows exactly where the data ends.

import { ByteBuilder } from './byte-builder.ts'
import { concat, EMPTY } from './bytes.ts'

/** The data is no DEFLATE stream, or it ended too soon. */
export class InflateError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InflateError'
  }
}

const WINDOW = 32768

/** A symbol with its extra bits takes at most 48 bits; while more may come, a step is only begun with so many at hand. */
const SAFE_BYTES = 8

/** The code lengths of a dynamic block take at most this many bytes. */
const HEADER_BYTES = 400

type State = 'block' | 'stored' | 'codes' | 'done'

export class Inflate {
  /** What came after the end of the stream; of use once `isDone`. */
  rest: Uint8Array = EMPTY
  #input: Uint8Array = EMPTY
  #at = 0
  #bits = 0
  #bitCount = 0
  #state: State = 'block'
  #isLastBlock = false
  #stored = 0
  #lengths: Codes = FIXED_LENGTHS
  #distances: Codes = FIXED_DISTANCES
  readonly #window = new Uint8Array(WINDOW)
  #position = 0
  readonly #out = new ByteBuilder()

  get isDone(): boolean {
    return this.#state === 'done'
  }

  /** The bytes that became known. `isFinal`: no more will be pushed. Throws InflateError. */
  push(bytes: Uint8Array, isFinal = false): Uint8Array {
    this.#input = this.#at < this.#input.length ? concat([this.#input.subarray(this.#at), bytes]) : bytes
    this.#at = 0
    while (this.#state !== 'done' && this.#step(isFinal));
    if (this.#state === 'done') this.#finish()
    else if (isFinal) throw new InflateError('unexpected end of file')
    return this.#out.take()
  }

  /** false: more input is needed. */
  #step(isFinal: boolean): boolean {
    const left = this.#input.length - this.#at
    switch (this.#state) {
      case 'block':
        if (!isFinal && left < HEADER_BYTES && !this.#canBeginBlock(left)) return false
        this.#beginBlock()
        return true
      case 'stored':
        return this.#copyStored()
      case 'codes':
        return this.#decode(isFinal)
      case 'done':
        return false
    }
  }

  /** A short last block must be read even though the stream after it goes on slowly: a header that is not dynamic is small. */
  #canBeginBlock(left: number): boolean {
    if (left < SAFE_BYTES) return false
    return ((this.#peekBits(3) >> 1) & 3) !== 2
  }

  #beginBlock(): void {
    this.#isLastBlock = this.#take(1) === 1
    switch (this.#take(2)) {
      case 0: {
        this.#bits = 0
        // Whole bytes that were read ahead are given back.
        this.#at -= this.#bitCount >> 3
        this.#bitCount = 0
        const size = this.#take(16)
        if ((size ^ 0xffff) !== this.#take(16)) throw new InflateError('corrupted data')
        this.#stored = size
        this.#state = 'stored'
        return
      }
      case 1:
        this.#lengths = FIXED_LENGTHS
        this.#distances = FIXED_DISTANCES
        break
      case 2:
        this.#readCodes()
        break
      default:
        throw new InflateError('corrupted data')
    }
    this.#state = 'codes'
  }

  #copyStored(): boolean {
    while (this.#stored > 0 && this.#bitCount >= 8) {
      this.#emit(this.#take(8))
      this.#stored--
    }
    const end = Math.min(this.#input.length, this.#at + this.#stored)
    this.#stored -= end - this.#at
    while (this.#at < end) this.#emit(this.#input[this.#at++]!)
    if (this.#stored > 0) return false
    this.#endBlock()
    return true
  }

  #endBlock(): void {
    this.#state = this.#isLastBlock ? 'done' : 'block'
  }

  #readCodes(): void {
    const literals = this.#take(5) + 257
    const distances = this.#take(5) + 1
    const count = this.#take(4) + 4
    const orderLengths = new Uint8Array(19)
    for (let i = 0; i < count; i++) orderLengths[ORDER[i]!] = this.#take(3)
    const codes = makeCodes(orderLengths)
    const lengths = new Uint8Array(literals + distances)
    for (let i = 0; i < lengths.length; ) {
      const symbol = this.#symbol(codes)
      if (symbol < 16) {
        lengths[i++] = symbol
        continue
      }
      if (symbol === 16 && i === 0) throw new InflateError('corrupted data')
      const value = symbol === 16 ? lengths[i - 1]! : 0
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (i + times > lengths.length) throw new InflateError('corrupted data')
      lengths.fill(value, i, i + times)
      i += times
    }
    this.#lengths = makeCodes(lengths.subarray(0, literals))
    this.#distances = makeCodes(lengths.subarray(literals))
  }

  #decode(isFinal: boolean): boolean {
    while (isFinal || this.#input.length - this.#at >= SAFE_BYTES) {
      const symbol = this.#symbol(this.#lengths)
      if (symbol < 256) this.#emit(symbol)
      else if (symbol === 256) {
        this.#endBlock()
        return true
      } else this.#copyMatch(symbol - 257)
      if (isFinal && this.#at > this.#input.length + 8) throw new InflateError('unexpected end of file')
    }
    return this.#decodeEnd()
  }

  /** The last few bytes at hand may hold the end of the stream: they are decoded as far as they surely reach. */
  #decodeEnd(): boolean {
    for (;;) {
      const before = { at: this.#at, bits: this.#bits, bitCount: this.#bitCount }
      const symbol = this.#symbol(this.#lengths)
      const isLiteral = symbol <= 256
      if (!isLiteral || this.#at > this.#input.length) {
        this.#at = before.at
        this.#bits = before.bits
        this.#bitCount = before.bitCount
        return false
      }
      if (symbol === 256) {
        this.#endBlock()
        return true
      }
      this.#emit(symbol)
    }
  }

  #copyMatch(code: number): void {
    if (code > 28) throw new InflateError('corrupted data')
    const length = LENGTH_BASE[code]! + this.#take(LENGTH_EXTRA[code]!)
    const far = this.#symbol(this.#distances)
    if (far > 29) throw new InflateError('corrupted data')
    const distance = DISTANCE_BASE[far]! + this.#take(DISTANCE_EXTRA[far]!)
    if (distance > this.#position) throw new InflateError('corrupted data')
    for (let i = 0; i < length; i++) this.#emit(this.#window[(this.#position - distance) & (WINDOW - 1)]!)
  }

  #emit(byte: number): void {
    this.#window[this.#position++ & (WINDOW - 1)] = byte
    this.#out.push(byte)
  }

  /** Bytes beyond the end count as zero; how far one went is seen by `#at`. */
  #fill(count: number): void {
    while (this.#bitCount < count) {
      this.#bits |= (this.#input[this.#at++] ?? 0) << this.#bitCount
      this.#bitCount += 8
    }
  }

  #peekBits(count: number): number {
    this.#fill(count)
    return this.#bits & ((1 << count) - 1)
  }

  #take(count: number): number {
    if (count === 0) return 0
    const value = this.#peekBits(count)
    this.#bits >>>= count
    this.#bitCount -= count
    return value
  }

  #symbol(codes: Codes): number {
    const entry = codes.table[this.#peekBits(codes.width)]!
    if (entry === 0) throw new InflateError('corrupted data')
    this.#bits >>>= entry & 15
    this.#bitCount -= entry & 15
    return entry >> 4
  }

  #finish(): void {
    const end = this.#at - (this.#bitCount >> 3)
    if (end > this.#input.length) throw new InflateError('unexpected end of file')
    this.rest = this.#input.subarray(end)
  }
}

/** Every value of the next `width` bits: the symbol times 16 and the length of its code; 0: no code begins so. */
interface Codes {
  readonly table: Uint16Array
  readonly width: number
}

function makeCodes(lengths: Uint8Array): Codes {
  const width = Math.max(1, ...lengths)
  const table = new Uint16Array(1 << width)
  let code = 0
  for (let length = 1; length <= width; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue
      for (let at = reverse(code, length); at < table.length; at += 1 << length) table[at] = (symbol << 4) | length
      code++
    }
    code <<= 1
  }
  return { table, width }
}

function reverse(code: number, length: number): number {
  let result = 0
  for (let i = 0; i < length; i++) if (code & (1 << i)) result |= 1 << (length - 1 - i)
  return result
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const LENGTH_EXTRA = Array.from({ length: 29 }, (_, code) => (code < 4 || code === 28 ? 0 : (code >> 2) - 1))
const LENGTH_BASE = bases(LENGTH_EXTRA, 3).with(28, 258)
const DISTANCE_EXTRA = Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1))
const DISTANCE_BASE = bases(DISTANCE_EXTRA, 1)

function bases(extra: readonly number[], first: number): number[] {
  let next = first
  return extra.map(bits => {
    const base = next
    next += 1 << bits
    return base
  })
}

const FIXED_LENGTHS = makeCodes(
  Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
)
const FIXED_DISTANCES = makeCodes(new Uint8Array(30).fill(5))
