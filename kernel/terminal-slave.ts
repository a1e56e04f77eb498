// The file a process opens to use a terminal: /dev/pts/N, /dev/tty, its standard input and output.

import type { Alarm } from './clock.ts'
import { Description, type Readiness } from './description.ts'
import { SysError } from './errno.ts'
import type { SlaveOptions, Terminal } from './terminal.ts'
import { makeDevice, type Stat } from './vfs/stat.ts'
import type { WaitQueue } from './wait-queue.ts'

/** Linux's major number of pseudo terminals. */
const PTS_MAJOR = 136
/** VTIME counts tenths of a second. */
const TENTH = 100

export class TerminalSlave extends Description {
  readonly #terminal: Terminal
  readonly #path: string
  readonly #stat: () => Stat
  /** When the read that now waits for VTIME began. */
  #readBegan: number | undefined
  #alarm: Alarm | undefined

  constructor(terminal: Terminal, path: string, how: SlaveOptions) {
    super({ readable: how.readable ?? true, writable: how.writable ?? true })
    this.#terminal = terminal
    this.#path = path
    this.#stat = how.stat ?? (() => deviceStat(terminal))
    terminal.slaveOpened()
  }

  override get terminal(): Terminal {
    return this.#terminal
  }

  override get path(): string {
    return this.#path
  }

  override get changed(): WaitQueue {
    return this.#terminal.changed
  }

  override stat(): Stat {
    return this.#stat()
  }

  override read(max: number): Uint8Array | undefined {
    if (!this.readable) throw new SysError('EBADF')
    const terminal = this.#terminal
    if (terminal.isHungUp || max === 0) return new Uint8Array(0)
    if (terminal.termios.icanon) return terminal.takeLine(max)
    if (!this.#isEnough(max)) return undefined
    this.#endRead()
    return terminal.takeInput(max)
  }

  override readThrough(delimiter: number, max: number): Uint8Array | undefined {
    const isWholeLine = this.#terminal.termios.icanon && delimiter === 10
    return this.read(isWholeLine ? max : 1)
  }

  override write(bytes: Uint8Array): number | undefined {
    if (!this.writable) throw new SysError('EBADF')
    if (this.#terminal.isHungUp) throw new SysError('EIO')
    return this.#terminal.write(bytes)
  }

  override poll(): Readiness {
    const terminal = this.#terminal
    const { icanon, characters } = terminal.termios
    const least = icanon || characters.time > 0 ? 1 : Math.max(1, characters.min)
    return {
      readable: this.readable && (terminal.isHungUp || terminal.readableLength >= least),
      writable: this.writable && (terminal.isHungUp || terminal.hasRoom),
      hungUp: terminal.isHungUp,
    }
  }

  override setOwner(uid: number): void {
    this.#terminal.owner = uid
  }

  /** Another description of the same terminal. */
  override reopen(flags: { readonly read?: boolean; readonly write?: boolean }): Description {
    const how = { readable: flags.read ?? false, writable: flags.write ?? false }
    return new TerminalSlave(this.#terminal, this.#path, { ...how, stat: this.#stat })
  }

  protected override closed(): void {
    this.#endRead()
    this.#terminal.slaveClosed()
  }

  /** Raw mode: whether a read may return what there is, by VMIN and VTIME (POSIX XBD 11.1.7, cases A to D). */
  #isEnough(max: number): boolean {
    const { min, time } = this.#terminal.termios.characters
    const length = this.#terminal.readableLength
    if (this.nonBlocking && length > 0) return true
    if (length >= Math.min(max, Math.max(1, min)) || (min === 0 && time === 0)) return true
    if (time === 0) return false
    const now = this.#terminal.clock.now()
    this.#readBegan ??= now
    // Between bytes the time runs from the last byte, or from the read when that byte was there before it.
    if (min > 0 && length === 0) return false
    const from = min === 0 ? this.#readBegan : Math.max(this.#readBegan, this.#terminal.lastInput)
    const left = from + time * TENTH - now
    if (left <= 0) return true
    this.#wakeIn(left)
    return false
  }

  #wakeIn(ms: number): void {
    this.#alarm?.cancel()
    this.#alarm = this.#terminal.clock.alarm(ms, () => {
      // Nobody sleeps here: the read was interrupted, and the next one begins its own time.
      if (this.changed.isEmpty) this.#endRead()
      this.changed.wake()
    })
  }

  #endRead(): void {
    this.#alarm?.cancel()
    this.#alarm = undefined
    this.#readBegan = undefined
  }
}

/** What devpts shows of a terminal that no file system holds. */
function deviceStat({ number, owner }: Terminal): Stat {
  return {
    dev: 24,
    ino: number + 3,
    kind: 'character',
    mode: 0o620,
    nlink: 1,
    uid: owner,
    gid: 5,
    rdev: makeDevice(PTS_MAJOR, number),
    size: 0,
    blocks: 0,
    atime: 0n,
    mtime: 0n,
    ctime: 0n,
  }
}
