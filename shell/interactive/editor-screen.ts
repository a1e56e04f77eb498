// Brings the screen from what it shows to what it should show, with as few bytes as is simple.

import { type Frame, layOut, type Place, type Shown } from './layout.ts'
import { cutFrame, findTop } from './screen-window.ts'

const EMPTY_FRAME: Frame = { cells: [], cursor: { row: 0, column: 0 }, end: { row: 0, column: 0 }, endsAtMargin: false }

export class EditorScreen {
  readonly #columns: () => number
  readonly #rows: () => number
  #frame = EMPTY_FRAME
  #shown: Shown = { prompt: '', text: '', cursor: 0 }
  #width = 0
  /** The first row that is shown of a line that is longer than the screen. */
  #top = 0

  /** Both are asked each time, for a window changes. */
  constructor(columns: () => number, rows: () => number) {
    this.#columns = columns
    this.#rows = rows
  }

  /** The cursor stands at the left of an empty row: what is drawn next begins here. */
  begin(): void {
    this.#frame = EMPTY_FRAME
    this.#width = this.#columns()
    this.#top = 0
  }

  /** What to send to the terminal so that it shows this. */
  draw(shown: Shown): string {
    const columns = this.#columns()
    // A terminal that is resized wraps anew what it shows: the old frame is now where its text falls in the new width.
    const isResized = columns !== this.#width
    const height = Math.max(1, this.#rows())
    const isReflowed = isResized && this.#frame !== EMPTY_FRAME
    const old = isReflowed ? cutFrame(layOut(this.#shown, columns), this.#top, height, columns) : this.#frame
    const whole = layOut(shown, columns)
    const top = findTop(whole, height, this.#top)
    const frame = cutFrame(whole, top, height, columns)
    const isCut = frame !== whole || top !== this.#top
    this.#top = top
    const text = isResized || (isCut && !isSame(old, frame)) ? redraw(old, frame) : change(old, frame, columns)
    this.#frame = frame
    this.#shown = shown
    this.#width = columns
    return text
  }

  /** Goes below all that is drawn, to the left of a fresh row. */
  finish(): string {
    const { cursor, end } = this.#frame
    const text = move(cursor, end) + (end.column === 0 && this.#frame.endsAtMargin ? '' : '\r\n')
    this.begin()
    return text
  }

  /** An empty screen, with the cursor at its top. */
  clear(): string {
    this.#frame = EMPTY_FRAME
    return '\x1b[H\x1b[2J'
  }
}

function redraw(old: Frame, frame: Frame): string {
  return `${move(old.cursor, { row: 0, column: 0 })}\x1b[J${draw(frame, 0)}`
}

function isSame(old: Frame, frame: Frame): boolean {
  return old.cells.length === frame.cells.length && commonCells(old, frame) === frame.cells.length
}

function change(old: Frame, frame: Frame, columns: number): string {
  if (isSame(old, frame)) return move(old.cursor, frame.cursor)
  let same = commonCells(old, frame)
  // Erasing beyond a full row would take its last character.
  while (same > 0 && (frame.cells[same]?.column ?? 0) >= columns) same--
  const next = frame.cells[same]
  // Where the first changed cell is drawn; a row that ends at the margin is continued by drawing, not by moving.
  const from: Place = next ? { row: next.row, column: next.column } : frame.end
  const isBare = same === old.cells.length && !old.endsAtMargin
  return `${move(old.cursor, from)}${isBare ? '' : '\x1b[J'}${draw(frame, same)}`
}

function draw(frame: Frame, first: number): string {
  let text = ''
  for (let i = first; i < frame.cells.length; i++) text += frame.cells[i]!.text
  // A space makes the terminal wrap where it waits at the margin.
  if (frame.endsAtMargin && first < frame.cells.length) text += ' \r'
  return text + move(frame.end, frame.cursor)
}

/** How many cells at the beginning are the same and in the same place. */
function commonCells(old: Frame, frame: Frame): number {
  const shared = Math.min(old.cells.length, frame.cells.length)
  let same = 0
  while (same < shared) {
    const [a, b] = [old.cells[same]!, frame.cells[same]!]
    if (a.text !== b.text || a.row !== b.row || a.column !== b.column) break
    same++
  }
  return same
}

function move(from: Place, to: Place): string {
  const rows = to.row - from.row
  const vertical = rows === 0 ? '' : rows < 0 ? `\x1b[${-rows}A` : `\x1b[${rows}B`
  if (to.column === from.column) return vertical
  if (to.column === 0) return `${vertical}\r`
  const columns = to.column - from.column
  return vertical + (columns < 0 ? (columns === -1 ? '\b' : `\x1b[${-columns}D`) : `\x1b[${columns}C`)
}
