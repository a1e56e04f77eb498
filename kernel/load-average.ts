// How many processes wanted to run in the last one, five and fifteen minutes (proc(5), loadavg): averages that fade.

/** Linux looks every five seconds. */
const EVERY = 5000
const MINUTES = [1, 5, 15] as const

export class LoadAverage {
  #running = 0
  #at: number
  /** Since the last look: when that was, and process-milliseconds that were spent running. */
  #since: number
  #spent = 0
  #averages: readonly number[] = MINUTES.map(() => 0)

  constructor(now: number) {
    this.#at = this.#since = now
  }

  /** One more process runs, or one fewer. */
  change(by: 1 | -1, now: number): void {
    this.#spent += this.#running * (now - this.#at)
    this.#at = now
    this.#running += by
    if (now - this.#since >= EVERY) this.#look(now)
  }

  averages(now: number): readonly number[] {
    this.#spent += this.#running * (now - this.#at)
    this.#at = now
    if (now > this.#since) this.#look(now)
    return this.#averages
  }

  #look(now: number): void {
    const passed = now - this.#since
    const load = this.#spent / passed
    this.#averages = this.#averages.map((average, index) => {
      const kept = Math.exp(-passed / (60_000 * (MINUTES[index] ?? 1)))
      return average * kept + load * (1 - kept)
    })
    this.#since = now
    this.#spent = 0
  }
}
