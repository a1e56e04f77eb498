// A container that lives in this engine: a kernel over a copy-on-write root, its output, and its life.

import { VirtualClock } from '../kernel/clock.ts'
import type { Description } from '../kernel/description.ts'
import { SysError } from '../kernel/errno.ts'
import type { Host } from '../kernel/host.ts'
import { Kernel } from '../kernel/kernel.ts'
import { Pipe, PipeEnd } from '../kernel/pipe.ts'
import type { Process } from '../kernel/process.ts'
import type { ExecutableFormat } from '../kernel/program.ts'
import { parseSignal, SIGKILL, SIGTERM, type Signal } from '../kernel/signal.ts'
import { Terminal } from '../kernel/terminal.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import { addTerminalNode, removeTerminalNode } from '../kernel/vfs/dev.ts'
import type { FileSystem } from '../kernel/vfs/inode.ts'
import { exitStatus, type WaitStatus } from '../kernel/wait-status.ts'
import { type Watcher, watchedBy } from '../kernel/watched-process.ts'
import { concat, encode } from '../lib/bytes.ts'
import { loadCommand } from './command.ts'
import { EngineError, StartError } from './errors.ts'
import { furnish } from './furnish.ts'
import { HealthMonitor, healthCommand, type Probe, STARTING } from './health.ts'
import { initProgram } from './init.ts'
import { type ContainerSpecification, type ContainerState, CREATED, commandLine } from './specification.ts'
import { type Listener, Tap } from './tap.ts'
import { findUser } from './user.ts'

export interface ContainerSurroundings {
  readonly host: Host
  readonly root: CowFileSystem
  readonly formats: readonly ExecutableFormat[]
  /** The file systems of binds and volumes, by their source. Throws EngineError when there is none. */
  readonly openSource: (type: 'bind' | 'volume', source: string) => FileSystem
  /** Told of every change of state, before those who wait. */
  readonly onState?: (state: ContainerState) => void
  readonly state?: ContainerState
  /** Looks at the system calls of everything in it. */
  readonly watcher?: Watcher
  /** A bug of ours that ends a process is told on the container's stderr; otherwise it is thrown, as a test wants it. */
  readonly tellsCrashes?: boolean
}

export interface Size {
  readonly rows: number
  readonly columns: number
}

/** What runs in a container: its main command or an exec. */
export interface Session {
  readonly process: Process
  /** Types into it, or feeds its stdin; resolves when there is room for more. */
  write(bytes: Uint8Array): void | Promise<void>
  /** The end of stdin. */
  closeInput(): void
  resize(size: Size): void
  listen(listener: Listener): () => void
  /** Its exit status as docker reports it: 128 + n for a signal. */
  readonly ended: Promise<number>
}

export interface ExecOptions {
  readonly argv: readonly string[]
  readonly tty?: boolean
  readonly stdin?: boolean
  readonly env?: readonly string[]
  readonly user?: string
  readonly workingDirectory?: string
  readonly size?: Size
}

export class Container {
  readonly specification: ContainerSpecification
  readonly root: CowFileSystem
  readonly output = new Tap()
  readonly #around: ContainerSurroundings
  #state: ContainerState
  #kernel: Kernel | undefined
  #main: Session | undefined
  #health: HealthMonitor | undefined

  constructor(specification: ContainerSpecification, around: ContainerSurroundings) {
    this.specification = specification
    this.root = around.root
    this.#around = around
    this.#state = around.state ?? CREATED
  }

  get id(): string {
    return this.specification.id
  }

  get state(): ContainerState {
    return this.#state
  }

  get isRunning(): boolean {
    return this.#state.status === 'running' || this.#state.status === 'paused'
  }

  /**
   * Makes the mount points that the image lacks, and says how many layers lie below what the container itself changes:
   * what the engine made is no change of the container's (docker has an init layer for it).
   */
  prepare(): number {
    this.#kernelFor({ readOnly: false, isNew: this.#state.startedAt === 0 })
    this.root.freeze({ always: true })
    return this.root.layers
  }

