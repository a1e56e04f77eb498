// MD5 (RFC 1321), incremental and synchronous: a checksum people still compare, not a protection.

import { BlockDigest } from './digest.ts'

/** Floor of 2^32 times |sin(i + 1)|, computed so that no table can be mistyped. */
const SINES = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32))

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]

export class Md5 extends BlockDigest {
  readonly #state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  readonly #words = new Int32Array(16)

  constructor() {
    super(64, 8, true)
  }

  protected override compress(bytes: Uint8Array, at: number): void {
    const words = this.#words
    for (let i = 0, j = at; i < 16; i++, j += 4) {
      words[i] = bytes[j]! | (bytes[j + 1]! << 8) | (bytes[j + 2]! << 16) | (bytes[j + 3]! << 24)
    }
    const state = this.#state
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    for (let i = 0; i < 64; i++) {
      let f: number
      let k: number
      if (i < 16) {
        f = (b & c) | (~b & d)
        k = i
      } else if (i < 32) {
        f = (d & b) | (~d & c)
        k = (5 * i + 1) & 15
      } else if (i < 48) {
        f = b ^ c ^ d
        k = (3 * i + 5) & 15
      } else {
        f = c ^ (b | ~d)
        k = (7 * i) & 15
      }
      const sum = (a + f + SINES[i]! + words[k]!) | 0
      const shift = SHIFTS[((i >> 4) << 2) | (i & 3)]!
      a = d
      d = c
      c = b
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
    }
    state[0] = (state[0]! + a) | 0
    state[1] = (state[1]! + b) | 0
    state[2] = (state[2]! + c) | 0
    state[3] = (state[3]! + d) | 0
  }

  protected override result(): Uint8Array {
    const bytes = new Uint8Array(16)
    const view = new DataView(bytes.buffer)
    for (const [i, word] of this.#state.entries()) view.setInt32(4 * i, word, true)
    return bytes
  }
}
