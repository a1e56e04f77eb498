// What the checks of one test file have in common.

import type { BoxFiles } from '../engine/box-files.ts'
import type { RunConfig } from '../image/config.ts'
import type { Prepared, Settings, State } from './prepared.ts'

export interface Context {
  readonly prepared: Prepared
  /** What metadataTest looks at. */
  readonly metadata: RunConfig
  readonly settings: Settings
  /** The image with globalEnvVars. */
  readonly state: State
  readonly files: BoxFiles
  readonly snapshots: Snapshots
}

/** What earlier runs printed, kept beside the test file. */
export interface Snapshots {
  readonly isUpdating: boolean
  get(name: string): string | undefined
  set(name: string, text: string): void
}
