// The keys that move the cursor, or say what an operator works on (POSIX XCU vi, "Motion commands").

import type { Key } from '../raw-terminal.ts'
import type { Position } from './buffer.ts'
import {
  findCharacter,
  firstFilled,
  matchingBracket,
  paragraph,
  type Target,
  wordBackward,
  wordEnd,
  wordForward,
} from './motion.ts'
import { search, searchTyped } from './search.ts'
import type { Session } from './session.ts'

/** `given`: the count, where there was one. */
type Motion = (session: Session, given: number | undefined, key: Key) => Target | 'failed' | Promise<Target | 'failed'>

/** undefined: the key is no motion. Some ask for another key. */
export async function readMotion(
  session: Session,
  key: Key,
  given: number | undefined,
): Promise<Target | 'failed' | undefined> {
  return MOTIONS.get(key)?.(session, given, key)
}

const ALL: readonly (readonly [keys: readonly Key[], motion: Motion])[] = [
  [['h', 'left', '\b', '\x7f'], ({ cursor }, n = 1) => ({ ...cursor, column: Math.max(0, cursor.column - n) })],
  [['l', 'right', ' '], ({ cursor, text }, n = 1) => ({ ...cursor, column: Math.min(text.length, cursor.column + n) })],
  [['j', 'down', '\x0e'], (session, n = 1) => keepingColumn(session, session.cursor.line + n)],
  [['k', 'up', '\x10'], (session, n = 1) => keepingColumn(session, session.cursor.line - n)],
  [['+', '\r', '\n'], (session, n = 1) => toLine(session, session.cursor.line + n)],
  [['-'], (session, n = 1) => toLine(session, session.cursor.line - n)],
  [['_'], (session, n = 1) => toLine(session, session.cursor.line + n - 1)],
  [['0', 'home'], ({ cursor }) => ({ ...cursor, column: 0 })],
  [['|'], ({ cursor, text }, n = 1) => ({ ...cursor, column: Math.min(text.length, n - 1) })],
  [['^'], ({ cursor, text }) => ({ ...cursor, column: firstFilled(text) })],
  [['$', 'end'], endOfLine],
  [['w', 'W'], (session, n, key) => repeated(session, n, at => wordForward(session.buffer, at, key === 'W'))],
  [['b', 'B'], (session, n, key) => repeated(session, n, at => wordBackward(session.buffer, at, key === 'B'))],
  [
    ['e', 'E'],
    (session, n, key) => {
      const at = repeated(session, n, from => wordEnd(session.buffer, from, key === 'E'))
      return { ...at, isInclusive: true }
    },
  ],
  [['f', 't', 'F', 'T'], findTyped],
  [[';'], (session, n) => findAgain(session, n, key => key)],
  [[','], (session, n) => findAgain(session, n, key => OPPOSITE[key]!)],
  [['G'], (session, given) => toLine(session, Math.min(session.lastLine, (given ?? Infinity) - 1))],
  [
    ['g'],
    async (session, n = 1) =>
      (await session.keys.next()) === 'g' ? toLine(session, Math.min(session.lastLine, n - 1)) : 'failed',
  ],
  [['H'], (session, n = 1) => toLine(session, Math.min(session.lastLine, session.view.top + n - 1))],
  [['M'], session => toLine(session, session.view.top + ((bottomOf(session) - session.view.top + 1) >> 1))],
  [['L'], (session, n = 1) => toLine(session, Math.max(0, bottomOf(session) - n + 1))],
  [['{'], (session, n) => repeated(session, n, at => paragraph(session.buffer, at, -1))],
  [['}'], (session, n) => repeated(session, n, at => paragraph(session.buffer, at, 1))],
  [['%'], otherBracket],
  [['/'], session => searchTyped(session, '/')],
  [['?'], session => searchTyped(session, '?')],
  [['n'], session => search(session, '', session.searchDirection)],
  [['N'], session => search(session, '', session.searchDirection === 1 ? -1 : 1)],
  [["'", '`'], toMark],
]

const MOTIONS: ReadonlyMap<Key, Motion> = new Map(ALL.flatMap(([keys, motion]) => keys.map(key => [key, motion])))

const OPPOSITE: Readonly<Record<string, string>> = { f: 'F', F: 'f', t: 'T', T: 't' }

function repeated({ cursor }: Session, count: number | undefined, step: (at: Position) => Position): Position {
  let at: Position = cursor
  for (let left = count ?? 1; left > 0; left--) at = step(at)
  return at
}

/** To the first character that is no blank. */
function toLine({ buffer, lastLine }: Session, line: number): Target | 'failed' {
  if (line < 0 || line > lastLine) return 'failed'
  return { line, column: firstFilled(buffer.line(line)), isLinewise: true }
}

function keepingColumn({ buffer, lastLine, wanted }: Session, line: number): Target | 'failed' {
  if (line < 0 || line > lastLine) return 'failed'
  return { line, column: Math.min(wanted, Math.max(0, buffer.line(line).length - 1)), isLinewise: true }
}

function endOfLine({ buffer, cursor, lastLine }: Session, count = 1): Target {
  const line = Math.min(lastLine, cursor.line + count - 1)
  return { line, column: Math.max(0, buffer.line(line).length - 1), isInclusive: true }
}

/** The last line that is seen. */
function bottomOf({ lastLine, view }: Session): number {
  return Math.min(lastLine, view.top + view.height - 1)
}

async function findTyped(session: Session, count: number | undefined, key: Key): Promise<Target | 'failed'> {
  session.lastFind = { key, character: await session.keys.next() }
  return find(session, session.lastFind, count)
}

function findAgain(session: Session, count: number | undefined, direction: (key: string) => string): Target | 'failed' {
  const { lastFind } = session
  return lastFind ? find(session, { ...lastFind, key: direction(lastFind.key) }, count) : 'failed'
}

function find(
  { cursor, text }: Session,
  how: { readonly key: string; readonly character: string },
  count = 1,
): Target | 'failed' {
  const column = findCharacter(text, cursor.column, { ...how, count })
  if (column === undefined) return 'failed'
  return { line: cursor.line, column, isInclusive: how.key === 'f' || how.key === 't' }
}

function otherBracket({ buffer, cursor }: Session): Target | 'failed' {
  const found = matchingBracket(buffer, cursor)
  return found ? { ...found, isInclusive: true } : 'failed'
}

async function toMark(session: Session, _: number | undefined, key: Key): Promise<Target | 'failed'> {
  const name = await session.keys.next()
  const mark = session.buffer.marks.get(name === '`' ? "'" : name)
  if (!mark) return 'failed'
  return key === '`' ? mark : toLine(session, Math.min(session.lastLine, mark.line))
}
