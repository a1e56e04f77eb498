// A container kept in a folder: running in this process, in another process of the host, or not at all.

import type { Server } from 'node:net'
import type { ExecOptions, Size } from '../../engine/container.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { Attachment, ContainerFiles, ContainerHandle, ProcessRow } from '../../engine/handle.ts'
import { LocalContainer, withChanges } from '../../engine/memory-containers.ts'
import type { PublishedPort } from '../../engine/published-port.ts'
import type { ContainerSpecification, ContainerState } from '../../engine/specification.ts'
import { ChangeKeeper, recover } from './change-keeper.ts'
import type { ContainerFolder } from './container-folder.ts'
import { FileLog } from './file-log.ts'
import { hasCode } from './host-error.ts'
import type { Request } from './protocol.ts'
import type { PublishedPorts } from './published-ports.ts'
import { makeSocketFolder } from './state-folder.ts'
import { removeIfThere } from './whole-files.ts'

/** A short life should not pay for a socket that nobody will ask. */
const SERVE_AFTER = 50
/** How long a process that is alive may take to open its socket, or a killed one to be gone. */
const PATIENCE = 5_000
const LOOK_EVERY = 20

export interface ContainerPlace {
  readonly engine: Engine
  readonly folder: ContainerFolder
  readonly socket: string
  /** The command of the host that runs this program: what a background process is started with. */
  readonly command: readonly string[]
  /** Whether this process has a terminal, which a container with one of its own should outlive. */
  readonly hasTerminal: boolean
  /** Its anonymous volumes go with it. */
  readonly removeVolumes: (specification: ContainerSpecification) => void
}

export class NodeContainer implements ContainerHandle {
  #specification: ContainerSpecification
  readonly log: FileLog
  readonly #place: ContainerPlace
  #local: LocalContainer | undefined
  /** Resolves when what it changed and how it ended are on disk. */
  #kept: Promise<void> = Promise.resolve()
  #server: Server | undefined
  #keeper: ChangeKeeper | undefined

  constructor(specification: ContainerSpecification, place: ContainerPlace) {
    this.#specification = specification
    this.#place = place
    this.log = new FileLog(place.folder.logPath)
  }

  get specification(): ContainerSpecification {
    return this.#specification
  }

  get state(): ContainerState {
    return this.#local ? this.#local.state : this.#place.folder.state
  }

  get ports(): readonly PublishedPort[] {
    return this.isHere || this.#isElsewhere ? this.#place.folder.ports : []
  }

  /** Whether it runs in this process. */
  get isHere(): boolean {
    return this.#local?.container.isRunning ?? false
  }

