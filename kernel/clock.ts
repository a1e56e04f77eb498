// Time as the kernel sees it. A host hands in a real clock; a test or `--virtual` a VirtualClock, in which sleeping takes no time.

export interface Alarm {
  cancel(): void
}

export interface Clock {
  /** Milliseconds since the epoch, with a fraction. */
  now(): number
  /** Calls `ring` once, `ms` from now. */
  alarm(ms: number, ring: () => void): Alarm
}

interface Pending {
  readonly at: number
  readonly order: number
  readonly ring: () => void
}

/** A clock that stands still until it is moved. Alarms ring in the order of their times, then of their setting. */
export class VirtualClock implements Clock {
  #now: number
  #order = 0
  readonly #pending = new Set<Pending>()

  /** `start` in milliseconds since the epoch; by default 2024-01-01T00:00:00Z, so that runs are the same on every day. */
  constructor(start = 1_704_067_200_000) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  alarm(ms: number, ring: () => void): Alarm {
    const pending = { at: this.#now + Math.max(0, ms), order: this.#order++, ring }
    this.#pending.add(pending)
    return { cancel: () => void this.#pending.delete(pending) }
  }

  /** When the next alarm rings, or undefined when none is set. */
  nextAlarm(): number | undefined {
    return this.#next()?.at
  }

  /** Moves to the next alarm, if it rings at or before `limit`, and rings it. Returns whether one rang. */
  ringNext(limit = Number.POSITIVE_INFINITY): boolean {
    const next = this.#next()
    if (!next || next.at > limit) return false
    this.#pending.delete(next)
    this.#now = Math.max(this.#now, next.at)
    next.ring()
    return true
  }

  /** Moves the hands without ringing what lies between: the caller has rung it. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time)
  }

  #next(): Pending | undefined {
    let next: Pending | undefined
    for (const pending of this.#pending) {
      if (!next || pending.at < next.at || (pending.at === next.at && pending.order < next.order)) next = pending
    }
    return next
  }
}
