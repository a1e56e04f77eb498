// Pathname expansion (POSIX XCU 2.6.6, 2.14.3): a pattern, name by name.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { compareBytes, encode } from '../../lib/bytes.ts'
import { compilePattern, hasMagic, unescapePattern } from '../../lib/pattern.ts'

/** The paths that match, in byte order; none: the pattern stands for itself. */
export function expandPathname(proc: Process, pattern: string): string[] {
  const names = pattern.split('/')
  let found = ['']
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1
    found = hasMagic(name) ? found.flatMap(path => matchNames(proc, path, name, isLast)) : addName(found, name)
    if (found.length === 0) return []
    if (!isLast) found = found.map(path => `${path}/`)
  }
  // What a pattern has matched is there, searchable or not, as glob(3) has it; what was added behind it may not be.
  const isMatched = hasMagic(names.at(-1) ?? '')
  return sorted(isMatched ? found : found.filter(path => isThere(proc, path)))
}

function addName(paths: readonly string[], name: string): string[] {
  const text = unescapePattern(name)
  return paths.map(path => path + text)
}

function matchNames(proc: Process, path: string, pattern: string, isLast: boolean): string[] {
  const matcher = compilePattern(pattern)
  const wantsDots = pattern.startsWith('.') || pattern.startsWith('\\.')
  const names = isLast ? namesIn(proc, path) : directoriesIn(proc, path)
  // POSIX XCU 2.14.3: a leading dot is matched by a dot only. `.*` also finds `.` and `..`, in ash as in glob(3).
  if (wantsDots) names.push('.', '..')
  const found: string[] = []
  for (const name of names) {
    const isHidden = name.charCodeAt(0) === DOT
    if (isHidden === wantsDots && matcher.matches(name)) found.push(path + name)
  }
  return found
}

const DOT = 46

function namesIn(proc: Process, path: string): string[] {
  return orNone(() => proc.readNames(path === '' ? '.' : path))
}

/** And links, which may lead to such. */
function directoriesIn(proc: Process, path: string): string[] {
  const entries = orNone(() => proc.readDirectory(path === '' ? '.' : path))
  return entries.filter(({ kind }) => kind === 'directory' || kind === 'symlink').map(entry => entry.name)
}

function orNone<T>(read: () => T[]): T[] {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}

function isThere(proc: Process, path: string): boolean {
  try {
    proc.lstat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

/** By bytes: so UTF-16 is ordered too, but for characters beyond U+FFFF and stray bytes. */
function sorted(paths: string[]): string[] {
  if (!paths.some(hasSurrogates)) return paths.sort()
  return paths.sort((a, b) => compareBytes(encode(a), encode(b)))
}

/** A loop takes a tenth of an expression's time for each of ten thousand short names. */
function hasSurrogates(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0xd800 && code <= 0xdfff) return true
  }
  return false
}
