// What the outside lends the kernel. Time, chance and the event loop come in here and nowhere else.

import type { IncrementalDigest } from '../lib/digest.ts'
import type { Clock } from './clock.ts'
import type { Fetch } from './http.ts'
import type { SpillPages } from './vfs/spill.ts'

export interface Host {
  readonly clock: Clock
  /** Monotonic milliseconds, for time slices and CPU times; real even where the clock is virtual. */
  now(): number
  /** `count` random bytes. With a seed, the same every run. */
  random(count: number): Uint8Array
  /** Resolves after the host's event loop had a turn (timers, input, painting). */
  turn(): Promise<void>
  /** undefined: this host has no network to lend. */
  readonly fetch?: Fetch
  /** A digest that is faster than lib's for much data. undefined: this host has none to lend, and lib's serve. */
  readonly digest?: (algorithm: DigestAlgorithm) => IncrementalDigest
  /** Where pages of large files go instead of into memory. undefined: this host has no such place. */
  readonly spill?: () => SpillPages
}

export type DigestAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** A seeded generator (xoshiro128**) for runs that must repeat; not for keys. */
export function seededRandom(seed: number): (count: number) => Uint8Array {
  let [a, b, c, d] = [seed >>> 0, (seed ^ 0x9e3779b9) >>> 0, (seed ^ 0x85ebca6b) >>> 0, (seed ^ 0xc2b2ae35) >>> 0]
  const next = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9)
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return result >>> 24
  }
  for (let i = 0; i < 16; i++) next()
  return count => Uint8Array.from({ length: count }, next)
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}
