// d, c, y, < and > over a motion; and the short forms of them: x, D, C, s, S, Y.

import type { Key } from '../raw-terminal.ts'
import type { Position } from './buffer.ts'
import { ESCAPE } from './keys.ts'
import { indentOf, shiftLines } from './line-edits.ts'
import { firstFilled, type Target, wordEnd } from './motion.ts'
import { readMotion } from './motion-keys.ts'
import { copySpan, deleteSpan, type Span, spanLines, spanTo } from './operator.ts'
import type { Session } from './session.ts'
import { type } from './typing.ts'

/** A motion follows, or the operator again for whole lines; `before`: the count that was given before it. */
export async function operate(session: Session, operator: Key, before: number | undefined): Promise<void> {
  const { count: after, key } = await session.keys.nextWithCount()
  const count = before === undefined ? after : before * (after ?? 1)
  const span = await spanOf(session, { operator, key, count })
  if (!span) return key === ESCAPE ? undefined : session.beep()
  switch (operator) {
    case 'd':
      return remove(session, span)
    case 'y':
      return yank(session, span)
    case 'c':
      return replace(session, span)
    default:
      shiftLines(session, span.from.line, span.to.line, operator === '>' ? 1 : -1)
  }
}

interface Operand {
  readonly operator: Key
  readonly key: Key
  readonly count: number | undefined
}

async function spanOf(session: Session, { operator, key, count }: Operand): Promise<Span | undefined> {
  const { buffer, cursor, text } = session
  if (key === operator) return linesFromCursor(session, count ?? 1)
  const isWord = key === 'w' || key === 'W'
  // POSIX: cw on a word changes to its end and leaves the blanks.
  const isToEnd = operator === 'c' && isWord && /\S/.test(text[cursor.column] ?? ' ')
  const target = isToEnd ? changedWordEnd(session, key === 'W', count ?? 1) : await readMotion(session, key, count)
  if (!target || target === 'failed') return undefined
  // dw on the last word of a line does not join the next line.
  if (isWord && target.line > cursor.line && target.column <= firstFilled(buffer.line(target.line))) {
    return spanTo(buffer, cursor, { line: target.line - 1, column: buffer.line(target.line - 1).length })
  }
  return spanTo(buffer, cursor, target)
}

export function linesFromCursor({ buffer, cursor, lastLine }: Session, count: number): Span {
  return spanLines(buffer, cursor.line, Math.min(lastLine, cursor.line + count - 1))
}

/** cw on the last character of a word changes that character alone. */
function changedWordEnd({ buffer, cursor }: Session, isBig: boolean, count: number): Target {
  let at: Position = { line: cursor.line, column: cursor.column - 1 }
  for (let left = count; left > 0; left--) at = wordEnd(buffer, at, isBig)
  return { ...at, isInclusive: true }
}

export function yank(session: Session, span: Span): void {
  const { buffer, cursor } = session
  session.store(copySpan(buffer, span))
  if (!span.isLinewise) session.moveTo(span.from)
  else if (span.from.line < cursor.line) session.moveTo({ line: span.from.line, column: cursor.column })
}

export function remove(session: Session, span: Span): void {
  const { buffer } = session
  if (!span.isLinewise && span.from.line === span.to.line && span.from.column === span.to.column) return
  session.change(() => {
    session.store(copySpan(buffer, span))
    deleteSpan(buffer, span)
  })
  if (span.isLinewise) session.moveToLine(span.from.line)
  else session.moveTo(span.from)
}

/** What is typed then takes its place. */
export async function replace(session: Session, span: Span): Promise<void> {
  const { buffer, settings } = session
  session.change(() => {
    session.store(copySpan(buffer, span))
    if (span.isLinewise) {
      const begin = indentOf(buffer.line(span.from.line), settings)
      buffer.replace(span.from.line, span.to.line - span.from.line + 1, [begin])
      session.cursor = { line: span.from.line, column: begin.length }
    } else {
      deleteSpan(buffer, span)
      session.cursor = span.from
    }
  })
  await type(session, 'insert')
}
