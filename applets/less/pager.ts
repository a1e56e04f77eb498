// The pager: what is on the screen, and what each key does to it.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { compileRegex, type Regex, RegexError } from '../../lib/regex/index.ts'
import { openInput } from '../operands.ts'
import type { Key, RawTerminal } from '../raw-terminal.ts'
import { Document } from './document.ts'
import { type Cell, layOut } from './layout.ts'

export interface PagerOptions {
  quitsAtEnd: boolean
  quitsIfFits: boolean
  ignoresCase: boolean
  showsPosition: boolean
  showsNumbers: boolean
  cutsLines: boolean
  dropsColors: boolean
  hidesTildes: boolean
}

const REVERSE = '\x1b[7m'
const NORMAL = '\x1b[m'

export class Pager {
  readonly #proc: Process
  readonly #terminal: RawTerminal
  readonly #files: readonly string[]
  readonly #options: PagerOptions
  #index = 0
  #document: Document
  /** The first line on the screen, and how many of its rows are above it. */
  #top = 0
  #topRow = 0
  #shift = 0
  #count = ''
  #message: string | undefined
  #search: Regex | undefined
  #isBackward = false
  readonly #marks = new Map<string, number>()
  #isOver = false

  constructor(
    proc: Process,
    terminal: RawTerminal,
    from: { files: readonly string[]; document: Document },
    options: PagerOptions,
  ) {
    this.#proc = proc
    this.#terminal = terminal
    this.#files = from.files
    this.#document = from.document
    this.#options = options
    this.#message = from.document.name === '' ? undefined : from.document.name
  }

  async run(): Promise<void> {
    if (this.#options.quitsIfFits && (await this.#fits())) return this.#printPlain()
    while (!this.#isOver) {
      if (!this.#terminal.hasKeys) await this.#draw()
      await this.#obey(await this.#terminal.key())
    }
    this.#document.close()
    await this.#terminal.write(`\r\x1b[K`)
  }

  get #height(): number {
    return this.#terminal.rows - 1
  }

  // --- drawing -------------------------------------------------------------------------------------------------------

  async #fits(): Promise<boolean> {
    await this.#document.need(this.#height + 1)
    if (!this.#document.isComplete) return false
    const rows = this.#document.lines.reduce((sum, _, line) => sum + this.#rowsOf(line).length, 0)
    return rows <= this.#height
  }

  async #printPlain(): Promise<void> {
    for (const line of this.#document.lines) await this.#proc.stdout.write(`${line}\r\n`)
  }

  async #draw(): Promise<void> {
    await this.#document.need(this.#top + this.#height + 1)
    let out = '\x1b[H'
    let line = this.#top
    let row = this.#topRow
    for (let y = 0; y < this.#height; y++) {
      const rows = line < this.#document.lines.length ? this.#rowsOf(line) : undefined
      out += rows ? this.#rowText(line, rows[row] ?? [], row) : this.#options.hidesTildes ? '' : '~'
      out += '\x1b[K\r\n'
      if (rows && ++row >= rows.length) {
        line++
        row = 0
      }
    }
    await this.#terminal.write(`${out}${this.#status(line)}\x1b[K`)
    this.#message = undefined
    if (this.#options.quitsAtEnd && this.#isAtEnd(line)) this.#isOver = true
  }

  #rowsOf(line: number): Cell[][] {
    const { cutsLines, dropsColors, showsNumbers } = this.#options
    const columns = Math.max(4, this.#terminal.columns - (showsNumbers ? 8 : 0))
    return layOut(this.#document.lines[line] ?? '', { columns, cutsLines, dropsColors })
  }

  #rowText(line: number, cells: readonly Cell[], row: number): string {
    const matches = this.#matchesOf(line)
    let out = ''
    if (this.#options.showsNumbers) out += row === 0 ? `${String(line + 1).padStart(7)} ` : ' '.repeat(8)
    const columns = this.#terminal.columns - (this.#options.showsNumbers ? 8 : 0)
    const from = this.#options.cutsLines ? this.#shift : 0
    let column = 0
    let isMarked = false
    for (const cell of cells) {
      const start = column
      column += cell.width
      if (start < from) continue
      if (column - from > columns) break
      const marked = cell.isControl || matches.some(([a, b]) => cell.at >= a && cell.at < b)
      if (marked !== isMarked) out += marked ? REVERSE : NORMAL
      isMarked = marked
      out += cell.text
    }
    return isMarked ? out + NORMAL : out
  }

  #matchesOf(line: number): [number, number][] {
    const text = this.#document.lines[line] ?? ''
    const found: [number, number][] = []
    if (!this.#search) return found
    for (let at = 0; at <= text.length; ) {
      const match = this.#search.exec(text, at)
      if (!match) break
      if (match.end > match.start) found.push([match.start, match.end])
      at = Math.max(match.end, match.start + 1)
    }
    return found
  }

  #isAtEnd(nextLine: number): boolean {
    return this.#document.isComplete && nextLine >= this.#document.lines.length
  }

  #status(nextLine: number): string {
    const { lines, isComplete, name } = this.#document
    if (this.#message !== undefined && !this.#options.showsPosition) {
      const end = this.#isAtEnd(nextLine) ? ' (END)' : ''
      return `${REVERSE}${this.#message}${this.#message === name ? end : ''}${NORMAL}`
    }
    if (this.#options.showsPosition) {
      const last = Math.min(nextLine, lines.length)
      const total = isComplete
        ? `/${lines.length} ${lines.length === 0 ? 100 : Math.floor((100 * last) / lines.length)}%`
        : ''
      const where = `${name === '' ? '' : `${name} `}lines ${Math.min(this.#top + 1, lines.length)}-${last}${total}`
      return `${REVERSE}${this.#message ?? ''}${where}${this.#isAtEnd(nextLine) ? ' (END)' : ''}${NORMAL}`
    }
    return this.#isAtEnd(nextLine) ? `${REVERSE}(END)${NORMAL}` : `:${this.#count}`
  }

