// What grep looks for: one or more patterns, literal or not, as -i, -w and -x want them.

import { compileRegex, type Regex } from '../lib/regex/index.ts'

export interface Match {
  readonly start: number
  readonly end: number
}

export interface MatchOptions {
  readonly syntax: 'basic' | 'extended' | 'fixed'
  readonly ignoreCase: boolean
  readonly words: boolean
  readonly lines: boolean
}

export interface Matcher {
  /** The leftmost, then longest match in a line at or after `from`. */
  find(line: string, from: number): Match | undefined
  /** A text that every matching line contains, for a fast look at many lines at once; undefined: there is none. */
  readonly needle: string | undefined
  /** A line that has the needle matches: nothing else need be looked at. */
  readonly isNeedleEnough: boolean
}

/** Throws RegexError for a pattern that is none. */
export function makeMatcher(patterns: readonly string[], how: MatchOptions): Matcher {
  const isPlain = (pattern: string) => how.syntax === 'fixed' || !/[\\.[\]*^$+?(){}|]/.test(pattern)
  const finders = patterns.map(pattern =>
    isPlain(pattern) && !how.ignoreCase ? literal(pattern) : regular(pattern, how),
  )
  const [first] = patterns
  const needle =
    patterns.length === 1 && first !== undefined && first !== '' && isPlain(first) && !how.ignoreCase
      ? first
      : undefined
  const findAny: Find = finders.length === 1 ? finders[0]! : (line, from) => best(finders, line, from)
  const find: Find = how.lines ? wholeLine(finders) : how.words ? wholeWord(findAny) : findAny
  return { find, needle, isNeedleEnough: needle !== undefined && !how.lines && !how.words }
}

type Find = (line: string, from: number) => Match | undefined

function literal(text: string): Find {
  return (line, from) => {
    const start = line.indexOf(text, from)
    return start === -1 ? undefined : { start, end: start + text.length }
  }
}

function regular(pattern: string, how: MatchOptions): Find {
  const source = how.syntax === 'fixed' ? pattern.replace(/[\\.[\]*^$+?(){}|]/g, '\\$&') : pattern
  const syntax = how.syntax === 'basic' ? 'basic' : 'extended'
  const regex: Regex = compileRegex(how.lines ? anchored(source, syntax) : source, {
    syntax,
    ignoreCase: how.ignoreCase,
  })
  return (line, from) => regex.exec(line, from)
}

/** -x asks for the longest match from the first character, which need not be the leftmost-longest one found unanchored. */
function anchored(source: string, syntax: 'basic' | 'extended'): string {
  return syntax === 'basic' ? `^\\(${source}\\)$` : `^(${source})$`
}

function best(finders: readonly Find[], line: string, from: number): Match | undefined {
  let found: Match | undefined
  for (const find of finders) {
    const match = find(line, from)
    if (!match) continue
    if (!found || match.start < found.start || (match.start === found.start && match.end > found.end)) found = match
  }
  return found
}

function wholeLine(finders: readonly Find[]): Find {
  return (line, from) => {
    if (from > 0) return undefined
    for (const find of finders) {
      const match = find(line, 0)
      if (match && match.start === 0 && match.end === line.length) return match
    }
    return undefined
  }
}

/** busybox: a match inside a word is passed over, and the search goes on behind its first character. */
function wholeWord(find: Find): Find {
  return (line, from) => {
    for (let at = from; at <= line.length; ) {
      const match = find(line, at)
      if (!match) return undefined
      if (!isWord(line[match.start - 1]) && !isWord(line[match.end])) return match
      const shorter = shorten(find, line, match)
      if (shorter) return shorter
      at = match.start + 1
    }
    return undefined
  }
}

/** A shorter match from the same place may end at the end of a word: `-w 'a.*b'`. */
function shorten(find: Find, line: string, match: Match): Match | undefined {
  if (isWord(line[match.start - 1])) return undefined
  for (let end = match.end - 1; end > match.start; end--) {
    if (isWord(line[end])) continue
    const again = find(line.slice(0, end), match.start)
    if (again && again.start === match.start && again.end === end) return again
  }
  return undefined
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\w\u00aa-\uffff]/.test(character)
}
