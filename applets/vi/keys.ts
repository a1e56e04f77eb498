// The keys of a session: those of the terminal, before them those of a command that is repeated.

import type { Key, RawTerminal } from '../raw-terminal.ts'

export const ESCAPE = '\x1b'

/** Who is told of what is no key. */
export interface KeyListener {
  resized(): Promise<void>
  /** The terminal is gone. */
  ended(): void
}

export class Keys {
  readonly #terminal: RawTerminal
  readonly #listener: KeyListener
  #replayed: Key[] = []
  #recorded: Key[] = []
  #lastChange: readonly Key[] = []

  constructor(terminal: RawTerminal, listener: KeyListener) {
    this.#terminal = terminal
    this.#listener = listener
  }

  /** Nobody has typed ahead: it is time to draw. */
  get isIdle(): boolean {
    return this.#replayed.length === 0 && !this.#terminal.hasKeys
  }

  /** What is typed from now on is one command. */
  begin(): void {
    this.#recorded = []
  }

  /** That command changed the text: it is what `.` repeats. */
  keep(): void {
    this.#lastChange = this.#recorded
  }

  async next(): Promise<Key> {
    const key = this.#replayed.shift() ?? (await this.#typed())
    this.#recorded.push(key)
    return key
  }

  /** The keys of a number come first: a count before a command. */
  async nextWithCount(): Promise<{ count: number | undefined; key: Key }> {
    let digits = ''
    let key = await this.next()
    while (/^[1-9]$/.test(key) || (key === '0' && digits !== '')) {
      digits += key
      key = await this.next()
    }
    return { count: digits === '' ? undefined : Number(digits), key }
  }

  /**
   * The last change comes again before anything else; a count given now takes the place of the one given then. `run` does it;
   * it stays the last change. Whether there was one.
   */
  async repeat(count: number | undefined, run: () => Promise<void>): Promise<boolean> {
    const keys = this.#lastChange
    if (keys.length === 0) return false
    let start = 0
    if (count !== undefined) while (/^[0-9]$/.test(keys[start] ?? '')) start++
    this.#replayed = [...(count === undefined ? [] : String(count)), ...keys.slice(start), ...this.#replayed]
    await run()
    this.#recorded = [...keys]
    return true
  }

  async #typed(): Promise<Key> {
    for (;;) {
      const key = await this.#terminal.key()
      if (key === 'eof') this.#listener.ended()
      if (key !== 'resize') return key === 'eof' ? ESCAPE : key
      await this.#listener.resized()
    }
  }
}