  /** The kernel while it runs. Throws EngineError `not-running`. */
  get kernel(): Kernel {
    if (!this.#kernel || !this.isRunning) throw this.#notRunning()
    return this.#kernel
  }

  /** The main command's session. Throws EngineError `not-running`. */
  get main(): Session {
    if (!this.#main || !this.isRunning) throw this.#notRunning()
    return this.#main
  }

  /**
   * Starts the main command. Throws StartError in docker's words when it cannot (the state then stays 'created', with the
   * reason); EngineError `invalid-option` for a user that is not there.
   */
  start(how: { readonly size?: Size } = {}): Session {
    if (this.isRunning) return this.main
    const argv = commandLine(this.specification)
    if (argv.length === 0) throw new EngineError('invalid-option', 'no command specified')
    try {
      const kernel = this.#kernelFor()
      const session = this.#open(kernel, {
        argv,
        tty: this.specification.tty,
        stdin: this.specification.openStdin,
        isMain: true,
        ...how,
      })
      this.#kernel = kernel
      this.#main = session
      const health = this.#watchHealth(kernel)
      this.#setState({ ...CREATED, status: 'running', startedAt: this.#now(), ...(health ? { health: STARTING } : {}) })
      return session
    } catch (error) {
      if (error instanceof StartError) {
        this.#setState({ ...this.#state, exitCode: error.status, error: error.message })
      }
      throw error
    }
  }

  /** Another command beside the main one. Throws StartError, EngineError `not-running`. */
  exec(how: ExecOptions): Session {
    const { kernel } = this
    if (this.#state.status === 'paused') {
      throw new EngineError('not-running', `container ${this.id} is paused, unpause the container before exec`)
    }
    return this.#open(kernel, { ...how, isMain: false })
  }

  /** From outside: init heeds what it does not catch only for SIGKILL and SIGSTOP, as in a pid namespace. */
  kill(signal: Signal): void {
    const { kernel } = this
    const init = kernel.processes.get(1)
    const isHeeded = signal === SIGKILL || this.specification.init
    init?.receive(signal, { force: isHeeded })
  }

