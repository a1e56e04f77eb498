// Pathname expansion as `shopt` has it: nullglob, failglob, dotglob, globstar, nocaseglob, extglob, and GLOBIGNORE.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { compareBytes, encode } from '../../lib/bytes.ts'
import { compilePattern, hasMagic, type PatternOptions, unescapePattern } from '../../lib/pattern.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { isOn } from './patterns.ts'

interface How {
  readonly proc: Process
  readonly options: PatternOptions
  readonly dots: boolean
  readonly stars: boolean
}

/** undefined: the pattern stands for itself. */
export function expandGlob(shell: Shell, pattern: string): readonly string[] | undefined {
  const extglob = isOn(shell, 'extglob')
  if (!hasMagic(pattern, { extglob })) return undefined
  const ignored = shell.variables.get('GLOBIGNORE') ?? ''
  const options = { extglob, ...(isOn(shell, 'nocaseglob') && { ignoreCase: true }) }
  const dots = isOn(shell, 'dotglob') || ignored !== ''
  const found = withoutIgnored(
    findPaths({ proc: shell.proc, options, dots, stars: isOn(shell, 'globstar') }, pattern),
    ignored,
    options,
  )
  if (found.length > 0) return found
  if (isOn(shell, 'failglob')) throw new ExpansionError(`no match: ${unescapePattern(pattern)}`, 1)
  return isOn(shell, 'nullglob') ? [] : undefined
}

function withoutIgnored(found: readonly string[], ignored: string, options: PatternOptions): readonly string[] {
  if (ignored === '') return found
  const patterns = splitPatterns(ignored).map(text => compilePattern(text, { ...options, pathname: true }))
  return found.filter(path => !/(?:^|\/)\.\.?$/.test(path) && !patterns.some(pattern => pattern.matches(path)))
}

/** Colons separate, but not within brackets: `[[:alpha:]]`. */
function splitPatterns(text: string): string[] {
  return text.match(/(?:\\.|\[(?:\[:\w+:\]|[^\]])*\]|[^:])+/g) ?? []
}

function findPaths(how: How, pattern: string): string[] {
  const names = splitNames(pattern)
  let found = ['']
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1
    if (name === '**' && how.stars) {
      found = found.flatMap(path => deepPaths(how, path, isLast))
      continue
    }
    found = hasMagic(name, how.options)
      ? found.flatMap(path => matchNames(how, path, name, isLast))
      : found.map(path => path + unescapePattern(name))
    if (!isLast) found = found.map(path => `${path}/`)
  }
  return [...new Set(found.filter(path => path !== '' && isThere(how.proc, path)))].sort(byBytes)
}

/** Slashes in the groups of `@(a|b/c)` match none, so there they do not divide. */
function splitNames(pattern: string): string[] {
  return pattern.split('/')
}

/** `**`: every directory below, the place itself first; as the last name also the files. */
function deepPaths(how: How, path: string, isLast: boolean): string[] {
  const all: string[] = isLast ? [] : [path]
  if (isLast && path !== '') all.push(path)
  for (const { name, kind } of entriesOf(how.proc, path)) {
    if (name.startsWith('.') && !how.dots) continue
    if (kind === 'directory') {
      if (isLast) all.push(path + name)
      all.push(...deepPaths(how, `${path}${name}/`, isLast).filter(below => below !== `${path}${name}/` || !isLast))
    } else if (isLast) {
      all.push(path + name)
    }
  }
  return all
}

function matchNames(how: How, path: string, pattern: string, isLast: boolean): string[] {
  const matcher = compilePattern(pattern, how.options)
  const wantsDots = pattern.startsWith('.') || pattern.startsWith('\\.')
  const mayBegin = wantsDots || how.dots || /^[?*+@!]\((?:[^)]*\|)?\\?\./.test(pattern)
  const names = entriesOf(how.proc, path)
    .filter(({ kind }) => isLast || kind === 'directory' || kind === 'symlink')
    .map(({ name }) => name)
  if (wantsDots) names.push('.', '..')
  return names
    .filter(name => (mayBegin || !name.startsWith('.')) && matcher.matches(name))
    .filter(name => (name !== '.' && name !== '..') || wantsDots)
    .map(name => path + name)
}

function entriesOf(proc: Process, path: string): readonly { name: string; kind: string }[] {
  try {
    return proc.readDirectory(path === '' ? '.' : path)
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

function byBytes(a: string, b: string): number {
  if (!/[\ud800-\udfff]/.test(a + b)) return a < b ? -1 : a > b ? 1 : 0
  return compareBytes(encode(a), encode(b))
}
