// Where vi's motions lead (POSIX XCU vi), as pure functions of the text.

import type { Buffer, Position } from './buffer.ts'

export interface Target extends Position {
  /** An operator takes whole lines. */
  readonly isLinewise?: boolean
  /** An operator takes the character at the target too. */
  readonly isInclusive?: boolean
}

export function firstFilled(line: string): number {
  const at = line.search(/\S/)
  return at === -1 ? Math.max(0, line.length - 1) : at
}

type Class = 'blank' | 'word' | 'other'

function classOf(character: string | undefined, isBig: boolean): Class {
  if (character === undefined || /\s/.test(character)) return 'blank'
  return isBig || /[\w\u00aa-\uffff]/.test(character) ? 'word' : 'other'
}

/** The beginning of the next word; an empty line is one. */
export function wordForward(buffer: Buffer, from: Position, isBig: boolean): Position {
  let { line, column } = from
  const text = buffer.line(line)
  const start = classOf(text[column], isBig)
  if (start !== 'blank') while (column < text.length && classOf(text[column], isBig) === start) column++
  for (;;) {
    const current = buffer.line(line)
    while (column < current.length && classOf(current[column], isBig) === 'blank') column++
    if (column < current.length) return { line, column }
    if (line + 1 >= buffer.count) return { line, column: current.length }
    line++
    column = 0
    if (buffer.line(line) === '') return { line, column }
  }
}

export function wordBackward(buffer: Buffer, from: Position, isBig: boolean): Position {
  let { line, column } = from
  for (;;) {
    const text = buffer.line(line)
    column = Math.min(column, text.length)
    while (column > 0 && classOf(text[column - 1], isBig) === 'blank') column--
    if (column > 0) {
      const kind = classOf(text[column - 1], isBig)
      while (column > 0 && classOf(text[column - 1], isBig) === kind) column--
      return { line, column }
    }
    if (line === 0) return { line, column: 0 }
    line--
    column = buffer.line(line).length
    if (column === 0) return { line, column }
  }
}

export function wordEnd(buffer: Buffer, from: Position, isBig: boolean): Position {
  let { line } = from
  let column = from.column + 1
  for (;;) {
    const text = buffer.line(line)
    while (column < text.length && classOf(text[column], isBig) === 'blank') column++
    if (column < text.length) {
      const kind = classOf(text[column], isBig)
      while (column + 1 < text.length && classOf(text[column + 1], isBig) === kind) column++
      return { line, column }
    }
    if (line + 1 >= buffer.count) return { line, column: Math.max(0, text.length - 1) }
    line++
    column = 0
  }
}

/** f t F T. */
export function findCharacter(
  line: string,
  column: number,
  how: { readonly key: string; readonly character: string; readonly count: number },
): number | undefined {
  const isForward = how.key === 'f' || how.key === 't'
  let at = column
  for (let left = how.count; left > 0; left--) {
    at = isForward ? line.indexOf(how.character, at + 1) : at === 0 ? -1 : line.lastIndexOf(how.character, at - 1)
    if (at === -1) return undefined
  }
  return how.key === 't' ? at - 1 : how.key === 'T' ? at + 1 : at
}

export function paragraph(buffer: Buffer, from: Position, direction: 1 | -1): Position {
  let line = from.line + direction
  while (line > 0 && line < buffer.count && buffer.line(line - direction) === '' && buffer.line(line) === '')
    line += direction
  while (line > 0 && line < buffer.count && buffer.line(line) !== '') line += direction
  if (line >= buffer.count) return { line: buffer.count - 1, column: buffer.line(buffer.count - 1).length }
  return { line: Math.max(0, line), column: 0 }
}

const PAIRS = '()[]{}'

/** The bracket that belongs to the first one at or behind the cursor. */
export function matchingBracket(buffer: Buffer, from: Position): Position | undefined {
  let { line } = from
  let column = from.column
  const text = buffer.line(line)
  while (column < text.length && !PAIRS.includes(text[column]!)) column++
  const bracket = text[column]
  if (bracket === undefined) return undefined
  const index = PAIRS.indexOf(bracket)
  const partner = PAIRS[index ^ 1]
  const direction = index % 2 === 0 ? 1 : -1
  for (let depth = 1; ; ) {
    column += direction
    while (column < 0 || column >= buffer.line(line).length) {
      line += direction
      if (line < 0 || line >= buffer.count) return undefined
      column = direction > 0 ? 0 : buffer.line(line).length - 1
    }
    const character = buffer.line(line)[column]
    if (character === bracket) depth++
    else if (character === partner && --depth === 0) return { line, column }
  }
}