  /** The stop signal, then SIGKILL when the grace time is over. Resolves when it has ended. Idempotent. */
  async stop(graceSeconds = this.specification.stopTimeout): Promise<void> {
    if (!this.isRunning) return
    const { kernel, main } = this
    if (this.#state.status === 'paused') this.unpause()
    this.kill(parseSignal(this.specification.stopSignal) ?? SIGTERM)
    const alarm = kernel.clock.alarm(graceSeconds * 1000, () => {
      if (this.isRunning) this.kill(SIGKILL)
    })
    // A virtual clock that nobody moves would never ring.
    if (kernel.clock instanceof VirtualClock) await this.#advanceUntilEnd(kernel.clock, graceSeconds * 1000)
    await main.ended
    alarm.cancel()
  }

  pause(): void {
    for (const process of this.kernel.processes.values()) process.freeze()
    this.#setState({ ...this.#state, status: 'paused' })
  }

  unpause(): void {
    if (this.#state.status !== 'paused') throw new EngineError('not-running', `Container ${this.id} is not paused`)
    for (const process of this.#kernel?.processes.values() ?? []) process.thaw()
    this.#setState({ ...this.#state, status: 'running' })
  }

  /** Resolves to the exit status when the main command has ended; at once when it has already. */
  async wait(): Promise<number> {
    return this.#main && this.isRunning ? this.#main.ended : this.#state.exitCode
  }

  #kernelFor({ readOnly = this.specification.readOnly, isNew = false } = {}): Kernel {
    const { specification: made } = this
    const kernel = new Kernel({
      host: this.#around.host,
      root: this.root,
      readOnlyRoot: readOnly,
      formats: this.#around.formats,
      hostname: made.hostname,
      limits: made.limits,
      ...(this.#around.watcher ? watchedBy(this.#around.watcher) : {}),
      ...(this.#around.tellsCrashes ? { onCrash: error => this.#tellCrash(error) } : {}),
    })
    furnish(kernel, made, { openSource: this.#around.openSource, isNew })
    return kernel
  }

  #open(kernel: Kernel, how: ExecOptions & { readonly isMain: boolean }): Session {
    const tap = how.isMain ? this.output : new Tap()
    const io = how.tty ? this.#openTerminal(kernel, tap, how.size) : openPipes(tap, how.stdin ?? false)
    const argv = how.argv
    const env = new Map(environment(this.specification, how))
    const process = kernel.boot(
      { argv, env, descriptions: io.descriptions, ...(io.terminal ? { terminal: io.terminal } : {}) },
      proc => {
        this.#settle(proc, how)
        const loaded = loadCommand(proc, argv)
        return how.isMain && this.specification.init ? initProgram(loaded) : loaded
      },
    )
    const forget = io.terminal ? showTerminal(kernel, io.terminal) : () => {}
    const ended = kernel.end(process).then(async status => {
      await io.drained()
      forget()
      if (how.isMain) this.#ended(status)
      return exitStatus(status)
    })
    return {
      process,
      write: io.write,
      closeInput: io.closeInput,
      resize: size => io.terminal?.setSize(size),
      listen: listener => tap.listen(listener),
      ended,
    }
  }

  /** User, home, directory: what runc does between the fork and the exec. */
  #settle(proc: Process, how: ExecOptions & { readonly isMain: boolean }): void {
    const directory = how.workingDirectory ?? (this.specification.workingDirectory || '/')
    if (how.isMain) makeDirectory(proc, directory)
    const user = findUser(proc, how.user ?? this.specification.user)
    if (!proc.env.has('HOME')) proc.env = new Map([...proc.env, ['HOME', user.home]])
    proc.setCredentials(user.credentials)
    // runc: or /dev/stderr could not be opened by a user who is not root.
    for (const [, description] of proc.fds.entries()) description.setOwner(user.credentials.euid)
    try {
      proc.chdir(directory)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      const reason = error.message.slice(0, 1).toLowerCase() + error.message.slice(1)
      throw new StartError(`chdir to cwd ("${directory}") set in config.json failed: ${reason}`, 127)
    }
  }

  #openTerminal(kernel: Kernel, tap: Tap, size: Size = { rows: 24, columns: 80 }): Wiring {
    let number = 0
    while (kernel.terminals.some(terminal => terminal.number === number)) number++
    const terminal = new Terminal({
      name: `pts/${number}`,
      clock: kernel.clock,
      size,
      signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal),
    })
    kernel.terminals.push(terminal)
    const path = `/dev/pts/${number}`
    const slave = () => terminal.openSlave(path)
    const pump = pumpTerminal(terminal, tap)
    return {
      descriptions: [slave(), slave(), slave()],
      terminal,
      write: bytes => terminal.input(bytes),
      closeInput: () => terminal.hangUp(),
      drained: () => pump,
    }
  }

  /** Whether somebody looks after its health from now on. */
  #watchHealth(kernel: Kernel): boolean {
    const { healthcheck, healthShell = ['/bin/sh', '-c'] } = this.specification
    const argv = healthCommand(healthcheck, healthShell)
    if (!healthcheck || !argv) return false
    this.#health = new HealthMonitor(healthcheck, {
      clock: kernel.clock,
      run: () => this.#probe(argv),
      tell: health => this.#setState({ ...this.#state, health }),
    })
    return true
  }

  #probe(argv: readonly string[]): Probe {
    const session = this.exec({ argv })
    const parts: Uint8Array[] = []
    session.listen(bytes => void parts.push(bytes.slice()))
    return {
      ended: session.ended,
      output: () => concat(parts),
      kill: () => session.process.receive(SIGKILL, { force: true }),
    }
  }

  #ended(status: WaitStatus): void {
    this.#health?.stop()
    this.#health = undefined
    this.#setState({
      ...this.#state,
      status: 'exited',
      exitCode: exitStatus(status),
      oomKilled: this.#kernel?.hasRunOutOfMemory ?? false,
      finishedAt: this.#now(),
    })
    this.#kernel = undefined
  }

  #setState(state: ContainerState): void {
    this.#state = state
    this.#around.onState?.(state)
  }

  #tellCrash(error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.output.deliver(encode(`cowbox: a bug of this program: ${text}\n`), 'stderr')
  }

  async #advanceUntilEnd(clock: VirtualClock, ms: number): Promise<void> {
    const until = clock.now() + ms
    while (this.isRunning) {
      await this.kernel.idle()
      if (!this.isRunning || !clock.ringNext(until)) return
    }
  }

  #now(): number {
    return this.#around.host.clock.now()
  }

  #notRunning(): EngineError {
    return new EngineError('not-running', `container ${this.id} is not running`)
  }
}

