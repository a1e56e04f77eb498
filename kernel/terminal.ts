// A pseudo terminal: the host's side is keys and a screen, the other side is the file that processes read and write.

import { concat, EMPTY } from '../lib/bytes.ts'
import type { Clock } from './clock.ts'
import type { Description } from './description.ts'
import { type Keyboard, LineDiscipline } from './line-discipline.ts'
import { Pipe } from './pipe.ts'
import { SIGCONT, SIGHUP, SIGWINCH, type Signal } from './signal.ts'
import { OutputProcessing } from './terminal-output.ts'
import { TerminalSlave } from './terminal-slave.ts'
import { SANE, type Termios } from './termios.ts'
import type { Stat } from './vfs/stat.ts'
import { WaitQueue } from './wait-queue.ts'

export interface TerminalSize {
  readonly rows: number
  readonly columns: number
  readonly xpixel: number
  readonly ypixel: number
}

export interface TerminalOptions {
  /** For VTIME. */
  readonly clock: Clock
  /** Signals a group of processes; nothing happens when it has no members. */
  readonly signalGroup: (pgid: number, signal: Signal) => void
  /** `pts/0`, by default. */
  readonly name?: string
  readonly size?: { readonly rows: number; readonly columns: number }
  readonly termios?: Termios
  /** How many bytes may wait for the host before writers sleep. */
  readonly highWater?: number
}

/** How a file system shows the terminal it holds: the stat of its device node. */
export interface SlaveOptions {
  readonly readable?: boolean
  readonly writable?: boolean
  readonly stat?: () => Stat
}

/** Beyond the high-water mark this much echo still fits; then it is dropped, as Linux drops it. */
const ECHO_ROOM = 4096

export class Terminal {
  readonly name: string
  readonly clock: Clock
  /** The session that this terminal controls: its leader's pid. */
  session: number | undefined = undefined
  /** The user that it belongs to. */
  owner = 0
  /** The process group that the keys go to. */
  foreground: number | undefined = undefined
  /** Woken when there is output to take, or the terminal was hung up: for the host. */
  readonly outputChanged = new WaitQueue('terminal output')
  /** Woken when reads or writes of the slave side may go on. */
  readonly changed = new WaitQueue('terminal')
  readonly #signalGroup: (pgid: number, signal: Signal) => void
  readonly #highWater: number
  readonly #output = new Pipe(Number.POSITIVE_INFINITY)
  readonly #processing: OutputProcessing
  readonly #discipline: LineDiscipline
  /** Typed while there was no room for it. */
  #backlog: Uint8Array[] = []
  #termios: Termios
  #size: TerminalSize
  #isStopped = false
  #isHungUp = false
  #slaves = 0
  #hadSlaves = false
  #lastInput = 0

  constructor(how: TerminalOptions) {
    this.clock = how.clock
    this.name = how.name ?? 'pts/0'
    this.#signalGroup = how.signalGroup
    this.#highWater = how.highWater ?? 128 * 1024
    this.#termios = how.termios ?? SANE
    this.#size = { rows: 24, columns: 80, ...how.size, xpixel: 0, ypixel: 0 }
    this.#processing = new OutputProcessing(this.#termios)
    this.#discipline = new LineDiscipline(this.#keyboard())
  }

  // --- the host's side -----------------------------------------------------------------------------------------------

