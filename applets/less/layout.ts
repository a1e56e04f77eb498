// How a line becomes rows of the screen: tabs, control characters, colours, folding.

import { codePointWidth } from '../../lib/width.ts'

export interface Cell {
  readonly text: string
  readonly width: number
  /** Where in the line it comes from. */
  readonly at: number
  /** Shown reversed: a control character as ^X. */
  readonly isControl: boolean
}

export interface LayoutOptions {
  readonly columns: number
  readonly cutsLines: boolean
  readonly dropsColors: boolean
}

const COLOR = /\x1b\[[0-9;]*m/y

/** The rows of a line; an empty line has one. With `cutsLines` there is only one, as long as it may be. */
export function layOut(line: string, how: LayoutOptions): Cell[][] {
  const rows: Cell[][] = [[]]
  let column = 0
  for (let at = 0; at < line.length; ) {
    if (how.dropsColors && line[at] === '\x1b') {
      COLOR.lastIndex = at
      const color = COLOR.exec(line)
      if (color) {
        at += color[0].length
        continue
      }
    }
    const cell = cellAt(line, at, column)
    if (!how.cutsLines && column + cell.width > how.columns) {
      rows.push([])
      column = 0
    }
    rows.at(-1)!.push(cell)
    column += cell.width
    at += line.codePointAt(at)! > 0xffff ? 2 : 1
  }
  return rows
}

function cellAt(line: string, at: number, column: number): Cell {
  const point = line.codePointAt(at)!
  if (point === 9) {
    const width = 8 - (column % 8)
    return { text: ' '.repeat(width), width, at, isControl: false }
  }
  if (point < 32 || point === 127) {
    return { text: `^${String.fromCharCode(point ^ 64)}`, width: 2, at, isControl: true }
  }
  if (point >= 0xdc80 && point <= 0xdcff) {
    return { text: `<${(point & 255).toString(16).toUpperCase()}>`, width: 4, at, isControl: true }
  }
  return { text: String.fromCodePoint(point), width: codePointWidth(point), at, isControl: false }
}
