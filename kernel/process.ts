// The system as one process sees it. Programs reach files, other processes and time through this and nothing else.

import { BareError } from './bare-error.ts'
import type { Description } from './description.ts'
import type { DescriptorTable } from './descriptor-table.ts'
import { SysError } from './errno.ts'
import { type Executable, loadExecutable } from './execute.ts'
import { Input } from './input.ts'
import type { Kernel } from './kernel.ts'
import { Output } from './output.ts'
import type { LoadedProgram, Program } from './program.ts'
import { ResourceLimits } from './resource-limits.ts'
import { SIGCHLD, type Signal } from './signal.ts'
import { SignalState } from './signals.ts'
import { SocketCalls } from './socket-calls.ts'
import type { OpenFlags } from './vfs/inode.ts'
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

const SOON = Promise.resolve()

export class Process extends SocketCalls {
  readonly children = new Set<Process>()
  readonly stdin: Input = new Input({
    read: max => this.read(0, max),
    readInto: into => this.readInto(0, into),
    charge: bytes => this.charge(bytes),
  })
  readonly stdout: Output = new Output({ send: bytes => this.write(1, bytes), copies: () => this.copiesWrites(1) })
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
  readonly #childChanged = new WaitQueue('child')

  constructor(kernel: Kernel, pid: Pid, from: ProcessStart) {
    const { viewer, umask, signals = new SignalState() } = from
    const resourceLimits = from.resourceLimits ?? ResourceLimits.of(kernel.limits)
    super({ kernel, pid, viewer, umask, signals, resourceLimits }, from.fds)
    this.parent = from.parent
    this.argv = from.argv
    this.env = from.env
    this.pgid = from.pgid ?? pid
    this.sid = from.sid ?? pid
    this.comm = from.comm
  }

  get ppid(): Pid {
    return this.parent?.pid ?? 0
  }

  protected override openDescription(path: string, flags: OpenFlags, mode = 0o666): Description {
    this.kernel.opening = this
    return super.openDescription(path, flags, mode)
  }

  /**
   * Fork: the child runs `body` with a copy of this process's descriptors, directory, credentials and ignored signals.
   * It starts when this process next lets others run. EAGAIN when there are too many. Who is to die forks no more: a
   * bomb's children would else be gone from before every signal that is sent to all of them (Linux fork, ERESTARTNOINTR).
   */
  fork(body: Body, how: SpawnOptions = {}): Process {
    this.requireAlive()
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
      if (this.hasOutput) await this.flushBeforeSleep()
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

  /** Runs a first program in a process that nobody forked. */
  boot(loaded: LoadedProgram): void {
    this.#start(() => {
      this.#become(loaded)
      return loaded.program.main(this)
    })
  }

  /** Called by the kernel on the parent of a child that ended, stopped or went on. */
  childChanged(): void {
    this.receive(SIGCHLD)
    this.#childChanged.wake()
  }

  #start(body: Body): void {
    this.mark(true)
    // Not queueMicrotask, which in Node takes longer than all else of a start.
    void SOON.then(() => this.#run(body))
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
        await this.heed()
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
    this.wakeToEnd(status)
    this.mark(false)
    this.charge(-this.memory)
    this.fds.closeAll()
    this.setStatus(status)
    this.kernel.ended(this)
  }

  /** EAGAIN when its user, who is not root, has too many processes. */
  #requireProcesses(): void {
    const { euid } = this.credentials
    if (euid === 0) return
    let count = 0
    for (const { credentials } of this.kernel.processes.values()) if (credentials.euid === euid) count++
    if (count >= this.resourceLimits.get('nproc').soft) throw new SysError('EAGAIN')
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
    return this.status ?? this.takeNews(how)
  }

  protected override outOfMemory(): void {
    this.kernel.outOfMemory(this)
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
export class Replacement extends BareError {
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
