// One kernel runs one container: its processes, terminals, mounts, name and limits.

import type { Clock } from './clock.ts'
import { VirtualClock } from './clock.ts'
import type { Description } from './description.ts'
import { SysError } from './errno.ts'
import type { Host } from './host.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { LoadAverage } from './load-average.ts'
import { Network } from './net/network.ts'
import { KernelOpener } from './opener.ts'
import { Pace } from './pace.ts'
import { type Pid, Process, type ProcessStart } from './process.ts'
import type { ExecutableFormat, LoadedProgram } from './program.ts'
import { SIGCHLD, SIGCONT, SIGHUP, SIGKILL, type Signal } from './signal.ts'
import type { Terminal } from './terminal.ts'
import { type Credentials, ROOT } from './vfs/credentials.ts'
import type { FileSystem, Inode } from './vfs/inode.ts'
import { type Location, MountTable } from './vfs/mount.ts'
import * as files from './vfs/operations.ts'
import { pathOf, type Viewer, walk } from './vfs/walk.ts'

export interface KernelOptions {
  readonly host: Host
  readonly root: FileSystem
  readonly readOnlyRoot?: boolean
  readonly formats: readonly ExecutableFormat[]
  readonly hostname?: string
  readonly limits?: Partial<Limits>
  /** The first process is an ordinary one, which signals end: for a command line, not for a container. */
  readonly hasPlainInit?: boolean
  /** Told of an error that no program should let out: a bug, with the process it happened in. */
  readonly onCrash?: (error: unknown, process: Process) => void
  /** Makes each process, and hears of its end: see watched-process.ts. */
  readonly createProcess?: (kernel: Kernel, pid: Pid, start: ProcessStart) => Process
  readonly onEnd?: (process: Process) => void
}

export interface BootOptions {
  readonly argv: readonly string[]
  readonly env?: ReadonlyMap<string, string>
  readonly credentials?: Credentials
  /** The descriptions of fds 0, 1, 2, ... */
  readonly descriptions?: readonly Description[]
  /** The terminal that the process's session gets. */
  readonly terminal?: Terminal
  readonly umask?: number
}

export interface MountOptions {
  readonly root?: Inode
  readonly readOnly?: boolean
  readonly create?: 'directory' | 'file'
}

export class Kernel {
  readonly host: Host
  readonly clock: Clock
  readonly limits: Limits
  readonly formats: readonly ExecutableFormat[]
  readonly mounts: MountTable
  readonly pace: Pace
  readonly processes = new Map<Pid, Process>()
  readonly terminals: Terminal[] = []
  readonly bootedAt: number
  hostname: string
  readonly bootId: string
  readonly hasPlainInit: boolean
  readonly opener = new KernelOpener(this)
  readonly network = new Network()
  /** Bytes that processes said they hold: see Process.charge. */
  memory = 0
  /** Whether a process was killed because memory ran out. */
  hasRunOutOfMemory = false
  /** Whose open(2) is under way: what /dev/tty means depends on it. */
  opening: Process | undefined
  readonly load: LoadAverage
  /** How often a process went on after it had slept. */
  switches = 0
  /** Milliseconds that processes ran which are no more. */
  reapedCpu = 0
  #lastPid = 0
  #running = 0
  #external = 0
  #idleWaiters: (() => void)[] = []
  #endWaiters: (() => void)[] = []
  readonly #onCrash: (error: unknown, process: Process) => void
  readonly #createProcess: NonNullable<KernelOptions['createProcess']>
  readonly #onEnd: KernelOptions['onEnd']

  constructor(how: KernelOptions) {
    this.host = how.host
    this.clock = how.host.clock
    this.limits = { ...DEFAULT_LIMITS, ...how.limits }
    this.formats = how.formats
    this.hostname = how.hostname ?? 'localhost'
    this.hasPlainInit = how.hasPlainInit ?? false
    this.mounts = new MountTable({
      fs: how.root,
      root: how.root.root,
      readOnly: how.readOnlyRoot ?? false,
      at: undefined,
      path: '/',
    })
    const isDeterministic = this.clock instanceof VirtualClock
    this.pace = new Pace(how.host, { isDeterministic, steps: this.limits.steps })
    this.bootedAt = this.clock.now()
    this.load = new LoadAverage(this.host.now())
    this.bootId = uuid(this.host.random(16))
    this.#onCrash =
      how.onCrash ??
      (error => {
        throw error
      })
    this.#createProcess = how.createProcess ?? ((kernel, pid, start) => new Process(kernel, pid, start))
    this.#onEnd = how.onEnd
  }

  /** Nanoseconds since the epoch, for the times of files. */
  readonly nanoseconds = (): bigint => BigInt(Math.round(this.clock.now() * 1000)) * 1000n

