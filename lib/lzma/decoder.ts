// The LZMA decoder (the specification of Igor Pavlov's LZMA SDK, which is in the public domain).

import { DecompressionError } from '../decompression-error.ts'

export interface LzmaProperties {
  readonly literalContext: number
  readonly literalPosition: number
  readonly position: number
}

/** From the byte in which a header holds all three. undefined: it is out of range. */
export function parseProperties(byte: number): LzmaProperties | undefined {
  if (byte >= 9 * 5 * 5) return undefined
  return { literalContext: byte % 9, literalPosition: Math.floor(byte / 9) % 5, position: Math.floor(byte / 45) }
}

const STATES = 12
/** No symbol takes more bytes: with fewer left, and more to come, decoding waits. */
const LOOKAHEAD = 24
const TOP = 2 ** 24

// Where each table of probabilities begins in the one array.
const IS_MATCH = 0
const IS_REP = IS_MATCH + STATES * 16
const IS_REP0 = IS_REP + STATES
const IS_REP1 = IS_REP0 + STATES
const IS_REP2 = IS_REP1 + STATES
const IS_REP0_LONG = IS_REP2 + STATES
const SLOTS = IS_REP0_LONG + STATES * 16
const SPECIAL = SLOTS + 4 * 64
const ALIGN = SPECIAL + 128
const LENGTHS = ALIGN + 16
const REP_LENGTHS = LENGTHS + 2 + 16 * 8 * 2 + 256
const LITERALS = REP_LENGTHS + 2 + 16 * 8 * 2 + 256

export class LzmaDecoder {
  #properties: LzmaProperties = { literalContext: 3, literalPosition: 0, position: 2 }
  #probabilities = new Uint16Array(0)
  readonly #dictionarySize: number
  #window: Uint8Array<ArrayBuffer>
  #position = 0
  /** How much of the window behind the position holds bytes. */
  #filled = 0
  #flushed = 0
  #total = 0
  #input: Uint8Array = new Uint8Array(0)
  #at = 0
  #range = 0
  #code = 0
  #state = 0
  #distances: [number, number, number, number] = [0, 0, 0, 0]
  /** What is left of a match that the end of what was asked for cut. */
  #pending = 0
  isEnded = false

  constructor(dictionarySize: number) {
    this.#dictionarySize = Math.max(4096, dictionarySize)
    this.#window = new Uint8Array(Math.min(this.#dictionarySize, 1 << 16))
  }

