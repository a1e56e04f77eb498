// Trimming and replacing by patterns: ${name#pattern}, ${name/pattern/text}.

import { compilePatternCached, hasMagic, unescapePattern } from './pattern.ts'

export function trimPattern(value: string, pattern: string, operator: '#' | '##' | '%' | '%%'): string {
  if (!hasMagic(pattern)) return trimText(value, unescapePattern(pattern), operator)
  const matcher = compilePatternCached(pattern)
  const places = boundaries(value)
  const isLongest = operator.length === 2
  const isFront = operator.startsWith('#')
  if (isFront === isLongest) places.reverse()
  for (const at of places) {
    if (isFront ? matcher.matches(value.slice(0, at)) : matcher.matches(value.slice(at))) {
      return isFront ? value.slice(at) : value.slice(0, at)
    }
  }
  return value
}

function trimText(value: string, text: string, operator: string): string {
  if (operator.startsWith('#')) return value.startsWith(text) ? value.slice(text.length) : value
  return value.endsWith(text) ? value.slice(0, value.length - text.length) : value
}

/** Where a value may be cut: between characters, in order. */
function boundaries(value: string): number[] {
  const places: number[] = []
  for (let at = 0; at <= value.length; at++) {
    const code = value.charCodeAt(at)
    const isMiddle = code >= 0xdc00 && code <= 0xdfff && isHighSurrogate(value.charCodeAt(at - 1))
    if (!isMiddle) places.push(at)
  }
  return places
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/** The longest match at the first place where there is one; with `//` all of them. An empty pattern matches nothing. */
export function replacePattern(
  value: string,
  pattern: string,
  how: { by: string; operator: '/' | '//' | '/#' | '/%' },
): string {
  if (pattern === '') return value
  if (!hasMagic(pattern)) return replaceText(value, unescapePattern(pattern), how)
  let result = ''
  let at = 0
  while (at <= value.length) {
    const end = matchAt(value, pattern, at)
    if (end === undefined || (end === at && at === value.length && at > 0)) {
      result += value.slice(at, at + 1)
      at++
      continue
    }
    result += how.by
    if (how.operator !== '//') return result + value.slice(end)
    if (end === at) result += value.slice(at, at + 1)
    at = Math.max(end, at + 1)
  }
  return result
}

function replaceText(value: string, text: string, { by, operator }: { by: string; operator: string }): string {
  if (operator === '//') return value.split(text).join(by)
  const at = value.indexOf(text)
  return at === -1 ? value : value.slice(0, at) + by + value.slice(at + text.length)
}

function matchAt(value: string, pattern: string, start: number): number | undefined {
  const matcher = compilePatternCached(pattern)
  for (let end = value.length; end >= start; end--) if (matcher.matches(value.slice(start, end))) return end
  return undefined
}
