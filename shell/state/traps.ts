// Traps: what the shell does when a signal arrives, when it exits, and when a command fails.

import type { Process } from '../../kernel/process.ts'
import { allSignals, SIGKILL, SIGSTOP, type Signal } from '../../kernel/signal.ts'

/** A signal's number; 0 is EXIT. ERR is ash's own, DEBUG and RETURN are bash's. */
export type Condition = Signal | 'ERR' | 'DEBUG' | 'RETURN'

export const ON_EXIT = 0

export class Traps {
  /** Replaced by a map of its own at the first change. */
  #actions: ReadonlyMap<Condition, string> = NONE
  /** Signals that were ignored when a non-interactive shell began: they stay so (POSIX XCU 2.15 trap). */
  readonly #ignoredAtEntry: ReadonlySet<Signal>
  /** What the shell itself does with signals that have no trap: an interactive one ignores SIGTERM. */
  #own: ReadonlyMap<Signal, 'ignore' | ((signal: Signal) => void)> = NONE_OWN
  #shown: ReadonlyMap<Condition, string> | undefined
  readonly #proc: Process
  readonly #arrived: (signal: Signal) => void
  /** Signals that have arrived and whose actions have not run yet, in order. */
  readonly pending: Signal[] = []

  /** `parent`: the traps of the shell that this one is a subshell of. */
  constructor(proc: Process, arrived: (signal: Signal) => void, parent?: Traps) {
    this.#proc = proc
    this.#arrived = arrived
    this.#ignoredAtEntry = parent ? parent.#ignoredAtEntry : ignoredBy(proc)
    if (parent) parent.#inheritTo(this)
  }

  action(condition: Condition): string | undefined {
    return this.#actions.get(condition)
  }

  get hasAny(): boolean {
    return this.#actions.size > 0
  }

  /** Whether something other than ignoring signals would be lost by exec. */
  get hasActions(): boolean {
    for (const action of this.#actions.values()) if (action !== '') return true
    return false
  }

  /** In a command substitution `trap` lists what its shell had, until it sets something itself (POSIX XCU 2.15 trap). */
  showAs(outer: Traps): void {
    this.#shown = outer.#actions
  }

  /** undefined: back to the default. An empty action ignores the signal. */
  set(condition: Condition, action: string | undefined): void {
    this.#shown = undefined
    this.#actions = changed(this.#actions, condition, action)
    if (typeof condition === 'string' || condition === ON_EXIT) return
    this.#install(condition)
  }

  /** The shell's own way with a signal, which a trap goes before. */
  setOwn(signal: Signal, action: 'default' | 'ignore' | ((signal: Signal) => void)): void {
    this.#own = changed(this.#own, signal, action === 'default' ? undefined : action)
    this.#install(signal)
  }

  /** In order of their numbers, as `trap` lists them. */
  list(): [Condition, string][] {
    const order = (condition: Condition) => (typeof condition === 'string' ? 1000 : condition)
    return [...(this.#shown ?? this.#actions)].sort(([a], [b]) => order(a) - order(b))
  }

  /**
   * A subshell's traps: those that ignore stay, the others are reset (POSIX XCU 2.15 trap). The kernel has made caught signals
   * default in the child already; what the shell itself ignored is undone here.
   */
  #inheritTo(child: Traps): void {
    if (this.#actions.size > 0) child.#actions = new Map([...this.#actions].filter(([, action]) => action === ''))
    if (child.#proc !== this.#proc) this.releaseOwn(child.#proc)
  }

  /** bash's set -E and -T: a subshell has these too. */
  take(outer: Traps, condition: 'ERR' | 'DEBUG' | 'RETURN'): void {
    const action = outer.#actions.get(condition)
    if (action !== undefined) this.#actions = changed(this.#actions, condition, action)
  }

  /** In a child: what the shell ignored for itself is heeded again. */
  releaseOwn(child: Process): void {
    for (const [signal, action] of this.#own) {
      if (action === 'ignore' && !this.#actions.has(signal)) child.onSignal(signal, 'default')
    }
  }

  #install(signal: Signal): void {
    if (signal === SIGKILL || signal === SIGSTOP) return
    const action = this.#actions.get(signal)
    if (this.#ignoredAtEntry.has(signal) && !this.#own.has(signal)) return
    if (action === undefined) this.#proc.onSignal(signal, this.#own.get(signal) ?? 'default')
    // What a builtin prints is printed to its end; read and wait end early.
    else this.#proc.onSignal(signal, action === '' ? 'ignore' : { handler: this.#arrived, restart: 'writes' })
  }
}

const NONE: ReadonlyMap<Condition, string> = new Map()
const NONE_OWN: ReadonlyMap<Signal, 'ignore' | ((signal: Signal) => void)> = new Map()

/** A copy in which the key has the value, or is not there. */
function changed<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): ReadonlyMap<K, V> {
  const copy = new Map(map)
  if (value === undefined) copy.delete(key)
  else copy.set(key, value)
  return copy
}

function ignoredBy(proc: Process): Set<Signal> {
  return new Set(allSignals().filter(signal => proc.signals.isIgnored(signal)))
}
