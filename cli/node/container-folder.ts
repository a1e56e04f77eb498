// One container's folder, as any process may read it: what it is made of, how it is, its log, its changes, and who runs it.

import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedPort } from '../../engine/published-port.ts'
import { type ContainerSpecification, type ContainerState, CREATED } from '../../engine/specification.ts'
import { hasCode } from './host-error.ts'
import { lockOwner, tryLock, unlock } from './lock.ts'
import { parseJsonFile, writeWhole } from './whole-files.ts'

/** 128 + SIGKILL: what is said of a container whose process is gone. */
const KILLED = 137

export class ContainerFolder {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** The specification is written last: a container is there once it is. */
  create(specification: ContainerSpecification): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 })
    this.keepState(CREATED)
    this.keepSpecification(specification)
  }

  /** undefined: there is no such container, or not any more. */
  get specification(): ContainerSpecification | undefined {
    return parseJsonFile<ContainerSpecification>(this.#file('specification.json'))
  }

  keepSpecification(specification: ContainerSpecification): void {
    writeWhole(this.#file('specification.json'), JSON.stringify(specification))
  }

  /** A container whose process was killed, or was cut off by a reboot, has ended with it: that is put right on disk too. */
  get state(): ContainerState {
    const state = parseJsonFile<ContainerState>(this.#file('state.json'))
    if (!state) return { ...CREATED, status: existsSync(this.path) ? 'exited' : 'removing', exitCode: KILLED }
    if (!isUp(state) || this.isTaken) return state
    // It may have ended properly between the two looks.
    const again = parseJsonFile<ContainerState>(this.#file('state.json')) ?? state
    if (!isUp(again) || !existsSync(this.path)) return again
    const finishedAt = lastChange(this.#file('log.jsonl')) ?? lastChange(this.#file('state.json')) ?? again.startedAt
    const dead: ContainerState = { ...again, status: 'exited', exitCode: KILLED, finishedAt }
    this.keepState(dead)
    return dead
  }

  keepState(state: ContainerState): void {
    writeWhole(this.#file('state.json'), JSON.stringify(state))
  }

  /** Where its published ports are on the host, while it runs. */
  get ports(): readonly PublishedPort[] {
    return parseJsonFile<readonly PublishedPort[]>(this.#file('ports.json')) ?? []
  }

  keepPorts(ports: readonly PublishedPort[]): void {
    writeWhole(this.#file('ports.json'), JSON.stringify(ports))
  }

  /** Whether a process that is alive runs it, or is about to. */
  get isTaken(): boolean {
    return lockOwner(this.#file('pid')) !== undefined
  }

  /** This process will run it. false: another one has it. */
  take(): boolean {
    return tryLock(this.#file('pid'))
  }

  release(): void {
    unlock(this.#file('pid'))
  }

  /** What it changed in its tree, as a layer; undefined: nothing has been kept. */
  get changes(): Uint8Array | undefined {
    try {
      return readFileSync(this.#file('files.tar'))
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
      return undefined
    }
  }

  keepChanges(tar: Uint8Array): void {
    writeWhole(this.#file('files.tar'), tar)
  }

  /** Tells one set of kept changes from another. */
  get changesStamp(): string {
    const stat = statSync(this.#file('files.tar'), { bigint: true, throwIfNoEntry: false })
    return stat ? `${stat.size}-${stat.mtimeNs}` : 'none'
  }

  get journalPath(): string {
    return this.#file('changes.journal')
  }

  get logPath(): string {
    return this.#file('log.jsonl')
  }

  /** The specification goes first: from then on nobody finds it. */
  remove(): void {
    rmSync(this.#file('specification.json'), { force: true })
    rmSync(this.path, { recursive: true, force: true })
  }

  #file(name: string): string {
    return join(this.path, name)
  }
}

function isUp({ status }: ContainerState): boolean {
  return status === 'running' || status === 'paused'
}

function lastChange(path: string): number | undefined {
  return existsSync(path) ? statSync(path).mtimeMs : undefined
}
