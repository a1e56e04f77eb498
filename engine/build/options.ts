// What a build is asked for, and what it gives.

import type { Image, Store } from '../../image/store.ts'
import type { CowFileSystem } from '../../kernel/vfs/cow.ts'
import type { SourceTree } from './context.ts'
import type { Warning } from './dockerfile.ts'
import type { IgnoreFile } from './ignore.ts'
import type { Progress } from './progress.ts'

/** A context by name (--build-context): files, or an image that stands for the name. */
export type NamedContext =
  | { readonly kind: 'tree'; readonly tree: SourceTree }
  | { readonly kind: 'image'; readonly name: string }

/** Steps that another build remembered, with their layers. */
export type CacheSource = Pick<Store, 'remembered' | 'get'>
/** Where a build leaves its steps for another. */
export type CacheTarget = Pick<Store, 'remember' | 'put'>

export interface BuildOptions {
  readonly dockerfile: string
  /** What the Dockerfile is called in messages. */
  readonly dockerfileName?: string
  readonly context: SourceTree
  /** What hides files of the context: for the build checks. */
  readonly ignore?: IgnoreFile
  /** Names for the image; none: it stays unnamed. */
  readonly tags?: readonly string[]
  readonly buildArgs?: ReadonlyMap<string, string>
  readonly target?: string
  readonly labels?: Readonly<Record<string, string>>
  /** On the manifest. */
  readonly annotations?: Readonly<Record<string, string>>
  readonly noCache?: boolean
  /** Stages, by name, whose steps are done again. */
  readonly noCacheFilter?: readonly string[]
  readonly cacheFrom?: readonly CacheSource[]
  readonly cacheTo?: readonly CacheTarget[]
  /** The image tells what its layers were made by, so that it can be a cache itself. */
  readonly inlineCache?: boolean
  /** Images are asked for at their registry even when they are here. */
  readonly pull?: boolean
  readonly contexts?: ReadonlyMap<string, NamedContext>
  /** By id. */
  readonly secrets?: ReadonlyMap<string, Uint8Array>
  /** Seconds since the epoch: the time of everything (SOURCE_DATE_EPOCH). */
  readonly sourceDateEpoch?: number
  readonly platform?: string
  /** All layers of the stage as one. */
  readonly squash?: boolean
  /** An image of the store; its blobs without listing it; or nothing but the files. */
  readonly keeps?: 'image' | 'blobs' | 'nothing'
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export interface BuildResult {
  /** undefined: none was asked for. */
  readonly image: Image | undefined
  readonly warnings: readonly Warning[]
  /** The files of the target. */
  tree(): Promise<CowFileSystem>
}
