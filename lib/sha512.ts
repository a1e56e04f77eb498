// SHA-512 and SHA-384 (FIPS 180-4 sections 6.4 and 6.5), incremental and synchronous. A 64-bit word is two of 32 bits, for
// BigInt is thirty times slower.

import { BlockDigest } from './digest.ts'

export class Sha512 extends BlockDigest {
  /** High and low halves by turns. */
  readonly #state: Int32Array
  readonly #schedule = new Int32Array(160)
  readonly #rounds = constants().rounds
  readonly #size: number

  constructor(initial: Int32Array = constants().initial512, size = 64) {
    super(128, 16)
    this.#state = Int32Array.from(initial)
    this.#size = size
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const w = this.#schedule
    for (let i = 0, j = at; i < 32; i++, j += 4) {
      w[i] = (bytes[j]! << 24) | (bytes[j + 1]! << 16) | (bytes[j + 2]! << 8) | bytes[j + 3]!
    }
    for (let i = 32; i < 160; i += 2) extend(w, i)
    const s = Int32Array.from(this.#state)
    const rounds = this.#rounds
    for (let i = 0; i < 160; i += 2) round(s, w, rounds, i)
    const state = this.#state
    for (let i = 0; i < 16; i += 2) {
      const low = (state[i + 1]! >>> 0) + (s[i + 1]! >>> 0)
      state[i + 1] = low | 0
      state[i] = (state[i]! + s[i]! + carry(low)) | 0
    }
  }

  protected override result(): Uint8Array {
    const bytes = new Uint8Array(64)
    const view = new DataView(bytes.buffer)
    for (const [i, word] of this.#state.entries()) view.setInt32(4 * i, word)
    return bytes.subarray(0, this.#size)
  }
}

export class Sha384 extends Sha512 {
  constructor() {
    super(constants().initial384, 48)
  }
}

/** What is above 32 bits in a sum of low halves. */
function carry(low: number): number {
  return Math.floor(low / 2 ** 32)
}

/** One more word of the schedule. */
function extend(w: Int32Array, i: number): void {
  const xh = w[i - 30]!
  const xl = w[i - 29]!
  const yh = w[i - 4]!
  const yl = w[i - 3]!
  const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7)
  const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25))
  const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6)
  const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26))
  const low = (w[i - 31]! >>> 0) + (s0l >>> 0) + (w[i - 13]! >>> 0) + (s1l >>> 0)
  w[i + 1] = low | 0
  w[i] = (w[i - 32]! + s0h + w[i - 14]! + s1h + carry(low)) | 0
}

/** `s` are the working variables a to h. */
function round(s: Int32Array, w: Int32Array, rounds: Int32Array, i: number): void {
  const ah = s[0]!
  const al = s[1]!
  const eh = s[8]!
  const el = s[9]!
  const sum1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
  const sum1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
  const choiceHigh = (eh & s[10]!) ^ (~eh & s[12]!)
  const choiceLow = (el & s[11]!) ^ (~el & s[13]!)
  const low1 = (s[15]! >>> 0) + (sum1l >>> 0) + (choiceLow >>> 0) + (rounds[i + 1]! >>> 0) + (w[i + 1]! >>> 0)
  const high1 = (s[14]! + sum1h + choiceHigh + rounds[i]! + w[i]! + carry(low1)) | 0
  const sum0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
  const sum0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
  const majorityHigh = (ah & s[2]!) ^ (ah & s[4]!) ^ (s[2]! & s[4]!)
  const majorityLow = (al & s[3]!) ^ (al & s[5]!) ^ (s[3]! & s[5]!)
  const low2 = (low1 | 0) >>> 0
  const low3 = low2 + (sum0l >>> 0) + (majorityLow >>> 0)
  const low4 = (s[7]! >>> 0) + low2
  const high4 = (s[6]! + high1 + carry(low4)) | 0
  s.copyWithin(2, 0, 14)
  s[8] = high4
  s[9] = low4 | 0
  s[0] = (high1 + sum0h + majorityHigh + carry(low3)) | 0
  s[1] = low3 | 0
}

/** Made when the first digest is, for the roots take longer than all other constants of this house. */
let made: Constants | undefined

interface Constants {
  readonly rounds: Int32Array
  readonly initial512: Int32Array
  readonly initial384: Int32Array
}

/** Fractions of roots of primes (FIPS 180-4 sections 4.2.3 and 5.3), computed so that no table can be mistyped. */
function constants(): Constants {
  if (made) return made
  const found = primes(80)
  made = {
    rounds: halves(found.map(prime => fraction(BigInt(prime), 3n))),
    initial512: halves(found.slice(0, 8).map(prime => fraction(BigInt(prime), 2n))),
    initial384: halves(found.slice(8, 16).map(prime => fraction(BigInt(prime), 2n))),
  }
  return made
}

function halves(words: readonly bigint[]): Int32Array {
  return Int32Array.from(words.flatMap(word => [Number(word >> 32n), Number(word & 0xffffffffn)]).map(half => half | 0))
}

/** The first 64 bits of the fractional part of a root: the root of prime * 2^(64 * degree), by bisection. */
function fraction(prime: bigint, degree: bigint): bigint {
  const power = prime << (64n * degree)
  let low = 0n
  let high = 1n << 70n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** degree <= power) low = middle
    else high = middle
  }
  return low & 0xffffffffffffffffn
}

function primes(count: number): number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every(prime => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}