  // --- keys ----------------------------------------------------------------------------------------------------------

  async #obey(key: Key): Promise<void> {
    if (/^[0-9]$/.test(key)) {
      this.#count += key
      return
    }
    const given = this.#count === '' ? undefined : Number(this.#count)
    this.#count = ''
    const count = given ?? 1
    const page = this.#height
    switch (key) {
      case 'q':
      case 'Q':
      case 'eof':
      case '\x03':
        this.#isOver = true
        return
      case 'j':
      case 'e':
      case '\r':
      case '\n':
      case 'down':
      case '\x0e':
        return this.#scroll(count)
      case 'k':
      case 'y':
      case 'up':
      case '\x10':
        return this.#scroll(-count)
      case ' ':
      case 'f':
      case 'z':
      case '\x06':
      case 'pagedown':
        return this.#scroll(given ?? page)
      case 'b':
      case 'w':
      case '\x02':
      case 'pageup':
        return this.#scroll(-(given ?? page))
      case 'd':
      case '\x04':
        return this.#scroll(given ?? page >> 1)
      case 'u':
      case '\x15':
        return this.#scroll(-(given ?? page >> 1))
      case 'g':
      case '<':
      case 'home':
        return this.#goTo(count - 1)
      case 'G':
      case '>':
      case 'end':
        return given === undefined ? this.#goToEnd() : this.#goTo(given - 1)
      case 'p':
      case '%':
        return this.#goToPercent(given ?? 0)
      case 'right':
        this.#shift += this.#terminal.columns >> 1
        return
      case 'left':
        this.#shift = Math.max(0, this.#shift - (this.#terminal.columns >> 1))
        return
      case '/':
      case '?':
        return this.#askSearch(key === '?', count)
      case 'n':
        return this.#findNext(this.#isBackward, count)
      case 'N':
        return this.#findNext(!this.#isBackward, count)
      case 'm':
        this.#marks.set(await this.#terminal.key(), this.#top)
        return
      case "'":
        return this.#goToMark(await this.#terminal.key())
      case '=':
        await this.#document.need(Number.POSITIVE_INFINITY)
        this.#message = `${this.#document.name} line ${this.#top + 1} of ${this.#document.lines.length}`
        return
      case '-':
        return this.#toggle(await this.#terminal.key())
      case 'h':
        this.#message = 'j k space b: move, g G: ends, /pattern n N: search, :n :p: files, q: quit'
        return
      case 'Z':
        this.#isOver = (await this.#terminal.key()) === 'Z'
        return
      case ':':
        return this.#colon()
    }
  }

  async #scroll(rows: number): Promise<void> {
    for (let left = Math.abs(rows); left > 0; left--) {
      if (!(rows > 0 ? await this.#scrollDown() : this.#scrollUp())) return
    }
  }

  async #scrollDown(): Promise<boolean> {
    await this.#document.need(this.#top + this.#height + 2)
    if (this.#remainingRows() <= this.#height) return false
    if (++this.#topRow >= this.#rowsOf(this.#top).length) {
      this.#top++
      this.#topRow = 0
    }
    return true
  }

  /** Rows from the top of the screen to the end of what was read, counted no further than is asked. */
  #remainingRows(): number {
    let rows = -this.#topRow
    for (let line = this.#top; line < this.#document.lines.length && rows <= this.#height; line++) {
      rows += this.#rowsOf(line).length
    }
    return rows
  }

  #scrollUp(): boolean {
    if (this.#topRow > 0) this.#topRow--
    else if (this.#top > 0) {
      this.#top--
      this.#topRow = this.#rowsOf(this.#top).length - 1
    } else return false
    return true
  }

  /** So that the line is the first, or the last page is full. */
  async #goTo(line: number): Promise<void> {
    await this.#document.need(line + this.#height + 1)
    this.#top = Math.max(0, Math.min(line, this.#document.lines.length - 1))
    this.#topRow = 0
    if (this.#remainingRows() < this.#height) await this.#fillLastPage()
  }

  async #goToEnd(): Promise<void> {
    await this.#document.need(Number.POSITIVE_INFINITY)
    this.#top = Math.max(0, this.#document.lines.length - 1)
    this.#topRow = 0
    await this.#fillLastPage()
  }

  async #fillLastPage(): Promise<void> {
    while (this.#remainingRows() < this.#height && this.#scrollUp());
  }

  async #goToPercent(percent: number): Promise<void> {
    await this.#document.need(Number.POSITIVE_INFINITY)
    await this.#goTo(Math.floor((this.#document.lines.length * Math.min(100, percent)) / 100))
  }

  async #goToMark(name: string): Promise<void> {
    const line = this.#marks.get(name)
    if (line === undefined) this.#message = 'Mark not set'
    else await this.#goTo(line)
  }

  // --- searching -----------------------------------------------------------------------------------------------------

  async #askSearch(isBackward: boolean, count: number): Promise<void> {
    const text = await this.#ask(isBackward ? '?' : '/')
    if (text === undefined) return
    if (text !== '') {
      try {
        this.#search = compileRegex(text, { syntax: 'extended', ignoreCase: this.#options.ignoresCase })
      } catch (error) {
        if (!(error instanceof RegexError)) throw error
        this.#message = `bad regex '${text}': ${error.message}`
        return
      }
    }
    this.#isBackward = isBackward
    await this.#findNext(isBackward, count, { fromHere: true })
  }

  async #findNext(isBackward: boolean, count: number, how: { fromHere?: boolean } = {}): Promise<void> {
    if (!this.#search) {
      this.#message = 'No previous search'
      return
    }
    let line = how.fromHere && !isBackward ? this.#top : this.#top + (isBackward ? -1 : 1)
    for (let left = count; ; line += isBackward ? -1 : 1) {
      await this.#document.need(line + 1)
      const text = line < 0 ? undefined : this.#document.lines[line]
      if (text === undefined) {
        this.#message = 'Pattern not found'
        return
      }
      if (this.#search.test(text) && --left === 0) break
      const pause = this.#proc.gate()
      if (pause) await pause
    }
    await this.#document.need(line + this.#height + 1)
    // The found line is shown first, even near the end: n goes on from there.
    this.#top = line
    this.#topRow = 0
  }

  /** A line typed at the bottom; undefined: it was given up. */
  async #ask(prompt: string): Promise<string | undefined> {
    let text = ''
    for (;;) {
      await this.#terminal.write(`\x1b[${this.#terminal.rows};1H${prompt}${text}\x1b[K`)
      const key = await this.#terminal.key()
      if (key === '\r' || key === '\n') return text
      if (key === '\x1b' || key === '\x03' || key === 'eof') return undefined
      if (key === '\x7f' || key === '\b') {
        if (text === '') return undefined
        text = [...text].slice(0, -1).join('')
      } else if (key === '\x15') text = ''
      else if ([...key].length === 1 && key >= ' ') text += key
    }
  }

  // --- files and options ---------------------------------------------------------------------------------------------

  async #colon(): Promise<void> {
    await this.#terminal.write(`\x1b[${this.#terminal.rows};1H :\x1b[K`)
    switch (await this.#terminal.key()) {
      case 'n':
        return this.#switchTo(this.#index + 1, 'No next file')
      case 'p':
        return this.#switchTo(this.#index - 1, 'No previous file')
      case 'q':
        this.#isOver = true
        return
      case 'f':
        this.#message = this.#document.name
        return
      case 'e': {
        const name = await this.#ask('Examine: ')
        if (name) await this.#open(name)
      }
    }
  }

  async #switchTo(index: number, refusal: string): Promise<void> {
    const name = this.#files[index]
    if (name === undefined) {
      this.#message = refusal
      return
    }
    if (await this.#open(name)) this.#index = index
  }

  async #open(name: string): Promise<boolean> {
    try {
      const document = new Document(this.#proc, await openInput(this.#proc, name))
      this.#document.close()
      this.#document = document
      this.#message = document.name
      this.#top = 0
      this.#topRow = 0
      return true
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      this.#message = `can't open '${name}': ${error.message}`
      return false
    }
  }

  #toggle(letter: string): void {
    const key = TOGGLES.get(letter)
    if (key === undefined) {
      this.#message = `There is no -${letter} option`
      return
    }
    this.#options[key] = !this.#options[key]
    this.#topRow = 0
  }
}

const TOGGLES: ReadonlyMap<string, keyof PagerOptions> = new Map([
  ['E', 'quitsAtEnd'],
  ['I', 'ignoresCase'],
  ['M', 'showsPosition'],
  ['m', 'showsPosition'],
  ['N', 'showsNumbers'],
  ['S', 'cutsLines'],
  ['R', 'dropsColors'],
  ['~', 'hidesTildes'],
])
