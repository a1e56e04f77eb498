// The system calls on descriptors: files, pipes and terminals that are open. Only these sleep for bytes or for room.

import type { Description, Whence } from './description.ts'
import { DescriptorTable, type Fd } from './descriptor-table.ts'
import { SysError } from './errno.ts'
import { Pipe, PipeEnd } from './pipe.ts'
import type { Maybe, Pid } from './process.ts'
import { Scheduled, type ScheduledParts } from './scheduled.ts'
import { SIGPIPE, SIGTTIN, SIGTTOU, SIGXFSZ, type Signal } from './signal.ts'
import type { Terminal } from './terminal.ts'
import type { OpenFlags } from './vfs/inode.ts'
import type { Stat } from './vfs/stat.ts'
import { WaitQueue } from './wait-queue.ts'

const READ_SIZE = 65536

export abstract class DescriptorCalls extends Scheduled {
  readonly fds: DescriptorTable
  abstract readonly sid: Pid

  /** `fds`: what it has open from the beginning, copied. */
  constructor(parts: ScheduledParts, fds: DescriptorTable | undefined) {
    super(parts)
    const mostFiles = () => this.resourceLimits.get('nofile').soft
    this.fds = fds?.copy(mostFiles) ?? new DescriptorTable(mostFiles)
  }

  abstract kill(target: Pid, signal: Signal): void

  /** May sleep: opening a fifo waits for the other side. EMFILE, and the errnos of the file system. */
  open(path: string, flags: OpenFlags = { read: true }, mode = 0o666): Maybe<Fd> {
    const description = this.openDescription(path, flags, mode).hold()
    description.nonBlocking = flags.nonBlocking ?? false
    try {
      const fd = this.fds.add(description, { closeOnExec: flags.closeOnExec ?? false })
      if (description instanceof PipeEnd && !(flags.read && flags.write)) {
        const waiting = this.#meetOtherSide(description, fd)
        if (waiting) return waiting
      }
      return fd
    } finally {
      description.release()
    }
  }

  close(fd: Fd): void {
    this.fds.close(fd)
  }

  /** dup, dup2 (`onto`), or F_DUPFD (`least`). */
  dup(fd: Fd, how: { onto?: Fd; least?: Fd; closeOnExec?: boolean } = {}): Fd {
    const description = this.fds.get(fd)
    const closeOnExec = how.closeOnExec ?? false
    if (how.onto === undefined) return this.fds.add(description, { least: how.least ?? 0, closeOnExec })
    if (how.onto !== fd) this.fds.put(how.onto, description, closeOnExec)
    return how.onto
  }

  pipe(how: { closeOnExec?: boolean } = {}): [read: Fd, write: Fd] {
    const { euid: uid, egid: gid } = this.credentials
    const pipe = new Pipe(this.kernel.limits.pipeBytes, { uid, gid, time: this.kernel.nanoseconds() })
    const closeOnExec = how.closeOnExec ?? false
    const read = this.fds.add(new PipeEnd(pipe, { readable: true, writable: false }), { closeOnExec })
    return [read, this.fds.add(new PipeEnd(pipe, { readable: false, writable: true }), { closeOnExec })]
  }

  /** The next bytes, at most `max`; empty at the end of the file. A promise only when there are none yet. */
  read(fd: Fd, max = READ_SIZE): Maybe<Uint8Array> {
    const description = this.#readable(fd)
    if (description.terminal && this.#isBackground(description.terminal)) return this.#readTerminal(description, max)
    const chunk = description.read(max)
    return chunk ?? this.#readLater(description, max)
  }

  /** As read, into memory of the caller's own, which it may use again and again: how many bytes; 0 at the end of the file. */
  readInto(fd: Fd, into: Uint8Array): Maybe<number> {
    const description = this.#readable(fd)
    if (description.terminal && this.#isBackground(description.terminal))
      return this.#readTerminal(description, into.length).then(chunk => {
        into.set(chunk)
        return chunk.length
      })
    return description.readInto(into) ?? this.sleepFor(description, () => description.readInto(into))
  }

