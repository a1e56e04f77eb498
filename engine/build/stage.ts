// A stage while it is built: its tree, its config, its layers, and the key that names all of that for the cache.

import type { History, RunConfig } from '../../image/config.ts'
import type { Digest } from '../../image/digest.ts'
import type { Descriptor } from '../../image/manifest.ts'
import type { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { encode } from '../../lib/bytes.ts'
import { sha256Hex } from '../../lib/sha256.ts'
import type { Scope } from './substitute.ts'

export interface StageState {
  readonly tree: CowFileSystem
  config: RunConfig
  author: string | undefined
  readonly layers: Descriptor[]
  readonly diffIds: Digest[]
  readonly history: History[]
  /** Chained over every instruction so far: equal keys, equal stages. */
  key: string
  /** Declared ARGs of this stage with their values. */
  readonly args: Map<string, string>
}

export function chainKey(key: string, ...parts: readonly string[]): string {
  return sha256Hex(encode(JSON.stringify([key, ...parts])))
}

/** A state that goes on from another's end, with a tree of its own. */
export function continued(state: StageState, tree: CowFileSystem): StageState {
  return {
    ...state,
    tree,
    layers: [...state.layers],
    diffIds: [...state.diffIds],
    history: [...state.history],
    args: new Map(state.args),
  }
}

/** ENV beats ARG (Dockerfile reference, "Using ARG variables"). */
export function scopeOf(state: StageState, automatic: ReadonlyMap<string, string>): Scope {
  const env = environment(state)
  return {
    get: name => env.get(name) ?? state.args.get(name) ?? (state.args.has(name) ? automatic.get(name) : undefined),
  }
}

export function environment(state: StageState): Map<string, string> {
  return new Map(
    (state.config.Env ?? []).map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )
}

/** Env with names set; those that are there keep their place. */
export function withEnvironment(env: readonly string[], pairs: Iterable<readonly [string, string]>): string[] {
  const merged = new Map(env.map(pair => [pair.slice(0, pair.indexOf('=')), pair]))
  for (const [name, value] of pairs) merged.set(name, `${name}=${value}`)
  return [...merged.values()]
}

export const DEFAULT_SHELL: readonly string[] = ['/bin/sh', '-c']