  get rootLocation(): Location {
    return { mount: this.mounts.root, inode: this.mounts.root.root }
  }

  /**
   * Mounts a file system, or the part of it under `root`. With `create`, a mount point that is missing is made, with the
   * directories above it. Throws what the walk throws; ENOTDIR for a directory over a file, and the reverse.
   */
  mount(fs: FileSystem, path: string, how: MountOptions = {}): void {
    const viewer = this.viewer(ROOT)
    if (how.create) makeMountPoint(viewer, path, how.create)
    const at = walk(viewer, path)
    const root = how.root ?? fs.root
    if ((root.kind === 'directory') !== (at.inode.kind === 'directory')) throw new SysError('ENOTDIR')
    this.mounts.add({
      fs,
      root,
      at,
      path: at.inode.kind === 'directory' ? pathOf(viewer, at) : path,
      readOnly: how.readOnly ?? false,
    })
  }

  /** EINVAL when nothing is mounted there. */
  unmount(path: string): void {
    const { mount, inode } = walk(this.viewer(ROOT), path)
    if (inode !== mount.root || !mount.at) throw new SysError('EINVAL')
    this.mounts.remove(mount)
  }

  viewer(credentials: Credentials): Viewer {
    const root = this.rootLocation
    return { root, cwd: root, credentials, mounts: this.mounts, now: this.nanoseconds, opener: this.opener }
  }