  /** Up to and including the delimiter byte, and not a byte more (`read` of the shell). Empty at the end. */
  readThrough(fd: Fd, delimiter: number, max = 4096): Maybe<Uint8Array> {
    const description = this.#readable(fd)
    if (description.terminal && this.#isBackground(description.terminal)) return this.#readTerminal(description, max)
    const chunk = description.readThrough(delimiter, max)
    return chunk ?? this.sleepFor(description, () => description.readThrough(delimiter, max))
  }

  /** Writes all of the bytes, which are given away. A promise only when that must wait for room. SIGPIPE, then EPIPE. */
  write(fd: Fd, bytes: Uint8Array): Maybe<void> {
    const description = this.fds.get(fd)
    if (description.terminal && this.#mayNotWrite(description.terminal)) return this.#writeTerminal(description, bytes)
    const written = this.#writeSome(description, bytes)
    if (written === bytes.length) return
    return this.#writeRest(description, bytes, written)
  }

  /** What is written there is not kept: the memory is the caller's again when the write is done. */
  copiesWrites(fd: Fd): boolean {
    return this.fds.has(fd) && this.fds.get(fd).copiesWrites
  }

  seek(fd: Fd, offset: number, whence: Whence = 'set'): number {
    return this.fds.get(fd).seek(offset, whence)
  }

  /** Whether it can be read (and written) without sleeping. */
  poll(fd: Fd): { readable: boolean; writable: boolean; hungUp: boolean } {
    return this.fds.get(fd).poll()
  }

  /** Sleeps until one of the fds may be read, or `ms` have passed. The fds that can be; none: the time is over. */
  async select(fds: readonly Fd[], ms?: number): Promise<Fd[]> {
    const until = ms === undefined ? undefined : this.kernel.clock.now() + ms
    for (;;) {
      if (this.hasOutput) await this.flushBeforeSleep()
      const ready = fds.filter(fd => this.poll(fd).readable || this.poll(fd).hungUp)
      if (ready.length > 0) return ready
      const left = until === undefined ? undefined : until - this.kernel.clock.now()
      if (left !== undefined && left <= 0) return []
      const any = new WaitQueue('select')
      const relays = fds.map(fd => ({ queue: this.fds.get(fd).changed, wake: () => any.wake() }))
      for (const relay of relays) relay.queue.add(relay)
      try {
        await this.sleepOn(any, left)
      } finally {
        for (const relay of relays) relay.queue.remove(relay)
      }
    }
  }

  descriptionStat(fd: Fd): Stat {
    return this.fds.get(fd).stat()
  }

  override truncate(path: string, size: number): void {
    if (size > this.resourceLimits.fileSize) this.#refuseSize()
    super.truncate(path, size)
  }

  truncateDescription(fd: Fd, size: number): void {
    if (size > this.resourceLimits.fileSize) this.#refuseSize()
    this.fds.get(fd).truncate(size)
  }

  /** The terminal an fd is; undefined when it is none. */
  terminal(fd: Fd): Terminal | undefined {
    return this.fds.has(fd) ? this.fds.get(fd).terminal : undefined
  }

  /** The terminal of this process's session, what /dev/tty opens. */
  get controllingTerminal(): Terminal | undefined {
    return this.kernel.terminals.find(terminal => terminal.session === this.sid)
  }

  /** tcsetpgrp. A background process that asks gets SIGTTOU, unless it ignores or blocks it. */
  setForeground(terminal: Terminal, pgid: Pid): void {
    if (terminal.session !== this.sid) throw new SysError('ENOTTY')
    if (!this.kernel.hasGroup(pgid, this.sid)) throw new SysError('EPERM')
    const isHeeded = !this.signals.isIgnored(SIGTTOU) && !this.signals.isBlocked(SIGTTOU)
    if (this.#isBackground(terminal) && isHeeded) this.kernel.signalGroup(this.pgid, SIGTTOU)
    terminal.foreground = pgid
  }

  /** Takes a terminal as this session's (TIOCSCTTY). EPERM unless it leads its session and the terminal is free. */
  takeTerminal(terminal: Terminal): void {
    if (this.sid !== this.pid || (terminal.session !== undefined && terminal.session !== this.sid))
      throw new SysError('EPERM')
    terminal.session = this.sid
    terminal.foreground = this.pgid
  }

  #readable(fd: Fd): Description {
    const description = this.fds.get(fd)
    if (!description.readable) throw new SysError('EBADF')
    return description
  }

  #readLater(description: Description, max: number): Promise<Uint8Array> {
    return this.sleepFor(description, () => description.read(max))
  }

  /** Sleeps on a description until `attempt` has an answer. The description stays open meanwhile. */
  protected async sleepFor<T>(description: Description, attempt: () => T | undefined): Promise<T> {
    if (description.nonBlocking) throw new SysError('EAGAIN')
    description.hold()
    try {
      for (;;) {
        if (this.hasOutput) await this.flushBeforeSleep()
        const answer = attempt()
        if (answer !== undefined) return answer
        await this.sleepOn(description.changed)
      }
    } finally {
      description.release()
    }
  }

  #writeSome(description: Description, bytes: Uint8Array): number {
    try {
      return description.write(this.#withinSize(description, bytes)) ?? 0
    } catch (error) {
      if (error instanceof SysError && error.errno === 'EPIPE') this.receive(SIGPIPE)
      this.requireAlive()
      throw error
    }
  }

  /** As much of the bytes as a file may take (ulimit -f). */
  #withinSize(description: Description, bytes: Uint8Array): Uint8Array {
    const most = this.resourceLimits.fileSize
    if (most === Number.POSITIVE_INFINITY || bytes.length === 0) return bytes
    const { kind, size } = description.stat()
    if (kind !== 'file') return bytes
    const at = description.append ? size : description.seek(0, 'current')
    return at >= most ? this.#refuseSize() : bytes.subarray(0, most - at)
  }

