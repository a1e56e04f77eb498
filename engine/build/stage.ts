// A stage while it is built: its tree, its config, its layers.

import type { History, RunConfig } from '../../image/config.ts'
import type { Digest } from '../../image/digest.ts'
import type { Descriptor, Platform } from '../../image/manifest.ts'
import { encode } from '../../lib/bytes.ts'
import { sha256Hex } from '../../lib/sha256.ts'
import type { StageTree } from './stage-tree.ts'
import type { Scope } from './substitute.ts'

export interface StageState {
  readonly tree: StageTree
  readonly platform: Platform
  config: RunConfig
  author: string | undefined
  readonly layers: Descriptor[]
  readonly diffIds: Digest[]
  readonly history: History[]
  /** When its newest layer was made (RFC 3339): what only changes the config is as old, as with BuildKit. */
  created: string
  /** Declared ARGs of this stage with their values; undefined: declared, and given none. */
  readonly args: Map<string, string | undefined>
}

/** The config and ARGs: what variables are looked up in. */
export type StageVariables = Pick<StageState, 'config' | 'args'>

export function hashKey(...parts: readonly string[]): string {
  return sha256Hex(encode(JSON.stringify(parts)))
}

/**
 * What the cache takes a stage's files for: the layers they are made of. Not the instructions that made them: a step that
 * gives the same layer again keeps the steps after it cached, as in BuildKit.
 */
export function filesKey({ diffIds }: StageState): string {
  return hashKey(...diffIds)
}

/** A state that goes on from another's end, with a tree of its own. */
export function continued(state: StageState, tree: StageTree): StageState {
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
export function scopeOf({ config, args }: StageVariables): Scope {
  const env = environment(config)
  return { get: name => env.get(name) ?? args.get(name) }
}

export function environment({ Env = [] }: RunConfig): Map<string, string> {
  return new Map(Env.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

/** Env with names set; those that are there keep their place. */
export function withEnvironment(env: readonly string[], pairs: Iterable<readonly [string, string]>): string[] {
  const merged = new Map(env.map(pair => [pair.slice(0, pair.indexOf('=')), pair]))
  for (const [name, value] of pairs) merged.set(name, `${name}=${value}`)
  return [...merged.values()]
}

export const DEFAULT_SHELL: readonly string[] = ['/bin/sh', '-c']