  /** A process that nobody forked: the first is init (pid 1); later ones come by `exec` from outside, as docker's do. */
  boot(how: BootOptions, program: (proc: Process) => LoadedProgram): Process {
    const viewer = this.viewer(how.credentials ?? ROOT)
    const { argv, env = new Map(), umask = 0o022 } = how
    const proc = this.admit({ parent: undefined, viewer, umask, argv, env, comm: '' })
    for (const [fd, description] of (how.descriptions ?? []).entries()) proc.fds.put(fd, description)
    if (how.terminal) proc.takeTerminal(how.terminal)
    try {
      proc.boot(program(proc))
    } catch (error) {
      proc.fds.closeAll()
      this.processes.delete(proc.pid)
      if (proc.pid === this.#lastPid) this.#lastPid--
      throw error
    }
    return proc
  }

  /** EAGAIN when there are too many processes. */
  admit(start: ProcessStart): Process {
    if (this.processes.size >= this.limits.processes) throw new SysError('EAGAIN')
    const pid = ++this.#lastPid
    const proc = this.#createProcess(this, pid, { ...start, viewer: { ...start.viewer, pid } })
    this.processes.set(pid, proc)
    return proc
  }

  /** kill(2). `by`: who sends it; without, it comes from outside the container, where even init must heed it. */
  kill(target: Pid, signal: Signal, by?: Process): void {
    const found = this.#targets(target, by)
    const allowed = found.filter(process => !by || maySignal(by, process, signal))
    if (found.length === 0) throw new SysError('ESRCH')
    if (allowed.length === 0) throw new SysError('EPERM')
    for (const process of allowed) process.receive(signal, { force: by === undefined })
  }

  /** Signals the processes of a group that are there, and says nothing when there are none: what a terminal does. */
  signalGroup(pgid: Pid, signal: Signal): void {
    for (const process of [...this.processes.values()]) if (process.pgid === pgid) process.receive(signal)
  }

  /** Of the process that was made last. */
  get lastPid(): Pid {
    return this.#lastPid
  }

  hasGroup(pgid: Pid, sid?: Pid): boolean {
    for (const process of this.processes.values()) {
      if (process.pgid === pgid && (sid === undefined || process.sid === sid)) return true
    }
    return false
  }

  /** No member has a parent in another group of the session: nobody could continue it (POSIX XBD 3.246). */
  isOrphaned(pgid: Pid): boolean {
    for (const { parent, pgid: group, sid, status } of this.processes.values()) {
      if (group === pgid && !status && parent && parent.pgid !== pgid && parent.sid === sid) return false
    }
    return true
  }

  /** A process has ended: its children go to init, its parent is told, its terminal hung up. */
  ended(process: Process): void {
    this.#onEnd?.(process)
    if (process.pid === 1) this.#endAll(process)
    this.#adopt(process)
    for (const terminal of this.terminals) if (terminal.session === process.pid) this.#leaveTerminal(terminal)
    const { parent } = process
    if (!parent || parent.status || parent.signals.isIgnored(SIGCHLD)) this.reap(process)
    parent?.childChanged()
    const waiters = this.#endWaiters
    this.#endWaiters = []
    for (const waiter of waiters) waiter()
  }

  reap(process: Process): void {
    if (this.processes.has(process.pid)) this.reapedCpu += process.cpu
    this.processes.delete(process.pid)
    process.parent?.children.delete(process)
  }

  /** Resolves when the process has ended. */
  async end(process: Process): Promise<NonNullable<Process['status']>> {
    while (!process.status) await new Promise<void>(resolve => this.#endWaiters.push(resolve))
    return process.status
  }

  /** Kills the process that holds most, as the OOM killer does; the one that asked dies in any case. */
  outOfMemory(asking: Process): void {
    this.hasRunOutOfMemory = true
    let largest = asking
    for (const process of this.processes.values()) if (process.memory > largest.memory) largest = process
    if (largest !== asking) largest.receive(SIGKILL, { force: true })
  }

  crashed(process: Process, error: unknown): void {
    this.#onCrash(error, process)
  }

  countRunning(change: 1 | -1, now: number): void {
    this.#running += change
    if (change === 1) this.switches++
    this.load.change(change, now)
    if (this.#running === 0) this.#tellIdle()
  }

  /** Work of the host that processes wait for (a file that is loaded): until it is done, nobody is idle. */
  async external<T>(work: Promise<T>): Promise<T> {
    this.#external++
    try {
      return await work
    } finally {
      this.#external--
      this.#tellIdle()
    }
  }

  /** Resolves when every process sleeps or has ended: time to move a virtual clock. */
  async idle(): Promise<void> {
    for (;;) {
      while (this.#running > 0 || this.#external > 0) {
        await new Promise<void>(resolve => this.#idleWaiters.push(resolve))
      }
      await this.host.turn()
      if (this.#running === 0 && this.#external === 0) return
    }
  }

  /** Who sleeps for ever, when nothing is left that could wake them: pid, name and queue. */
  sleepers(): { readonly pid: Pid; readonly comm: string; readonly waitsFor: readonly string[] }[] {
    return [...this.processes.values()]
      .filter(process => process.state === 'sleeping')
      .map(({ pid, comm, waitsFor }) => ({ pid, comm, waitsFor }))
  }

  #targets(target: Pid, by: Process | undefined): Process[] {
    const all = [...this.processes.values()]
    if (target === -1) return all.filter(process => process.pid !== 1 && process !== by)
    if (target <= 0) {
      const pgid = target === 0 ? by?.pgid : -target
      return all.filter(process => process.pgid === pgid)
    }
    const process = this.processes.get(target)
    return process ? [process] : []
  }

  #tellIdle(): void {
    if (this.#running > 0 || this.#external > 0) return
    const waiters = this.#idleWaiters
    this.#idleWaiters = []
    for (const waiter of waiters) waiter()
  }

  /** When init ends, so does everything in its container (pid_namespaces(7)). */
  #endAll(init: Process): void {
    for (const process of [...this.processes.values()]) {
      if (process !== init) process.receive(SIGKILL, { force: true })
    }
  }

  /** Children of the dead become init's. A group that is orphaned by it and has stopped members is hung up and continued. */
  #adopt(dead: Process): void {
    const init = this.processes.get(1)
    const groups = new Set<Pid>()
    for (const child of [...dead.children]) {
      groups.add(child.pgid)
      dead.children.delete(child)
      child.parent = init === dead ? undefined : init
      if (child.status) this.processes.delete(child.pid)
      else init?.children.add(child)
    }
    for (const pgid of groups) if (this.isOrphaned(pgid)) this.#releaseStopped(pgid)
  }

  #releaseStopped(pgid: Pid): void {
    const members = [...this.processes.values()].filter(process => process.pgid === pgid)
    if (!members.some(process => process.state === 'stopped')) return
    for (const process of members) {
      process.receive(SIGHUP)
      process.receive(SIGCONT)
    }
  }

  #leaveTerminal(terminal: Terminal): void {
    if (terminal.foreground !== undefined) this.signalGroup(terminal.foreground, SIGHUP)
    terminal.session = undefined
    terminal.foreground = undefined
  }
}

/** POSIX kill: the same user, or root; SIGCONT to anybody in the session. */
function maySignal(by: Process, target: Process, signal: Signal): boolean {
  const { euid, uid } = by.credentials
  if (euid === 0 || (signal === SIGCONT && by.sid === target.sid)) return true
  const other = target.credentials
  return [uid, euid].some(id => id === other.uid || id === other.suid)
}

function makeMountPoint(viewer: Viewer, path: string, kind: 'directory' | 'file'): void {
  const names = path.split('/').filter(name => name !== '')
  for (const [index] of names.entries()) {
    const part = `/${names.slice(0, index + 1).join('/')}`
    const isLast = index === names.length - 1
    try {
      if (isLast && kind === 'file') files.mknod(viewer, part, { kind: 'file', mode: 0o644, rdev: 0 })
      else files.mkdir(viewer, part, 0o755)
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EEXIST') throw error
    }
  }
}

function uuid(bytes: Uint8Array): string {
  const text = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
