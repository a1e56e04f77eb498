// How long processes may run before the host gets its turn.

import type { Host } from './host.ts'

/** Milliseconds of work between two turns of the host's event loop: half a frame. */
const SLICE = 8

/** How many gates are passed between two looks at the clock. */
const LOOK_EVERY = 64

/** With a virtual clock, turns come after so many gates, so that a run is the same every time. */
const STEPS_OF_A_TURN = 20_000

/** So many promises are settled between the one that a waiting process holds and what it does next. */
const HOPS = 3

export interface PaceOptions {
  /** Count gates instead of milliseconds. */
  readonly isDeterministic: boolean
  /** So many gates may be passed in all. */
  readonly steps: number
}

export class Pace {
  readonly #host: Host
  readonly #how: PaceOptions
  readonly #waiting: (() => void)[] = []
  #gates = 0
  #sliceEnd = 0
  /** The host's turn has been asked for and has not come yet. */
  #isTurnDue = false
  #isServing = false

  constructor(host: Host, how: PaceOptions) {
    this.#host = host
    this.#how = how
    this.#sliceEnd = host.now() + SLICE
  }

  /** All gates that were passed. */
  get steps(): number {
    return this.#gates
  }

  get isExhausted(): boolean {
    return this.#gates > this.#how.steps
  }

  /** One gate is passed. True: it is time to give the host its turn. */
  step(): boolean {
    const gates = ++this.#gates
    if (this.#how.isDeterministic) return gates % STEPS_OF_A_TURN === 0
    // Once one waits for the host's turn all must: a thousand others would keep it from coming.
    return this.#isTurnDue || (gates % LOOK_EVERY === 0 && this.#host.now() >= this.#sliceEnd)
  }

  /** Resolves after the host had its turn. Everybody who is busy shares it. */
  turn(): Promise<void> {
    return new Promise(resolve => {
      this.#waiting.push(resolve)
      if (!this.#isServing) void this.#serve()
    })
  }

  async #serve(): Promise<void> {
    this.#isServing = true
    while (this.#waiting.length > 0) {
      this.#isTurnDue = true
      await this.#host.turn()
      this.#isTurnDue = false
      this.#sliceEnd = this.#host.now() + SLICE
      if (this.#how.isDeterministic) for (const resume of this.#waiting.splice(0)) resume()
      else await this.#resume()
    }
    this.#isServing = false
  }

  /** Those who wait go on in the order in which they came, as many as the slice has time for. */
  async #resume(): Promise<void> {
    for (let left = this.#waiting.length; left > 0 && this.#host.now() < this.#sliceEnd; left--) {
      this.#waiting.shift()?.()
      for (let i = 0; i < HOPS; i++) await undefined
    }
  }
}
