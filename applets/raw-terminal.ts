// A terminal as full-screen programs use it: keys one by one, text that is shown as it is, and all put back at the end.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGTSTP, SIGWINCH } from '../kernel/signal.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { makeRaw, type Termios } from '../kernel/termios.ts'
import { decode, sequenceLength } from '../lib/bytes.ts'

/** A character as it was typed (`\x1b` alone is Escape), or the name of a key; `resize`: the window has another size. */
export type Key = string

/** How long the rest of a key's sequence may take after its Escape. */
const ESCAPE_MS = 50

const CONTROL_Z = 0x1a

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
  #isOnOwnScreen = false
  #isAtEnd = false

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

  /** The other screen that terminals have: what was shown before is there again afterwards. */
  async openScreen(): Promise<void> {
    this.#isOnOwnScreen = true
    await this.write('\x1b[?1049h\x1b[2J')
  }

  async closeScreen(): Promise<void> {
    this.#isOnOwnScreen = false
    await this.write(`\x1b[${this.rows};1H\x1b[K\x1b[?1049l`)
  }

  /** 'eof' when there will be no more keys. ^Z stops the job, as for whoever leaves such keys to the terminal. */
  async key(): Promise<Key> {
    for (;;) {
      if (this.#typed[0] === CONTROL_Z) await this.#stop()
      if (this.#isResized) {
        this.#isResized = false
        return 'resize'
      }
      if (this.#typed.length > 0 || (await this.#fill())) {
        if (this.#typed[0] === CONTROL_Z) continue
        return this.#take()
      }
      if (!this.#isResized) return 'eof'
    }
  }

  /** The key that is typed within so many milliseconds. When there will be no more, it waits all the same. */
  async keyWithin(ms: number): Promise<Key | undefined> {
    if (this.#typed.length > 0 || this.#isResized || (!this.#isAtEnd && (await this.#isReadyWithin(ms)))) {
      const key = await this.key()
      if (key !== 'eof') return key
      this.#isAtEnd = true
    }
    if (this.#isAtEnd) await this.#isReadyWithin(ms, [])
    return undefined
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

  /** Afterwards everything is drawn anew. A group that nobody could wake does not stop. */
  async #stop(): Promise<void> {
    this.#typed.shift()
    const hadScreen = this.#isOnOwnScreen
    if (hadScreen) await this.closeScreen()
    await this.suspended(async () => {
      this.#proc.kernel.signalGroup(this.#proc.pgid, SIGTSTP)
      await this.#proc.gate()
    })
    if (hadScreen) await this.openScreen()
    this.#isResized = true
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
    return (await this.#isReadyWithin(ESCAPE_MS)) && (await this.#fill())
  }

  /** A window of another size ends the wait, and has a key of its own. */
  async #isReadyWithin(ms: number, fds = [this.#fd]): Promise<boolean> {
    try {
      return (await this.#proc.select(fds, ms)).length > 0
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
      return false
    }
  }
}
