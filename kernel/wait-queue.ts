// Where sleepers wait until something may have changed. Waking only tells; each sleeper looks again for itself.

export interface Sleeper {
  wake(): void
}

export class WaitQueue {
  readonly name: string
  readonly #sleepers = new Set<Sleeper>()

  /** `name` is what a deadlock report shows: 'pipe', 'terminal input', 'child'. */
  constructor(name: string) {
    this.name = name
  }

  add(sleeper: Sleeper): void {
    this.#sleepers.add(sleeper)
  }

  remove(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper)
  }

  get isEmpty(): boolean {
    return this.#sleepers.size === 0
  }

  /** Wakes everybody who sleeps here now; those who come while waking wait for the next time. */
  wake(): void {
    if (this.#sleepers.size === 0) return
    const woken = [...this.#sleepers]
    this.#sleepers.clear()
    for (const sleeper of woken) sleeper.wake()
  }
}
