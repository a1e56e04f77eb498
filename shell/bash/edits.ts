// What operations of ${...} make of one value.

import type { Pattern } from '../../lib/pattern.ts'

export function trimText(value: string, matcher: Pattern, operator: '#' | '##' | '%' | '%%'): string {
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

/** Of the characters that the pattern matches, or of all; with one sign only of the first character. */
export function changeCase(value: string, operator: '^' | '^^' | ',' | ',,', matcher: Pattern | undefined): string {
  const change = operator.startsWith('^')
    ? (character: string) => character.toUpperCase()
    : (character: string) => character.toLowerCase()
  const each = (character: string) => (matcher && !matcher.matches(character) ? character : change(character))
  if (operator.length === 2) return matcher ? [...value].map(each).join('') : change(value)
  const [first = ''] = value
  return each(first) + value.slice(first.length)
}