  #refuseSize(): never {
    this.receive(SIGXFSZ)
    this.requireAlive()
    throw new SysError('EFBIG')
  }

  async #writeRest(description: Description, bytes: Uint8Array, written: number): Promise<void> {
    if (description.nonBlocking) throw new SysError('EAGAIN')
    description.hold()
    try {
      for (let at = written; at < bytes.length; ) {
        const more = this.#writeSome(description, bytes.subarray(at))
        at += more
        // What can refuse the rest has done so by now: the others have no room.
        if (more === 0) await this.sleepForRoom(description.changed)
      }
    } finally {
      description.release()
    }
  }

  #meetOtherSide(end: PipeEnd, fd: Fd): Promise<Fd> | undefined {
    const { pipe } = end
    const others = () => (end.readable ? pipe.writers : pipe.readers)
    // A pipe that has no name was opened at both ends when it was made: by /proc/PID/fd nobody waits (Linux).
    if (others() > 0 || !end.hasName) return undefined
    if (end.nonBlocking) {
      if (end.readable) return undefined
      this.fds.close(fd)
      throw new SysError('ENXIO')
    }
    const seen = end.readable ? pipe.writersEver : pipe.readersEver
    const hasCome = () => (end.readable ? pipe.writersEver : pipe.readersEver) > seen
    return this.#waitForOtherSide(end, fd, hasCome)
  }

  async #waitForOtherSide(end: PipeEnd, fd: Fd, hasCome: () => boolean): Promise<Fd> {
    end.hold()
    try {
      while (!hasCome()) await this.sleepOn(end.changed)
      return fd
    } catch (error) {
      if (this.fds.has(fd)) this.fds.close(fd)
      throw error
    } finally {
      end.release()
    }
  }

  #isBackground(terminal: Terminal): boolean {
    return terminal.session === this.sid && terminal.foreground !== undefined && terminal.foreground !== this.pgid
  }

  #mayNotWrite(terminal: Terminal): boolean {
    return terminal.stopsBackgroundOutput && this.#isBackground(terminal)
  }

  /** A background process that reads its terminal is stopped by SIGTTIN (POSIX XBD 11.1.4). */
  async #readTerminal(description: Description, max: number): Promise<Uint8Array> {
    const { terminal } = description
    while (terminal && this.#isBackground(terminal)) await this.#stopForTerminal(SIGTTIN)
    return description.read(max) ?? this.#readLater(description, max)
  }

  async #writeTerminal(description: Description, bytes: Uint8Array): Promise<void> {
    const { terminal } = description
    const isHeeded = () => !this.signals.isIgnored(SIGTTOU) && !this.signals.isBlocked(SIGTTOU)
    while (terminal && this.#isBackground(terminal) && isHeeded()) await this.#stopForTerminal(SIGTTOU)
    const written = this.#writeSome(description, bytes)
    if (written < bytes.length) await this.#writeRest(description, bytes, written)
  }

  async #stopForTerminal(signal: Signal): Promise<void> {
    const isDeaf = this.signals.isIgnored(signal) || this.signals.isBlocked(signal)
    if (isDeaf || this.kernel.isOrphaned(this.pgid)) throw new SysError('EIO')
    this.kernel.signalGroup(this.pgid, signal)
    await this.gate()
  }
}
