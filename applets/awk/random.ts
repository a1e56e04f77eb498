// rand and srand: the same numbers for the same seed (POSIX).

/** xorshift64* would need 64 bits; this is Marsaglia's xorshift128, seeded by splitting one number. */
export class Random {
  /** What srand gave last; POSIX asks for the one before. */
  seed = 1
  #state = new Uint32Array(4)

  constructor() {
    this.plant(1)
  }

  plant(seed: number): void {
    this.seed = seed
    let mixed = seed >>> 0 || 0x6d2b79f5
    for (let i = 0; i < 4; i++) {
      mixed = (mixed + 0x9e3779b9) >>> 0
      let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
      this.#state[i] = word ^ (word >>> 15)
    }
    if (this.#state.every(word => word === 0)) this.#state[0] = 1
  }

  /** At least 0, less than 1. */
  next(): number {
    const high = this.#word() >>> 5
    return (high * 2 ** 26 + (this.#word() >>> 6)) / 2 ** 53
  }

  #word(): number {
    const state = this.#state
    let word = state[3]!
    const first = state[0]!
    state[3] = state[2]!
    state[2] = state[1]!
    state[1] = first
    word ^= word << 11
    word ^= word >>> 8
    state[0] = word ^ first ^ (first >>> 19)
    return state[0]!
  }
}
