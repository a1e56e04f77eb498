// What pgrep and pkill share: which processes are meant.

import type { Process } from '../kernel/process.ts'
import { flag, number, UsageError } from '../lib/options.ts'
import { compileRegex, RegexError } from '../lib/regex/index.ts'
import { Failure } from './applet.ts'
import { type ProcessEntry, readProcesses } from './process-table.ts'

export const MATCH_OPTIONS = {
  full: flag('-f', 'Match the whole command line'),
  newest: flag('-n', 'Only the newest'),
  oldest: flag('-o', 'Only the oldest'),
  inverted: flag('-v', 'Those that do not match'),
  exact: flag('-x', 'The whole name must match'),
  session: number('-s', 'SID', 'Of this session (0: the own)', undefined, { least: 0 }),
  parent: number('-P', 'PPID', 'With this parent', undefined, { least: 0 }),
}

export interface MatchOptions {
  readonly full: boolean
  readonly newest: boolean
  readonly oldest: boolean
  readonly inverted: boolean
  readonly exact: boolean
  readonly session: number | undefined
  readonly parent: number | undefined
}

/** By pid, without the one that asks. Without a pattern, -s or -P must say whom. */
export function matchProcesses(proc: Process, options: MatchOptions, operands: readonly string[]): ProcessEntry[] {
  const { session, parent, newest, oldest } = options
  const [pattern] = operands
  if (operands.length > 1 || (pattern === undefined && session === undefined && parent === undefined))
    throw new UsageError('')
  const matches = pattern === undefined ? () => true : nameTest(pattern, options)
  const found = readProcesses(proc).filter(entry => {
    if (entry.pid === proc.pid) return false
    const isWanted =
      (session === undefined || entry.sid === (session === 0 ? proc.sid : session)) &&
      (parent === undefined || entry.ppid === parent)
    return (isWanted && matches(entry)) !== options.inverted
  })
  if (newest) return found.slice(-1)
  return oldest ? found.slice(0, 1) : found
}

function nameTest(pattern: string, { full, exact }: MatchOptions): (entry: ProcessEntry) => boolean {
  const regex = compiled(pattern)
  return ({ comm, argv }) => {
    const name = full ? argv.join(' ') || comm : comm
    const match = regex.exec(name)
    return match !== undefined && (!exact || (match.start === 0 && match.end === name.length))
  }
}

function compiled(pattern: string) {
  try {
    return compileRegex(pattern, { syntax: 'extended' })
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(`bad regex '${pattern}': ${error.message}`)
  }
}
