// The system as one process sees it. Programs reach files, other processes and time through this and nothing else.

import { BareError } from './bare-error.ts'
import type { Description, Whence } from './description.ts'
import { DescriptorTable, type Fd } from './descriptor-table.ts'
import { SysError } from './errno.ts'
import { type Executable, loadExecutable } from './execute.ts'
import { FileCalls } from './file-calls.ts'
import { Input } from './input.ts'
import type { Kernel } from './kernel.ts'
import { Output } from './output.ts'
import { Pipe, PipeEnd } from './pipe.ts'
import type { LoadedProgram, Program } from './program.ts'
import { ResourceLimits } from './resource-limits.ts'
import {
  defaultDisposition,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGPIPE,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGXCPU,
  SIGXFSZ,
  type Signal,
} from './signal.ts'
import { type SignalAction, SignalState } from './signals.ts'
import { SleepState } from './sleep.ts'
import type { Terminal } from './terminal.ts'
import type { OpenFlags } from './vfs/inode.ts'
import type { Stat } from './vfs/stat.ts'
import type { Viewer } from './vfs/walk.ts'
import { WaitQueue } from './wait-queue.ts'
import { ProcessEnd, type WaitStatus } from './wait-status.ts'

export type Pid = number

/** A value now, or a promise of one: only what must sleep is a promise. */
export type Maybe<T> = T | Promise<T>

/** The body of a forked child: a closure of its parent, as fork has it. */
export type Body = (child: Process) => Maybe<number>

export interface SpawnOptions {
  /** For /proc/PID/comm and cmdline; a forked child keeps its parent's. */
  readonly argv?: readonly string[]
  readonly env?: ReadonlyMap<string, string>
  /** 'new': the child leads a group of its own; a number: it joins that one; by default its parent's. */
  readonly group?: 'new' | Pid
  /** The child leads a new session without a terminal (setsid). */
  readonly session?: boolean
}

/** Which children wait waits for. */
export type Which = Pid | 'any' | { readonly group: Pid }

export interface WaitOptions {
  /** false: undefined instead of sleeping when nobody has changed (WNOHANG). */
  readonly hang?: boolean
  /** Also report children that stopped (WUNTRACED), or were continued (WCONTINUED). */
  readonly stopped?: boolean
  readonly continued?: boolean
}

export type ProcessState = 'running' | 'sleeping' | 'stopped' | 'zombie'

const READ_SIZE = 65536

export class Process extends FileCalls {
  readonly kernel: Kernel
  readonly pid: Pid
  readonly children = new Set<Process>()
  readonly fds: DescriptorTable
  readonly signals: SignalState
  readonly resourceLimits: ResourceLimits
  readonly startedAt: number
  readonly stdin: Input = new Input({ read: max => this.read(0, max), charge: bytes => this.charge(bytes) })
  readonly stdout: Output = new Output({ send: bytes => this.write(1, bytes) })
  readonly stderr: Output = new Output({ send: bytes => this.write(2, bytes) })
  argv: readonly string[]
  /** Shared with the processes it came from and made: replaced, not changed. */
  env: ReadonlyMap<string, string>
  parent: Process | undefined
  pgid: Pid
  sid: Pid
  /** The program's name: /proc/PID/comm. */
  comm: string
  /** The file that was executed: /proc/PID/exe. */
  executable: Executable | undefined
  /** Bytes it has said it holds: see `charge`. */
  memory = 0
  /** Milliseconds it has run. */
  cpu = 0

  readonly #childChanged = new WaitQueue('child')
  readonly #continued = new WaitQueue('continue')
  readonly #sleeping: SleepState
  #isRunning = false
  #resumedAt = 0
  #attention = false
  #end: ProcessEnd | undefined
  #stoppedBy: Signal | undefined
  #isFrozen = false
  /** Set once it has ended, until its parent has waited for it. */
  #status: WaitStatus | undefined
  /** A stop or continuation that the parent has not seen yet. */
  #news: WaitStatus | undefined

