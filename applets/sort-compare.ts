// How sort compares: each line's keys are made once, as text or numbers, and compared one after another.

import { compareBytes, encode } from '../lib/bytes.ts'
import { scanNumber } from './awk/value.ts'
import { type Key, keyText, type Ordering } from './sort-key.ts'

export interface Entry {
  readonly line: string
  readonly keys: readonly (string | number)[]
}

export type Compare = (a: Entry, b: Entry) => number

export function makeEntry(line: string, keys: readonly Key[], separator: string | undefined): Entry {
  return { line, keys: keys.map(key => keyValue(keyText(line, key, separator), key)) }
}

/** Order of two lines by their keys alone. */
export function compareKeys(keys: readonly Key[]): Compare {
  return (a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const order = compareValues(a.keys[i]!, b.keys[i]!, keys[i]!)
      if (order !== 0) return keys[i]!.reverse ? -order : order
    }
    return 0
  }
}

/** As memcmp on the bytes. UTF-16 units order as UTF-8 does, but for surrogates and what stands above them. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const isHigh = UNORDERED.test(a) || UNORDERED.test(b)
  if (isHigh) return compareBytes(encode(a), encode(b))
  return a < b ? -1 : 1
}

const UNORDERED = /[\ud800-\uffff]/

export function keyValue(text: string, key: Ordering): string | number {
  switch (key.kind) {
    case 'number':
      return plainNumber(text)
    case 'general':
      return generalNumber(text)
    case 'human':
      return humanNumber(text)
    case 'month':
      return monthNumber(text)
    case 'version':
      return foldText(text, key)
    case 'text':
      return foldText(text, key)
  }
}

function foldText(text: string, key: Ordering): string {
  let folded = text
  if (key.dictionary) folded = folded.replace(/[^A-Za-z0-9\s]/g, '')
  if (key.printable) folded = folded.replace(/[^ -~]/g, '')
  if (key.ignoreCase) folded = folded.replace(/[a-z]+/g, letters => letters.toUpperCase())
  return folded
}

/** busybox: strtod, so exponents and `inf` count too. */
function plainNumber(text: string): number {
  const infinite = /^\s*([+-]?)inf/i.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return scanNumber(text, 0, text.length)
}

const ABOVE_NAN = -Number.MAX_VALUE * (1 - Number.EPSILON)

/** What is no number comes first, then NaN, then minus infinity (GNU's order, and busybox's). */
function generalNumber(text: string): number {
  const match = /^\s*([+-]?(?:inf(?:inity)?|nan|0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))/i.exec(text)
  if (!match) return Number.NEGATIVE_INFINITY
  const word = match[1]!.toLowerCase()
  if (word.includes('nan')) return -Number.MAX_VALUE
  if (word.includes('inf')) return word.startsWith('-') ? ABOVE_NAN : Number.POSITIVE_INFINITY
  return Number(word)
}

const UNITS = 'KMGTPEZY'

/** GNU: first by unit, then by number, so 3000 comes before 2K. Small letters but k are none. */
function humanNumber(text: string): number {
  const match = /^\s*(-?)(\d*\.?\d*)([kKMGTPEZY]?)/.exec(text)
  const size = Number(match?.[2] || 0) * 1e20 ** (UNITS.indexOf((match?.[3] ?? '').toUpperCase() || ' ') + 1)
  return match?.[1] ? -size : size
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

function monthNumber(text: string): number {
  return MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase())
}

function compareValues(a: string | number, b: string | number, key: Ordering): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const [x, y] = [String(a), String(b)]
  return key.kind === 'version' ? compareVersions(x, y) : compareText(x, y)
}

/**
 * strverscmp(3): runs of digits compare as numbers; those that begin with 0 as fractions, which come before integers:
 * 000 00 01 010 09 0 1 9 10.
 */
export function compareVersions(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  if (at === a.length && at === b.length) return 0
  let start = at
  while (start > 0 && isDigit(a[start - 1])) start--
  const shared = a.slice(start, at)
  if (/[1-9]/.test(a[start] ?? '') && /[1-9]/.test(b[start] ?? '')) {
    const difference = digitsAt(a, at) - digitsAt(b, at)
    if (difference !== 0) return difference
  } else if (shared !== '' && !/[^0]/.test(shared) && isDigit(a[at]) !== isDigit(b[at])) {
    return isDigit(a[at]) ? -1 : 1
  }
  return compareText(a.slice(at), b.slice(at))
}

function digitsAt(text: string, from: number): number {
  let at = from
  while (isDigit(text[at])) at++
  return at - from
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}
