// Names laid out in columns, as ls does on a terminal.

import { textWidth } from './width.ts'

export interface ColumnOptions {
  readonly width: number
  /** Across the rows instead of down the columns. */
  readonly isAcross?: boolean
  /** Columns of a cell when it holds what is not seen (colours). */
  readonly measure?: (cell: string) => number
}

/** Lines without their newline. */
export function layOut(
  cells: readonly string[],
  { width, isAcross = false, measure = textWidth }: ColumnOptions,
): string[] {
  if (cells.length === 0) return []
  const widest = cells.reduce((most, cell) => Math.max(most, measure(cell)), 0) + 2
  const columns = Math.max(1, Math.floor(width / widest))
  const rows = Math.ceil(cells.length / columns)
  return Array.from({ length: rows }, (_, row) => {
    const line: string[] = []
    for (let column = 0; column < columns; column++) {
      const index = isAcross ? row * columns + column : column * rows + row
      const cell = cells[index]
      if (cell !== undefined) line.push(cell)
    }
    return line.map((cell, i) => (i === line.length - 1 ? cell : cell + ' '.repeat(widest - measure(cell)))).join('')
  })
}
