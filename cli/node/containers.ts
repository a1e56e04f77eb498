// The containers of a state folder, whoever runs them.

import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Engine, nameInUse } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import { type ContainerHandle, type Containers, findAmong, type RemoveOptions } from '../../engine/handle.ts'
import { stillRunning } from '../../engine/memory-containers.ts'
import type { ContainerSpecification } from '../../engine/specification.ts'
import { makeVolumes, removeAnonymous } from '../../engine/volumes.ts'
import { ContainerFolder } from './container-folder.ts'
import { hasCode } from './host-error.ts'
import { withLock } from './lock.ts'
import { NodeContainer } from './node-container.ts'
import { type StateFolder, socketPath } from './state-folder.ts'
import { removeIfThere } from './whole-files.ts'

/** How long a command that is over waits for those who were attached to what it ran. */
const LAST_ANSWERS = 1_000

export interface NodeContainersOptions {
  readonly engine: Engine
  readonly folder: StateFolder
  /** What starts this program again, for background processes: the words before `--supervise`. */
  readonly command: readonly string[]
  readonly hasTerminal?: boolean
}

export class NodeContainers implements Containers {
  readonly canPublish = true
  readonly #how: NodeContainersOptions
  readonly #open = new Map<string, NodeContainer>()

  constructor(how: NodeContainersOptions) {
    this.#how = how
  }

  /** Newest first. */
  async list(): Promise<readonly NodeContainer[]> {
    const found = this.#ids().flatMap(id => this.#at(id) ?? [])
    return found.sort((a, b) => b.specification.created - a.specification.created)
  }

  async find(nameOrId: string): Promise<NodeContainer | undefined> {
    const found = findAmong(await this.list(), nameOrId)
    if (found === 'ambiguous') {
      throw new EngineError('no-such-container', `Multiple IDs found with provided prefix: ${nameOrId}`)
    }
    return found
  }

  /** Throws EngineError `name-in-use` when another process was quicker. */
  async create(specification: ContainerSpecification): Promise<NodeContainer> {
    mkdirSync(this.#how.folder.containers, { recursive: true, mode: 0o700 })
    return withLock(join(this.#how.folder.containers, 'lock'), async () => {
      const other = (await this.list()).find(container => container.specification.name === specification.name)
      if (other) throw nameInUse(specification.name, other.specification.id)
      makeVolumes(this.#how.engine.volumes, specification)
      this.#folderOf(specification.id).create(specification)
      return this.#remember(specification)
    })
  }

  async remove(handle: ContainerHandle, how: RemoveOptions): Promise<void> {
    const { id } = handle.specification
    const { status } = handle.state
    if (status === 'running' || status === 'paused') {
      if (!how.force) throw stillRunning(id)
      await handle.stop(0)
    }
    this.#folderOf(id).remove()
    if (how.volumes || handle.specification.autoRemove) this.#removeVolumes(handle.specification)
    // It may lie elsewhere, and a process that was killed has left it.
    removeIfThere(socketPath(this.#how.folder, id))
    this.#open.delete(id)
  }

  /** Ends what still runs in this process, which is about to end itself, and keeps how it ended. */
  async close(): Promise<void> {
    for (const container of this.#open.values()) {
      if (container.isHere) await container.stop(0)
      await container.answered(LAST_ANSWERS)
    }
  }

  #ids(): readonly string[] {
    try {
      return readdirSync(this.#how.folder.containers)
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
      return []
    }
  }

  /** As it is on disk now, for another process may have renamed or removed it. */
  #at(id: string): NodeContainer | undefined {
    const known = this.#open.get(id)
    if (known?.isHere) return known
    const specification = /^[0-9a-f]{64}$/.test(id) ? this.#folderOf(id).specification : undefined
    if (!specification) return undefined
    return known?.specification.name === specification.name ? known : this.#remember(specification)
  }

  #remember(specification: ContainerSpecification): NodeContainer {
    const { engine, folder, command, hasTerminal = false } = this.#how
    const { id } = specification
    const place = {
      ...{ engine, command, hasTerminal },
      folder: this.#folderOf(id),
      socket: socketPath(folder, id),
      removeVolumes: (made: ContainerSpecification) => this.#removeVolumes(made),
    }
    const container = new NodeContainer(specification, place)
    this.#open.set(id, container)
    return container
  }

  /** Those that no other container has mounted by their names. */
  #removeVolumes({ mounts }: ContainerSpecification): void {
    if (!mounts.some(({ anonymous }) => anonymous)) return
    const others = this.#ids().flatMap(id => this.#at(id)?.specification.mounts ?? [])
    removeAnonymous(this.#how.engine.volumes, mounts, others)
  }

  #folderOf(id: string): ContainerFolder {
    return new ContainerFolder(join(this.#how.folder.containers, id))
  }
}