  /** Keys as they were typed. What finds no room is kept until somebody reads. */
  input(bytes: Uint8Array): void {
    if (this.#isHungUp || bytes.length === 0) return
    this.#lastInput = this.clock.now()
    this.#dropForSignal(bytes)
    this.#backlog.push(bytes)
    this.#digest()
  }

  /** Bytes typed that wait until somebody reads: a host that reads a pipe should pause while there are many. */
  get inputBacklog(): number {
    return this.#backlog.reduce((sum, chunk) => sum + chunk.length, 0)
  }

  /** What is to be shown next; undefined: nothing now; empty: there will be no more. */
  readOutput(max = 65536): Uint8Array | undefined {
    if (this.#isStopped && !this.#isHungUp) return undefined
    const chunks: Uint8Array[] = []
    for (let left = max; left > 0 && this.#output.size > 0; ) {
      const chunk = this.#output.take(left)!
      left -= chunk.length
      chunks.push(chunk)
    }
    if (chunks.length === 0) return this.isFinished ? EMPTY : undefined
    if (this.hasRoom) this.changed.wake()
    return concat(chunks)
  }

  /** All output as it comes, until there will be no more. Taking the next chunk says that the last one was shown. */
  async *output(max?: number): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.readOutput(max)
      if (chunk?.length === 0) return
      if (chunk) yield chunk
      else await new Promise<void>(wake => this.outputChanged.add({ wake }))
    }
  }

