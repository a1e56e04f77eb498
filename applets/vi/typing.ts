// Insert and replace mode: what is typed becomes text.

import type { Key } from '../raw-terminal.ts'
import type { Position } from './buffer.ts'
import { ESCAPE } from './keys.ts'
import { indent, indentOf } from './line-edits.ts'
import { copySpan, putRegister } from './operator.ts'
import type { Session } from './session.ts'

type TypingMode = 'insert' | 'replace'

/** i, a, R, ... from a column of the cursor's line on. */
export async function insert(
  session: Session,
  column: number,
  { count, mode = 'insert' }: { readonly count: number; readonly mode?: TypingMode },
): Promise<void> {
  session.change(() => {})
  session.cursor = { line: session.cursor.line, column }
  const start = session.cursor
  await type(session, mode)
  if (count > 1 && mode === 'insert') insertAgain(session, start, count - 1)
}

/** The text that was typed, so many times more. */
function insertAgain(session: Session, start: Position, times: number): void {
  const { buffer, cursor } = session
  const end = { line: cursor.line, column: cursor.column + 1 }
  const typed = copySpan(buffer, { from: start, to: end, isLinewise: false })
  session.moveTo(putRegister(buffer, cursor, typed, { isBefore: false, count: times }))
}

/** o and O: a new line with that number. */
export async function openLine(session: Session, at: number): Promise<void> {
  const { buffer, settings, text } = session
  const begin = indentOf(text, settings)
  session.change(() => buffer.replace(at, 0, [begin]))
  session.cursor = { line: at, column: begin.length }
  await type(session, 'insert')
}

/** Until Escape. All of it is undone together. */
export async function type(session: Session, mode: TypingMode): Promise<void> {
  const { keys } = session
  session.mode = mode
  /** What was there before, for backspace in replace mode. */
  const overwritten: string[] = []
  for (;;) {
    if (keys.isIdle) await session.draw()
    const key = await keys.next()
    if (key === ESCAPE || key === '\x03') break
    if (!moveWhileTyping(session, key)) typeKey(session, key, { mode, overwritten })
  }
  session.mode = 'command'
  session.moveTo({ line: session.cursor.line, column: Math.max(0, session.cursor.column - 1) })
}

/** Whether the key only moves the cursor. */
function moveWhileTyping(session: Session, key: Key): boolean {
  const { buffer, text } = session
  const { line, column } = session.cursor
  const goTo = (to: number, at: number) => {
    session.cursor = { line: to, column: Math.max(0, Math.min(at, buffer.line(to).length)) }
    return true
  }
  switch (key) {
    case 'left':
      return goTo(line, column - 1)
    case 'right':
      return goTo(line, column + 1)
    case 'up':
      return goTo(Math.max(0, line - 1), column)
    case 'down':
      return goTo(Math.min(session.lastLine, line + 1), column)
    case 'home':
      return goTo(line, 0)
    case 'end':
      return goTo(line, text.length)
    default:
      return false
  }
}

interface Typing {
  readonly mode: TypingMode
  readonly overwritten: string[]
}

function typeKey(session: Session, key: Key, how: Typing): void {
  const { buffer, settings, text } = session
  const { line, column } = session.cursor
  if (key === '\r' || key === '\n') {
    const begin = indentOf(text, settings)
    buffer.replace(line, 1, [text.slice(0, column), begin + text.slice(column)])
    session.cursor = { line: line + 1, column: begin.length }
  } else if (key === '\x7f' || key === '\b') eraseBackward(session, how)
  else if (key === 'delete') buffer.replace(line, 1, [text.slice(0, column) + text.slice(column + 1)])
  else if (key === '\t' && settings.expandTab) {
    put(session, indent(settings.tabStop - (column % settings.tabStop), settings), how)
  } else if (key === '\t' || ([...key].length === 1 && key >= ' ')) put(session, key, how)
}

function put(session: Session, typed: string, { mode, overwritten }: Typing): void {
  const { buffer, text } = session
  const { line, column } = session.cursor
  const isOver = mode === 'replace' && column < text.length
  if (mode === 'replace') overwritten.push(isOver ? text[column]! : '')
  buffer.replace(line, 1, [text.slice(0, column) + typed + text.slice(column + (isOver ? 1 : 0))])
  session.cursor = { line, column: column + typed.length }
}

function eraseBackward(session: Session, { mode, overwritten }: Typing): void {
  const { buffer, text } = session
  const { line, column } = session.cursor
  if (mode === 'replace') {
    const before = overwritten.pop()
    if (before === undefined || column === 0) return
    buffer.replace(line, 1, [text.slice(0, column - 1) + before + text.slice(column)])
    session.cursor = { line, column: column - 1 }
  } else if (column > 0) {
    buffer.replace(line, 1, [text.slice(0, column - 1) + text.slice(column)])
    session.cursor = { line, column: column - 1 }
  } else if (line > 0) {
    const before = buffer.line(line - 1)
    buffer.replace(line - 1, 2, [before + text])
    session.cursor = { line: line - 1, column: before.length }
  }
}
