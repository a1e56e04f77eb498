// Pieces of the text that operators take away, and that p puts back.

import type { Buffer, Position } from './buffer.ts'
import type { Target } from './motion.ts'

export interface Register {
  readonly lines: readonly string[]
  /** Whole lines; else the first and last are parts of lines. */
  readonly isLinewise: boolean
}

export interface Span {
  readonly from: Position
  /** The column is exclusive. */
  readonly to: Position
  readonly isLinewise: boolean
}

/** What lies between the cursor and where a motion leads. */
export function spanTo(buffer: Buffer, cursor: Position, target: Target): Span {
  const isForward = target.line > cursor.line || (target.line === cursor.line && target.column >= cursor.column)
  const [from, to] = isForward ? [cursor, target] : [target, cursor]
  if (target.isLinewise) {
    const end = { line: to.line, column: buffer.line(to.line).length }
    return { from: { line: from.line, column: 0 }, to: end, isLinewise: true }
  }
  const column = target.isInclusive && isForward ? to.column + 1 : to.column
  return { from, to: { line: to.line, column: Math.min(column, buffer.line(to.line).length) }, isLinewise: false }
}

export function spanLines(buffer: Buffer, from: number, to: number): Span {
  const end = { line: to, column: buffer.line(to).length }
  return { from: { line: from, column: 0 }, to: end, isLinewise: true }
}

export function copySpan(buffer: Buffer, { from, to, isLinewise }: Span): Register {
  const lines = buffer.slice(from.line, to.line + 1)
  if (isLinewise) return { lines, isLinewise }
  lines[lines.length - 1] = lines.at(-1)!.slice(0, to.column)
  lines[0] = lines[0]!.slice(from.column)
  return { lines, isLinewise }
}

/** Takes the span away; of whole lines nothing remains. */
export function deleteSpan(buffer: Buffer, { from, to, isLinewise }: Span): void {
  const count = to.line - from.line + 1
  if (isLinewise) {
    buffer.replace(from.line, count, [])
    return
  }
  buffer.replace(from.line, count, [
    buffer.line(from.line).slice(0, from.column) + buffer.line(to.line).slice(to.column),
  ])
}

/** Where the cursor stands after. */
export function putRegister(
  buffer: Buffer,
  cursor: Position,
  register: Register,
  how: { readonly isBefore: boolean; readonly count: number },
): Position {
  const { lines, isLinewise } = register
  if (isLinewise) {
    const at = cursor.line + (how.isBefore ? 0 : 1)
    buffer.replace(at, 0, Array.from({ length: how.count }, () => lines).flat())
    return { line: at, column: 0 }
  }
  const line = buffer.line(cursor.line)
  const column = Math.min(line.length, cursor.column + (how.isBefore || line === '' ? 0 : 1))
  const text = lines.join('\n').repeat(how.count)
  const pieces = (line.slice(0, column) + text + line.slice(column)).split('\n')
  buffer.replace(cursor.line, 1, pieces)
  if (pieces.length > 1) return { line: cursor.line, column }
  return { line: cursor.line, column: column + text.length - 1 }
}
