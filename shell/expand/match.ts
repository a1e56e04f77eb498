// Trimming and replacing by patterns: ${name#pattern}, ${name/pattern/text}.

import type { PatternMatcher } from '../../lib/pattern/matcher.ts'
import { compilePattern } from '../../lib/pattern.ts'

export type TrimOperator = '#' | '##' | '%' | '%%'

export function trimPattern(value: string, matcher: PatternMatcher, operator: TrimOperator): string {
  switch (operator) {
    case '#':
      return value.slice(matcher.shortestPrefix(value) ?? 0)
    case '##':
      return value.slice(matcher.longestPrefix(value) ?? 0)
    case '%':
      return value.slice(0, value.length - (matcher.shortestSuffix(value) ?? 0))
    case '%%':
      return value.slice(0, value.length - (matcher.longestSuffix(value) ?? 0))
  }
}

/** The longest match at the first place where there is one; with `//` all of them. An empty pattern matches nothing. */
export function replacePattern(
  value: string,
  pattern: string,
  how: { by: string; operator: '/' | '//' | '/#' | '/%' },
): string {
  if (pattern === '') return value
  const matcher = compilePattern(pattern)
  const { literal } = matcher
  // By itself this is a search for a text, unless that could be half of a character.
  if (how.operator === '//' && literal && !/[\ud800-\udfff]/.test(literal)) return value.split(literal).join(how.by)
  let result = ''
  let at = 0
  while (at <= value.length) {
    const found = matcher.search(value, at)
    if (!found) break
    const [start, end] = found
    // What a match has used up ends with no empty one.
    if (start === end && start === value.length && start > 0) break
    result += value.slice(at, start) + how.by
    at = end
    if (how.operator !== '//') break
    if (start === end) result += value.slice(at, ++at)
  }
  return result + value.slice(at)
}
