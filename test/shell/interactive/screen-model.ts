// A terminal's screen, as far as a line editor uses it: cells, a cursor, wrapping at the margin, and the CSI sequences for moving and erasing.

import { textWidth } from '../../../lib/width.ts'

export class ScreenModel {
  columns: number
  readonly height: number
  /** A wide character is followed by an empty cell. */
  #rows: string[][] = [[]]
  #row = 0
  #column = 0
  bells = 0

  constructor(columns: number, height = 50) {
    this.columns = columns
    this.height = height
  }

  write(text: string): void {
    const pieces = text.matchAll(/\x1b\[([?0-9;]*)([@-~])|([\s\S])/gu)
    for (const [, parameters = '', final, character = ''] of pieces) {
      if (final) this.#control(parameters, final)
      else this.#put(character)
    }
  }

  get cursor(): [row: number, column: number] {
    return [this.#row, Math.min(this.#column, this.columns - 1)]
  }

  /** The rows without their trailing blanks, and without empty rows at the end. */
  get text(): string {
    const rows = Array.from(this.#rows, (row = []) =>
      Array.from(row, cell => cell ?? ' ')
        .join('')
        .trimEnd(),
    )
    return rows.join('\n').trimEnd()
  }

  /** The window is made wider or narrower, and the terminal wraps its text anew, as xterm does; only for text that ends at the cursor. */
  reflow(columns: number): void {
    const text = this.#rows.map(row => row.join('')).join('')
    this.columns = columns
    this.#rows = [[]]
    this.#row = 0
    this.#column = 0
    this.write(text)
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0
    else if (character === '\n') this.#down()
    else if (character === '\b') this.#column = Math.max(0, Math.min(this.#column, this.columns - 1) - 1)
    else if (character === '\x07') this.bells++
    else if (character < ' ') throw new Error(`control character ${JSON.stringify(character)}`)
    else this.#print(character)
  }

  #print(character: string): void {
    const width = textWidth(character)
    if (width === 0) {
      const at = this.#column - 1
      const row = (this.#rows[this.#row] ??= [])
      const base = row[at] === '' ? at - 1 : at
      row[base] = (row[base] ?? '') + character
      return
    }
    if (this.#column + width > this.columns) {
      this.#down()
      this.#column = 0
    }
    const row = (this.#rows[this.#row] ??= [])
    while (row.length < this.#column) row.push(' ')
    row[this.#column] = character
    if (width === 2) row[this.#column + 1] = ''
    this.#column += width
  }

  #down(): void {
    if (this.#row === this.height - 1) this.#rows.shift()
    else this.#row++
    this.#rows[this.#row] ??= []
  }

  #control(parameters: string, final: string): void {
    const count = Math.max(1, Number(parameters || 1))
    const column = Math.min(this.#column, this.columns - 1)
    if (final === 'A') this.#row = Math.max(0, this.#row - count)
    else if (final === 'B') this.#row = Math.min(this.height - 1, this.#row + count)
    else if (final === 'C') this.#column = Math.min(this.columns - 1, column + count)
    else if (final === 'D') this.#column = Math.max(0, column - count)
    else if (final === 'H') {
      this.#row = 0
      this.#column = 0
    } else if (final === 'J') this.#erase(parameters)
    else if (final === 'K') (this.#rows[this.#row] ??= []).length = column
    else if (final !== 'm' && !parameters.startsWith('?')) throw new Error(`unknown sequence CSI ${parameters}${final}`)
  }

  /** At the margin the cursor is on the last cell, so erasing takes it: an editor must not do so. */
  #erase(parameters: string): void {
    if (parameters === '2') {
      this.#rows = this.#rows.map(() => [])
      return
    }
    this.#rows.length = this.#row + 1
    const row = (this.#rows[this.#row] ??= [])
    row.length = Math.min(row.length, Math.min(this.#column, this.columns - 1))
  }
}
