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

/** So many bytes are enough for two steps and what is read ahead. */
const FAST_BYTES = 16
/** Of a match. */
const LONGEST = 258
/** How much becomes known before it is moved. */
const ROOM = 1 << 18

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
  /** What matches may look back to, and behind it what has become known. */
  readonly #out = new Uint8Array(WINDOW + ROOM)
  #length = 0
  /** From where on it has not been handed out. */
  #from = 0
  /** What did not fit any more. */
  readonly #before = new ByteBuilder()

  get isDone(): boolean {
    return this.#state === 'done'
  }

  /** The bytes that became known. `isFinal`: no more will be pushed. Throws InflateError. */
  push(bytes: Uint8Array, isFinal = false): Uint8Array {
    const view = this.pushView(bytes, isFinal)
    return view.buffer === this.#out.buffer ? view.slice() : view
  }

  /** As push, but what it gives is good until the next one. */
  pushView(bytes: Uint8Array, isFinal = false): Uint8Array {
    this.#input = this.#at < this.#input.length ? concat([this.#input.subarray(this.#at), bytes]) : bytes
    this.#at = 0
    while (this.#state !== 'done' && this.#step(isFinal));
    if (this.#state === 'done') this.#finish()
    else if (isFinal) throw new InflateError('unexpected end of file')
    return this.#taken()
  }

  #taken(): Uint8Array {
    const from = this.#from
    this.#from = this.#length
    if (this.#before.length === 0) return this.#out.subarray(from, this.#length)
    this.#before.append(this.#out, from, this.#length)
    return this.#before.take()
  }

  /** Makes room; what matches may look back to stays. */
  #slide(): void {
    this.#before.append(this.#out, this.#from, this.#length)
    this.#out.copyWithin(0, this.#length - WINDOW, this.#length)
    this.#length = WINDOW
    this.#from = WINDOW
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
    while (this.#at < end) {
      if (this.#length === this.#out.length) this.#slide()
      const part = this.#input.subarray(this.#at, Math.min(end, this.#at + this.#out.length - this.#length))
      this.#out.set(part, this.#length)
      this.#length += part.length
      this.#at += part.length
    }
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
    while (this.#input.length - this.#at >= FAST_BYTES) {
      if (this.#out.length - this.#length < LONGEST) this.#slide()
      if (this.#decodeFast()) return true
    }
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

  /** As long as there is input and room enough that neither need be looked at for a symbol. true: the block has ended. */
  #decodeFast(): boolean {
    const [input, out] = [this.#input, this.#out]
    const [lengths, distances] = [this.#lengths, this.#distances]
    const [lengthTable, distanceTable] = [lengths.table, distances.table]
    const [lengthMask, distanceMask] = [lengthTable.length - 1, distanceTable.length - 1]
    const lastInput = input.length - FAST_BYTES
    const lastOutput = out.length - LONGEST
    let [at, bits, bitCount, length] = [this.#at, this.#bits, this.#bitCount, this.#length]
    let hasEnded = false
    while (at <= lastInput && length <= lastOutput) {
      for (; bitCount <= 24; bitCount += 8) bits |= input[at++]! << bitCount
      let entry = lengthTable[bits & lengthMask]!
      if (entry === 0) entry = longEntry(lengths, bits)
      bits >>>= entry & 15
      bitCount -= entry & 15
      const symbol = entry >> 4
      if (symbol < 256) {
        out[length++] = symbol
        continue
      }
      if (symbol === 256) {
        hasEnded = true
        break
      }
      if (symbol > 285) throw new InflateError('corrupted data')
      const extra = LENGTH_EXTRA[symbol - 257]!
      const count = LENGTH_BASE[symbol - 257]! + (bits & ((1 << extra) - 1))
      bits >>>= extra
      bitCount -= extra
      for (; bitCount <= 24; bitCount += 8) bits |= input[at++]! << bitCount
      entry = distanceTable[bits & distanceMask]!
      if (entry === 0) entry = longEntry(distances, bits)
      bits >>>= entry & 15
      bitCount -= entry & 15
      const far = entry >> 4
      if (far > 29) throw new InflateError('corrupted data')
      const farExtra = DISTANCE_EXTRA[far]!
      for (; bitCount < farExtra; bitCount += 8) bits |= input[at++]! << bitCount
      const distance = DISTANCE_BASE[far]! + (bits & ((1 << farExtra) - 1))
      bits >>>= farExtra
      bitCount -= farExtra
      if (distance > length) throw new InflateError('corrupted data')
      const end = length + count
      for (let from = length - distance; length < end; ) out[length++] = out[from++]!
    }
    // Whole bytes that were read ahead are given back.
    this.#at = at - (bitCount >> 3)
    this.#bitCount = bitCount & 7
    this.#bits = bits & ((1 << (bitCount & 7)) - 1)
    this.#length = length
    if (hasEnded) this.#endBlock()
    return hasEnded
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
    if (distance > this.#length) throw new InflateError('corrupted data')
    for (let i = 0; i < length; i++) this.#emit(this.#out[this.#length - distance]!)
  }

  #emit(byte: number): void {
    if (this.#length === this.#out.length) this.#slide()
    this.#out[this.#length++] = byte
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
    const bits = this.#peekBits(codes.longest)
    const entry = codes.table[bits & (codes.table.length - 1)]! || longEntry(codes, bits)
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

/**
 * Every value of the next few bits: the symbol times 16 and the length of its code; 0: it is longer, and in `long` by its
 * bits, or there is none.
 */
interface Codes {
  readonly table: Uint16Array
  readonly longest: number
  readonly long: ReadonlyMap<number, number>
}

/** Longer codes are seldom, and a table for them all takes longer to make than to use. */
const TABLE_BITS = 10

function makeCodes(lengths: Uint8Array): Codes {
  const longest = Math.max(1, ...lengths)
  const table = new Uint16Array(1 << Math.min(longest, TABLE_BITS))
  const long = new Map<number, number>()
  let code = 0
  for (let length = 1; length <= longest; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue
      const entry = (symbol << 4) | length
      const first = reverse(code, length)
      if (length > TABLE_BITS) long.set(longKey(first, length), entry)
      else for (let at = first; at < table.length; at += 1 << length) table[at] = entry
      code++
    }
    code <<= 1
  }
  return { table, longest, long }
}

function longKey(bits: number, length: number): number {
  return (bits << 4) | length
}

/** Throws InflateError: no code begins so. */
function longEntry({ long, longest }: Codes, bits: number): number {
  for (let length = TABLE_BITS + 1; length <= longest; length++) {
    const entry = long.get(longKey(bits & ((1 << length) - 1), length))
    if (entry !== undefined) return entry
  }
  throw new InflateError('corrupted data')
}

function reverse(code: number, length: number): number {
  let result = 0
  for (let i = 0; i < length; i++) if (code & (1 << i)) result |= 1 << (length - 1 - i)
  return result
}

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const LENGTH_EXTRA = Uint8Array.from({ length: 29 }, (_, code) => (code < 4 || code === 28 ? 0 : (code >> 2) - 1))
const LENGTH_BASE = bases(LENGTH_EXTRA, 3)
LENGTH_BASE[28] = 258
const DISTANCE_EXTRA = Uint8Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1))
const DISTANCE_BASE = bases(DISTANCE_EXTRA, 1)

function bases(extra: Uint8Array, first: number): Uint16Array {
  let next = first
  return Uint16Array.from(extra, bits => {
    const base = next
    next += 1 << bits
    return base
  })
}

const FIXED_LENGTHS = makeCodes(
  Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
)
const FIXED_DISTANCES = makeCodes(new Uint8Array(30).fill(5))
