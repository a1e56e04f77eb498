// What one process may use, as it may lower it for itself and its children (getrlimit(2)). `Limits` bounds the container.

import { SysError } from './errno.ts'
import type { Limits } from './limits.ts'

/** By setrlimit's names, in the order of /proc/PID/limits. */
export const RESOURCES = [
  'cpu',
  'fsize',
  'data',
  'stack',
  'core',
  'rss',
  'nproc',
  'nofile',
  'memlock',
  'as',
  'locks',
  'sigpending',
  'msgqueue',
  'nice',
  'rtprio',
  'rttime',
] as const

/**
 * Kept to: cpu (seconds), fsize, data and as (bytes that it says it holds), nproc (of a user who is not root), nofile.
 * The others are about things that are not here, or are advice on Linux too (rss), and only remembered.
 */
export type Resource = (typeof RESOURCES)[number]

export interface ResourceLimit {
  readonly soft: number
  readonly hard: number
}

const UNLIMITED: ResourceLimit = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY }

export class ResourceLimits {
  /** Shared with those it was copied from and to, until one of them changes. */
  #limits: ReadonlyMap<Resource, ResourceLimit>
  /** The soft limits that are asked for often: of memory, and of a file's size. */
  #memory = Number.POSITIVE_INFINITY
  #fileSize = Number.POSITIVE_INFINITY

  private constructor(limits: ReadonlyMap<Resource, ResourceLimit>) {
    this.#limits = limits
  }

  /** What a container's first process has. */
  static of({ processes, openFiles }: Limits): ResourceLimits {
    const both = (value: number): ResourceLimit => ({ soft: value, hard: value })
    return new ResourceLimits(
      new Map([
        ['stack', { soft: 8 << 20, hard: Number.POSITIVE_INFINITY }],
        ['core', { soft: 0, hard: Number.POSITIVE_INFINITY }],
        ['nproc', both(processes)],
        ['nofile', both(openFiles)],
        ['memlock', both(8 << 20)],
        ['sigpending', both(processes)],
        ['msgqueue', both(819_200)],
        ['nice', both(0)],
        ['rtprio', both(0)],
      ]),
    )
  }

  /** As fork gives a child. */
  copy(): ResourceLimits {
    const copy = new ResourceLimits(this.#limits)
    copy.#memory = this.#memory
    copy.#fileSize = this.#fileSize
    return copy
  }

  get(resource: Resource): ResourceLimit {
    return this.#limits.get(resource) ?? UNLIMITED
  }

  /** EINVAL a soft limit above the hard one; EPERM a hard one that is raised, which a container's root may not either. */
  set(resource: Resource, limit: ResourceLimit): void {
    if (limit.soft > limit.hard) throw new SysError('EINVAL')
    if (limit.hard > this.get(resource).hard) throw new SysError('EPERM')
    this.#limits = new Map([...this.#limits, [resource, limit]])
    this.#memory = Math.min(this.get('data').soft, this.get('as').soft)
    this.#fileSize = this.get('fsize').soft
  }

  get memory(): number {
    return this.#memory
  }

  get fileSize(): number {
    return this.#fileSize
  }
}
