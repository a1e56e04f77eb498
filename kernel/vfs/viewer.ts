// Through whose eyes a path is read: every process is one.

import type { Credentials } from './credentials.ts'
import type { Location, MountTable } from './mount.ts'
import type { NodeOpener } from './opener.ts'
import type { Nanoseconds } from './stat.ts'

export interface Viewer {
  readonly root: Location
  readonly cwd: Location
  readonly credentials: Credentials
  readonly mounts: MountTable
  /** What opening a fifo or a device gives. */
  readonly opener: NodeOpener
  /** The time that files get. */
  readonly now: () => Nanoseconds
  /** Whose /proc/self this is. Without it there is none. */
  readonly pid?: number
}
