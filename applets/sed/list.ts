// The l command: a text in which everything can be seen (POSIX XCU sed).

import { encode } from '../../lib/bytes.ts'

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [92, '\\\\'],
  [7, '\\a'],
  [8, '\\b'],
  [12, '\\f'],
  [10, '\\n'],
  [13, '\\r'],
  [9, '\\t'],
  [11, '\\v'],
])

/** Lines are folded with a backslash before `width` columns are full; 0 or 1: never. */
export function listText(text: string, width: number): string {
  let out = ''
  let column = 0
  for (const byte of encode(text)) {
    const shown = ESCAPES.get(byte) ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : octal(byte))
    if (width > 1 && column + shown.length > width - 1) {
      out += '\\\n'
      column = 0
    }
    out += shown
    column += shown.length
  }
  return `${out}$`
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`
}
