// A terminal as full-screen programs use it: keys one by one, text that is shown as it is, and all put back at the end.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGWINCH } from '../kernel/signal.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { makeRaw, type Termios } from '../kernel/termios.ts'
import { decode, sequenceLength } from '../lib/bytes.ts'

/** A character as it was typed (`\x1b` alone is Escape), or the name of a key; `resize`: the window has another size. */
export type Key = string

/** How long the rest of a key's sequence may take after its Escape. */
const ESCAPE_MS = 50

/** What terminals send (xterm, VT220) after `ESC [` or `ESC O`. */
const SEQUENCES: ReadonlyMap<string, Key> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['H', 'home'],
  ['F', 'end'],
  ['1~', 'home'],
  ['4~', 'end'],
  ['7~', 'home'],
  ['8~', 'end'],
  ['2~', 'insert'],
  ['3~', 'delete'],
  ['5~', 'pageup'],
  ['6~', 'pagedown'],
])

export class RawTerminal {
  readonly #proc: Process
  readonly #fd: number
  readonly #isOwnFd: boolean
  readonly #terminal: Terminal
  readonly #before: Termios
  #typed: number[] = []
  #isResized = false

  /** undefined: there is no terminal to read keys from and to show on. Keys come from stdin, or else from /dev/tty. */
  static async open(proc: Process): Promise<RawTerminal | undefined> {
    const screen = proc.terminal(1)
    if (!screen) return undefined
    if (proc.terminal(0)) return new RawTerminal(proc, 0, screen)
    try {
      return new RawTerminal(proc, await proc.open('/dev/tty'), screen)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return undefined
    }
  }

  private constructor(proc: Process, fd: number, screen: Terminal) {
    this.#proc = proc
    this.#fd = fd
    this.#isOwnFd = fd !== 0
    this.#terminal = screen
    this.#before = screen.termios
    screen.setTermios(makeRaw(screen.termios))
    proc.onSignal(SIGWINCH, () => {
      this.#isResized = true
    })
  }

  get rows(): number {
    return this.#terminal.size.rows || 24
  }

  get columns(): number {
    return this.#terminal.size.columns || 80
  }

  async write(text: string): Promise<void> {
    await this.#proc.stdout.write(text)
    await this.#proc.stdout.flush()
  }

  /** 'eof' when there will be no more keys. */
  async key(): Promise<Key> {
    for (;;) {
      if (this.#isResized) {
        this.#isResized = false
        return 'resize'
      }
      if (this.#typed.length > 0 || (await this.#fill())) return this.#take()
      if (!this.#isResized) return 'eof'
    }
  }

  /** Keys are waiting: a screen need not be drawn before they were looked at. */
  get hasKeys(): boolean {
    return this.#typed.length > 0 || this.#proc.poll(this.#fd).readable
  }

  /** Puts the terminal back as it was. May be called on any way out. */
  close(): void {
    this.#terminal.setTermios(this.#before)
    this.#proc.onSignal(SIGWINCH, 'default')
    if (this.#isOwnFd && this.#proc.fds.has(this.#fd)) this.#proc.close(this.#fd)
  }

  /** Runs something that needs the terminal as it was before. */
  async suspended<T>(piece: () => Promise<T>): Promise<T> {
    this.#terminal.setTermios(this.#before)
    try {
      return await piece()
    } finally {
      this.#terminal.setTermios(makeRaw(this.#before))
    }
  }

  async #fill(): Promise<boolean> {
    try {
      const bytes = await this.#proc.read(this.#fd, 256)
      this.#typed.push(...bytes)
      return bytes.length > 0
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
      return false
    }
  }

  async #take(): Promise<Key> {
    const first = this.#typed.shift()!
    if (first === 0x1b) return this.#takeEscape()
    if (first < 0x80) return String.fromCharCode(first)
    const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    while (this.#typed.length < width - 1 && (await this.#fillSoon()));
    const bytes = Uint8Array.from([first, ...this.#typed.slice(0, width - 1)])
    const length = Math.max(1, sequenceLength(bytes, 0))
    this.#typed.splice(0, length - 1)
    return decode(bytes.subarray(0, length))
  }

  async #takeEscape(): Promise<Key> {
    if (this.#typed.length === 0 && !(await this.#fillSoon())) return '\x1b'
    const kind = this.#typed[0]
    if (kind !== 0x5b && kind !== 0x4f) return '\x1b'
    this.#typed.shift()
    let sequence = ''
    while (this.#typed.length > 0 || (await this.#fillSoon())) {
      sequence += String.fromCharCode(this.#typed.shift()!)
      if (/[@-~]$/.test(sequence)) break
    }
    return SEQUENCES.get(sequence) ?? SEQUENCES.get(sequence.replace(/^1;\d/, '')) ?? 'unknown'
  }

  async #fillSoon(): Promise<boolean> {
    try {
      const ready = await this.#proc.select([this.#fd], ESCAPE_MS)
      return ready.length > 0 && (await this.#fill())
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
      return false
    }
  }
}
