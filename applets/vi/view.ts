// vi's screen: the text, tildes behind its end, and one row for what is said. Only rows that changed are sent.

import { codePointWidth } from '../../lib/width.ts'
import type { RawTerminal } from '../raw-terminal.ts'
import type { Buffer, Position } from './buffer.ts'

export interface ViewOptions {
  readonly tabStop: number
  readonly showsNumbers: boolean
  readonly showsAll: boolean
}

const NUMBER_WIDTH = 8

export class View {
  /** The first line on the screen. */
  top = 0
  readonly #terminal: RawTerminal
  #shift = 0
  #shown: string[] = []

  constructor(terminal: RawTerminal) {
    this.#terminal = terminal
  }

  get height(): number {
    return Math.max(1, this.#terminal.rows - 1)
  }

  /** All is drawn anew next time. */
  forget(): void {
    this.#shown = []
  }

  async draw(buffer: Buffer, cursor: Position, status: string, how: ViewOptions): Promise<void> {
    this.#scrollTo(cursor.line)
    const margin = how.showsNumbers ? NUMBER_WIDTH : 0
    const columns = Math.max(1, this.#terminal.columns - margin)
    const column = columnOf(buffer.line(cursor.line), cursor.column, how)
    if (column < this.#shift) this.#shift = column
    if (column >= this.#shift + columns) this.#shift = column - columns + 1
    let out = this.#shown.length === 0 ? '\x1b[H\x1b[2J' : ''
    for (let y = 0; y < this.height; y++) {
      const line = this.top + y
      const row = line < buffer.count ? this.#rowText(buffer.line(line), line, columns, how) : '~'
      out += this.#changed(y, row)
    }
    out += this.#changed(this.height, status.slice(0, this.#terminal.columns - 1))
    out += `\x1b[${cursor.line - this.top + 1};${column - this.#shift + margin + 1}H`
    await this.#terminal.write(out)
  }

  /** What is typed at the bottom, with the cursor behind it. */
  async drawPrompt(text: string): Promise<void> {
    this.#shown[this.height] = text
    await this.#terminal.write(`\x1b[${this.height + 1};1H${text}\x1b[K`)
  }

  #changed(y: number, row: string): string {
    if (this.#shown[y] === row) return ''
    this.#shown[y] = row
    return `\x1b[${y + 1};1H${row}\x1b[K`
  }

  #scrollTo(line: number): void {
    if (line >= this.top && line < this.top + this.height) return
    const isNear = line >= this.top - this.height && line < this.top + 2 * this.height
    if (!isNear) this.top = Math.max(0, line - (this.height >> 1))
    else this.top = line < this.top ? line : line - this.height + 1
  }

  #rowText(line: string, index: number, columns: number, how: ViewOptions): string {
    let out = how.showsNumbers ? `${String(index + 1).padStart(NUMBER_WIDTH - 1)} ` : ''
    let column = 0
    for (const character of how.showsAll ? `${line}$` : line) {
      const text = shownAs(character, column, how)
      const width = widthOf(character, column, how)
      if (column >= this.#shift + columns) break
      if (column + width > this.#shift) out += column < this.#shift ? text.slice(this.#shift - column) : text
      column += width
    }
    return out
  }
}

/** The column of the screen, without any shift. */
function columnOf(line: string, at: number, how: ViewOptions): number {
  let column = 0
  for (const character of line.slice(0, at)) column += widthOf(character, column, how)
  return column
}

function widthOf(character: string, column: number, how: ViewOptions): number {
  const point = character.codePointAt(0)!
  if (character === '\t' && !how.showsAll) return how.tabStop - (column % how.tabStop)
  if (point < 32 || point === 127) return 2
  return point >= 0xdc80 && point <= 0xdcff ? 1 : codePointWidth(point)
}

function shownAs(character: string, column: number, how: ViewOptions): string {
  const point = character.codePointAt(0)!
  if (character === '\t' && !how.showsAll) return ' '.repeat(how.tabStop - (column % how.tabStop))
  if (point < 32 || point === 127) return `^${String.fromCharCode(point ^ 64)}`
  return point >= 0xdc80 && point <= 0xdcff ? '.' : character
}
