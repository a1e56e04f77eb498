// SHA-3 (FIPS 202): the Keccak sponge with 64-bit lanes, each as two words of 32 bits.

import type { IncrementalDigest } from './digest.ts'

export class Sha3 implements IncrementalDigest {
  readonly #lanes = new Int32Array(50)
  readonly #rate: number
  readonly #size: number
  #at = 0

  /** 224, 256, 384 or 512. */
  constructor(bits: number) {
    this.#size = bits / 8
    this.#rate = 200 - 2 * this.#size
  }

  update(bytes: Uint8Array): void {
    const lanes = this.#lanes
    for (let i = 0; i < bytes.length; i++) {
      const at = this.#at++
      lanes[at >> 2] = lanes[at >> 2]! ^ (bytes[i]! << ((at & 3) * 8))
      if (this.#at < this.#rate) continue
      permute(lanes)
      this.#at = 0
    }
  }

  finish(): Uint8Array {
    const lanes = this.#lanes
    lanes[this.#at >> 2]! ^= 6 << ((this.#at & 3) * 8)
    lanes[(this.#rate - 1) >> 2]! ^= 0x80 << 24
    permute(lanes)
    return Uint8Array.from({ length: this.#size }, (_, i) => (lanes[i >> 2]! >>> ((i & 3) * 8)) & 255)
  }
}

const ROUNDS = 24
const ROTATIONS = new Uint8Array(25)
const TARGETS = new Uint8Array(25)
const CONSTANTS = new Int32Array(2 * ROUNDS)
setTables()

/** FIPS 202 sections 3.2.2, 3.2.3 and 3.2.5. */
function setTables(): void {
  let [x, y] = [1, 0]
  for (let t = 0; t < 24; t++) {
    ROTATIONS[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
  }
  for (let y = 0; y < 5; y++) for (let x = 0; x < 5; x++) TARGETS[x + 5 * y] = y + 5 * ((2 * x + 3 * y) % 5)
  let register = 1
  for (let round = 0; round < ROUNDS; round++) {
    for (let j = 0; j < 7; j++) {
      const bit = (1 << j) - 1
      if (register & 1) CONSTANTS[2 * round + (bit >> 5)]! ^= 1 << (bit & 31)
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0)
    }
  }
}

const sums = new Int32Array(10)
const moved = new Int32Array(50)

function permute(lanes: Int32Array): void {
  for (let round = 0; round < ROUNDS; round++) {
    theta(lanes)
    for (let i = 0; i < 25; i++) rotateInto(moved, TARGETS[i]!, lanes[2 * i]!, lanes[2 * i + 1]!, ROTATIONS[i]!)
    for (let row = 0; row < 50; row += 10) {
      for (let x = 0; x < 10; x++) {
        const next = moved[row + ((x + 2) % 10)]!
        lanes[row + x] = moved[row + x]! ^ (~next & moved[row + ((x + 4) % 10)]!)
      }
    }
    lanes[0]! ^= CONSTANTS[2 * round]!
    lanes[1]! ^= CONSTANTS[2 * round + 1]!
  }
}

function theta(lanes: Int32Array): void {
  for (let x = 0; x < 10; x++) sums[x] = lanes[x]! ^ lanes[x + 10]! ^ lanes[x + 20]! ^ lanes[x + 30]! ^ lanes[x + 40]!
  for (let x = 0; x < 10; x += 2) {
    const low = sums[(x + 2) % 10]!
    const high = sums[(x + 3) % 10]!
    const left = (x + 8) % 10
    const first = sums[left]! ^ ((low << 1) | (high >>> 31))
    const second = sums[left + 1]! ^ ((high << 1) | (low >>> 31))
    for (let y = x; y < 50; y += 10) {
      lanes[y]! ^= first
      lanes[y + 1]! ^= second
    }
  }
}

function rotateInto(target: Int32Array, lane: number, low: number, high: number, count: number): void {
  const [a, b] = count < 32 ? [low, high] : [high, low]
  const bits = count & 31
  target[2 * lane] = bits === 0 ? a : (a << bits) | (b >>> (32 - bits))
  target[2 * lane + 1] = bits === 0 ? b : (b << bits) | (a >>> (32 - bits))
}
