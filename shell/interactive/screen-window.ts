// The part of a frame that fits a screen of so many rows, when a line is longer than that.

import type { Cell, Frame, Place } from './layout.ts'

/** The first row to show: the same as before while the cursor stays in sight. */
export function findTop(frame: Frame, height: number, before: number): number {
  const rows = frame.end.row + 1
  if (rows <= height) return 0
  const top = Math.min(before, rows - height)
  if (frame.cursor.row < top) return frame.cursor.row
  return Math.max(top, frame.cursor.row - height + 1)
}

/** `height` rows of a frame from `top` on, as a frame of its own. */
export function cutFrame(frame: Frame, top: number, height: number, columns: number): Frame {
  if (top === 0 && frame.end.row < height) return frame
  const last = top + height - 1
  const shown = frame.cells.filter(cell => cell.row >= top && cell.row <= last && !(cell.row === last && cell.isBreak))
  const cells = shown.map((cell): Cell => ({ ...cell, row: cell.row - top }))
  const isWhole = frame.end.row <= last
  return {
    cells,
    cursor: { row: frame.cursor.row - top, column: frame.cursor.column },
    end: isWhole ? { row: frame.end.row - top, column: frame.end.column } : endOfRow(frame, last, top, columns),
    endsAtMargin: isWhole && frame.endsAtMargin,
  }
}

/** Where the terminal's cursor stands after the last cell of a row that is followed by others. */
function endOfRow(frame: Frame, row: number, top: number, columns: number): Place {
  const next = frame.cells.find(cell => cell.row === row + 1 || (cell.row === row && cell.isBreak))
  const column = next?.isBreak && next.row === row ? next.column : columns
  return { row: row - top, column: Math.min(column, columns - 1) }
}
