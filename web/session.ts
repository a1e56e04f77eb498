// One shell on one terminal, as the page is told of it.

import type { Terminal } from '../kernel/terminal.ts'
import { MOST_UNACKNOWLEDGED } from './protocol.ts'
import type { Login, Workbench } from './workbench.ts'

const CHUNK = 32768

/** Milliseconds between two messages of a terminal: a flood of small writes would leave the page no time for keys. */
const PAUSE = 8

export interface SessionListener {
  /** The bytes are the listener's own. */
  output(bytes: Uint8Array<ArrayBuffer>): void
  ended(status: number): void
}

export class Session {
  readonly #workbench: Workbench
  readonly #login: Login
  readonly #listener: SessionListener
  #unacknowledged = 0
  #lastSent = 0
  #wake: (() => void) | undefined

  constructor(workbench: Workbench, size: { rows: number; columns: number }, listener: SessionListener) {
    this.#workbench = workbench
    this.#login = workbench.login(size)
    this.#listener = listener
    void this.#pump()
  }

  get terminal(): Terminal {
    return this.#login.terminal
  }

  acknowledge(count: number): void {
    this.#unacknowledged -= count
    this.#wake?.()
    this.#wake = undefined
  }

  /** The page has closed its terminal and will acknowledge nothing more. */
  close(): void {
    this.#workbench.hangUp(this.#login)
    this.acknowledge(Number.POSITIVE_INFINITY)
  }

  /** Sends what is written while the page keeps up; when it does not, the terminal fills and its writers sleep. */
  async #pump(): Promise<void> {
    for (;;) {
      while (this.#unacknowledged >= MOST_UNACKNOWLEDGED) await new Promise<void>(resolve => (this.#wake = resolve))
      await this.#pause()
      const bytes = this.terminal.readOutput(CHUNK)
      if (bytes?.length === 0) break
      if (bytes) this.#send(bytes)
      else await new Promise<void>(resolve => this.terminal.outputChanged.add({ wake: resolve }))
    }
    this.#listener.ended(await this.#login.ended)
  }

  /** Nothing after a silence: the echo of a key goes at once. */
  async #pause(): Promise<void> {
    const left = this.#lastSent + PAUSE - performance.now()
    if (left > 0) await new Promise(resolve => setTimeout(resolve, left))
  }

  /** A copy: what a terminal hands out may be a view of a file. */
  #send(bytes: Uint8Array): void {
    this.#unacknowledged += bytes.length
    this.#lastSent = performance.now()
    this.#listener.output(new Uint8Array(bytes))
  }
}
