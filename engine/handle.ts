// A container as the command line sees it, wherever it runs: in this engine, or in a background process of the host.

import type { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { ExecOptions, Size } from './container.ts'
import type { LogStore } from './logs.ts'
import type { PublishedPort } from './published-port.ts'
import type { ContainerSpecification, ContainerState } from './specification.ts'
import type { Listener } from './tap.ts'

/** The running end of an attach, exec or run: the same for a local process and for one behind a socket. */
export interface Attachment {
  write(bytes: Uint8Array): void | Promise<void>
  closeInput(): void
  resize(size: Size): void
  listen(listener: Listener): () => void
  /** The exit status: 128 + n for a signal. */
  readonly ended: Promise<number>
  /** Lets go without ending it. */
  detach(): void
}

export interface ProcessRow {
  readonly pid: number
  readonly ppid: number
  readonly pgid: number
  readonly sid: number
  readonly user: string
  readonly uid: number
  readonly gid: number
  /** R, S, T or Z. */
  readonly state: string
  /** Bytes. */
  readonly memory: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Milliseconds. */
  readonly cpu: number
  readonly terminal: string
  /** Whether that terminal's keys go to its group. */
  readonly isForeground: boolean
  readonly comm: string
  readonly command: string
}

export interface ContainerHandle {
  readonly specification: ContainerSpecification
  readonly state: ContainerState
  readonly log: LogStore
  /** Where its published ports are now, with the host's own numbers; none while it does not run. */
  readonly ports: readonly PublishedPort[]
  /** Starts it here and attaches. Throws StartError, EngineError. */
  start(how?: { readonly size?: Size }): Promise<Attachment>
  /** Starts it so that it goes on by itself. Throws StartError, EngineError. */
  startDetached(): Promise<void>
  attach(): Promise<Attachment>
  exec(how: ExecOptions): Promise<Attachment>
  kill(signal: string): Promise<void>
  stop(graceSeconds?: number): Promise<void>
  pause(): Promise<void>
  unpause(): Promise<void>
  /** The exit status, when it has ended. */
  wait(): Promise<number>
  processes(): Promise<readonly ProcessRow[]>
  rename(name: string): Promise<void>
  /** Its files as they are now, and what they lie over: for diff, commit, export and cp. */
  files(): Promise<ContainerFiles>
  /** Bytes of the files that it added or changed. */
  changedSize(): Promise<number>
  /** Unpacks a tar at a directory of the container (`cp` into it). */
  putArchive(path: string, tar: Uint8Array): Promise<void>
}

export interface ContainerFiles {
  /** The tree, changes included. */
  readonly root: CowFileSystem
  /** The tree before the container changed it. */
  readonly base: CowFileSystem
}

/** All containers that there are. */
export interface Containers {
  /** Whether this host can lend ports of its own. */
  readonly canPublish: boolean
  list(): Promise<readonly ContainerHandle[]>
  /** By full name, id, or a beginning of an id that is clear. undefined: none. Throws EngineError when it is not clear. */
  find(nameOrId: string): Promise<ContainerHandle | undefined>
  create(specification: ContainerSpecification): Promise<ContainerHandle>
  /** EngineError `still-running`. */
  remove(handle: ContainerHandle, how: RemoveOptions): Promise<void>
}

export interface RemoveOptions {
  /** Also one that runs, which is killed. */
  readonly force: boolean
  /** Its anonymous volumes too, as --rm does. */
  readonly volumes?: boolean
}

/** docker's rule: an exact name or id first, then a prefix of one id. */
export function findAmong<T extends { readonly specification: ContainerSpecification }>(
  all: readonly T[],
  nameOrId: string,
): T | 'ambiguous' | undefined {
  const name = nameOrId.replace(/^\//, '')
  const exact = all.find(({ specification }) => specification.id === nameOrId || specification.name === name)
  if (exact || nameOrId === '') return exact
  const near = all.filter(({ specification }) => specification.id.startsWith(nameOrId))
  return near.length > 1 ? 'ambiguous' : near[0]
}
