// The commands of command mode that are neither motions nor operators (POSIX XCU vi, "Command descriptions").

import type { Key } from '../raw-terminal.ts'
import type { Position } from './buffer.ts'
import { runEx } from './ex.ts'
import type { ExHost } from './ex-host.ts'
import { ESCAPE } from './keys.ts'
import { joinLines, replaceCharacters, swapCase } from './line-edits.ts'
import { firstFilled } from './motion.ts'
import { putRegister, type Span } from './operator.ts'
import { linesFromCursor, remove, replace, yank } from './operator-keys.ts'
import type { Session } from './session.ts'
import { insert, openLine } from './typing.ts'

/** A session in which the commands behind `:` can be run. */
export type ExSession = Session & ExHost

/** `count` is 1 where none was `given`. */
type Command = (session: ExSession, count: number, given: number | undefined) => void | Promise<void>

/** undefined: there is no such command. */
export function commandOf(key: Key): Command | undefined {
  return COMMANDS.get(key)
}

const TEXT: readonly (readonly [keys: readonly Key[], command: Command])[] = [
  [['i', 'insert'], (session, count) => insert(session, session.cursor.column, { count })],
  [['I'], (session, count) => insert(session, firstColumn(session), { count })],
  [['a'], (session, count) => insert(session, right(session, 1).column, { count })],
  [['A'], (session, count) => insert(session, session.text.length, { count })],
  [['o'], session => openLine(session, session.cursor.line + 1)],
  [['O'], session => openLine(session, session.cursor.line)],
  [['R'], (session, count) => insert(session, session.cursor.column, { count, mode: 'replace' })],
  [['x', 'delete'], (session, count) => remove(session, between(session.cursor, right(session, count)))],
  [['X'], (session, count) => remove(session, between(left(session, count), session.cursor))],
  [['D'], session => remove(session, toEnd(session))],
  [['C'], session => replace(session, toEnd(session))],
  [['s'], (session, count) => replace(session, between(session.cursor, right(session, count)))],
  [['S'], (session, count) => replace(session, linesFromCursor(session, count))],
  [['Y'], (session, count) => yank(session, linesFromCursor(session, count))],
  [['p'], (session, count) => put(session, { isBefore: false, count })],
  [['P'], (session, count) => put(session, { isBefore: true, count })],
  [['J'], (session, _, given) => joinLines(session, session.cursor.line, given ?? 2)],
  [['r'], async (session, count) => replaceCharacters(session, await session.keys.next(), count)],
  [['~'], swapCase],
  [['u'], session => session.undo()],
  [['m'], async session => void session.buffer.marks.set(await session.keys.next(), session.cursor)],
]

const SESSION: readonly (readonly [keys: readonly Key[], command: Command])[] = [
  [[':'], runTyped],
  [['Z'], endTyped],
  [['\x07'], session => session.tellFile()],
  [['\x0c', '\x12'], session => session.redraw()],
  [['\x06', 'pagedown'], (session, count) => scrollPages(session, count)],
  [['\x02', 'pageup'], (session, count) => scrollPages(session, -count)],
  [['\x04'], session => scrollLines(session, session.view.height >> 1, { movesCursor: true })],
  [['\x15'], session => scrollLines(session, -(session.view.height >> 1), { movesCursor: true })],
  [['\x05'], (session, count) => scrollLines(session, count, { movesCursor: false })],
  [['\x19'], (session, count) => scrollLines(session, -count, { movesCursor: false })],
  [['z'], placeTyped],
  [[ESCAPE], () => {}],
]

const COMMANDS: ReadonlyMap<Key, Command> = new Map(
  [...TEXT, ...SESSION].flatMap(([keys, command]) => keys.map(key => [key, command])),
)

/** Of a blank line its end. */
function firstColumn({ text }: Session): number {
  return text.trim() === '' ? text.length : firstFilled(text)
}

function right({ cursor, text }: Session, count: number): Position {
  return { line: cursor.line, column: Math.min(text.length, cursor.column + count) }
}

function left({ cursor }: Session, count: number): Position {
  return { line: cursor.line, column: Math.max(0, cursor.column - count) }
}

function between(from: Position, to: Position): Span {
  return { from, to, isLinewise: false }
}

function toEnd(session: Session): Span {
  return between(session.cursor, right(session, Infinity))
}

function put(session: Session, how: { readonly isBefore: boolean; readonly count: number }): void {
  const register = session.fetch()
  if (!register) return session.beep()
  session.change(() => {
    const position = putRegister(session.buffer, session.cursor, register, how)
    if (register.isLinewise) session.moveToLine(position.line)
    else session.moveTo(position)
  })
}

async function runTyped(session: ExSession): Promise<void> {
  const command = await session.prompt(':')
  if (command !== undefined) await runEx(session, command)
  // It is no change that `.` repeats.
  session.hasChanged = false
}

async function endTyped(session: ExSession): Promise<void> {
  const second = await session.keys.next()
  if (second === 'Z') await runEx(session, 'x')
  else if (second === 'Q') session.quit()
}

function scrollPages(session: Session, pages: number): void {
  const { view } = session
  scrollTo(session, view.top + pages * Math.max(1, view.height - 2))
  session.moveToLine(pages > 0 ? view.top : Math.min(session.cursor.line, view.top + view.height - 1))
}

function scrollLines(session: Session, lines: number, { movesCursor }: { readonly movesCursor: boolean }): void {
  const { view, cursor } = session
  scrollTo(session, view.top + lines)
  const wanted = movesCursor ? cursor.line + lines : cursor.line
  session.moveToLine(Math.max(view.top, Math.min(view.top + view.height - 1, wanted)))
}

function scrollTo({ view, lastLine }: Session, line: number): void {
  view.top = Math.max(0, Math.min(lastLine, line))
}

/** z and where the cursor's line is to be: `.` in the middle, `-` at the bottom, anything else at the top. */
async function placeTyped({ keys, view, cursor }: Session): Promise<void> {
  const where = await keys.next()
  const above = where === '.' ? view.height >> 1 : where === '-' ? view.height - 1 : 0
  view.top = Math.max(0, cursor.line - above)
}
