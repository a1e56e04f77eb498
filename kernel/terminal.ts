// A pseudo terminal: programs read and write its slave, a host (xterm, Node's own terminal, a test) its master.

import { EMPTY } from '../lib/bytes.ts'
import type { Clock } from './clock.ts'
import { Description, type Readiness } from './description.ts'
import { SysError } from './errno.ts'
import { LineDiscipline } from './line-discipline.ts'
import { type Signal, SIGHUP, SIGWINCH } from './signal.ts'
import type { Termios } from './termios.ts'
import { makeDevice, type Stat } from './vfs/stat.ts'
import { WaitQueue } from './wait-queue.ts'

export interface TerminalSize {
  readonly rows: number
  readonly columns: number
}

export interface TerminalOptions {
  /** `pts/0`. */
  readonly name: string
  readonly clock: Clock
  readonly size: TerminalSize
  readonly signalGroup: (pgid: number, signal: Signal) => void
}

/** How much unread output the master may owe before writers sleep. */
const HIGH_WATER = 65536

const NEWLINE = 10
const RETURN = 13

/** Who set a terminal's modes may want what was typed to be dropped. */
export type When = 'now' | 'flush'

export class Terminal {
  readonly name: string
  readonly clock: Clock
  /** Woken when something can be read, and when there is room to write. */
  readonly changed = new WaitQueue('terminal')
  /** Woken when the master has output to take, or was hung up. */
  readonly outputChanged = new WaitQueue('terminal output')
  /** The session it controls, and that session's foreground group. */
  session: number | undefined
  foreground: number | undefined
  #size: TerminalSize
  readonly #signalGroup: TerminalOptions['signalGroup']
  readonly #discipline: LineDiscipline
  #output: Uint8Array[] = []
  #outputSize = 0
  #isHeld = false
  #isHungUp = false
  #slaves = 0
  #hadSlaves = false

