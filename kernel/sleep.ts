// The one place where processes sleep. A sleeper is woken by its queue, by its alarm, or interrupted by a signal.

import type { Clock } from './clock.ts'
import type { Sleeper, WaitQueue } from './wait-queue.ts'

/** What a process does while it sleeps: one object per sleeping call, so that a process may have several. */
interface Asleep extends Sleeper {
  readonly queue: WaitQueue | undefined
  readonly isWrite: boolean
  interrupt(reason: Error): void
}

export class SleepState {
  readonly #asleep = new Set<Asleep>()
  readonly #clock: Clock
  readonly #onChange: (isRunning: boolean) => void

  /** `onChange` is told when the process falls asleep and when it is woken. */
  constructor(clock: Clock, onChange: (isRunning: boolean) => void) {
    this.#clock = clock
    this.#onChange = onChange
  }

  /** The names of the queues it sleeps on, for a deadlock report and /proc/PID/wchan. */
  get queues(): string[] {
    return [...this.#asleep].map(asleep => asleep.queue?.name ?? 'clock')
  }

  /**
   * Sleeps until the queue is woken, or for `ms`. Resolves to whether the queue woke it (false: the time is over).
   * Rejects with what `interrupt` was given. `isWrite`: it is room that it waits for.
   */
  sleep(queue: WaitQueue | undefined, ms?: number, isWrite = false): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        queue?.remove(asleep)
        alarm?.cancel()
        this.#asleep.delete(asleep)
        this.#onChange(true)
      }
      const asleep: Asleep = {
        queue,
        isWrite,
        wake: () => {
          finish()
          resolve(true)
        },
        interrupt: reason => {
          finish()
          reject(reason)
        },
      }
      const alarm =
        ms === undefined
          ? undefined
          : this.#clock.alarm(ms, () => {
              finish()
              resolve(false)
            })
      queue?.add(asleep)
      this.#asleep.add(asleep)
      this.#onChange(false)
    })
  }

  get isAsleep(): boolean {
    return this.#asleep.size > 0
  }

  /** Wakes every sleeping call with an error: EINTR, or the end of the process. `sparesWrites`: not those of writers. */
  interrupt(reason: Error, how: { readonly sparesWrites?: boolean } = {}): void {
    for (const asleep of [...this.#asleep]) if (!(asleep.isWrite && how.sparesWrites)) asleep.interrupt(reason)
  }
}
