// Containers kept in a folder: running in this process, in a background process of their own, or not at all.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExecOptions, Size } from '../../engine/container.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import { type Attachment, type ContainerFiles, type ContainerHandle, type Containers, findAmong, type ProcessRow } from '../../engine/handle.ts'
import { LocalContainer, stillRunning, withChanges } from '../../engine/memory-containers.ts'
import type { ContainerSpecification, ContainerState } from '../../engine/specification.ts'
import { CREATED } from '../../engine/specification.ts'
import { FileLog } from './file-log.ts'
import { isAlive } from './layout-files.ts'
import type { Request } from './protocol.ts'
import { socketPath, type StateFolder } from './state-folder.ts'

/** A short life should not pay for a socket that nobody will ask. */
const SERVE_AFTER = 50

interface KeptState extends ContainerState {
  /** The process of the host that runs it. */
  readonly pid?: number
}

export class NodeContainers implements Containers {
  readonly #engine: Engine
  readonly #folder: StateFolder
  readonly #open = new Map<string, NodeContainer>()

  constructor(engine: Engine, folder: StateFolder) {
    this.#engine = engine
    this.#folder = folder
  }

  async list(): Promise<readonly NodeContainer[]> {
    if (!existsSync(this.#folder.containers)) return []
    const found = readdirSync(this.#folder.containers).flatMap(id => this.#at(id) ?? [])
    return found.sort((a, b) => b.specification.created - a.specification.created)
  }

  async find(nameOrId: string): Promise<NodeContainer | undefined> {
    const found = findAmong(await this.list(), nameOrId)
    if (found === 'ambiguous') throw new EngineError('no-such-container', `Multiple IDs found with provided prefix: ${nameOrId}`)
    return found
  }

  async create(specification: ContainerSpecification): Promise<NodeContainer> {
    const path = join(this.#folder.containers, specification.id)
    mkdirSync(path, { recursive: true })
    writeWhole(join(path, 'state.json'), CREATED)
    writeWhole(join(path, 'specification.json'), specification)
    const container = new NodeContainer(this.#engine, this.#folder, specification)
    this.#open.set(specification.id, container)
    return container
  }

  async remove(handle: ContainerHandle, how: { readonly force: boolean }): Promise<void> {
    const { id } = handle.specification
    const { status } = handle.state
    if (status === 'running' || status === 'paused') {
      if (!how.force) throw stillRunning(id)
      await handle.kill('KILL')
      await handle.wait()
    }
    rmSync(join(this.#folder.containers, id), { recursive: true, force: true })
    this.#open.delete(id)
  }

  #at(id: string): NodeContainer | undefined {
    const known = this.#open.get(id)
    const path = join(this.#folder.containers, id, 'specification.json')
    // A container is there once its specification is, which is written last.
    if (!existsSync(path)) return undefined
    if (known) return known
    const container = new NodeContainer(this.#engine, this.#folder, readJson<ContainerSpecification>(path))
    this.#open.set(id, container)
    return container
  }
}

export class NodeContainer implements ContainerHandle {
  #specification: ContainerSpecification
  readonly log: FileLog
  readonly #engine: Engine
  readonly #folder: StateFolder
  readonly #path: string
  #local: LocalContainer | undefined

  constructor(engine: Engine, folder: StateFolder, specification: ContainerSpecification) {
    this.#engine = engine
    this.#folder = folder
    this.#specification = specification
    this.#path = join(folder.containers, specification.id)
    this.log = new FileLog(join(this.#path, 'log.jsonl'))
  }

  get specification(): ContainerSpecification {
    return this.#specification
  }

  /** A container whose process was killed has ended with it. */
  get state(): ContainerState {
    if (this.#local) return this.#local.state
    const path = join(this.#path, 'state.json')
    if (!existsSync(path)) return { ...CREATED, status: 'exited' }
    const { pid, ...state } = readJson<KeptState>(path)
    const isUp = state.status === 'running' || state.status === 'paused'
    if (!isUp || (pid !== undefined && isAlive(pid))) return state
    const dead: ContainerState = { ...state, status: 'exited', exitCode: 137, finishedAt: statSync(path).mtimeMs }
    writeWhole(path, dead)
    return dead
  }

  async start(how: { readonly size?: Size } = {}): Promise<Attachment> {
    if (this.#isElsewhere) return this.attach()
    const local = await this.#openLocal()
    const attachment = await local.start(how)
    setTimeout(() => void this.serve(), SERVE_AFTER).unref()
    return { ...attachment, ended: attachment.ended.then(status => this.#kept.then(() => status)) }
  }

  async startDetached(): Promise<void> {
    const { startSupervisor } = await import('./start-supervisor.ts')
    await startSupervisor(this.#specification.id)
  }

  async attach(): Promise<Attachment> {
    if (this.#local) return this.#local.attach()
    this.#requireRunning()
    const { openSession } = await import('./control-client.ts')
    return openSession(this.#socket, { op: 'attach' })
  }

  async exec(how: ExecOptions): Promise<Attachment> {
    if (this.#local) return this.#local.exec(how)
    this.#requireRunning()
    const { openSession } = await import('./control-client.ts')
    return openSession(this.#socket, { op: 'exec', how })
  }

  async kill(signal: string): Promise<void> {
    if (this.#local) return this.#local.kill(signal)
    await this.#ask({ op: 'kill', signal })
  }

  async stop(graceSeconds?: number): Promise<void> {
    if (this.#local) return this.#local.stop(graceSeconds)
    if (this.#isElsewhere) await this.#ask({ op: 'stop', seconds: graceSeconds ?? null })
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
    if (this.#local) return this.#local.wait()
    if (!this.#isElsewhere) return this.state.exitCode
    try {
      return Number(await this.#ask({ op: 'wait' }))
    } catch (error) {
      // It ended while we asked.
      if (this.#isElsewhere) throw error
      return this.state.exitCode
    }
  }

  async processes(): Promise<readonly ProcessRow[]> {
    if (this.#local) return this.#local.processes()
    // The other side answers with processRows.
    return (await this.#ask({ op: 'processes' })) as readonly ProcessRow[]
  }

  async rename(name: string): Promise<void> {
    if (this.#isElsewhere) await this.#ask({ op: 'rename', name })
    await this.keepName(name)
  }

  async keepName(name: string): Promise<void> {
    this.#specification = { ...this.#specification, name }
    writeWhole(join(this.#path, 'specification.json'), this.#specification)
  }

  async files(): Promise<ContainerFiles> {
    if (this.#local) return this.#local.files()
    if (!this.#isElsewhere) return (await this.#openStopped()).files()
    const tar = Buffer.from(String(await this.#ask({ op: 'files' })), 'base64')
    return (await this.#openWith(tar)).files()
  }

  async putArchive(path: string, tar: Uint8Array): Promise<void> {
    if (this.#local) return this.#local.putArchive(path, tar)
    if (this.#isElsewhere) {
      await this.#ask({ op: 'put', path, tar: Buffer.from(tar).toString('base64') })
      return
    }
    const container = await this.#openStopped()
    await container.putArchive(path, tar)
    writeBytes(join(this.#path, 'files.tar'), await container.changedFiles())
  }

  /** Opens the control socket, so that other processes reach what runs in this one. */
  async serve(): Promise<void> {
    const container = this.#local
    if (!container?.container.isRunning) return
    const { serveContainer } = await import('./control-server.ts')
    const server = await serveContainer({ container, rename: name => this.keepName(name) }, this.#socket)
    server.unref()
  }

  /** Resolves when what it changed and how it ended are on disk. */
  #kept: Promise<void> = Promise.resolve()

  get #socket(): string {
    return socketPath(this.#folder, this.#specification.id)
  }

  get #isElsewhere(): boolean {
    const { status } = this.state
    return !this.#local && (status === 'running' || status === 'paused')
  }

  #requireRunning(): void {
    if (!this.#isElsewhere) throw new EngineError('not-running', `container ${this.#specification.id} is not running`)
  }

  async #ask(request: Request): Promise<unknown> {
    this.#requireRunning()
    const { ask } = await import('./control-client.ts')
    return ask(this.#socket, request)
  }

  async #openLocal(): Promise<LocalContainer> {
    let keep: () => void = () => {}
    this.#kept = new Promise(resolve => (keep = resolve))
    const local = await this.#openStopped((container, state) => {
      if (state.status !== 'exited') return this.#keepState(state)
      void this.#keepEnd(container, state).then(keep)
    })
    this.#local = local
    return local
  }

  #openStopped(onState?: (container: LocalContainer, state: ContainerState) => void): Promise<LocalContainer> {
    const path = join(this.#path, 'files.tar')
    return this.#openWith(existsSync(path) ? readFileSync(path) : undefined, onState)
  }

  async #openWith(
    tar: Uint8Array | undefined,
    onState?: (container: LocalContainer, state: ContainerState) => void,
  ): Promise<LocalContainer> {
    const around = await this.#engine.surroundings(this.#specification)
    const opened: LocalContainer = new LocalContainer(this.#specification, {
      ...around,
      log: this.log,
      ...(onState ? { onState: state => onState(opened, state) } : {}),
    })
    withChanges(opened.container.root, tar)
    return opened
  }

  #keepState(state: ContainerState): void {
    const kept: KeptState = { ...state, pid: process.pid }
    writeWhole(join(this.#path, 'state.json'), kept)
  }

  async #keepEnd(container: LocalContainer, state: ContainerState): Promise<void> {
    this.log.flush()
    rmSync(this.#socket, { force: true })
    if (this.#specification.autoRemove) {
      rmSync(this.#path, { recursive: true, force: true })
      return
    }
    writeBytes(join(this.#path, 'files.tar'), await container.changedFiles())
    this.#keepState(state)
  }
}

function writeWhole(path: string, value: unknown): void {
  writeBytes(path, Buffer.from(JSON.stringify(value)))
}

function writeBytes(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.tmp-${process.pid}`
  writeFileSync(temporary, bytes)
  renameSync(temporary, path)
}

function readJson<T>(path: string): T {
  // Written by this file.
  return JSON.parse(readFileSync(path, 'utf8')) as T
}
