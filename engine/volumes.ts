// Named trees that outlive containers, and what docker asks of them (docker CLI reference, "docker volume").

import type { FileSystem } from '../kernel/vfs/inode.ts'
import type { Engine } from './engine.ts'
import { EngineError } from './errors.ts'
import type { ContainerSpecification, MountSpecification } from './specification.ts'

export interface Volume {
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly created: number
  readonly labels: Readonly<Record<string, string>>
  /** Where a host keeps its files; empty: in memory. */
  readonly mountpoint: string
}

/** Where a host keeps volumes. A name that was not asked of `requireVolumeName` must not come here. */
export interface Volumes {
  /** By name. */
  list(): readonly Volume[]
  find(name: string): Volume | undefined
  /** The one of that name that there is, or a new one. */
  create(name: string, labels?: Readonly<Record<string, string>>): Volume
  /** Its files; it is made when it is not there. */
  open(name: string): FileSystem
  /** Nothing when it is not there. */
  remove(name: string): void
}

/** docker's mark of a volume that was given no name. */
export const ANONYMOUS: Readonly<Record<string, string>> = { 'com.docker.volume.anonymous': '' }

export function isAnonymous({ labels }: Volume): boolean {
  return Object.keys(ANONYMOUS).every(label => label in labels)
}

/** Throws EngineError `invalid-name` in docker's words. */
export function requireVolumeName(name: string): void {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return
  const reason =
    name.length === 1
      ? 'volume name is too short, names should be at least two alphanumeric characters'
      : `"${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`
  throw new EngineError('invalid-name', `create ${name}: ${reason}`)
}

/** Throws EngineError `no-such-volume`. */
export function requireVolume({ volumes }: Engine, name: string): Volume {
  const found = volumes.find(name)
  if (!found) throw new EngineError('no-such-volume', `get ${name}: no such volume`)
  return found
}

/** Throws EngineError `no-such-volume`; `in-use` when a container has it, running or not. */
export async function removeVolume(engine: Engine, name: string): Promise<void> {
  requireVolume(engine, name)
  const users = (await usersOf(engine)).get(name)
  if (users) throw new EngineError('in-use', `remove ${name}: volume is in use - [${users.join(', ')}]`)
  engine.volumes.remove(name)
}

/** Ids of the containers that have a volume mounted, by its name. */
export async function usersOf({ containers }: Engine): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Map<string, string[]>()
  for (const { specification } of await containers.list()) {
    for (const { type, source } of specification.mounts) {
      if (type === 'volume') users.set(source, [...(users.get(source) ?? []), specification.id])
    }
  }
  return users
}

/** Removes those that no container has and that `isWanted`; which, and how many bytes they held. */
export async function pruneVolumes(
  engine: Engine,
  isWanted: (volume: Volume) => boolean,
): Promise<{ readonly removed: readonly string[]; readonly size: number }> {
  const users = await usersOf(engine)
  const unused = engine.volumes.list().filter(volume => !users.has(volume.name) && isWanted(volume))
  const size = unused.reduce((sum, { name }) => sum + volumeSize(engine.volumes, name), 0)
  for (const { name } of unused) engine.volumes.remove(name)
  return { removed: unused.map(({ name }) => name), size }
}

/** Those that a new container mounts. */
export function makeVolumes(volumes: Volumes, { mounts }: ContainerSpecification): void {
  for (const { type, source, anonymous } of mounts) {
    if (type === 'volume') volumes.create(source, anonymous ? ANONYMOUS : {})
  }
}

/** The volumes without a name of a container that goes, unless others have mounted them by what they are called. */
export function removeAnonymous(
  volumes: Volumes,
  mounts: readonly MountSpecification[],
  others: readonly MountSpecification[],
): void {
  const isTaken = (name: string) => others.some(({ type, source }) => type === 'volume' && source === name)
  for (const { anonymous, source } of mounts) if (anonymous && !isTaken(source)) volumes.remove(source)
}

/** Bytes of its files, each counted once. */
export function volumeSize(volumes: Volumes, name: string): number {
  const sizes = new Map<number, number>()
  const pending = [volumes.open(name).root]
  for (let at = pending.pop(); at; at = pending.pop()) {
    if (at.kind === 'file') sizes.set(at.ino, at.stat().size)
    if (at.kind === 'directory') for (const [, inode] of at.entries()) pending.push(inode)
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}
