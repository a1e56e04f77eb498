// The keys of sort: which part of a line is compared, and how.

import { parseNumber } from '../lib/options.ts'
import { Failure } from './applet.ts'

export type Kind = 'text' | 'number' | 'general' | 'human' | 'month' | 'version'

export interface Ordering {
  readonly kind: Kind
  readonly reverse: boolean
  readonly ignoreCase: boolean
  readonly dictionary: boolean
  readonly printable: boolean
  readonly skipStart: boolean
  readonly skipEnd: boolean
}

export interface Key extends Ordering {
  /** From 0. */
  readonly field: number
  readonly character: number
  /** Exclusive; Infinity: to the end of the line. */
  readonly endField: number
  /** Characters of the last field that belong to the key; 0: all. */
  readonly endCharacter: number
}

export const PLAIN: Ordering = {
  kind: 'text',
  reverse: false,
  ignoreCase: false,
  dictionary: false,
  printable: false,
  skipStart: false,
  skipEnd: false,
}

export function withLetter(ordering: Ordering, letter: string, isEnd = false): Ordering {
  switch (letter) {
    case 'n':
      return ofKind(ordering, 'number')
    case 'g':
      return ofKind(ordering, 'general')
    case 'h':
      return ofKind(ordering, 'human')
    case 'M':
      return ofKind(ordering, 'month')
    case 'V':
      return ofKind(ordering, 'version')
    case 'r':
      return { ...ordering, reverse: true }
    case 'f':
      return { ...ordering, ignoreCase: true }
    case 'd':
      return { ...ordering, dictionary: true }
    case 'i':
      return { ...ordering, printable: true }
    case 'b':
      return isEnd ? { ...ordering, skipEnd: true } : { ...ordering, skipStart: true }
    default:
      throw new Failure('unknown key option')
  }
}

/** busybox: there are not two ways to compare. */
function ofKind(ordering: Ordering, kind: Kind): Ordering {
  if (ordering.kind !== 'text' && ordering.kind !== kind) throw new Failure('unknown sort type')
  return { ...ordering, kind }
}

/** `F[.C][OPTS][,F[.C][OPTS]]`. A key without letters of its own has those given for all (POSIX). */
export function parseKey(text: string, common: Ordering): Key {
  const match = /^(\d+)(?:\.(\d+))?([^,]*)(?:,(\d+)(?:\.(\d+))?(.*))?$/.exec(text)
  const [, field = '', character = '1', letters = '', endField, endCharacter = '0', endLetters = ''] = match ?? []
  const isNowhere = Number(field) === 0 || endField === '0' || Number(character) === 0
  if (!match || isNowhere || match[5] === '0') throw new Failure('bad field specification')
  let ordering = letters + endLetters === '' ? common : PLAIN
  for (const letter of letters) ordering = withLetter(ordering, letter)
  for (const letter of endLetters) ordering = withLetter(ordering, letter, true)
  return {
    ...ordering,
    field: parseNumber(field) - 1,
    character: Math.max(1, parseNumber(character)) - 1,
    endField: endField === undefined ? Number.POSITIVE_INFINITY : parseNumber(endField),
    endCharacter: parseNumber(endCharacter),
  }
}

export function keyText(line: string, key: Key, separator: string | undefined): string {
  if (key.field === 0 && key.endField === Number.POSITIVE_INFINITY && key.character === 0 && !key.skipStart) return line
  const [start, end] = keyPlace(line, key, separator)
  return line.slice(start, end)
}

/** Where a key begins and ends in a line. */
export function keyPlace(line: string, key: Key, separator: string | undefined): readonly [start: number, end: number] {
  let start = fieldStart(line, key.field, separator)
  if (key.skipStart) while (isBlank(line[start])) start++
  start = Math.min(line.length, start + key.character)
  return [start, Math.max(start, keyEnd(line, key, separator))]
}

function keyEnd(line: string, key: Key, separator: string | undefined): number {
  if (key.endField === Number.POSITIVE_INFINITY) return line.length
  if (key.endCharacter === 0) return fieldEnd(line, key.endField - 1, separator)
  let end = fieldStart(line, key.endField - 1, separator)
  if (key.skipEnd) while (isBlank(line[end])) end++
  return Math.min(line.length, end + key.endCharacter)
}

/** Without -t a field has the blanks before it (POSIX XCU sort). */
function fieldStart(line: string, field: number, separator: string | undefined): number {
  let at = 0
  for (let left = field; left > 0 && at < line.length; left--) {
    at = skipField(line, at, separator)
    if (separator !== undefined && at < line.length) at++
  }
  return at
}

function fieldEnd(line: string, field: number, separator: string | undefined): number {
  return skipField(line, fieldStart(line, field, separator), separator)
}

function skipField(line: string, from: number, separator: string | undefined): number {
  if (separator !== undefined) {
    const at = line.indexOf(separator, from)
    return at === -1 ? line.length : at
  }
  let at = from
  while (at < line.length && isBlank(line[at])) at++
  while (at < line.length && !isBlank(line[at])) at++
  return at
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n'
}
