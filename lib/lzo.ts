// LZO1X: blocks of bytes as literals and copies of what went before (the kernel's documentation of the stream format).

import { ByteBuilder } from './byte-builder.ts'
import { DecompressionError } from './decompression-error.ts'

const HASH_BITS = 14
/** Nearer the end than this no match begins, and before the fourth byte none does: as lzo1x_1 has it. */
const TAIL = 13
const HEAD = 4
const NEAR = 0x800
const MIDDLE = 0x4000
const FAR = 0xbfff

/** A block, greedily: fast, and never far from as small as it gets. */
export function lzoCompress(block: Uint8Array): Uint8Array {
  const out = new ByteBuilder()
  const seen = new Int32Array(1 << HASH_BITS).fill(-1)
  let literals = 0
  let lastCode = 0
  for (let at = HEAD; at < block.length - TAIL; ) {
    const hash = hashAt(block, at)
    const before = seen[hash]!
    seen[hash] = at
    if (before < 0 || at - before > FAR || !isSameWord(block, before, at)) {
      at++
      continue
    }
    lastCode = putLiterals(out, block.subarray(literals, at), lastCode)
    const length = matchLength(block, before, at)
    lastCode = putMatch(out, at - before, length)
    at += length
    literals = at
  }
  const rest = block.subarray(literals)
  if (rest.length > 0 && out.length === 0 && rest.length <= 238) {
    out.push(17 + rest.length)
    out.append(rest)
  } else putLiterals(out, rest, lastCode)
  out.append(END)
  return out.take()
}

const END = Uint8Array.of(17, 0, 0)

function hashAt(bytes: Uint8Array, at: number): number {
  const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
  return Math.imul(word, 0x1824429d) >>> (32 - HASH_BITS)
}

function isSameWord(bytes: Uint8Array, a: number, b: number): boolean {
  for (let i = 0; i < 4; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}

function matchLength(bytes: Uint8Array, from: number, at: number): number {
  let length = 4
  while (at + length < bytes.length && bytes[from + length] === bytes[at + length]) length++
  return length
}

/** Up to three literals are counted in the two low bits of the match before them, `lastCode` bytes from the end. */
function putLiterals(out: ByteBuilder, literals: Uint8Array, lastCode: number): number {
  const { length } = literals
  if (length === 0) return lastCode
  if (length <= 3 && lastCode > 0) out.view()[out.length - lastCode]! |= length
  else if (length <= 18) out.push(length - 3)
  else putLong(out, 0, length - 18)
  out.append(literals)
  return lastCode
}

/** A code whose length did not fit: zeros for 255 each, then what is left, at least 1. */
function putLong(out: ByteBuilder, code: number, length: number): void {
  out.push(code)
  let left = length
  for (; left > 255; left -= 255) out.push(0)
  out.push(left)
}

/** How many bytes before the end the count of following literals stands. */
function putMatch(out: ByteBuilder, distance: number, length: number): number {
  if (length <= 8 && distance <= NEAR) {
    out.push(((length - 1) << 5) | (((distance - 1) & 7) << 2))
    out.push((distance - 1) >> 3)
    return 2
  }
  const isMiddle = distance <= MIDDLE
  const rest = isMiddle ? distance - 1 : distance - MIDDLE
  const code = isMiddle ? 32 : 16 | ((rest & 0x4000) >> 11)
  const most = isMiddle ? 33 : 9
  if (length <= most) out.push(code | (length - 2))
  else putLong(out, code, length - most)
  out.push((rest << 2) & 0xff)
  out.push((rest >> 6) & 0xff)
  return 2
}

/** A block of `size` bytes. Throws DecompressionError for what is no LZO1X stream of that size. */
export function lzoDecompress(packed: Uint8Array, size: number): Uint8Array {
  return new LzoDecoder(packed, size).run()
}

class LzoDecoder {
  readonly #in: Uint8Array
  readonly #out: Uint8Array
  #at = 0
  #length = 0

  constructor(packed: Uint8Array, size: number) {
    this.#in = packed
    this.#out = new Uint8Array(size)
  }

  run(): Uint8Array {
    // How many literals went before: 0 to 3 by the last code, 4 for a run.
    let state = 0
    if (this.#in[0]! > 17) {
      const count = this.#byte() - 17
      this.#literals(count)
      state = Math.min(count, 4)
    }
    for (;;) {
      const code = this.#byte()
      if (code < 16 && state === 0) {
        this.#literals(3 + (code === 0 ? this.#long(15) : code))
        state = 4
        continue
      }
      const tail = this.#match(code, state)
      if (tail === undefined) break
      state = tail
      this.#literals(state)
    }
    if (this.#length !== this.#out.length) throw corrupted()
    return this.#out
  }

  /** Copies; how many literals follow. undefined: the end of the stream. */
  #match(code: number, state: number): number | undefined {
    if (code >= 64) {
      const length = code >= 128 ? 5 + ((code >> 5) & 3) : 3 + ((code >> 5) & 1)
      this.#copy((this.#byte() << 3) + ((code >> 2) & 7) + 1, length)
      return code & 3
    }
    if (code < 16) {
      const near = (this.#byte() << 2) + (code >> 2)
      if (state === 4) this.#copy(near + 2049, 3)
      else this.#copy(near + 1, 2)
      return code & 3
    }
    const isMiddle = code >= 32
    const mask = isMiddle ? 31 : 7
    const length = 2 + ((code & mask) === 0 ? this.#long(mask) : code & mask)
    const low = this.#byte()
    const word = low | (this.#byte() << 8)
    const distance = isMiddle ? (word >> 2) + 1 : MIDDLE + ((code & 8) << 11) + (word >> 2)
    if (!isMiddle && distance === MIDDLE) return undefined
    this.#copy(distance, length)
    return word & 3
  }

  #long(base: number): number {
    let total = base
    for (;;) {
      const byte = this.#byte()
      if (byte !== 0) return total + byte
      total += 255
    }
  }

  #literals(count: number): void {
    const end = this.#at + count
    if (end > this.#in.length || this.#length + count > this.#out.length) throw corrupted()
    this.#out.set(this.#in.subarray(this.#at, end), this.#length)
    this.#at = end
    this.#length += count
  }

  #copy(distance: number, count: number): void {
    const from = this.#length - distance
    if (from < 0 || this.#length + count > this.#out.length) throw corrupted()
    for (let i = 0; i < count; i++) this.#out[this.#length + i] = this.#out[from + i]!
    this.#length += count
  }

  #byte(): number {
    const byte = this.#in[this.#at++]
    if (byte === undefined) throw corrupted()
    return byte
  }
}

function corrupted(): DecompressionError {
  return new DecompressionError('corrupted data')
}
