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
  return found.filter(path => isThere(proc, path)).sort(byBytes)
}

function addName(paths: readonly string[], name: string): string[] {
  const text = unescapePattern(name)
  return paths.map(path => path + text)
}

function matchNames(proc: Process, path: string, pattern: string, isLast: boolean): string[] {
  const matcher = compilePattern(pattern)
  const wantsDots = pattern.startsWith('.') || pattern.startsWith('\\.')
  const names = namesIn(proc, path, !isLast)
  // POSIX XCU 2.14.3: a leading dot is matched by a dot only. `.*` also finds `.` and `..`, in ash as in glob(3).
  if (wantsDots) names.push('.', '..')
  return names.filter(name => name.startsWith('.') === wantsDots && matcher.matches(name)).map(name => path + name)
}

function namesIn(proc: Process, path: string, onlyDirectories: boolean): string[] {
  try {
    const entries = proc.readDirectory(path === '' ? '.' : path)
    const wanted = onlyDirectories ? entries.filter(({ kind }) => kind === 'directory' || kind === 'symlink') : entries
    return wanted.map(entry => entry.name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}

/** What was matched by a pattern is there; what was added after it may not be. */
function isThere(proc: Process, path: string): boolean {
  try {
    proc.lstat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function byBytes(a: string, b: string): number {
  // UTF-16 order is byte order but for characters beyond U+FFFF and stray bytes.
  if (!/[\ud800-\udfff]/.test(a + b)) return a < b ? -1 : a > b ? 1 : 0
  return compareBytes(encode(a), encode(b))
}
