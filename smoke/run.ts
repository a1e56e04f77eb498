// Runs checks: some at a time, in order of their list, as many as the first failure allows.

import type { Check, Result } from './check.ts'

export interface RunHow {
  /** How many at a time. */
  readonly jobs: number
  /** No new check is begun after one has failed. */
  readonly isBailing: boolean
  /** Monotonic milliseconds. */
  readonly now: () => number
}

/** The results of those that were run, in the order of the checks. */
export async function runChecks(checks: readonly Check[], how: RunHow): Promise<Result[]> {
  const results: (Result | undefined)[] = []
  let next = 0
  let hasFailed = false
  const work = async (): Promise<void> => {
    while (next < checks.length && !(hasFailed && how.isBailing)) {
      const index = next++
      const check = checks[index]
      if (!check) return
      const result = await runOne(check, how.now)
      hasFailed ||= !result.isPassed
      results[index] = result
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, how.jobs) }, work))
  return results.filter(result => result !== undefined)
}

async function runOne(check: Check, now: () => number): Promise<Result> {
  const start = now()
  const outcome = await check.run()
  const duration = Math.round((now() - start) * 1e6)
  return { ...outcome, name: check.name, isPassed: outcome.errors.length === 0, duration }
}

/** `2/3`: every third check, beginning with the second. undefined: no such part. */
export function parseShard(text: string): { readonly index: number; readonly count: number } | undefined {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined
}

export function inShard(
  position: number,
  shard: { readonly index: number; readonly count: number } | undefined,
): boolean {
  return !shard || position % shard.count === shard.index - 1
}
