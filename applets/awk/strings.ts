// sub, gsub, gensub, substr and the like, over texts whose characters are code points.

import type { Match, Regex } from '../../lib/regex/index.ts'

/** A replacement: texts, and numbers for what a group matched (0: all). */
export type Replacement = readonly (string | number)[]

/** POSIX: `&` is what matched, `\&` an ampersand, `\\` before one of these a backslash. */
export function readReplacement(text: string, hasGroups = false): Replacement {
  if (!text.includes('&') && !text.includes('\\')) return text === '' ? [] : [text]
  const parts: (string | number)[] = []
  let plain = ''
  const add = (group: number) => {
    if (plain !== '') parts.push(plain)
    plain = ''
    parts.push(group)
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '&') add(0)
    else if (character !== '\\') plain += character
    else {
      const next = text[at + 1]
      if (next === '&') {
        plain += '&'
        at++
      } else if (next === '\\') {
        // Only before an ampersand (or, for gensub, at all) are two backslashes one.
        plain += hasGroups || text[at + 2] === '&' || text.slice(at + 2, at + 4) === '\\&' ? '\\' : '\\\\'
        at++
      } else if (hasGroups && next !== undefined && next >= '0' && next <= '9') {
        add(Number(next))
        at++
      } else plain += '\\'
    }
  }
  if (plain !== '') parts.push(plain)
  return parts
}

export interface Replaced {
  readonly text: string
  readonly count: number
}

/** Replaces the `which`th match, or all with 0. undefined: nothing was replaced. */
export function replaceMatches(
  text: string,
  regex: Regex,
  replacement: Replacement,
  which: number,
): Replaced | undefined {
  const [only = ''] = replacement
  const constant = replacement.length <= 1 && typeof only === 'string' ? only : undefined
  let out = ''
  let copied = 0
  let count = 0
  let lastEnd = -1
  let number = 0
  for (let at = 0; at <= text.length; ) {
    const match = regex.exec(text, at)
    if (!match) break
    const { start, end } = match
    const isEmpty = start === end
    // An empty match right behind another match is none.
    if (!(isEmpty && start === lastEnd)) {
      number++
      if (which === 0 || number === which) {
        out += text.slice(copied, start)
        out += constant ?? expand(replacement, text, match)
        copied = end
        count++
        if (which !== 0) break
      }
    }
    lastEnd = end
    at = isEmpty ? end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end
  }
  return count === 0 ? undefined : { text: out + text.slice(copied), count }
}

function expand(replacement: Replacement, text: string, match: Match): string {
  let out = ''
  for (const part of replacement) {
    if (typeof part === 'string') out += part
    else if (part === 0) out += text.slice(match.start, match.end)
    else {
      const group = match.groups[part - 1]
      if (group) out += text.slice(group[0], group[1])
    }
  }
  return out
}

const PAIRS = /[\ud800-\udbff]/

export function characterCount(text: string): number {
  if (!PAIRS.test(text)) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}

/**
 * The characters from place `start` on. busybox and BWK's awk: fractions are cut off, and a start before the first character is the
 * first one; POSIX would count what is before it against `length`.
 */
export function substring(text: string, start: number, length: number): string {
  const first = Math.max(Math.trunc(start), 1)
  const to = first + Math.trunc(length)
  if (!(to > first)) return ''
  if (!PAIRS.test(text)) return text.slice(first - 1, to - 1)
  return Array.from(text)
    .slice(first - 1, to - 1)
    .join('')
}

/** The place of a text in another, counted in characters from 1; 0: nowhere. */
export function placeOf(text: string, needle: string): number {
  // An empty text is nowhere (busybox, gawk).
  return needle === '' ? 0 : characterPlace(text, text.indexOf(needle))
}

/** From a place in UTF-16 units, from 0, to one in characters, from 1. -1 becomes 0. */
export function characterPlace(text: string, at: number): number {
  return at <= 0 || !PAIRS.test(text) ? at + 1 : characterCount(text.slice(0, at)) + 1
}

/** Letters of ASCII and of Unicode that have one other case of the same length; stray bytes stay. */
export function changeCase(text: string, isUpper: boolean): string {
  const changed = isUpper ? text.toUpperCase() : text.toLowerCase()
  if (changed.length === text.length) return changed
  return Array.from(text, character => {
    const other = isUpper ? character.toUpperCase() : character.toLowerCase()
    return other.length === character.length ? other : character
  }).join('')
}