/** In /dev/pts and for /dev/tty, until the returned function is called. */
function showTerminal(kernel: Kernel, terminal: Terminal): () => void {
  const dev = kernel.mounts.all.find(({ path }) => path === '/dev')?.fs
  if (dev instanceof CowFileSystem) addTerminalNode(dev, terminal.number, terminal.owner)
  return () => {
    if (dev instanceof CowFileSystem) removeTerminalNode(dev, terminal.number)
    const at = kernel.terminals.indexOf(terminal)
    if (at !== -1) kernel.terminals.splice(at, 1)
  }
}

interface Wiring {
  readonly descriptions: readonly Description[]
  readonly terminal?: Terminal
  write(bytes: Uint8Array): void | Promise<void>
  closeInput(): void
  /** Resolves when all output has been handed on. */
  drained(): Promise<void>
}

function openPipes(tap: Tap, hasStdin: boolean): Wiring {
  const pipe = new Pipe(65536)
  const input = new PipeEnd(pipe, { readable: true, writable: false })
  const feed = new PipeEnd(pipe, { readable: false, writable: true }).hold()
  let isOpen = true
  const closeInput = () => {
    if (isOpen) feed.release()
    isOpen = false
  }
  if (!hasStdin) closeInput()
  return {
    descriptions: [input, tap.description('stdout'), tap.description('stderr')],
    write: bytes => (isOpen ? feedPipe(feed, bytes) : undefined),
    closeInput,
    drained: async () => {},
  }
}

/** Writes all bytes to a pipe from outside any process; a promise only when it is full. Nobody reads any more: dropped. */
function feedPipe(end: PipeEnd, bytes: Uint8Array): void | Promise<void> {
  if (end.pipe.readers === 0) return
  const written = end.write(bytes) ?? 0
  if (written === bytes.length) return
  return new Promise<void>(resolve => end.changed.add({ wake: resolve })).then(() =>
    feedPipe(end, bytes.subarray(written)),
  )
}

/** Hands what is written to a terminal to the tap until it is hung up. */
async function pumpTerminal(terminal: Terminal, tap: Tap): Promise<void> {
  for (;;) {
    if (tap.isCongested) {
      await new Promise<void>(resolve => tap.changed.add({ wake: resolve }))
      continue
    }
    const bytes = terminal.readOutput(65536)
    if (bytes && bytes.length > 0) tap.deliver(bytes, 'stdout')
    else if (bytes) return
    else await new Promise<void>(resolve => terminal.outputChanged.add({ wake: resolve }))
  }
}

function environment(made: ContainerSpecification, how: ExecOptions): [string, string][] {
  const pairs = [...made.env, `HOSTNAME=${made.hostname}`, ...(how.tty ? ['TERM=xterm'] : []), ...(how.env ?? [])]
  return pairs.map(pair => {
    const at = pair.indexOf('=')
    return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
  })
}

/** docker makes the working directory, with its parents, when the image lacks it. */
function makeDirectory(proc: Process, path: string): void {
  let made = ''
  for (const name of path.split('/').filter(part => part !== '')) {
    made += `/${name}`
    try {
      proc.mkdir(made, 0o755)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno !== 'EEXIST' && error.errno !== 'EROFS') throw error
    }
  }
}
