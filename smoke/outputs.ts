// What a command printed and how it ended, held against what was expected: in container-structure-test's words.

import type { Pattern } from './schema.ts'

export interface Expected {
  readonly exitCode?: number
  readonly expectedOutput?: readonly Pattern[]
  readonly excludedOutput?: readonly Pattern[]
  readonly expectedError?: readonly Pattern[]
  readonly excludedError?: readonly Pattern[]
}

export function outputErrors(expected: Expected, { stdout, stderr }: { stdout: string; stderr: string }): string[] {
  return [
    ...missing(expected.expectedError, stderr, 'error'),
    ...present(expected.excludedError, stderr, 'error'),
    ...missing(expected.expectedOutput, stdout, 'output'),
    ...present(expected.excludedOutput, stdout, 'output'),
  ]
}

export function exitErrors(name: string, expected: Expected, exitCode: number): string[] {
  const wanted = expected.exitCode ?? 0
  if (wanted === exitCode) return []
  return [`Test '${name}' exited with incorrect error code. Expected: ${wanted}, Actual: ${exitCode}`]
}

export function missing(patterns: readonly Pattern[] = [], text: string, what: string): string[] {
  const unmet = patterns.filter(pattern => !pattern.matches(text))
  return unmet.map(({ source }) => `Expected string '${source}' not found in ${what} '${text}'`)
}

export function present(patterns: readonly Pattern[] = [], text: string, what: string): string[] {
  const met = patterns.filter(pattern => pattern.matches(text))
  return met.map(({ source }) => `Excluded string '${source}' found in ${what} '${text}'`)
}
