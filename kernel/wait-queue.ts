// Where sleepers wait until something may have changed. Waking only tells; each sleeper looks again for itself.

export interface Sleeper {
  wake(): void
}

export class WaitQueue {
  readonly name: string
  /** Made when somebody first sleeps here: most queues never see that. */
  #sleepers: Set<Sleeper> | undefined

  /** `name` is what a deadlock report shows: 'pipe', 'terminal input', 'child'. */
  constructor(name: string) {
    this.name = name
  }

  add(sleeper: Sleeper): void {
    this.#sleepers ??= new Set()
    this.#sleepers.add(sleeper)
  }

  remove(sleeper: Sleeper): void {
    this.#sleepers?.delete(sleeper)
  }

  get isEmpty(): boolean {
    return !this.#sleepers || this.#sleepers.size === 0
  }

  /** Wakes everybody who sleeps here now; those who come while waking wait for the next time. */
  wake(): void {
    const woken = this.#sleepers
    if (!woken || woken.size === 0) return
    this.#sleepers = undefined
    for (const sleeper of woken) sleeper.wake()
  }
}
