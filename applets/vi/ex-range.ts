// The addresses before an ex command (POSIX XCU ex).

import type { Buffer, Position } from './buffer.ts'

export interface Range {
  readonly from: number
  readonly to: number
  /** How many addresses were given: 0, 1 or 2. */
  readonly count: number
}

export interface RangeContext {
  readonly buffer: Buffer
  readonly cursor: Position
  /** The line that a search finds; undefined: none. */
  search(pattern: string, direction: 1 | -1): number | undefined
}

/** Thrown for what cannot be done; `message` is shown in the last row. */
export class ExError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ExError'
  }
}

/** Lines from 0. `rest` is what follows the addresses. */
export function parseRange(text: string, context: RangeContext): { range: Range; rest: string } {
  if (text.startsWith('%')) return { range: { from: 0, to: context.buffer.count - 1, count: 2 }, rest: text.slice(1) }
  const first = parseAddress(text, context)
  if (first.line === undefined && !first.rest.startsWith(',')) {
    const { line } = context.cursor
    return { range: { from: line, to: line, count: 0 }, rest: text }
  }
  const from = first.line ?? context.cursor.line
  if (!first.rest.startsWith(',')) return { range: checked({ from, to: from, count: 1 }, context), rest: first.rest }
  const second = parseAddress(first.rest.slice(1), context)
  const to = second.line ?? context.cursor.line
  return { range: checked({ from, to, count: 2 }, context), rest: second.rest }
}

function checked(range: Range, { buffer }: RangeContext): Range {
  if (range.from > range.to || range.to >= buffer.count || range.from < -1) throw new ExError('bad line address')
  return range
}

function parseAddress(text: string, context: RangeContext): { line: number | undefined; rest: string } {
  const found = parseBase(text, context)
  let { line, rest } = found
  for (;;) {
    const offset = /^\s*([+-])(\d*)/.exec(rest)
    if (!offset) return { line, rest: line === undefined ? text : rest }
    const amount = offset[2] === '' ? 1 : Number(offset[2])
    line = (line ?? context.cursor.line) + (offset[1] === '-' ? -amount : amount)
    rest = rest.slice(offset[0].length)
  }
}

function parseBase(text: string, { buffer, cursor, search }: RangeContext): { line: number | undefined; rest: string } {
  const number = /^\d+/.exec(text)
  if (number) return { line: Number(number[0]) - 1, rest: text.slice(number[0].length) }
  switch (text[0]) {
    case '.':
      return { line: cursor.line, rest: text.slice(1) }
    case '$':
      return { line: buffer.count - 1, rest: text.slice(1) }
    case "'": {
      const mark = buffer.marks.get(text[1] ?? '')
      if (!mark) throw new ExError(`mark '${text[1] ?? ''}' not set`)
      return { line: mark.line, rest: text.slice(2) }
    }
    case '/':
    case '?': {
      const end = text.indexOf(text[0], 1)
      const pattern = text.slice(1, end === -1 ? undefined : end)
      const line = search(pattern, text[0] === '/' ? 1 : -1)
      if (line === undefined) throw new ExError('Pattern not found')
      return { line, rest: end === -1 ? '' : text.slice(end + 1) }
    }
    default:
      return { line: undefined, rest: text }
  }
}
