// Health checks (docker: HEALTHCHECK and --health-*): a command is run in the container now and then, and its status tells
// how the container is.

import type { Healthcheck } from '../image/config.ts'
import type { Clock } from '../kernel/clock.ts'
import { decode } from '../lib/bytes.ts'

export interface HealthState {
  readonly status: 'starting' | 'healthy' | 'unhealthy'
  /** Failures in a row that count. */
  readonly failingStreak: number
  /** The last five. */
  readonly log: readonly HealthResult[]
}

export interface HealthResult {
  /** Milliseconds since the epoch. */
  readonly start: number
  readonly end: number
  /** -1: it took too long, or could not be started. */
  readonly exitCode: number
  readonly output: string
}

/** A check that runs. */
export interface Probe {
  readonly ended: Promise<number>
  /** What it has printed so far. */
  output(): Uint8Array
  kill(): void
}

export const STARTING: HealthState = { status: 'starting', failingStreak: 0, log: [] }

const NANOSECONDS = 1_000_000
/** docker's own numbers. */
const DEFAULTS = { interval: 30_000, timeout: 30_000, startInterval: 5_000, retries: 3 }
const MOST_LOGGED = 5
const MOST_OUTPUT = 4096

/** The words to run; undefined: there is no check. */
export function healthCommand(
  { Test = [] }: Healthcheck = {},
  shell: readonly string[],
): readonly string[] | undefined {
  const [kind, ...words] = Test
  if (kind === 'CMD') return words
  return kind === 'CMD-SHELL' ? [...shell, ...words] : undefined
}

export interface HealthSurroundings {
  readonly clock: Clock
  /** Throws when it cannot be started. */
  readonly run: () => Probe
  readonly tell: (health: HealthState) => void
}

export class HealthMonitor {
  readonly #check: Healthcheck
  readonly #around: HealthSurroundings
  readonly #began: number
  #health = STARTING
  #alarm: { cancel(): void } | undefined
  #isOver = false

  constructor(check: Healthcheck, around: HealthSurroundings) {
    this.#check = check
    this.#around = around
    this.#began = around.clock.now()
    this.#wait()
  }

  /** The container has ended. */
  stop(): void {
    this.#isOver = true
    this.#alarm?.cancel()
  }

  #wait(): void {
    if (this.#isOver) return
    const { Interval, StartInterval } = this.#check
    const isEarly = this.#health.status === 'starting' && this.#isStarting(this.#around.clock.now())
    const pause = isEarly
      ? milliseconds(StartInterval, DEFAULTS.startInterval)
      : milliseconds(Interval, DEFAULTS.interval)
    this.#alarm = this.#around.clock.alarm(pause, () => void this.#probe())
  }

  #isStarting(now: number): boolean {
    return now - this.#began < milliseconds(this.#check.StartPeriod, 0)
  }

  async #probe(): Promise<void> {
    const { clock } = this.#around
    const start = clock.now()
    const [exitCode, output] = await this.#outcome()
    if (this.#isOver) return
    this.#note({ start, end: clock.now(), exitCode, output })
    this.#wait()
  }

  async #outcome(): Promise<[exitCode: number, output: string]> {
    const { run, clock } = this.#around
    const timeout = milliseconds(this.#check.Timeout, DEFAULTS.timeout)
    let probe: Probe
    try {
      probe = run()
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return [-1, error.message]
    }
    let isLate = false
    const alarm = clock.alarm(timeout, () => {
      isLate = true
      probe.kill()
    })
    const status = await probe.ended
    alarm.cancel()
    return isLate
      ? [-1, `Health check exceeded timeout (${timeout / 1000}s)`]
      : [status, decode(probe.output().subarray(0, MOST_OUTPUT))]
  }

  /** docker: while it starts, a failure does not count; one success ends that. */
  #note(result: HealthResult): void {
    const log = [...this.#health.log, result].slice(-MOST_LOGGED)
    const { status, failingStreak } = this.#health
    if (result.exitCode === 0) this.#health = { status: 'healthy', failingStreak: 0, log }
    else if (status === 'starting' && this.#isStarting(result.start)) this.#health = { status, failingStreak, log }
    else {
      const streak = failingStreak + 1
      const isUnhealthy = streak >= (this.#check.Retries || DEFAULTS.retries)
      this.#health = { status: isUnhealthy ? 'unhealthy' : status, failingStreak: streak, log }
    }
    this.#around.tell(this.#health)
  }
}

/** Nothing and 0 are the default. */
function milliseconds(nanoseconds: number | undefined, otherwise: number): number {
  return nanoseconds ? nanoseconds / NANOSECONDS : otherwise
}