  resetState(properties?: LzmaProperties): void {
    if (properties) this.#properties = properties
    const { literalContext, literalPosition } = this.#properties
    const size = LITERALS + (0x300 << (literalContext + literalPosition))
    if (this.#probabilities.length !== size) this.#probabilities = new Uint16Array(size)
    this.#probabilities.fill(1024)
    this.#state = 0
    this.#distances = [0, 0, 0, 0]
    this.#pending = 0
  }

  resetDictionary(): void {
    this.#filled = 0
    this.#total = 0
  }

  /** The five bytes that begin what the range coder reads. */
  startRange(bytes: Uint8Array): void {
    if (bytes.length < 5 || bytes[0] !== 0) throw corrupted()
    this.#range = 0xffffffff
    this.#code = ((bytes[1]! << 24) | (bytes[2]! << 16) | (bytes[3]! << 8) | bytes[4]!) >>> 0
  }

  /** Bytes that are not compressed go into the dictionary too. */
  *store(bytes: Uint8Array): Generator<Uint8Array> {
    for (const byte of bytes) {
      this.#put(byte)
      if (this.#isFull) yield this.#flush()
    }
    const rest = this.#flush()
    if (rest.length > 0) yield rest
  }

  /**
   * Decodes at most `most` bytes from the input, yielding pieces. With `isLast` the input is all there is; otherwise it
   * stops where a symbol might not be whole. `rest` is what was not used.
   */
  *decode(input: Uint8Array, most: number, isLast: boolean): Generator<Uint8Array> {
    this.#input = input
    this.#at = 0
    const stop = isLast ? input.length : input.length - LOOKAHEAD
    const end = this.#total + most
    while (this.#total < end && !this.isEnded) {
      if (this.#pending > 0) this.#copy(end)
      else {
        if (this.#at > stop) break
        this.#symbol()
      }
      if (this.#isFull) yield this.#flush()
    }
    // The last symbol of a chunk may leave a byte that belongs to it.
    if (this.#total === end && this.#at < input.length) this.#normalize()
    const piece = this.#flush()
    if (piece.length > 0) yield piece
  }

  get rest(): Uint8Array {
    return this.#input.subarray(this.#at)
  }

  get total(): number {
    return this.#total
  }

  /** The end marker, and sizes that are known, must leave the range coder at rest. */
  get isAtRest(): boolean {
    return this.#code === 0 && this.#pending === 0
  }

  #symbol(): void {
    const positionState = this.#total & ((1 << this.#properties.position) - 1)
    const state = this.#state
    if (this.#bit(IS_MATCH + state * 16 + positionState) === 0) return this.#literal()
    if (this.#bit(IS_REP + state) === 0) {
      const [first, second, third] = this.#distances
      const length = this.#length(LENGTHS, positionState)
      this.#state = state < 7 ? 7 : 10
      const distance = this.#distance(length)
      if (distance === 0xffffffff) {
        this.isEnded = true
        this.#normalize()
        return
      }
      this.#distances = [distance, first, second, third]
      this.#startCopy(length + 2)
      return
    }
    if (this.#filled === 0) throw corrupted()
    if (this.#bit(IS_REP0 + state) === 0) {
      if (this.#bit(IS_REP0_LONG + state * 16 + positionState) === 0) {
        this.#state = state < 7 ? 9 : 11
        this.#startCopy(1)
        return
      }
    } else this.#rotate(state)
    const length = this.#length(REP_LENGTHS, positionState)
    this.#state = state < 7 ? 8 : 11
    this.#startCopy(length + 2)
  }

  #rotate(state: number): void {
    const [first, second, third, fourth] = this.#distances
    if (this.#bit(IS_REP1 + state) === 0) this.#distances = [second, first, third, fourth]
    else if (this.#bit(IS_REP2 + state) === 0) this.#distances = [third, first, second, fourth]
    else this.#distances = [fourth, first, second, third]
  }

  #literal(): void {
    const { literalContext, literalPosition } = this.#properties
    const before = this.#filled > 0 ? this.#byteBack(0) : 0
    const low = this.#total & ((1 << literalPosition) - 1)
    const table = LITERALS + 0x300 * ((low << literalContext) + (before >>> (8 - literalContext)))
    let symbol = 1
    if (this.#state >= 7) {
      let matched = this.#byteBack(this.#distances[0])
      do {
        const matchBit = (matched >>> 7) & 1
        matched <<= 1
        const bit = this.#bit(table + ((1 + matchBit) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (matchBit !== bit) break
      } while (symbol < 0x100)
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(table + symbol)
    this.#put(symbol & 255)
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6
  }

  #length(table: number, positionState: number): number {
    if (this.#bit(table) === 0) return this.#tree(table + 2 + positionState * 8, 3)
    if (this.#bit(table + 1) === 0) return 8 + this.#tree(table + 130 + positionState * 8, 3)
    return 16 + this.#tree(table + 258, 8)
  }

  #distance(length: number): number {
    const slot = this.#tree(SLOTS + Math.min(length, 3) * 64, 6)
    if (slot < 4) return slot
    const bits = (slot >> 1) - 1
    let distance = ((2 | (slot & 1)) << bits) >>> 0
    if (slot < 14) return distance + this.#reverseTree(SPECIAL + distance - slot, bits)
    distance += this.#direct(bits - 4) * 16
    return distance + this.#reverseTree(ALIGN, 4)
  }

  #tree(table: number, bits: number): number {
    let symbol = 1
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(table + symbol)
    return symbol - (1 << bits)
  }

  #reverseTree(table: number, bits: number): number {
    let node = 1
    let value = 0
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(table + node)
      node = (node << 1) | bit
      value |= bit << i
    }
    return value
  }

  #direct(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) {
      this.#normalize()
      this.#range >>>= 1
      const isOne = this.#code >= this.#range
      if (isOne) this.#code = (this.#code - this.#range) >>> 0
      value = value * 2 + (isOne ? 1 : 0)
    }
    return value
  }

  #bit(index: number): 0 | 1 {
    if (this.#range < TOP) this.#normalize()
    const probability = this.#probabilities[index]!
    const bound = (this.#range >>> 11) * probability
    if (this.#code < bound) {
      this.#range = bound
      this.#probabilities[index] = probability + ((2048 - probability) >> 5)
      return 0
    }
    this.#range -= bound
    this.#code -= bound
    this.#probabilities[index] = probability - (probability >> 5)
    return 1
  }

  #normalize(): void {
    if (this.#range >= TOP) return
    if (this.#at >= this.#input.length) throw new DecompressionError('unexpected EOF')
    this.#range = (this.#range << 8) >>> 0
    this.#code = ((this.#code << 8) | this.#input[this.#at++]!) >>> 0
  }

  // --- the window --------------------------------------------------------------------------------------------------

  #startCopy(length: number): void {
    if (this.#distances[0] >= this.#filled) throw corrupted()
    this.#pending = length
  }

  #copy(end: number): void {
    const distance = this.#distances[0]
    let count = Math.min(this.#pending, end - this.#total)
    while (count > 0 && !this.#isFull) {
      this.#put(this.#byteBack(distance))
      this.#pending--
      count--
    }
  }

  #byteBack(distance: number): number {
    const at = this.#position - 1 - distance
    return this.#window[at < 0 ? at + this.#window.length : at]!
  }

  get #isFull(): boolean {
    return this.#position === this.#window.length
  }

  #put(byte: number): void {
    this.#window[this.#position++] = byte
    if (this.#filled < this.#window.length) this.#filled++
    this.#total++
  }

  /** What was made since the last time; a full window is begun anew, or made larger while it may be. */
  #flush(): Uint8Array {
    const piece = this.#window.slice(this.#flushed, this.#position)
    if (this.#isFull) {
      if (this.#window.length < this.#dictionarySize) {
        const larger = new Uint8Array(Math.min(this.#dictionarySize, 4 * this.#window.length))
        larger.set(this.#window)
        this.#window = larger
      } else this.#position = 0
    }
    this.#flushed = this.#position
    return piece
  }
}

function corrupted(): DecompressionError {
  return new DecompressionError('corrupted data')
}