  constructor(how: TerminalOptions) {
    this.name = how.name
    this.clock = how.clock
    this.#size = how.size
    this.#signalGroup = how.signalGroup
    this.#discipline = new LineDiscipline({
      show: bytes => this.#put(this.#process(Uint8Array.from(bytes))),
      signal: signal => this.#interrupt(signal),
      hold: isHeld => this.#hold(isHeld),
    })
  }

  get termios(): Termios {
    return this.#discipline.termios
  }

  /** 'flush' also drops what was typed and not read (TCSAFLUSH). */
  setTermios(termios: Termios, when: When = 'now'): void {
    if (when === 'flush') this.#discipline.flush()
    this.#discipline.setTermios(termios)
    this.changed.wake()
  }

  get size(): TerminalSize {
    return this.#size
  }

  /** The foreground group gets SIGWINCH when it really changed. */
  setSize(size: TerminalSize): void {
    if (size.rows === this.#size.rows && size.columns === this.#size.columns) return
    this.#size = size
    this.signal(SIGWINCH)
  }

  /** TOSTOP: background processes that write are stopped. */
  get stopsBackgroundOutput(): boolean {
    return this.termios.tostop
  }

  get isHungUp(): boolean {
    return this.#isHungUp
  }

  signal(signal: Signal): void {
    if (this.foreground !== undefined) this.#signalGroup(this.foreground, signal)
  }

  // --- the master side ---------------------------------------------------------------------------------------------

  /** Keys, as typed. */
  input(bytes: Uint8Array): void {
    if (this.#isHungUp) return
    this.#discipline.input(bytes)
    this.changed.wake()
  }

  /** What is to be shown, at most `max` bytes. undefined: nothing now; empty: hung up, and all was taken. */
  readOutput(max: number): Uint8Array | undefined {
    const first = this.#isHeld ? undefined : this.#output[0]
    if (first === undefined) return this.#isFinished ? EMPTY : undefined
    const taken = first.subarray(0, max)
    if (taken.length === first.length) this.#output.shift()
    else this.#output[0] = first.subarray(max)
    this.#outputSize -= taken.length
    this.changed.wake()
    return taken
  }

  /** The line is cut: SIGHUP to the foreground group; reads give an end of file, writes EIO. */
  hangUp(): void {
    if (this.#isHungUp) return
    this.#isHungUp = true
    this.signal(SIGHUP)
    if (this.session !== undefined && this.session !== this.foreground) this.#signalGroup(this.session, SIGHUP)
    this.changed.wake()
    this.outputChanged.wake()
  }

  /** Nobody will write any more: the last slave was closed, or the line is cut. */
  get #isFinished(): boolean {
    return this.#isHungUp || (this.#hadSlaves && this.#slaves === 0)
  }

  // --- the slave side ----------------------------------------------------------------------------------------------

  openSlave(path = `/dev/${this.name}`): Description {
    return new Slave(this, path)
  }

  slaveOpened(): void {
    this.#slaves++
    this.#hadSlaves = true
  }

  slaveClosed(): void {
    this.#slaves--
    if (this.#slaves === 0) this.outputChanged.wake()
  }

  read(max: number): Uint8Array | undefined {
    if (this.#isHungUp) return EMPTY
    const { icanon, characters } = this.termios
    // MIN 0, TIME 0: a read never waits (POSIX XBD 11.1.7, case D).
    if (!icanon && characters.min === 0 && characters.time === 0) return this.#discipline.read(max) ?? EMPTY
    if (!icanon && this.#discipline.available < Math.min(characters.min, max) && characters.time === 0) return undefined
    return this.#discipline.read(max)
  }

  write(bytes: Uint8Array): number | undefined {
    if (this.#isHungUp) throw new SysError('EIO')
    if (this.#outputSize >= HIGH_WATER || this.#isHeld) return undefined
    this.#put(this.#process(bytes))
    return bytes.length
  }

  poll(): Readiness {
    return {
      readable: this.#discipline.available > 0 || this.#isHungUp,
      writable: this.#outputSize < HIGH_WATER && !this.#isHeld,
      hungUp: this.#isHungUp,
    }
  }

  /** OPOST: NL becomes CR NL. */
  #process(bytes: Uint8Array): Uint8Array {
    if (!this.termios.opost || !this.termios.onlcr || !bytes.includes(NEWLINE)) return bytes
    let lines = 0
    for (const byte of bytes) if (byte === NEWLINE) lines++
    const result = new Uint8Array(bytes.length + lines)
    let at = 0
    for (const byte of bytes) {
      if (byte === NEWLINE) result[at++] = RETURN
      result[at++] = byte
    }
    return result
  }

  #put(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#output.push(bytes)
    this.#outputSize += bytes.length
    this.outputChanged.wake()
  }

  /** ^C must not wait behind what was printed: the queue is dropped, as a terminal without NOFLSH does. */
  #interrupt(signal: Signal): void {
    if (!this.termios.noflsh) {
      this.#output = []
      this.#outputSize = 0
    }
    this.#isHeld = false
    this.signal(signal)
    this.changed.wake()
  }

  #hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.changed.wake()
    this.outputChanged.wake()
  }
}

class Slave extends Description {
  readonly #terminal: Terminal
  readonly #path: string
  readonly #openedAt: bigint

  constructor(terminal: Terminal, path: string) {
    super({ readable: true, writable: true })
    this.#terminal = terminal
    this.#path = path
    this.#openedAt = BigInt(Math.floor(terminal.clock.now())) * 1_000_000n
    terminal.slaveOpened()
  }

  override read(max: number): Uint8Array | undefined {
    return this.#terminal.read(max)
  }

  /** A terminal gives a line at a time, and what lies beyond it cannot be given back: byte by byte. */
  override readThrough(): Uint8Array | undefined {
    return this.#terminal.read(1)
  }

  override write(bytes: Uint8Array): number | undefined {
    return this.#terminal.write(bytes)
  }

  override get changed(): WaitQueue {
    return this.#terminal.changed
  }

  override poll(): Readiness {
    return this.#terminal.poll()
  }

  override get terminal(): Terminal {
    return this.#terminal
  }

  override get path(): string {
    return this.#path
  }

  override stat(): Stat {
    const number = Number(this.#terminal.name.replace(/\D/g, '') || '0')
    return {
      dev: 14,
      ino: number + 3,
      kind: 'character',
      mode: 0o620,
      nlink: 1,
      uid: 0,
      gid: 5,
      rdev: makeDevice(136, number),
      size: 0,
      blocks: 0,
      atime: this.#openedAt,
      mtime: this.#openedAt,
      ctime: this.#openedAt,
    }
  }

  protected override closed(): void {
    this.#terminal.slaveClosed()
  }
}

