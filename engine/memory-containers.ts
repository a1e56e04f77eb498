// Containers that live as long as the engine: the library's, and the tab's.

import { applyLayer } from '../image/apply.ts'
import { layerTar } from '../image/diff.ts'
import { parseSignal } from '../kernel/signal.ts'
import type { CowFileSystem } from '../kernel/vfs/cow.ts'
import { changedSize } from './changed-size.ts'
import { Container, type ContainerSurroundings, type ExecOptions, type Session, type Size } from './container.ts'
import { EngineError } from './errors.ts'
import {
  type Attachment,
  type ContainerFiles,
  type ContainerHandle,
  type Containers,
  findAmong,
  type ProcessRow,
  type RemoveOptions,
} from './handle.ts'
import { type LogStore, MemoryLog } from './logs.ts'
import { processRows } from './processes.ts'
import type { PublishedPort } from './published-port.ts'
import { putArchive } from './put-archive.ts'
import type { ContainerSpecification, ContainerState } from './specification.ts'
import type { StreamName } from './tap.ts'
import { makeVolumes, removeAnonymous, type Volumes } from './volumes.ts'

export type Surroundings = Omit<ContainerSurroundings, 'onState' | 'state'>

export class LocalContainer implements ContainerHandle {
  #specification: ContainerSpecification
  readonly container: Container
  readonly log: LogStore
  readonly #baseLayers: number
  readonly #onEnd: (container: LocalContainer) => void

  constructor(
    specification: ContainerSpecification,
    around: ContainerSurroundings & { readonly log?: LogStore; readonly onEnd?: (container: LocalContainer) => void },
  ) {
    this.#specification = specification
    this.log = around.log ?? new MemoryLog()
    this.#onEnd = around.onEnd ?? (() => {})
    this.container = new Container(specification, around)
    this.#baseLayers = this.container.prepare()
    const keep = (bytes: Uint8Array, stream: StreamName) =>
      this.log.append({ time: around.host.clock.now(), stream, bytes })
    this.container.output.listen(Object.assign(keep, { copies: () => this.log.copies ?? false }))
  }

  get specification(): ContainerSpecification {
    return this.#specification
  }

  get state(): ContainerState {
    return this.container.state
  }

  /** What lends them is a host's business. */
  get ports(): readonly PublishedPort[] {
    return []
  }

  async start(how: { readonly size?: Size } = {}): Promise<Attachment> {
    if (this.container.isRunning) return attach(this.container.main)
    const session = this.container.start(how)
    void session.ended.then(() => this.#onEnd(this))
    return attach(session)
  }

  async startDetached(): Promise<void> {
    const attachment = await this.start()
    attachment.detach()
  }

  async attach(): Promise<Attachment> {
    return attach(this.container.main)
  }

  async exec(how: ExecOptions): Promise<Attachment> {
    return attach(this.container.exec(how))
  }

  async kill(signal: string): Promise<void> {
    const number = parseSignal(signal)
    if (!number) throw new EngineError('invalid-option', `invalid signal: ${signal}`)
    this.container.kill(number)
  }

  stop(graceSeconds?: number): Promise<void> {
    return this.container.stop(graceSeconds)
  }

  async pause(): Promise<void> {
    this.container.pause()
  }

  async unpause(): Promise<void> {
    this.container.unpause()
  }

  wait(): Promise<number> {
    return this.container.wait()
  }

  async processes(): Promise<readonly ProcessRow[]> {
    return processRows(this.container.kernel)
  }

  async rename(name: string): Promise<void> {
    this.#specification = { ...this.#specification, name }
  }

  async files(): Promise<ContainerFiles> {
    const { root } = this.container
    return { root, base: root.at(this.#baseLayers) }
  }

  async changedSize(): Promise<number> {
    return changedSize(await this.files())
  }

  async putArchive(path: string, tar: Uint8Array): Promise<void> {
    putArchive(this.container.root, path, tar)
  }

  /** What it changed, as a layer: what a host keeps of a stopped container. */
  async changedFiles(): Promise<Uint8Array> {
    const { root, base } = await this.files()
    return layerTar(base, root)
  }
}

/**
 * What is printed before somebody listens is kept for the first who does: a command may have ended by then.
 * An attachment that nobody will listen to must be detached.
 */
function attach(session: Session): Attachment {
  const early: [bytes: Uint8Array, stream: StreamName][] = []
  const stops = [session.listen((bytes, stream) => void early.push([bytes, stream]))]
  const stopAll = () => {
    for (const stop of stops.splice(0)) stop()
  }
  return {
    write: bytes => session.write(bytes),
    closeInput: () => session.closeInput(),
    resize: size => session.resize(size),
    listen(listener) {
      if (early.length > 0 || stops.length === 1) stopAll()
      // One that fails has gone away, as Tap has it.
      for (const [bytes, stream] of early.splice(0)) listener(bytes, stream)?.catch(() => undefined)
      const stop = session.listen(listener)
      stops.push(stop)
      return stop
    },
    ended: session.ended,
    detach: stopAll,
  }
}

export class MemoryContainers implements Containers {
  readonly canPublish = false
  readonly #all = new Map<string, LocalContainer>()
  readonly #open: (specification: ContainerSpecification) => Promise<Surroundings>
  readonly #volumes: Volumes

  /** `open`: the tree and the surroundings that a new container gets. */
  constructor(open: (specification: ContainerSpecification) => Promise<Surroundings>, volumes: Volumes) {
    this.#open = open
    this.#volumes = volumes
  }

  async list(): Promise<readonly LocalContainer[]> {
    return [...this.#all.values()].sort((a, b) => b.specification.created - a.specification.created)
  }

  async find(nameOrId: string): Promise<LocalContainer | undefined> {
    const found = findAmong([...this.#all.values()], nameOrId)
    if (found === 'ambiguous') {
      throw new EngineError('no-such-container', `Multiple IDs found with provided prefix: ${nameOrId}`)
    }
    return found
  }

  async create(specification: ContainerSpecification): Promise<LocalContainer> {
    makeVolumes(this.#volumes, specification)
    const container = new LocalContainer(specification, {
      ...(await this.#open(specification)),
      onEnd: ended => {
        if (ended.specification.autoRemove) this.#forget(ended.specification, { volumes: true })
      },
    })
    this.#all.set(specification.id, container)
    return container
  }

  async remove(handle: ContainerHandle, how: RemoveOptions): Promise<void> {
    const container = this.#all.get(handle.specification.id)
    if (!container) return
    if (container.container.isRunning) {
      if (!how.force) throw stillRunning(handle.specification.id)
      await container.kill('KILL')
      await container.wait()
    }
    this.#forget(handle.specification, { volumes: how.volumes ?? false })
  }

  #forget({ id, mounts }: ContainerSpecification, { volumes }: { readonly volumes: boolean }): void {
    this.#all.delete(id)
    if (!volumes) return
    const others = [...this.#all.values()].flatMap(({ specification }) => specification.mounts)
    removeAnonymous(this.#volumes, mounts, others)
  }
}

/** docker 28's words. */
export function stillRunning(id: string): EngineError {
  return new EngineError(
    'still-running',
    `cannot remove container "${id}": container is running: stop the container before removing or force remove`,
  )
}

/** A tree with the changes that a host kept of a container. */
export function withChanges(root: CowFileSystem, tar: Uint8Array | undefined): CowFileSystem {
  if (tar) applyLayer(root, tar)
  return root
}
