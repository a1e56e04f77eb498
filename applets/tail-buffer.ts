// The last N lines or bytes of a stream, held in whole chunks; what can no longer belong to them is let go.

import { concat, EMPTY } from '../lib/bytes.ts'

export class Tail {
  readonly #count: number
  readonly #isBytes: boolean
  readonly #charge: (bytes: number) => void
  #chunks: { readonly bytes: Uint8Array; readonly units: number }[] = []
  #units = 0
  #size = 0

  /** `charge` is told how many bytes more, or fewer, are held. */
  constructor(count: number, isBytes: boolean, charge: (bytes: number) => void) {
    this.#count = count
    this.#isBytes = isBytes
    this.#charge = charge
  }

  /** The chunks before it that are surely not among the last N, in order. */
  add(bytes: Uint8Array): Uint8Array[] {
    const units = this.#isBytes ? bytes.length : countLines(bytes)
    this.#chunks.push({ bytes, units })
    this.#units += units
    this.#size += bytes.length
    this.#charge(bytes.length)
    const passed: Uint8Array[] = []
    // One line more than asked for must stay: a last line without a newline counts as one.
    while (this.#chunks.length > 1 && this.#units - this.#chunks[0]!.units > this.#count) {
      const { bytes: first, units: gone } = this.#chunks.shift()!
      this.#units -= gone
      this.#size -= first.length
      this.#charge(-first.length)
      passed.push(first)
    }
    return passed
  }

  /** What is held, cut into what comes before the last N and the last N. */
  split(): [before: Uint8Array, last: Uint8Array] {
    const held = this.#chunks.length === 0 ? EMPTY : concat(this.#chunks.map(({ bytes }) => bytes))
    const at = this.#isBytes ? Math.max(0, held.length - this.#count) : startOfLastLines(held, this.#count)
    return [held.subarray(0, at), held.subarray(at)]
  }

  clear(): void {
    this.#charge(-this.#size)
    this.#chunks = []
    this.#units = 0
    this.#size = 0
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++
  return count
}

function startOfLastLines(bytes: Uint8Array, count: number): number {
  if (count === 0) return bytes.length
  let at = bytes.length
  if (bytes[at - 1] === 10) at--
  for (let left = count; left > 0; left--) {
    if (at <= 0) return 0
    at = bytes.lastIndexOf(10, at - 1)
    if (at === -1) return 0
  }
  return at + 1
}
