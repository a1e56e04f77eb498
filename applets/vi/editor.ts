// vi (POSIX XCU vi): its modes, and what each key does.

import type { Process } from '../../kernel/process.ts'
import { compileRegex, RegexError } from '../../lib/regex/index.ts'
import type { Key, RawTerminal } from '../raw-terminal.ts'
import { Buffer, type Position } from './buffer.ts'
import { runEx } from './ex.ts'
import type { ExHost } from './ex-host.ts'
import { exists, outputOf, readText, runOnTerminal, writeText } from './files.ts'
import {
  findCharacter,
  firstFilled,
  matchingBracket,
  paragraph,
  type Target,
  wordBackward,
  wordEnd,
  wordForward,
} from './motion.ts'
import { copySpan, deleteSpan, putRegister, type Register, type Span, spanLines, spanTo } from './operator.ts'
import { DEFAULTS } from './settings.ts'
import { View } from './view.ts'

const ESCAPE = '\x1b'

export class Editor implements ExHost {
  readonly buffer = new Buffer()
  readonly settings = { ...DEFAULTS }
  cursor: Position = { line: 0, column: 0 }
  message: string | undefined
  lastPattern: string | undefined
  lastSubstitution: { pattern: string; replacement: string; flags: string } | undefined
  readonly #proc: Process
  readonly #terminal: RawTerminal
  readonly #view: View
  readonly #files: readonly string[]
  readonly #isReadOnly: boolean
  #fileIndex = 0
  #mode: 'command' | 'insert' | 'replace' = 'command'
  #isOver = false
  /** The column that j and k try to keep. */
  #wanted = 0
  #searchDirection: 1 | -1 = 1
  #lastFind: { key: string; character: string } | undefined
  readonly #registers = new Map<string, Register>()
  #register = '"'
  /** Keys that come before those of the terminal: a command that is repeated. */
  #replayed: Key[] = []
  #recorded: Key[] = []
  #lastChange: Key[] = []
  #hasChanged = false

  constructor(proc: Process, terminal: RawTerminal, files: readonly string[], isReadOnly: boolean) {
    this.#proc = proc
    this.#terminal = terminal
    this.#view = new View(terminal)
    this.#files = files
    this.#isReadOnly = isReadOnly
  }

