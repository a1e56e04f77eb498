// SHA-256 (FIPS 180-4), incremental and synchronous.

import { BlockDigest, toHex } from './digest.ts'

/** The first 32 bits of the fractional parts of roots of the first primes, computed so that no table can be mistyped. */
const { initial: INITIAL, rounds: ROUNDS } = constants()

export class Sha256 extends BlockDigest {
  readonly #state = Int32Array.from(INITIAL)
  readonly #schedule = new Int32Array(64)

  constructor() {
    super(64, 8)
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const w = this.#schedule
    for (let i = 0, j = at; i < 16; i++, j += 4) {
      w[i] = (bytes[j]! << 24) | (bytes[j + 1]! << 16) | (bytes[j + 2]! << 8) | bytes[j + 3]!
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!
      const y = w[i - 2]!
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
    }
    const state = this.#state
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    let e = state[4]!
    let f = state[5]!
    let g = state[6]!
    let h = state[7]!
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!) | 0
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    state[0] = (state[0]! + a) | 0
    state[1] = (state[1]! + b) | 0
    state[2] = (state[2]! + c) | 0
    state[3] = (state[3]! + d) | 0
    state[4] = (state[4]! + e) | 0
    state[5] = (state[5]! + f) | 0
    state[6] = (state[6]! + g) | 0
    state[7] = (state[7]! + h) | 0
  }

  protected override result(): Uint8Array {
    const bytes = new Uint8Array(32)
    const view = new DataView(bytes.buffer)
    for (const [i, word] of this.#state.entries()) view.setInt32(4 * i, word)
    return bytes
  }
}

export function sha256Hex(bytes: Uint8Array): string {
  const digest = new Sha256()
  digest.update(bytes)
  return toHex(digest.finish())
}

function constants(): { initial: Int32Array; rounds: Int32Array } {
  const initial: number[] = []
  const rounds: number[] = []
  for (let candidate = 2; rounds.length < 64; candidate++) {
    if (!isPrime(candidate)) continue
    if (initial.length < 8) initial.push(fraction(Math.sqrt(candidate)))
    rounds.push(fraction(Math.cbrt(candidate)))
  }
  return { initial: Int32Array.from(initial), rounds: Int32Array.from(rounds) }
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0
}

function isPrime(number: number): boolean {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return false
  return true
}
