// How long processes may run before the host gets its turn.

import type { Host } from './host.ts'

/** Milliseconds of work between two turns of the host's event loop: half a frame. */
const SLICE = 8

/** How many gates are passed between two looks at the clock. */
const LOOK_EVERY = 64

/** With a virtual clock, turns come after so many gates, so that a run is the same every time. */
const STEPS_OF_A_TURN = 20_000

export interface PaceOptions {
  /** Count gates instead of milliseconds. */
  readonly isDeterministic: boolean
  /** So many gates may be passed in all. */
  readonly steps: number
}

export class Pace {
  readonly #host: Host
  readonly #how: PaceOptions
  #gates = 0
  #sliceEnd = 0
  #turn: Promise<void> | undefined

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
    return gates % LOOK_EVERY === 0 && this.#host.now() >= this.#sliceEnd
  }

  /** Resolves after the host had its turn. Everybody who is busy shares it. */
  turn(): Promise<void> {
    this.#turn ??= this.#host.turn().then(() => {
      this.#turn = undefined
      this.#sliceEnd = this.#host.now() + SLICE
    })
    return this.#turn
  }
}
