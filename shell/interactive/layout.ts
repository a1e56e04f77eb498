// Where the prompt and the line under edit fall on a screen of so many columns.

import { textWidth } from '../../lib/width.ts'
import { nextCharacter } from './words.ts'

/** One character on the screen, or an escape sequence of the prompt, which has no width. */
export interface Cell {
  readonly text: string
  readonly row: number
  readonly column: number
  /** This ends its row. */
  readonly isBreak: boolean
}

export interface Frame {
  readonly cells: readonly Cell[]
  readonly cursor: Place
  /** After the last character. */
  readonly end: Place
  /** The last character fills its row, so that the terminal has not yet gone to the next one. */
  readonly endsAtMargin: boolean
}

export interface Place {
  readonly row: number
  readonly column: number
}

export interface Shown {
  /** May hold escape sequences, and stretches without width between \x01 and \x02, as readline marks them. */
  readonly prompt: string
  readonly text: string
  readonly cursor: number
}

export function layOut(shown: Shown, columns: number): Frame {
  const width = Math.max(2, columns)
  const cells: Cell[] = []
  let row = 0
  let column = 0
  const put = (text: string, cellWidth: number) => {
    if (column + cellWidth > width) {
      row++
      column = 0
    }
    cells.push({ text, row, column, isBreak: false })
    column += cellWidth
  }
  const place = (text: string) => {
    if (text === '\n') {
      cells.push({ text: '\r\n', row, column, isBreak: true })
      row++
      column = 0
    } else if (text === '\t') {
      for (let spaces = 8 - (column % 8); spaces > 0; spaces--) put(' ', 1)
    } else if (/^[\0-\x1f\x7f]/.test(text)) {
      put('^', 1)
      put(String.fromCharCode(text.charCodeAt(0) ^ 64), 1)
    } else put(text, textWidth(text))
  }
  for (const part of promptParts(shown.prompt)) {
    if (part.isHidden) cells.push({ text: part.text, row, column, isBreak: false })
    else eachCharacter(part.text, place)
  }
  let cursorCell = -1
  eachCharacter(shown.text, (character, at) => {
    if (at === shown.cursor) cursorCell = cells.length
    place(character)
  })
  const endsAtMargin = column >= width
  const end = endsAtMargin ? { row: row + 1, column: 0 } : { row, column }
  const { row: cursorRow, column: cursorColumn } = cells[cursorCell] ?? end
  // The newline after a full row has no place of its own.
  const cursor = { row: cursorRow, column: Math.min(cursorColumn, width - 1) }
  return { cells, cursor, end, endsAtMargin }
}

function eachCharacter(text: string, visit: (character: string, at: number) => void): void {
  for (let at = 0; at < text.length; ) {
    const end = nextCharacter(text, at)
    visit(text.slice(at, end), at)
    at = end
  }
}

/** Escape sequences (CSI, OSC and the short ones) take no columns, marked or not. */
function promptParts(prompt: string): { text: string; isHidden: boolean }[] {
  const hidden =
    /\x01([^\x02]*)\x02?|(\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~]))|([\x02\x07])/g
  const parts: { text: string; isHidden: boolean }[] = []
  let at = 0
  for (const match of prompt.matchAll(hidden)) {
    if (match.index > at) parts.push({ text: prompt.slice(at, match.index), isHidden: false })
    const text = match[1] ?? match[2] ?? match[3] ?? ''
    if (text !== '\x02') parts.push({ text, isHidden: true })
    at = match.index + match[0].length
  }
  if (at < prompt.length) parts.push({ text: prompt.slice(at), isHidden: false })
  return parts
}