  /** The line is gone: the session is told, reads give end of file, writes EIO. */
  hangUp(): void {
    if (this.#isHungUp) return
    this.#isHungUp = true
    const groups = new Set([this.session, this.foreground])
    this.session = undefined
    this.foreground = undefined
    this.#backlog = []
    this.#discipline.flush()
    for (const group of groups) {
      if (group === undefined) continue
      this.#signalGroup(group, SIGHUP)
      this.#signalGroup(group, SIGCONT)
    }
    this.changed.wake()
    this.outputChanged.wake()
  }

  get isHungUp(): boolean {
    return this.#isHungUp
  }

  /** Nobody will write any more: the last description of the slave side was closed, or the line is gone. */
  get isFinished(): boolean {
    return this.#isHungUp || (this.#hadSlaves && this.#slaves === 0)
  }

  // --- settings ------------------------------------------------------------------------------------------------------

  get size(): TerminalSize {
    return this.#size
  }

  /** A change is told to the foreground group by SIGWINCH. */
  setSize(size: { rows: number; columns: number; xpixel?: number; ypixel?: number }): void {
    const { rows, columns, xpixel = 0, ypixel = 0 } = size
    const old = this.#size
    this.#size = { rows, columns, xpixel, ypixel }
    const isSame = old.rows === rows && old.columns === columns && old.xpixel === xpixel && old.ypixel === ypixel
    if (!isSame && this.foreground !== undefined) this.#signalGroup(this.foreground, SIGWINCH)
  }

  get termios(): Termios {
    return this.#termios
  }

  /**
   * tcsetattr. 'flush' drops what was typed and not read.
   * 'drain' is as 'now': what was written has been processed, and for a pseudo terminal Linux waits for no more either.
   */
  setTermios(termios: Termios, when: 'now' | 'drain' | 'flush' = 'now'): void {
    const old = this.#termios
    if (when === 'flush') this.flush('input')
    this.#termios = termios
    this.#processing.termios = termios
    this.#discipline.termiosChanged(old)
    if (old.ixon && !termios.ixon) this.setStopped(false)
    this.#digest()
    this.changed.wake()
  }

  /** TOSTOP: background processes may not write. */
  get stopsBackgroundOutput(): boolean {
    return this.#termios.tostop
  }

  /** tcflush. */
  flush(which: 'input' | 'output' | 'both'): void {
    if (which !== 'output') {
      this.#backlog = []
      this.#discipline.flush()
    }
    if (which !== 'input') this.#flushOutput()
  }

  /** tcflow's TCOOFF and TCOON; the STOP and START keys. */
  setStopped(isStopped: boolean): void {
    if (this.#isStopped === isStopped) return
    this.#isStopped = isStopped
    if (isStopped) return
    this.changed.wake()
    if (this.#output.size > 0) this.outputChanged.wake()
  }

  // --- the processes' side -------------------------------------------------------------------------------------------

  /** Each open is a description of its own, on the same terminal. */
  openSlave(path = `/dev/${this.name}`, how: SlaveOptions = {}): Description {
    return new TerminalSlave(this, path, how)
  }

  slaveOpened(): void {
    this.#slaves++
    this.#hadSlaves = true
  }

  slaveClosed(): void {
    this.#slaves--
    if (this.#slaves === 0) this.outputChanged.wake()
  }

  /** The N of /dev/pts/N. */
  get number(): number {
    return Number(/\d+$/.exec(this.name)?.[0] ?? 0)
  }

  get hasRoom(): boolean {
    return !this.#isStopped && this.#output.size < this.#highWater
  }

  /** When the last key was typed, for VTIME. */
  get lastInput(): number {
    return this.#lastInput
  }

  /** How many bytes a read would find (FIONREAD). */
  get readableLength(): number {
    const { buffer } = this.#discipline
    return this.#termios.icanon ? buffer.wholeLength : buffer.length
  }

  /** Canonical mode: a line, or as much of it as fits; empty: end of file; undefined: none yet. */
  takeLine(max: number): Uint8Array | undefined {
    const line = this.#discipline.buffer.takeLine(max)
    if (line) this.#digest()
    return line
  }

  /** Raw mode: at most `max` of what there is. */
  takeInput(max: number): Uint8Array {
    const taken = this.#discipline.buffer.takeAny(max)
    this.#digest()
    return taken
  }

  /** How many bytes were taken; undefined: no room now. */
  write(bytes: Uint8Array): number | undefined {
    if (bytes.length === 0) return 0
    if (!this.hasRoom) return undefined
    const room = this.#highWater - this.#output.size
    const taken = bytes.length <= room ? bytes : bytes.subarray(0, room)
    this.#send(this.#processing.process(taken))
    return taken.length
  }

  // --- within --------------------------------------------------------------------------------------------------------

  #keyboard(): Keyboard {
    const terminal = this
    const processing = this.#processing
    return {
      get termios() {
        return terminal.#termios
      },
      get column() {
        return processing.column
      },
      set column(column) {
        processing.column = column
      },
      get lineColumn() {
        return processing.lineColumn
      },
      set lineColumn(column) {
        processing.lineColumn = column
      },
      get isStopped() {
        return terminal.#isStopped
      },
      echo: bytes => this.#echo(bytes),
      signal: signal => {
        if (this.foreground !== undefined) this.#signalGroup(this.foreground, signal)
      },
      setStopped: isStopped => this.setStopped(isStopped),
      flushOutput: () => this.#flushOutput(),
    }
  }

  #echo(bytes: readonly number[]): void {
    if (this.#output.size < this.#highWater + ECHO_ROOM) this.#send(this.#processing.process(Uint8Array.from(bytes)))
  }

  #send(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#output.put(bytes)
    if (!this.#isStopped) this.outputChanged.wake()
  }

  #flushOutput(): void {
    while (this.#output.size > 0) this.#output.take(this.#output.size)
    this.changed.wake()
  }

  /** Hands typed bytes to the line discipline while it has room for them. */
  #digest(): void {
    const before = this.readableLength
    while (this.#backlog.length > 0) {
      const chunk = this.#backlog[0]!
      let used = 0
      while (used < chunk.length && !this.#discipline.isFull) {
        const byte = chunk[used++]!
        this.#discipline.receive(byte)
      }
      // A signal may have flushed the backlog, or the settings may have been changed from under it.
      if (this.#backlog[0] !== chunk) continue
      if (used < chunk.length) {
        this.#backlog[0] = chunk.subarray(used)
        break
      }
      this.#backlog.shift()
    }
    if (this.readableLength !== before) this.changed.wake()
  }

  /** differs: on Linux a ^C that is typed behind 4096 unread bytes waits with them; here it goes before, as they would be dropped. */
  #dropForSignal(bytes: Uint8Array): void {
    if (this.#backlog.length === 0 || this.#termios.noflsh) return
    if (bytes.some(byte => this.#discipline.signalOf(byte) !== undefined)) this.flush('input')
  }
}
