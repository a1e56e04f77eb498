// A process's signals: which are caught, ignored or blocked, and which wait (POSIX XSH 2.4).

import { SIGCONT, SIGKILL, SIGSTOP, type Signal } from './signal.ts'

export type SignalHandler = (signal: Signal) => void

export type SignalAction =
  | 'default'
  | 'ignore'
  | SignalHandler
  /**
   * With `restart`, sleeping calls go on after the handler instead of failing with EINTR (SA_RESTART); with 'writes', only
   * those that wait for room, as a program has it that writes the rest after an EINTR.
   */
  | { readonly handler: SignalHandler; readonly restart: boolean | 'writes' }

export class SignalState {
  readonly #actions = new Map<Signal, SignalAction>()
  readonly blocked = new Set<Signal>()
  readonly pending = new Set<Signal>()

  action(signal: Signal): SignalAction {
    return this.#actions.get(signal) ?? 'default'
  }

  setAction(signal: Signal, action: SignalAction): void {
    if (action === 'default') this.#actions.delete(signal)
    else this.#actions.set(signal, action)
  }

  isIgnored(signal: Signal): boolean {
    return this.#actions.get(signal) === 'ignore'
  }

  isBlocked(signal: Signal): boolean {
    return this.blocked.has(signal) && signal !== SIGKILL && signal !== SIGSTOP && signal !== SIGCONT
  }

  /** Numbers by what is done with them, for /proc/PID/status. */
  numbers(which: 'ignored' | 'caught'): Signal[] {
    if (this.#actions.size === 0) return []
    const wantIgnored = which === 'ignored'
    return [...this.#actions].filter(([, action]) => (action === 'ignore') === wantIgnored).map(([signal]) => signal)
  }

  /** What a child starts with: ignored stays ignored, caught becomes default, blocked stays blocked (fork and exec). */
  inherited(): SignalState {
    const child = new SignalState()
    if (this.#actions.size > 0) {
      for (const [signal, action] of this.#actions) if (action === 'ignore') child.#actions.set(signal, 'ignore')
    }
    if (this.blocked.size > 0) for (const signal of this.blocked) child.blocked.add(signal)
    return child
  }
}
