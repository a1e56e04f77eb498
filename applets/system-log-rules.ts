// /etc/syslog.conf: `SELECTOR[;SELECTOR]... FILE`, a selector being `FACILITY[,FACILITY].[!][=]LEVEL` (syslog.conf(5)).

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { Failure } from './applet.ts'
import { FACILITIES, LEVELS } from './system-log.ts'

export interface LogRule {
  readonly action: string
  matches(facility: number, level: number): boolean
}

/** None where there is no file that was not asked for. Throws Failure. */
export function parseLogRules(proc: Process, given: string | undefined): LogRule[] {
  const path = given ?? '/etc/syslog.conf'
  let text: string
  try {
    text = decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (given === undefined) return []
    throw new Failure(`can't open '${path}': ${error.message}`)
  }
  return text.split('\n').flatMap((line, at) => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/)
    if (words[0] === '') return []
    const [selectors = '', action] = words
    if (action === undefined) throw new Failure(`bad line ${at + 1}: 1 tokens found, 2 needed`)
    const levels = levelsOf(selectors)
    if (!levels || words.length > 2) throw new Failure(`error in '${path}' at line ${at + 1}`)
    return { action, matches: (facility, level) => ((levels[facility] ?? 0) & (1 << level)) !== 0 }
  })
}

/** A bit a level, by facility; later selectors change what earlier ones said. undefined: not understood. */
function levelsOf(text: string): number[] | undefined {
  const levels = Array.from({ length: FACILITIES.length }, () => 0)
  for (const selector of text.split(';')) {
    const match = /^([^.]+)\.(!?)(=?)(.+)$/.exec(selector)
    if (!match) return undefined
    const [, names = '', not, equals, level = ''] = match
    const facilities = facilitiesOf(names)
    const bits = bitsOf(level, equals === '=')
    if (!facilities || bits === undefined) return undefined
    for (const facility of facilities) {
      const before = levels[facility] ?? 0
      levels[facility] = level === 'none' ? 0 : not ? before & ~bits : before | bits
    }
  }
  return levels
}

function facilitiesOf(names: string): number[] | undefined {
  if (names === '*') return FACILITIES.map((_, at) => at)
  const found = names.split(',').map(name => FACILITIES.indexOf(name === 'security' ? 'auth' : name))
  return found.includes(-1) ? undefined : found
}

function bitsOf(name: string, isOnlyThis: boolean): number | undefined {
  if (name === '*' || name === 'none') return 0xff
  const aliases: Readonly<Record<string, string>> = { error: 'err', warn: 'warning', panic: 'emerg' }
  const level = LEVELS.indexOf(aliases[name] ?? name)
  if (level < 0) return undefined
  return isOnlyThis ? 1 << level : (1 << (level + 1)) - 1
}
