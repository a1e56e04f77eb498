// Where vi's motions lead (POSIX XCU sh, "vi line editing command mode").

import { nextCharacter, previousCharacter } from './words.ts'

export interface Line {
  readonly text: string
  readonly cursor: number
}

export interface Target {
  readonly to: number
  /** An operator takes the character at the target too. */
  readonly isInclusive: boolean
}

/** A character to look for in the line: what f F t T found last. */
export interface Find {
  readonly key: string
  readonly character: string
}

/** undefined: the motion fails. `count` is undefined when none was typed. */
export function findTarget(key: string, line: Line, count: number | undefined, find?: Find): Target | undefined {
  const times = count ?? 1
  const { text, cursor } = line
  switch (key) {
    case 'h':
      return cursor === 0 ? undefined : exclusive(repeat(times, cursor, at => previousCharacter(text, at)))
    case 'l':
    case ' ':
      return cursor >= text.length ? undefined : exclusive(repeat(times, cursor, at => nextCharacter(text, at)))
    case 'w':
    case 'W':
      return cursor >= text.length ? undefined : exclusive(repeat(times, cursor, at => nextWord(text, at, key === 'W')))
    case 'b':
    case 'B':
      return cursor === 0 ? undefined : exclusive(repeat(times, cursor, at => wordBefore(text, at, key === 'B')))
    case 'e':
    case 'E':
      return cursor >= text.length
        ? undefined
        : { to: repeat(times, cursor, at => lastOfWord(text, at, key === 'E')), isInclusive: true }
    case '0':
      return exclusive(0)
    case '^':
      return exclusive(text.length - text.trimStart().length)
    case '$':
      return exclusive(text.length)
    case '|':
      return exclusive(repeat(times - 1, 0, at => nextCharacter(text, at)))
    case 'f':
    case 'F':
    case 't':
    case 'T':
      return find ? findCharacter({ ...find, key }, line, times) : undefined
    default:
      return undefined
  }
}

/** The same search the other way round, for `,`. */
export function reverse(find: Find): Find {
  const { key, character } = find
  return { key: key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase(), character }
}

function findCharacter(find: Find, { text, cursor }: Line, times: number): Target | undefined {
  const isForward = find.key === 'f' || find.key === 't'
  let at = cursor
  for (let i = 0; i < times; i++) {
    at = isForward ? text.indexOf(find.character, at + 1) : at === 0 ? -1 : text.lastIndexOf(find.character, at - 1)
    if (at === -1) return undefined
  }
  if (find.key === 't') at = previousCharacter(text, at)
  if (find.key === 'T') at = nextCharacter(text, at)
  return { to: at, isInclusive: isForward }
}

function exclusive(to: number): Target {
  return { to, isInclusive: false }
}

function repeat(times: number, from: number, step: (at: number) => number): number {
  let at = from
  for (let i = 0; i < times; i++) {
    const next = step(at)
    if (next === at) break
    at = next
  }
  return at
}

/** 0: blank; letters, digits and _; everything else. Big words are all that is no blank. */
function classAt(text: string, at: number, isBig: boolean): number {
  const character = text.slice(at, at + 2)
  if (character === '' || /^\s/u.test(character)) return 0
  return isBig || /^[\p{L}\p{N}\p{M}_]/u.test(character) ? 1 : 2
}

function nextWord(text: string, from: number, isBig: boolean): number {
  const kind = classAt(text, from, isBig)
  let at = from
  if (kind !== 0) while (at < text.length && classAt(text, at, isBig) === kind) at = nextCharacter(text, at)
  while (at < text.length && classAt(text, at, isBig) === 0) at = nextCharacter(text, at)
  return at
}

function wordBefore(text: string, from: number, isBig: boolean): number {
  let at = previousCharacter(text, from)
  while (at > 0 && classAt(text, at, isBig) === 0) at = previousCharacter(text, at)
  const kind = classAt(text, at, isBig)
  for (let before = previousCharacter(text, at); at > 0 && classAt(text, before, isBig) === kind; ) {
    at = before
    before = previousCharacter(text, at)
  }
  return at
}

/** The last character of this word, or of the next one when the cursor is on it already. */
export function lastOfWord(text: string, from: number, isBig: boolean): number {
  let at = nextCharacter(text, from)
  while (at < text.length && classAt(text, at, isBig) === 0) at = nextCharacter(text, at)
  if (at >= text.length) return previousCharacter(text, text.length)
  const kind = classAt(text, at, isBig)
  for (let next = nextCharacter(text, at); next < text.length && classAt(text, next, isBig) === kind; ) {
    at = next
    next = nextCharacter(text, at)
  }
  return at
}