  /**
   * Starts it in this process; with a terminal on both sides in one of its own, so that it goes on when this one is
   * detached from it, or its terminal is closed.
   */
  async start(how: { readonly size?: Size } = {}): Promise<Attachment> {
    if (this.isHere || this.#isElsewhere) return this.attach()
    if (this.#place.hasTerminal && this.#specification.tty) return this.#startBehind(how.size)
    await this.open()
    const attachment = await this.startHere(how)
    setTimeout(() => void this.#serveLate(), SERVE_AFTER).unref()
    return attachment
  }

  async startDetached(): Promise<void> {
    const { startSupervisor } = await import('./start-supervisor.ts')
    await startSupervisor(this.#place.command, this.#specification.id, 'now')
  }

  /** Makes it ready in this process. Throws EngineError `in-use` when another process has it. */
  async open(): Promise<LocalContainer> {
    const { folder } = this.#place
    if (!folder.take())
      throw new EngineError('in-use', `container ${this.#specification.id} is used by another process`)
    try {
      const local = await this.#openWith(folder.changes, (container, state) => this.#changed(container, state))
      // One that is removed when it ends has nothing to keep.
      if (!this.#specification.autoRemove) this.#keeper = new ChangeKeeper(folder, local.container.root)
      this.#local = local
      return local
    } catch (error) {
      folder.release()
      throw error
    }
  }

  async startHere(how: { readonly size?: Size } = {}): Promise<Attachment> {
    const local = this.#local
    if (!local) throw new Error('the container is not open')
    let published: PublishedPorts | undefined
    try {
      published = await this.#publish()
      const attachment = await local.start(how)
      published?.leadTo(() => local.container.kernel)
      const close = () => published?.close()
      void attachment.ended.then(close, close)
      return { ...attachment, ended: attachment.ended.then(status => this.#kept.then(() => status)) }
    } catch (error) {
      published?.close()
      this.close()
      throw error
    }
  }

  /** Lets go of one that does not run. */
  close(): void {
    if (this.isHere || !this.#local) return
    this.#keeper?.close()
    this.#keeper = undefined
    this.#local = undefined
    removeIfThere(this.#place.socket)
    this.#place.folder.release()
  }

  async attach(): Promise<Attachment> {
    if (this.#local) return this.#local.attach()
    return this.#reach(({ openSession }) => openSession(this.#place.socket, { op: 'attach' }))
  }

  async exec(how: ExecOptions): Promise<Attachment> {
    if (this.#local) return this.#local.exec(how)
    return this.#reach(({ openSession }) => openSession(this.#place.socket, { op: 'exec', how }))
  }

  async kill(signal: string): Promise<void> {
    if (this.#local) return this.#local.kill(signal)
    await this.#ask({ op: 'kill', signal })
  }

  async stop(graceSeconds?: number): Promise<void> {
    if (this.#local) {
      await this.#local.stop(graceSeconds)
      return this.#kept
    }
    if (this.#isElsewhere) await this.#askUntilEnd({ op: 'stop', seconds: graceSeconds ?? null })
  }

  async pause(): Promise<void> {
    if (this.#local) return this.#local.pause()
    await this.#ask({ op: 'pause' })
  }

  async unpause(): Promise<void> {
    if (this.#local) return this.#local.unpause()
    await this.#ask({ op: 'unpause' })
  }

  async wait(): Promise<number> {
    if (this.#local) {
      const status = await this.#local.wait()
      await this.#kept
      return status
    }
    return this.#isElsewhere ? this.#askUntilEnd({ op: 'wait' }) : this.state.exitCode
  }

  async processes(): Promise<readonly ProcessRow[]> {
    if (this.#local) return this.#local.processes()
    // The other side answers with processRows.
    return (await this.#ask({ op: 'processes' })) as readonly ProcessRow[]
  }

  async rename(name: string): Promise<void> {
    if (!this.#local && this.#isElsewhere) await this.#ask({ op: 'rename', name })
    this.keepName(name)
  }

  keepName(name: string): void {
    this.#specification = { ...this.#specification, name }
    this.#place.folder.keepSpecification(this.#specification)
  }

  async files(): Promise<ContainerFiles> {
    if (this.#local) return this.#local.files()
    if (!this.#isElsewhere) return (await this.#openStopped()).files()
    const tar = await this.#ask({ op: 'files' })
    return (await this.#openWith(tar instanceof Uint8Array ? tar : undefined)).files()
  }

  async changedSize(): Promise<number> {
    if (this.#local) return this.#local.changedSize()
    return this.#isElsewhere ? Number(await this.#ask({ op: 'size' })) : (await this.#openStopped()).changedSize()
  }

  async putArchive(path: string, tar: Uint8Array): Promise<void> {
    if (this.#local) return this.#local.putArchive(path, tar)
    if (this.#isElsewhere) return void (await this.#ask({ op: 'put', path }, tar))
    const container = await this.open()
    try {
      await container.putArchive(path, tar)
      await this.#keepFiles(container)
    } finally {
      this.close()
    }
  }

  /**
   * Opens the control socket, so that other processes reach what runs, or waits for its start, in this one.
   * `started`: told how a start that another process asked for went.
   */
  async serve(started: (hasStarted: boolean) => void = () => {}): Promise<void> {
    const container = this.#local
    if (!container) return
    const { serveContainer } = await import('./control-server.ts')
    makeSocketFolder(this.#place.socket)
    const start = async (size: Size | undefined) => {
      try {
        const attachment = await this.startHere(size ? { size } : {})
        started(true)
        return attachment
      } catch (error) {
        started(false)
        throw error
      }
    }
    const rename = async (name: string) => this.keepName(name)
    const keep = () => this.#keeper?.keep()
    const served = { container, start, rename, keep, wait: () => this.wait() }
    this.#server = await serveContainer(served, this.#place.socket)
    this.#server.unref()
  }

  /** Resolves when those who asked have their answers, at the latest after so many milliseconds. */
  async answered(patience: number): Promise<void> {
    const server = this.#server
    if (!server) return
    const closed = new Promise<void>(resolve => server.close(() => resolve()))
    await Promise.race([closed, new Promise(resolve => setTimeout(resolve, patience).unref())])
  }

  /** undefined: it publishes nothing. The ports are the host's before the container starts, as docker has it. */
  async #publish(): Promise<PublishedPorts | undefined> {
    const { published = [], name } = this.#specification
    if (published.length === 0) return undefined
    const { PublishedPorts } = await import('./published-ports.ts')
    const opened = await PublishedPorts.open(published, name)
    this.#place.folder.keepPorts(opened.ports)
    return opened
  }

  async #serveLate(): Promise<void> {
    try {
      if (this.isHere) await this.serve()
    } catch (error) {
      if (!(error instanceof Error)) throw error
      process.emitWarning(`other processes cannot reach container ${this.#specification.name}: ${error.message}`)
    }
  }

  async #startBehind(size: Size | undefined): Promise<Attachment> {
    const { startSupervisor } = await import('./start-supervisor.ts')
    await startSupervisor(this.#place.command, this.#specification.id, 'when-asked')
    const { openSession } = await import('./control-client.ts')
    return openSession(this.#place.socket, { op: 'start', size: size ?? null })
  }

  get #isElsewhere(): boolean {
    const { status } = this.state
    return !this.isHere && (status === 'running' || status === 'paused')
  }

  async #ask(request: Request, bytes?: Uint8Array): Promise<unknown> {
    return this.#reach(({ ask }) => ask(this.#place.socket, request, bytes))
  }

  /** The exit status, also when the process that runs it is killed while it is asked. */
  async #askUntilEnd(request: Request): Promise<number> {
    try {
      return Number(await this.#ask(request))
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'not-running') throw error
      return this.state.exitCode
    }
  }

  /** Asks the process that runs it. Throws EngineError `not-running` when none does, or not any more. */
  async #reach<T>(act: (client: typeof import('./control-client.ts')) => Promise<T>): Promise<T> {
    const client = await import('./control-client.ts')
    const began = performance.now()
    for (;;) {
      if (!this.#isElsewhere) throw this.#notRunning()
      try {
        return await act(client)
      } catch (error) {
        const isClosed = hasCode(error, 'ENOENT') || hasCode(error, 'ECONNREFUSED')
        const isLost = error instanceof client.LineLostError
        if ((!isClosed && !isLost) || performance.now() - began > PATIENCE) throw error
      }
      // It is about to open its socket, or to end.
      await new Promise(resolve => setTimeout(resolve, LOOK_EVERY))
    }
  }

  #notRunning(): EngineError {
    return new EngineError('not-running', `container ${this.#specification.id} is not running`)
  }

  async #openStopped(): Promise<LocalContainer> {
    const { folder } = this.#place
    const opened = await this.#openWith(folder.changes)
    recover(folder, opened.container.root)
    return opened
  }

  async #openWith(
    tar: Uint8Array | undefined,
    onState?: (container: LocalContainer, state: ContainerState) => void,
  ): Promise<LocalContainer> {
    const around = await this.#place.engine.surroundings(this.#specification)
    const opened: LocalContainer = new LocalContainer(this.#specification, {
      ...around,
      log: this.log,
      ...(onState ? { onState: state => onState(opened, state) } : {}),
    })
    withChanges(opened.container.root, tar)
    return opened
  }

  #changed(container: LocalContainer, state: ContainerState): void {
    if (state.status === 'exited') this.#kept = this.#keepEnd(container, state)
    else this.#place.folder.keepState(state)
  }

  /** The state goes last: who reads that it has ended finds everything else there. */
  async #keepEnd(container: LocalContainer, state: ContainerState): Promise<void> {
    const { folder, socket } = this.#place
    this.log.close()
    if (this.#specification.autoRemove) {
      folder.remove()
      this.#place.removeVolumes(this.#specification)
    } else {
      await this.#keepFiles(container)
      folder.keepState(state)
      folder.release()
    }
    removeIfThere(socket)
  }

  async #keepFiles(container: LocalContainer): Promise<void> {
    this.#place.folder.keepChanges(await container.changedFiles())
    this.#keeper?.end()
    this.#keeper = undefined
  }
}