  constructor(kernel: Kernel, pid: Pid, from: ProcessStart) {
    super(from.viewer, from.umask)
    this.kernel = kernel
    this.pid = pid
    this.parent = from.parent
    this.argv = from.argv
    this.env = from.env
    this.pgid = from.pgid ?? pid
    this.sid = from.sid ?? pid
    this.comm = from.comm
    this.resourceLimits = from.resourceLimits ?? ResourceLimits.of(kernel.limits)
    const mostFiles = () => this.resourceLimits.get('nofile').soft
    this.fds = from.fds?.copy(mostFiles) ?? new DescriptorTable(mostFiles)
    this.signals = from.signals ?? new SignalState()
    this.startedAt = kernel.clock.now()
    this.#sleeping = new SleepState(kernel.clock, isRunning => this.#mark(isRunning))
  }

  get ppid(): Pid {
    return this.parent?.pid ?? 0
  }

  get state(): ProcessState {
    if (this.#status) return 'zombie'
    if (this.#stoppedBy !== undefined) return 'stopped'
    return this.#isRunning ? 'running' : 'sleeping'
  }

  /** What it waits for, when it sleeps: the names of queues, or 'clock'. */
  get waitsFor(): string[] {
    return this.#sleeping.queues
  }

  /** How it ended; undefined while it lives. */
  get status(): WaitStatus | undefined {
    return this.#status
  }

  // --- descriptors -------------------------------------------------------------------------------------------------

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

  protected override openDescription(path: string, flags: OpenFlags, mode = 0o666): Description {
    this.kernel.opening = this
    return super.openDescription(path, flags, mode)
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

  /** Up to and including the delimiter byte, and not a byte more (`read` of the shell). Empty at the end. */
  readThrough(fd: Fd, delimiter: number, max = 4096): Maybe<Uint8Array> {
    const description = this.#readable(fd)
    if (description.terminal && this.#isBackground(description.terminal)) return this.#readTerminal(description, max)
    const chunk = description.readThrough(delimiter, max)
    return chunk ?? this.#sleepFor(description, () => description.readThrough(delimiter, max))
  }

  /** Writes all of the bytes, which are given away. A promise only when that must wait for room. SIGPIPE, then EPIPE. */
  write(fd: Fd, bytes: Uint8Array): Maybe<void> {
    const description = this.fds.get(fd)
    if (description.terminal && this.#mayNotWrite(description.terminal)) return this.#writeTerminal(description, bytes)
    const written = this.#writeSome(description, bytes)
    if (written === bytes.length) return
    return this.#writeRest(description, bytes, written)
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
      if (this.#hasOutput) await this.#flushBeforeSleep()
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

  // --- processes ---------------------------------------------------------------------------------------------------

  /**
   * Fork: the child runs `body` with a copy of this process's descriptors, directory, credentials and ignored signals.
   * It starts when this process next lets others run. EAGAIN when there are too many.
   */
  fork(body: Body, how: SpawnOptions = {}): Process {
    this.#requireProcesses()
    const child = this.kernel.admit({
      parent: this,
      viewer: this.viewer,
      umask: this.umask,
      argv: how.argv ?? this.argv,
      env: how.env ?? this.env,
      comm: this.comm,
      fds: this.fds,
      resourceLimits: this.resourceLimits.copy(),
      signals: this.signals.inherited(),
      ...(how.session || how.group === 'new' ? {} : { pgid: how.group ?? this.pgid }),
      ...(how.session ? {} : { sid: this.sid }),
    })
    child.executable = this.executable
    this.children.add(child)
    child.#start(body)
    return child
  }

  /** Fork and run a program that is not looked up in the file system. The child's pid. */
  spawn(body: Program | Body, how: SpawnOptions = {}): Pid {
    if (typeof body === 'function') return this.fork(body, how).pid
    const child = this.fork(child => {
      child.#become({ program: body, argv: how.argv ?? [body.name] })
      return body.main(child)
    }, how)
    return child.pid
  }

  /**
   * Replaces the program of this process by the file's. Throws SysError (EACCES, ENOENT, ENOEXEC, ...) when it cannot;
   * never returns when it can.
   */
  exec(path: string, argv: readonly string[], env?: ReadonlyMap<string, string>): never {
    const loaded = loadExecutable(this, path, argv)
    if (env) this.env = env
    throw new Replacement(loaded)
  }

  /** Replaces the program of this process by one that is no file. */
  execProgram(program: Program, argv: readonly string[]): never {
    throw new Replacement({ program, argv })
  }

  /** Waits for a child. ECHILD when there is none such; EINTR when a caught signal arrives. */
  async wait(which: Which = 'any', how: WaitOptions = {}): Promise<[Pid, WaitStatus] | undefined> {
    for (;;) {
      if (this.#hasOutput) await this.#flushBeforeSleep()
      const found = this.#findNews(which, how)
      if (found) return found
      if (how.hang === false) return undefined
      await this.sleepOn(this.#childChanged)
    }
  }

  /** As wait with `hang: false`, without a promise. */
  waitNow(which: Which = 'any', how: WaitOptions = {}): [Pid, WaitStatus] | undefined {
    return this.#findNews(which, how)
  }

  /** A pid; 0: this group; negative: that group; -1: all one may signal. ESRCH, EPERM. */
  kill(target: Pid, signal: Signal): void {
    this.kernel.kill(target, signal, this)
  }

  onSignal(signal: Signal, action: SignalAction): void {
    if (signal === SIGKILL || signal === SIGSTOP) throw new SysError('EINVAL')
    this.signals.setAction(signal, action)
  }

  blockSignals(signals: readonly Signal[]): void {
    for (const signal of signals) this.signals.blocked.add(signal)
  }

  unblockSignals(signals: readonly Signal[]): void {
    for (const signal of signals) this.signals.blocked.delete(signal)
    for (const signal of [...this.signals.pending]) {
      if (this.signals.isBlocked(signal)) continue
      this.signals.pending.delete(signal)
      this.receive(signal)
    }
  }

  /** Ends this process. */
  exit(status: number): never {
    throw new ProcessEnd({ exited: status & 255 })
  }

  /** A new session without a terminal. EPERM when it leads a group already. */
  setSession(): void {
    if (this.kernel.hasGroup(this.pid)) throw new SysError('EPERM')
    this.sid = this.pid
    this.pgid = this.pid
  }

  /** ESRCH, EPERM as setpgid(2). */
  setGroup(pid: Pid, pgid: Pid): void {
    const target = pid === 0 || pid === this.pid ? this : this.kernel.processes.get(pid)
    if (!target || (target !== this && target.parent !== this)) throw new SysError('ESRCH')
    const group = pgid === 0 ? target.pid : pgid
    if (target.sid !== this.sid || target.sid === target.pid) throw new SysError('EPERM')
    if (group !== target.pid && !this.kernel.hasGroup(group, this.sid)) throw new SysError('EPERM')
    target.pgid = group
  }

  /** tcsetpgrp. A background process that asks gets SIGTTOU, unless it ignores or blocks it. */
  setForeground(terminal: Terminal, pgid: Pid): void {
    if (terminal.session !== this.sid) throw new SysError('ENOTTY')
    if (!this.kernel.hasGroup(pgid, this.sid)) throw new SysError('EPERM')
    const isHeeded = !this.signals.isIgnored(SIGTTOU) && !this.signals.isBlocked(SIGTTOU)
    if (this.#isBackground(terminal) && isHeeded) this.kernel.kill(-this.pgid, SIGTTOU, this)
    terminal.foreground = pgid
  }

  /** Takes a terminal as this session's (TIOCSCTTY). EPERM unless it leads its session and the terminal is free. */
  takeTerminal(terminal: Terminal): void {
    if (this.sid !== this.pid || (terminal.session !== undefined && terminal.session !== this.sid))
      throw new SysError('EPERM')
    terminal.session = this.sid
    terminal.foreground = this.pgid
  }

  // --- time --------------------------------------------------------------------------------------------------------

  /** EINTR when a caught signal arrives. */
  async sleep(ms: number): Promise<void> {
    await this.sleepOn(undefined, ms)
  }

  /**
   * Sleeps until the queue is woken (true) or `ms` have passed (false). What was printed is sent first.
   * Rejects with EINTR when a caught signal arrives, and with the end of the process when it is killed.
   */
  async sleepOn(queue: WaitQueue | undefined, ms?: number): Promise<boolean> {
    const began = this.kernel.clock.now()
    if (this.#hasOutput || this.#attention) {
      await this.#flushBeforeSleep()
      await this.gate()
      // The queue may have been woken meanwhile: whoever sleeps on it looks again.
      if (queue) return true
    }
    const left = ms === undefined ? undefined : ms - (this.kernel.clock.now() - began)
    if (left !== undefined && left < 0) return false
    const woken = await this.#sleeping.sleep(queue, left)
    if (this.#attention) await this.gate()
    return woken
  }

  /**
   * What every loop's back edge passes: a killed process ends here, a stopped one sleeps here, and a busy one gives the
   * host its turn. undefined: go on; nearly always.
   */
  gate(): Promise<void> | undefined {
    if (this.#attention) return this.#attend()
    return this.kernel.pace.step() ? this.#giveTurn() : undefined
  }

  /**
   * Says that it holds so many more (or, negative, fewer) bytes. ENOMEM over its own limit; over the container's it is
   * killed, as by the OOM killer.
   */
  charge(bytes: number): void {
    if (bytes > 0 && this.memory + bytes > this.resourceLimits.memory) throw new SysError('ENOMEM')
    this.memory += bytes
    this.kernel.memory += bytes
    if (bytes > 0 && this.kernel.memory > this.kernel.limits.memory) {
      this.kernel.outOfMemory(this)
      throw (this.#end = new ProcessEnd({ killed: SIGKILL }))
    }
  }

  // --- what the kernel does to it ----------------------------------------------------------------------------------

  /** A signal arrives. `force`: from outside the container, where even init heeds what it does not catch. */
  receive(signal: Signal, how: { force?: boolean } = {}): void {
    if (this.#status || signal === 0) return
    if (signal === SIGCONT) this.#continue()
    if (this.signals.isBlocked(signal)) {
      this.signals.pending.add(signal)
      return
    }
    const action = this.signals.action(signal)
    if (signal !== SIGKILL && signal !== SIGSTOP) {
      if (action === 'ignore') return
      if (action !== 'default') return this.#catch(signal, action)
    }
    if (this.pid === 1 && !how.force && !this.kernel.hasPlainInit) return
    this.#takeDefault(signal)
  }

  /** Stops it without its knowledge, as the freezer of cgroups does. */
  freeze(): void {
    this.#isFrozen = true
    this.#attention = true
  }

  thaw(): void {
    this.#isFrozen = false
    this.#continued.wake()
  }

  /** Runs a first program in a process that nobody forked. */
  boot(loaded: LoadedProgram): void {
    this.#start(() => {
      this.#become(loaded)
      return loaded.program.main(this)
    })
  }

  // --- inside ------------------------------------------------------------------------------------------------------

  #start(body: Body): void {
    this.#mark(true)
    queueMicrotask(() => void this.#run(body))
  }

  async #run(body: Body): Promise<void> {
    let status: WaitStatus
    try {
      status = await this.#runToEnd(body)
    } catch (error) {
      this.#finish({ killed: 6 })
      this.kernel.crashed(this, error)
      return
    }
    this.#finish(status)
  }

  /** Runs the body and whatever programs replace it, and gives how that ended. */
  async #runToEnd(body: Body): Promise<WaitStatus> {
    let run: () => Maybe<number> = () => body(this)
    for (;;) {
      try {
        if (this.#attention) await this.gate()
        const exited = (await run()) & 255
        await this.#flushAll()
        return { exited }
      } catch (error) {
        if (error instanceof Replacement) {
          const { loaded } = error
          await this.#flushAll()
          this.#become(loaded)
          run = () => loaded.program.main(this)
        } else {
          if (!(error instanceof ProcessEnd)) throw error
          if ('killed' in error.status) return error.status
          const { exited } = error.status
          run = () => exited
        }
      }
    }
  }

  async #flushAll(): Promise<void> {
    try {
      await this.stdout.flush()
      await this.stderr.flush()
    } catch (error) {
      // What cannot be written at the end is lost, as it is when exit(3) flushes.
      if (!(error instanceof SysError)) throw error
    }
  }

  #become(loaded: LoadedProgram): void {
    this.argv = loaded.argv
    this.comm = (loaded.argv[0] ?? loaded.program.name).replace(/.*\//, '').slice(0, 15)
    this.fds.closeForExec()
    for (const signal of this.signals.numbers('caught')) this.signals.setAction(signal, 'default')
  }

  #finish(status: WaitStatus): void {
    // What its body left asleep must not take a key that is meant for whoever reads the terminal next.
    this.#end ??= new ProcessEnd('exited' in status ? status : { killed: SIGKILL })
    this.#attention = true
    this.#sleeping.interrupt(this.#end)
    this.#mark(false)
    this.charge(-this.memory)
    this.fds.closeAll()
    this.#status = status
    this.kernel.ended(this)
  }

  /** Called by the kernel on the parent of a child that ended, stopped or went on. */
  childChanged(): void {
    this.receive(SIGCHLD)
    this.#childChanged.wake()
  }

  #mark(isRunning: boolean): void {
    if (isRunning === this.#isRunning) return
    this.#isRunning = isRunning
    const now = this.kernel.host.now()
    if (isRunning) this.#resumedAt = now
    else this.cpu += now - this.#resumedAt
    this.kernel.countRunning(isRunning ? 1 : -1, now)
  }

  async #giveTurn(): Promise<void> {
    if (!this.stdout.isEmpty) await this.stdout.flush()
    await this.kernel.pace.turn()
    if (this.kernel.pace.isExhausted) this.#takeDefault(SIGXCPU)
    this.#checkTime()
    if (this.#attention) await this.#attend()
  }

  #checkTime(): void {
    const { soft, hard } = this.resourceLimits.get('cpu')
    if (soft === Number.POSITIVE_INFINITY) return
    const seconds = (this.cpu + this.kernel.host.now() - this.#resumedAt) / 1000
    if (seconds >= hard) this.receive(SIGKILL)
    else if (seconds >= soft) this.receive(SIGXCPU)
  }

  /** EAGAIN when its user, who is not root, has too many processes. */
  #requireProcesses(): void {
    const { euid } = this.credentials
    if (euid === 0) return
    let count = 0
    for (const { credentials } of this.kernel.processes.values()) if (credentials.euid === euid) count++
    if (count >= this.resourceLimits.get('nproc').soft) throw new SysError('EAGAIN')
  }

  async #attend(): Promise<void> {
    for (;;) {
      if (this.#end) throw this.#end
      if (this.#stoppedBy === undefined && !this.#isFrozen) break
      await this.#sleeping.sleep(this.#continued)
    }
    this.#attention = false
  }

  #catch(signal: Signal, action: Exclude<SignalAction, 'default' | 'ignore'>): void {
    const { handler, restart } = typeof action === 'function' ? { handler: action, restart: false } : action
    handler(signal)
    if (!restart && this.#stoppedBy === undefined) this.#sleeping.interrupt(new SysError('EINTR'))
  }

  #takeDefault(signal: Signal): void {
    switch (defaultDisposition(signal)) {
      case 'ignore':
      case 'continue':
        return
      case 'stop':
        if (signal !== SIGSTOP && this.kernel.isOrphaned(this.pgid)) return
        return this.#stop(signal)
      case 'terminate':
      case 'core':
        this.#end ??= new ProcessEnd({ killed: signal })
        this.#attention = true
        this.#stoppedBy = undefined
        this.#isFrozen &&= signal !== SIGKILL
        this.#sleeping.interrupt(this.#end)
    }
  }

  #stop(signal: Signal): void {
    if (this.#stoppedBy !== undefined) return
    this.#stoppedBy = signal
    this.#attention = true
    this.#news = { stopped: signal }
    this.parent?.childChanged()
  }

  #continue(): void {
    for (const stop of [SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU]) this.signals.pending.delete(stop)
    if (this.#stoppedBy === undefined) return
    this.#stoppedBy = undefined
    this.#news = { continued: true }
    this.#continued.wake()
    this.parent?.childChanged()
  }

  #findNews(which: Which, how: WaitOptions): [Pid, WaitStatus] | undefined {
    let hasAny = false
    for (const child of this.children) {
      if (!matches(child, which, this)) continue
      hasAny = true
      const status = child.#report(how)
      if (!status) continue
      if ('exited' in status || 'killed' in status) this.kernel.reap(child)
      return [child.pid, status]
    }
    if (!hasAny) throw new SysError('ECHILD')
    return undefined
  }

  #report(how: WaitOptions): WaitStatus | undefined {
    if (this.#status) return this.#status
    const news = this.#news
    if (!news) return undefined
    if (('stopped' in news && how.stopped) || ('continued' in news && how.continued)) {
      this.#news = undefined
      return news
    }
    return undefined
  }

  #readable(fd: Fd): Description {
    const description = this.fds.get(fd)
    if (!description.readable) throw new SysError('EBADF')
    return description
  }

  #readLater(description: Description, max: number): Promise<Uint8Array> {
    return this.#sleepFor(description, () => description.read(max))
  }

  get #hasOutput(): boolean {
    return !this.stdout.isEmpty || !this.stderr.isEmpty
  }

  /** Before one looks whether to sleep: between the look and the sleep nothing may be awaited, or a wake-up is lost. */
  async #flushBeforeSleep(): Promise<void> {
    await this.stdout.flush()
    await this.stderr.flush()
  }

  /** Sleeps on a description until `attempt` has an answer. The description stays open meanwhile. */
  async #sleepFor<T>(description: Description, attempt: () => T | undefined): Promise<T> {
    if (description.nonBlocking) throw new SysError('EAGAIN')
    description.hold()
    try {
      for (;;) {
        if (this.#hasOutput) await this.#flushBeforeSleep()
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
      if (this.#end) throw this.#end
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
    if (this.#end) throw this.#end
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
        if (more === 0) await this.#sleepForRoom(description)
      }
    } finally {
      description.release()
    }
  }

  /** Not sleepOn, which would flush, and so write, and so come here again. */
  async #sleepForRoom(description: Description): Promise<void> {
    if (this.#attention) return this.gate()
    await this.#sleeping.sleep(description.changed)
    if (this.#attention) await this.gate()
  }

  #meetOtherSide(end: PipeEnd, fd: Fd): Promise<Fd> | undefined {
    const { pipe } = end
    const others = () => (end.readable ? pipe.writers : pipe.readers)
    if (others() > 0) return undefined
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
    this.kernel.kill(-this.pgid, signal, this)
    await this.gate()
  }
}

/** What a new process is made from. */
export interface ProcessStart {
  readonly parent: Process | undefined
  readonly viewer: Viewer
  readonly umask: number
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly comm: string
  readonly pgid?: Pid
  readonly sid?: Pid
  /** Copied, once it is sure that there will be a process: a copy that nobody closes would keep pipes open for ever. */
  readonly fds?: DescriptorTable
  readonly resourceLimits?: ResourceLimits
  readonly signals?: SignalState
}

/** Thrown by exec through the old program. */
class Replacement extends BareError {
  readonly loaded: LoadedProgram

  constructor(loaded: LoadedProgram) {
    super('the program is replaced')
    this.name = 'Replacement'
    this.loaded = loaded
  }
}

function matches(child: Process, which: Which, parent: Process): boolean {
  if (which === 'any') return true
  if (typeof which === 'number') return child.pid === which
  return child.pgid === (which.group === 0 ? parent.pgid : which.group)
}
