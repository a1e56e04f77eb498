import type { Result } from '../check.ts'

export interface Summary {
  readonly pass: number
  readonly fail: number
  /** Nanoseconds: of all checks together. */
  readonly duration: number
  readonly results: readonly Result[]
}

export function summarize(results: readonly Result[]): Summary {
  const pass = results.filter(({ isPassed }) => isPassed).length
  const duration = results.reduce((sum, result) => sum + result.duration, 0)
  return { pass, fail: results.length - pass, duration, results }
}
