// What all steps of one build share.

import type { Platform } from '../../image/manifest.ts'
import type { CacheRecord, Image } from '../../image/store.ts'
import type { Engine } from '../engine.ts'
import type { CacheMounts } from './cache-mounts.ts'
import type { Cancellation } from './cancellation.ts'
import type { BuildOptions } from './options.ts'
import type { BuildPlan, Stage } from './plan.ts'
import type { ProgressReporter } from './progress.ts'
import type { StageState } from './stage.ts'

export interface BuildSession {
  readonly engine: Engine
  readonly how: BuildOptions
  readonly plan: BuildPlan
  readonly report: ProgressReporter
  readonly cancellation: Cancellation
  readonly caches: CacheMounts
  /** What is built for, unless FROM says otherwise. */
  readonly platform: Platform
  /** Steps of this build by key: the same step in two stages is done once. */
  readonly made: Map<string, Promise<CacheRecord>>
  /** A stage, built or being built. */
  stage(index: number): Promise<StageState>
  /** An image from the store or its registry; undefined: there is none. */
  image(name: string, platform: Platform): Promise<Image | undefined>
  /** The build context is told of once, when the first step needs it. */
  loadContext(): Promise<void>
}

/** A stage's clock, in nanoseconds. */
export function nanoseconds({ engine }: BuildSession): () => bigint {
  return () => BigInt(Math.round(engine.host.clock.now() * 1000)) * 1000n
}

/** No time in the image is later. */
export function latestTime({ how: { sourceDateEpoch } }: BuildSession): bigint | undefined {
  return sourceDateEpoch === undefined ? undefined : BigInt(sourceDateEpoch) * 1_000_000_000n
}

/** RFC 3339, for the config and its history. */
export function createdTime({ engine, how: { sourceDateEpoch } }: BuildSession): string {
  return new Date(sourceDateEpoch === undefined ? engine.host.clock.now() : sourceDateEpoch * 1000).toISOString()
}

export function isCacheUsed({ how }: BuildSession, stage: Stage): boolean {
  return !how.noCache && !how.noCacheFilter?.some(name => name.toLowerCase() === stage.name)
}
