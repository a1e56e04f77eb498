// What a container is made of: the image's config and the flags of `run`, merged once, and kept as plain data.

import type { Healthcheck } from '../image/config.ts'
import type { Limits } from '../kernel/limits.ts'
import type { HealthState } from './health.ts'
import type { PublishedPort } from './published-port.ts'

export interface MountSpecification {
  readonly type: 'bind' | 'volume' | 'tmpfs'
  /** A host path for a bind, a name for a volume. */
  readonly source: string
  /** A volume that was given no name: it goes with the container when that is asked for. */
  readonly anonymous?: true
  /** A volume that is not filled from the image. */
  readonly noCopy?: true
  readonly target: string
  readonly readOnly: boolean
  /** tmpfs: bytes. */
  readonly size?: number
}

/** Everything that `start` needs to know. JSON as it stands. */
export interface ContainerSpecification {
  readonly id: string
  readonly name: string
  /** Milliseconds since the epoch. */
  readonly created: number
  /** The image's name as it was typed, and its config digest. */
  readonly image: string
  readonly imageId: string
  readonly entrypoint: readonly string[]
  readonly cmd: readonly string[]
  /** `NAME=value`, in order. */
  readonly env: readonly string[]
  readonly user: string
  readonly workingDirectory: string
  readonly hostname: string
  readonly tty: boolean
  readonly openStdin: boolean
  readonly readOnly: boolean
  /** An init that forwards signals and reaps, as docker's --init. */
  readonly init: boolean
  readonly autoRemove: boolean
  readonly mounts: readonly MountSpecification[]
  readonly labels: Readonly<Record<string, string>>
  readonly stopSignal: string
  /** Seconds. */
  readonly stopTimeout: number
  /** How its health is looked after; undefined: it is not. */
  readonly healthcheck?: Healthcheck
  /** What runs a check that is a line; undefined: /bin/sh. */
  readonly healthShell?: readonly string[]
  readonly exposedPorts: readonly string[]
  /** Ports that the host lends while it runs. */
  readonly published?: readonly PublishedPort[]
  readonly limits: Partial<Limits>
  /** Extra lines of /etc/hosts: `name:address`. */
  readonly extraHosts: readonly string[]
}

/** The words that run: ENTRYPOINT followed by CMD or by the arguments of `run`. */
export function commandLine(specification: ContainerSpecification): readonly string[] {
  return [...specification.entrypoint, ...specification.cmd]
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'exited' | 'removing' | 'dead'

/** What changes in a container's life. JSON as it stands. */
export interface ContainerState {
  readonly status: ContainerStatus
  readonly exitCode: number
  /** Why a start failed, in docker's words; '' when it did not. */
  readonly error: string
  readonly oomKilled: boolean
  /** Milliseconds since the epoch; 0: never. */
  readonly startedAt: number
  readonly finishedAt: number
  /** undefined: nobody looks after it. */
  readonly health?: HealthState
}

export const CREATED: ContainerState = {
  status: 'created',
  exitCode: 0,
  error: '',
  oomKilled: false,
  startedAt: 0,
  finishedAt: 0,
}