  async run(commands: readonly string[]): Promise<void> {
    await this.#terminal.openScreen()
    try {
      await this.openFile(this.#files[0])
      for (const command of commands) await runEx(this, command)
      while (!this.#isOver) {
        this.#clampCursor()
        if (!this.#terminal.hasKeys) await this.#draw()
        await this.#command()
      }
    } finally {
      await this.#terminal.closeScreen()
    }
  }

  // --- what ex commands use ------------------------------------------------------------------------------------------

  get hasMoreFiles(): boolean {
    return this.remainingFiles > 0
  }

  get remainingFiles(): number {
    return Math.max(0, this.#files.length - 1 - this.#fileIndex)
  }

  quit(): void {
    this.#isOver = true
  }

  redraw(): void {
    this.#view.forget()
  }

  moveTo(position: Position): void {
    this.cursor = position
    this.#wanted = position.column
  }

  moveToLine(line: number): void {
    const target = Math.max(0, Math.min(line, this.buffer.count - 1))
    this.moveTo({ line: target, column: firstFilled(this.buffer.line(target)) })
  }

  change(piece: () => void): void {
    this.buffer.begin(this.cursor)
    this.#hasChanged = true
    piece()
  }

  store(register: Register): void {
    const name = this.#register.toLowerCase()
    const before = this.#register === name ? undefined : this.#registers.get(name)
    const lines = before ? [...before.lines, ...register.lines] : register.lines
    const stored = { lines, isLinewise: register.isLinewise || (before?.isLinewise ?? false) }
    this.#registers.set(name, stored)
    this.#registers.set('"', stored)
  }

  fetch(): Register | undefined {
    return this.#registers.get(this.#register.toLowerCase())
  }

  undo(): void {
    const cursor = this.buffer.undo()
    if (cursor) this.moveTo(cursor)
    else this.message = 'Already at oldest change'
  }

  joinLines(line: number, count: number): void {
    const last = Math.min(this.buffer.count - 1, line + Math.max(1, count - 1))
    if (last === line) {
      this.#beep()
      return
    }
    this.change(() => {
      let text = this.buffer.line(line)
      let column = text.length
      for (let next = line + 1; next <= last; next++) {
        const added = this.buffer.line(next).trimStart()
        column = text.length
        text += (text === '' || /\s$/.test(text) || added.startsWith(')') || added === '' ? '' : ' ') + added
      }
      this.buffer.replace(line, last - line + 1, [text])
      this.moveTo({ line, column: Math.max(0, Math.min(column, text.length - 1)) })
    })
  }

  shiftLines(from: number, to: number, direction: 1 | -1): void {
    const width = this.settings.shiftWidth
    const lines = this.buffer.slice(from, to + 1).map(line => {
      if (direction === 1) return line === '' ? line : this.#indent(width) + line
      let column = 0
      let at = 0
      while (column < width && (line[at] === ' ' || line[at] === '\t')) {
        column += line[at] === ' ' ? 1 : this.settings.tabStop - (column % this.settings.tabStop)
        at++
      }
      return line.slice(at)
    })
    this.change(() => this.buffer.replace(from, lines.length, lines))
    this.moveToLine(from)
  }

  #indent(width: number): string {
    const { expandTab, tabStop } = this.settings
    return expandTab ? ' '.repeat(width) : '\t'.repeat(Math.floor(width / tabStop)) + ' '.repeat(width % tabStop)
  }

  tellFile(): void {
    const { name, isModified, count } = this.buffer
    const percent = Math.floor((100 * (this.cursor.line + 1)) / count)
    this.message = `'${name ?? 'No file'}'${isModified ? ' [Modified]' : ''} line ${this.cursor.line + 1} of ${count} --${percent}%--`
  }

  async openFile(name: string | undefined): Promise<void> {
    this.buffer.name = name
    this.buffer.isReadOnly = this.#isReadOnly
    if (name !== undefined && exists(this.#proc, name)) {
      const text = await readText(this.#proc, name)
      this.#proc.charge(2 * text.length)
      this.buffer.load(text)
      if (!this.#proc.access(name, 2)) this.buffer.isReadOnly = true
      this.message = `'${name}'${this.buffer.isReadOnly ? ' [Readonly]' : ''} ${this.buffer.count}L, ${text.length}C`
    } else {
      this.buffer.load('')
      if (name !== undefined) this.message = `'${name}' [New file]`
    }
    this.moveTo({ line: 0, column: 0 })
    this.#view.forget()
  }

  async switchFile(where: 1 | -1 | 'first'): Promise<void> {
    const index = where === 'first' ? 0 : this.#fileIndex + where
    const name = this.#files[index]
    if (name === undefined) {
      this.message = where === 1 ? 'No more files to edit' : 'No previous files to edit'
      return
    }
    this.#fileIndex = index
    await this.openFile(name)
  }

  readText(name: string): Promise<string> {
    return readText(this.#proc, name)
  }

  async writeFile(
    name: string,
    text: string,
    how: { readonly isAppend: boolean; readonly isForced: boolean; readonly lines: number },
  ): Promise<void> {
    await writeText(this.#proc, name, text, how)
    this.message = `'${name}' ${how.lines}L, ${text.length}C`
  }

  async runShell(command: string): Promise<void> {
    await this.#terminal.closeScreen()
    await this.#terminal.suspended(() => runOnTerminal(this.#proc, command))
    await this.#terminal.write('[Hit return to continue]')
    for (let key = await this.#terminal.key(); key === 'resize'; key = await this.#terminal.key());
    await this.#terminal.openScreen()
    this.#view.forget()
  }

  outputOf(command: string, input?: string): Promise<string> {
    return outputOf(this.#proc, command, input)
  }

  searchFrom(pattern: string, direction: 1 | -1): Position | undefined {
    const source = pattern === '' ? this.lastPattern : pattern
    if (source === undefined) return undefined
    this.lastPattern = source
    const regex = compileRegex(source, { syntax: 'basic', ignoreCase: this.settings.ignoreCase })
    const { count } = this.buffer
    for (let step = 0; step <= count; step++) {
      const line = (this.cursor.line + direction * step + count * 2) % count
      const text = this.buffer.line(line)
      let found: number | undefined
      for (let at = 0; at <= text.length; ) {
        const match = regex.exec(text, at)
        if (!match) break
        at = match.start + 1
        const isHere = step === 0
        if (direction === 1) {
          if (isHere && match.start <= this.cursor.column) continue
          found = match.start
          break
        }
        if (isHere && match.start >= this.cursor.column) break
        found = match.start
      }
      if (found !== undefined) return { line, column: found }
    }
    return undefined
  }

  // --- keys and screen -----------------------------------------------------------------------------------------------

  async #key(): Promise<Key> {
    const replayed = this.#replayed.shift()
    const key = replayed ?? (await this.#typedKey())
    this.#recorded.push(key)
    return key
  }

  async #typedKey(): Promise<Key> {
    for (;;) {
      const key = await this.#terminal.key()
      if (key !== 'resize') {
        if (key === 'eof') this.#isOver = true
        return key === 'eof' ? ESCAPE : key
      }
      this.#view.forget()
      await this.#draw()
    }
  }

  async #draw(): Promise<void> {
    await this.#view.draw(this.buffer, this.cursor, this.message ?? this.#status(), this.settings)
    this.message = undefined
  }

  #status(): string {
    const letter = this.#mode === 'insert' ? 'I' : this.#mode === 'replace' ? 'R' : '-'
    const { name, isReadOnly, isModified, count } = this.buffer
    const marks = `${isReadOnly ? ' [Readonly]' : ''}${isModified ? ' [Modified]' : ''}`
    const line = this.cursor.line + 1
    return `${letter} ${name ?? 'No file'}${marks} ${line}/${count} ${Math.floor((100 * line) / count)}%`
  }

  #clampCursor(): void {
    const line = Math.max(0, Math.min(this.cursor.line, this.buffer.count - 1))
    const last = Math.max(0, this.buffer.line(line).length - 1)
    this.cursor = { line, column: Math.max(0, Math.min(this.cursor.column, last)) }
  }

  #beep(): void {
    this.message ??= ''
    void this.#proc.stdout.write('\x07')
  }

  /** A line typed in the last row; undefined: it was given up. */
  async #prompt(sign: string): Promise<string | undefined> {
    let text = ''
    for (;;) {
      await this.#view.drawPrompt(sign + text)
      const key = await this.#key()
      if (key === '\r' || key === '\n') return text
      if (key === ESCAPE || key === '\x03') return undefined
      if (key === '\x7f' || key === '\b') {
        if (text === '') return undefined
        text = [...text].slice(0, -1).join('')
      } else if (key === '\x15') text = ''
      else if ([...key].length === 1) text += key
    }
  }

  // --- commands ------------------------------------------------------------------------------------------------------

  async #command(): Promise<void> {
    this.#recorded = []
    this.#hasChanged = false
    this.#register = '"'
    await this.#dispatch()
    if (this.#hasChanged) this.#lastChange = this.#recorded
  }

  async #count(first: Key): Promise<{ count: number | undefined; key: Key }> {
    let digits = ''
    let key = first
    while (/^[1-9]$/.test(key) || (key === '0' && digits !== '')) {
      digits += key
      key = await this.#key()
    }
    return { count: digits === '' ? undefined : Number(digits), key }
  }

  async #dispatch(): Promise<void> {
    let { count, key } = await this.#count(await this.#key())
    if (key === '"') {
      this.#register = await this.#key()
      const again = await this.#count(await this.#key())
      count = again.count ?? count
      key = again.key
    }
    if ('dcy<>'.includes(key)) return this.#operate(key, count)
    const target = await this.#motion(key, count)
    if (target === 'failed') return this.#beep()
    if (target) {
      if ("'`G/?nNHML%".includes(key)) this.buffer.marks.set("'", this.cursor)
      const column = target.column
      this.cursor = { line: target.line, column }
      if (!'jk'.includes(key) && key !== 'up' && key !== 'down')
        this.#wanted = key === '$' || key === 'end' ? Infinity : column
      return
    }
    await this.#simple(key, count ?? 1, count)
  }

  async #simple(key: Key, count: number, given: number | undefined): Promise<void> {
    const { line, column } = this.cursor
    const text = this.buffer.line(line)
    switch (key) {
      case 'i':
      case 'insert':
        return this.#insert(column, count)
      case 'I':
        return this.#insert(text.trim() === '' ? text.length : firstFilled(text), count)
      case 'a':
        return this.#insert(Math.min(text.length, column + 1), count)
      case 'A':
        return this.#insert(text.length, count)
      case 'o':
      case 'O':
        return this.#openLine(key === 'o' ? line + 1 : line)
      case 'R':
        return this.#insert(column, count, 'replace')
      case 'x':
      case 'delete':
        return this.#deleteSpan({
          from: this.cursor,
          to: { line, column: Math.min(text.length, column + count) },
          isLinewise: false,
        })
      case 'X':
        return this.#deleteSpan({
          from: { line, column: Math.max(0, column - count) },
          to: this.cursor,
          isLinewise: false,
        })
      case 'D':
        return this.#deleteSpan({ from: this.cursor, to: { line, column: text.length }, isLinewise: false })
      case 'C':
        return this.#changeSpan({ from: this.cursor, to: { line, column: text.length }, isLinewise: false })
      case 's':
        return this.#changeSpan({
          from: this.cursor,
          to: { line, column: Math.min(text.length, column + count) },
          isLinewise: false,
        })
      case 'S':
        return this.#changeSpan(spanLines(this.buffer, line, Math.min(this.buffer.count - 1, line + count - 1)))
      case 'Y':
        return this.#yank(spanLines(this.buffer, line, Math.min(this.buffer.count - 1, line + count - 1)))
      case 'p':
      case 'P': {
        const register = this.fetch()
        if (!register) return this.#beep()
        this.change(() => {
          const position = putRegister(this.buffer, this.cursor, register, { isBefore: key === 'P', count })
          if (register.isLinewise) this.moveToLine(position.line)
          else this.moveTo(position)
        })
        return
      }
      case 'J':
        return this.joinLines(line, given ?? 2)
      case 'r':
        return this.#replaceCharacters(await this.#key(), count)
      case '~':
        return this.#swapCase(count)
      case 'u':
        return this.undo()
      case '.':
        return this.#repeat(given)
      case 'm':
        this.buffer.marks.set(await this.#key(), this.cursor)
        return
      case ':': {
        const command = await this.#prompt(':')
        if (command !== undefined) await runEx(this, command)
        this.#hasChanged = false
        return
      }
      case 'Z': {
        const second = await this.#key()
        if (second === 'Z') await runEx(this, 'x')
        else if (second === 'Q') this.quit()
        return
      }
      case '\x07':
        return this.tellFile()
      case '\x0c':
      case '\x12':
        return this.#view.forget()
      case '\x06':
      case 'pagedown':
        return this.#scrollPage(count)
      case '\x02':
      case 'pageup':
        return this.#scrollPage(-count)
      case '\x04':
        return this.#scrollLines(this.#view.height >> 1, true)
      case '\x15':
        return this.#scrollLines(-(this.#view.height >> 1), true)
      case '\x05':
        return this.#scrollLines(count, false)
      case '\x19':
        return this.#scrollLines(-count, false)
      case 'z': {
        const where = await this.#key()
        const above = where === '.' ? this.#view.height >> 1 : where === '-' ? this.#view.height - 1 : 0
        this.#view.top = Math.max(0, line - above)
        return
      }
      case ESCAPE:
        return
      default:
        this.#beep()
    }
  }

  async #operate(operator: Key, before: number | undefined): Promise<void> {
    const { count: after, key } = await this.#count(await this.#key())
    const count = before === undefined ? after : before * (after ?? 1)
    const span = await this.#operand(operator, key, count)
    if (!span) return key === ESCAPE ? undefined : this.#beep()
    switch (operator) {
      case 'd':
        return this.#deleteSpan(span)
      case 'y':
        return this.#yank(span)
      case 'c':
        return this.#changeSpan(span)
      default:
        this.shiftLines(span.from.line, span.to.line, operator === '>' ? 1 : -1)
    }
  }

  async #operand(operator: Key, key: Key, count: number | undefined): Promise<Span | undefined> {
    const { line } = this.cursor
    if (key === operator) {
      return spanLines(this.buffer, line, Math.min(this.buffer.count - 1, line + (count ?? 1) - 1))
    }
    // POSIX: cw on a word changes to its end and leaves the blanks.
    const isOnWord = /\S/.test(this.buffer.line(line)[this.cursor.column] ?? ' ')
    const motion = operator === 'c' && isOnWord && (key === 'w' || key === 'W') ? (key === 'w' ? 'e' : 'E') : key
    const start = this.cursor
    // cw on the last character of a word changes that character alone.
    const target = motion === key ? await this.#motion(key, count) : this.#changeWordEnd(motion === 'E', count ?? 1)
    if (!target || target === 'failed') return undefined
    // dw on the last word of a line does not join the next line.
    if (
      (key === 'w' || key === 'W') &&
      target.line > start.line &&
      target.column <= firstFilled(this.buffer.line(target.line))
    ) {
      const end = { line: target.line - 1, column: this.buffer.line(target.line - 1).length }
      return spanTo(this.buffer, start, end)
    }
    return spanTo(this.buffer, start, target)
  }

  #changeWordEnd(isBig: boolean, count: number): Target {
    let at: Position = { line: this.cursor.line, column: this.cursor.column - 1 }
    for (let left = count; left > 0; left--) at = wordEnd(this.buffer, at, isBig)
    return { ...at, isInclusive: true }
  }

  #yank(span: Span): void {
    this.store(copySpan(this.buffer, span))
    if (!span.isLinewise) this.moveTo(span.from)
    else if (span.from.line < this.cursor.line) this.moveTo({ line: span.from.line, column: this.cursor.column })
  }

  #deleteSpan(span: Span): void {
    if (!span.isLinewise && span.from.line === span.to.line && span.from.column === span.to.column) return
    this.change(() => {
      this.store(copySpan(this.buffer, span))
      deleteSpan(this.buffer, span)
    })
    if (span.isLinewise) this.moveToLine(span.from.line)
    else this.moveTo(span.from)
  }

  async #changeSpan(span: Span): Promise<void> {
    this.change(() => {
      this.store(copySpan(this.buffer, span))
      if (span.isLinewise) {
        const [first = ''] = this.buffer.slice(span.from.line, span.from.line + 1)
        const indent = this.settings.autoIndent ? (/^\s*/.exec(first)?.[0] ?? '') : ''
        this.buffer.replace(span.from.line, span.to.line - span.from.line + 1, [indent])
        this.cursor = { line: span.from.line, column: indent.length }
      } else {
        deleteSpan(this.buffer, span)
        this.cursor = span.from
      }
    })
    await this.#type('insert')
  }

  #replaceCharacters(key: Key, count: number): void {
    const { line, column } = this.cursor
    const text = this.buffer.line(line)
    if (key === ESCAPE || column + count > text.length) {
      if (key !== ESCAPE) this.#beep()
      return
    }
    const isNewline = key === '\r' || key === '\n'
    const rest = text.slice(column + count)
    this.change(() => {
      if (isNewline) this.buffer.replace(line, 1, [text.slice(0, column), rest])
      else this.buffer.replace(line, 1, [text.slice(0, column) + key.repeat(count) + rest])
    })
    this.moveTo(isNewline ? { line: line + 1, column: 0 } : { line, column: column + count - 1 })
  }

  #swapCase(count: number): void {
    const { line, column } = this.cursor
    const text = this.buffer.line(line)
    const end = Math.min(text.length, column + count)
    const swapped = Array.from(text.slice(column, end), character =>
      character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase(),
    ).join('')
    this.change(() => this.buffer.replace(line, 1, [text.slice(0, column) + swapped + text.slice(end)]))
    this.moveTo({ line, column: Math.min(end, Math.max(0, text.length - 1)) })
  }

  /** A count given now takes the place of the one given then. */
  async #repeat(count: number | undefined): Promise<void> {
    if (this.#lastChange.length === 0) return this.#beep()
    const keys = this.#lastChange
    let start = 0
    if (count !== undefined) while (/^[0-9]$/.test(keys[start] ?? '')) start++
    this.#replayed = [...(count === undefined ? [] : String(count)), ...keys.slice(start), ...this.#replayed]
    await this.#dispatch()
    this.#recorded = keys
  }

  #scrollPage(pages: number): void {
    const lines = pages * Math.max(1, this.#view.height - 2)
    this.#view.top = Math.max(0, Math.min(this.buffer.count - 1, this.#view.top + lines))
    this.moveToLine(pages > 0 ? this.#view.top : Math.min(this.cursor.line, this.#view.top + this.#view.height - 1))
  }

  #scrollLines(lines: number, movesCursor: boolean): void {
    const { height } = this.#view
    this.#view.top = Math.max(0, Math.min(this.buffer.count - 1, this.#view.top + lines))
    const wanted = movesCursor ? this.cursor.line + lines : this.cursor.line
    const line = Math.max(this.#view.top, Math.min(this.#view.top + height - 1, wanted))
    this.moveToLine(line)
  }

  // --- motions -------------------------------------------------------------------------------------------------------

  /** undefined: the key is no motion. */
  async #motion(key: Key, given: number | undefined): Promise<Target | 'failed' | undefined> {
    const count = given ?? 1
    const { line, column } = this.cursor
    const text = this.buffer.line(line)
    const last = this.buffer.count - 1
    const repeat = (step: (at: Position) => Position) => {
      let at: Position = this.cursor
      for (let left = count; left > 0; left--) at = step(at)
      return at
    }
    const lineTarget = (to: number): Target | 'failed' =>
      to < 0 || to > last ? 'failed' : { line: to, column: firstFilled(this.buffer.line(to)), isLinewise: true }
    switch (key) {
      case 'h':
      case 'left':
      case '\b':
      case '\x7f':
        return { line, column: Math.max(0, column - count) }
      case 'l':
      case 'right':
      case ' ':
        return { line, column: Math.min(text.length, column + count) }
      case 'j':
      case 'down':
      case '\x0e':
      case 'k':
      case 'up':
      case '\x10': {
        const isDown = key === 'j' || key === 'down' || key === '\x0e'
        const to = line + (isDown ? count : -count)
        if (to < 0 || to > last) return 'failed'
        return {
          line: to,
          column: Math.min(this.#wanted, Math.max(0, this.buffer.line(to).length - 1)),
          isLinewise: true,
        }
      }
      case '+':
      case '\r':
      case '\n':
        return lineTarget(line + count)
      case '-':
        return lineTarget(line - count)
      case '_':
        return lineTarget(line + count - 1)
      case '0':
      case 'home':
        return { line, column: 0 }
      case '|':
        return { line, column: Math.min(text.length, count - 1) }
      case '^':
        return { line, column: firstFilled(text) }
      case '$':
      case 'end': {
        const to = Math.min(last, line + count - 1)
        return { line: to, column: Math.max(0, this.buffer.line(to).length - 1), isInclusive: true }
      }
      case 'w':
      case 'W':
        return repeat(at => wordForward(this.buffer, at, key === 'W'))
      case 'b':
      case 'B':
        return repeat(at => wordBackward(this.buffer, at, key === 'B'))
      case 'e':
      case 'E':
        return { ...repeat(at => wordEnd(this.buffer, at, key === 'E')), isInclusive: true }
      case 'f':
      case 't':
      case 'F':
      case 'T':
        this.#lastFind = { key, character: await this.#key() }
        return this.#find(this.#lastFind, count)
      case ';':
        return this.#lastFind ? this.#find(this.#lastFind, count) : 'failed'
      case ',':
        return this.#lastFind ? this.#find({ ...this.#lastFind, key: OPPOSITE[this.#lastFind.key]! }, count) : 'failed'
      case 'G':
        return lineTarget(given === undefined ? last : Math.min(last, given - 1))
      case 'g':
        return (await this.#key()) === 'g' ? lineTarget(Math.min(last, count - 1)) : 'failed'
      case 'H':
        return lineTarget(Math.min(last, this.#view.top + count - 1))
      case 'M':
        return lineTarget(
          Math.min(last, this.#view.top + (Math.min(this.#view.height, this.buffer.count - this.#view.top) >> 1)),
        )
      case 'L':
        return lineTarget(Math.max(0, Math.min(last, this.#view.top + this.#view.height - 1) - count + 1))
      case '{':
      case '}':
        return repeat(at => paragraph(this.buffer, at, key === '}' ? 1 : -1))
      case '%': {
        const found = matchingBracket(this.buffer, this.cursor)
        return found ? { ...found, isInclusive: true } : 'failed'
      }
      case '/':
      case '?':
        return this.#searchMotion(key)
      case 'n':
      case 'N': {
        const direction = key === 'n' ? this.#searchDirection : this.#searchDirection === 1 ? -1 : 1
        return this.#search('', direction)
      }
      case "'":
      case '`': {
        const name = await this.#key()
        const mark = this.buffer.marks.get(name === '`' ? "'" : name)
        if (!mark) return 'failed'
        return key === '`' ? mark : lineTarget(Math.min(last, mark.line))
      }
      default:
        return undefined
    }
  }

  #find(how: { key: string; character: string }, count: number): Target | 'failed' {
    const { line, column } = this.cursor
    const at = findCharacter(this.buffer.line(line), column, { ...how, count })
    if (at === undefined) return 'failed'
    return { line, column: at, isInclusive: how.key === 'f' || how.key === 't' }
  }

  async #searchMotion(key: '/' | '?'): Promise<Target | 'failed'> {
    const pattern = await this.#prompt(key)
    if (pattern === undefined) return { ...this.cursor }
    this.#searchDirection = key === '/' ? 1 : -1
    return this.#search(pattern, this.#searchDirection)
  }

  #search(pattern: string, direction: 1 | -1): Target | 'failed' {
    try {
      const found = this.searchFrom(pattern, direction)
      if (found) return found
      this.message = this.lastPattern === undefined ? 'No previous search' : 'Pattern not found'
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      this.message = `bad search pattern '${pattern}': ${error.message}`
    }
    return 'failed'
  }

  // --- typing --------------------------------------------------------------------------------------------------------

  async #insert(column: number, count: number, mode: 'insert' | 'replace' = 'insert'): Promise<void> {
    this.change(() => {})
    this.cursor = { line: this.cursor.line, column }
    const start = this.cursor
    await this.#type(mode)
    if (count > 1 && mode === 'insert') this.#insertAgain(start, count - 1)
  }

  /** The text that was typed, so many times more. */
  #insertAgain(start: Position, times: number): void {
    const end = { line: this.cursor.line, column: this.cursor.column + 1 }
    const typed = copySpan(this.buffer, { from: start, to: end, isLinewise: false })
    const at = { line: end.line, column: end.column - 1 }
    this.moveTo(putRegister(this.buffer, at, typed, { isBefore: false, count: times }))
  }

  async #openLine(at: number): Promise<void> {
    const indent = this.settings.autoIndent ? (/^\s*/.exec(this.buffer.line(this.cursor.line))?.[0] ?? '') : ''
    this.change(() => this.buffer.replace(at, 0, [indent]))
    this.cursor = { line: at, column: indent.length }
    await this.#type('insert')
  }

  /** Insert or replace mode, until Escape. All of it is undone together. */
  async #type(mode: 'insert' | 'replace'): Promise<void> {
    this.#mode = mode
    const overwritten: string[] = []
    for (;;) {
      if (this.#replayed.length === 0 && !this.#terminal.hasKeys) await this.#draw()
      const key = await this.#key()
      if (key === ESCAPE || key === '\x03') break
      this.#typeKey(key, mode, overwritten)
    }
    this.#mode = 'command'
    this.moveTo({ line: this.cursor.line, column: Math.max(0, this.cursor.column - 1) })
  }

  #typeKey(key: Key, mode: 'insert' | 'replace', overwritten: string[]): void {
    const { line, column } = this.cursor
    const text = this.buffer.line(line)
    switch (key) {
      case '\r':
      case '\n': {
        const indent = this.settings.autoIndent ? (/^\s*/.exec(text)?.[0] ?? '') : ''
        this.buffer.replace(line, 1, [text.slice(0, column), indent + text.slice(column)])
        this.cursor = { line: line + 1, column: indent.length }
        return
      }
      case '\x7f':
      case '\b':
        this.#eraseBackward(mode, overwritten)
        return
      case 'delete':
        if (column < text.length) this.buffer.replace(line, 1, [text.slice(0, column) + text.slice(column + 1)])
        return
      case 'left':
        this.cursor = { line, column: Math.max(0, column - 1) }
        return
      case 'right':
        this.cursor = { line, column: Math.min(text.length, column + 1) }
        return
      case 'up':
      case 'down': {
        const to = Math.max(0, Math.min(this.buffer.count - 1, line + (key === 'up' ? -1 : 1)))
        this.cursor = { line: to, column: Math.min(column, this.buffer.line(to).length) }
        return
      }
      case 'home':
        this.cursor = { line, column: 0 }
        return
      case 'end':
        this.cursor = { line, column: text.length }
        return
    }
    if (key !== '\t' && ([...key].length !== 1 || key < ' ')) return
    const typed =
      key === '\t' && this.settings.expandTab
        ? this.#indent(this.settings.tabStop - (column % this.settings.tabStop))
        : key
    const isOver = mode === 'replace' && column < text.length
    if (mode === 'replace') overwritten.push(isOver ? text[column]! : '')
    this.buffer.replace(line, 1, [text.slice(0, column) + typed + text.slice(column + (isOver ? 1 : 0))])
    this.cursor = { line, column: column + typed.length }
  }

  #eraseBackward(mode: 'insert' | 'replace', overwritten: string[]): void {
    const { line, column } = this.cursor
    const text = this.buffer.line(line)
    if (mode === 'replace') {
      const before = overwritten.pop()
      if (before === undefined || column === 0) return
      this.buffer.replace(line, 1, [text.slice(0, column - 1) + before + text.slice(column)])
      this.cursor = { line, column: column - 1 }
    } else if (column > 0) {
      this.buffer.replace(line, 1, [text.slice(0, column - 1) + text.slice(column)])
      this.cursor = { line, column: column - 1 }
    } else if (line > 0) {
      const before = this.buffer.line(line - 1)
      this.buffer.replace(line - 1, 2, [before + text])
      this.cursor = { line: line - 1, column: before.length }
    }
  }
}

const OPPOSITE: Readonly<Record<string, string>> = { f: 'F', F: 'f', t: 'T', T: 't' }
