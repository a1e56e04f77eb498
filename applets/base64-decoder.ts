// Base64 read as busybox reads it: what is no letter of the alphabet is passed over.

import { ByteBuilder } from '../lib/byte-builder.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Int8Array(256).fill(-1)
for (let value = 0; value < 64; value++) VALUES[LETTERS.charCodeAt(value)] = value

/** After padding another piece may begin. */
export class Base64Decoder {
  readonly out = new ByteBuilder()
  #bits = 0
  #letters = 0
  #padding = 0

  take(chunk: Uint8Array): void {
    for (const code of chunk) {
      const isPadding = code === 61 && this.#letters >= 2
      const value = VALUES[code]!
      if (!isPadding && (value < 0 || this.#padding > 0)) continue
      this.#bits = (this.#bits << 6) | Math.max(0, value)
      if (isPadding) this.#padding++
      if (++this.#letters < 4) continue
      for (let i = 0; i < 3 - this.#padding; i++) this.out.push((this.#bits >> (16 - 8 * i)) & 255)
      this.#bits = 0
      this.#letters = 0
      this.#padding = 0
    }
  }

  /** Whether the last group was whole. */
  finish(): boolean {
    return this.#letters === 0
  }
}
