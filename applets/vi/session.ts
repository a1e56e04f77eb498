// What all of vi's commands work on: the text, the cursor, the registers, the keys and the screen.

import type { Process } from '../../kernel/process.ts'
import type { RawTerminal } from '../raw-terminal.ts'
import { Buffer, type Position } from './buffer.ts'
import { ESCAPE, Keys } from './keys.ts'
import { firstFilled } from './motion.ts'
import type { Register } from './operator.ts'
import { Registers } from './registers.ts'
import { DEFAULTS } from './settings.ts'
import { View } from './view.ts'

export type Mode = 'command' | 'insert' | 'replace'

export class Session {
  readonly proc: Process
  readonly terminal: RawTerminal
  readonly buffer = new Buffer()
  readonly settings = { ...DEFAULTS }
  readonly keys: Keys
  readonly registers = new Registers()
  readonly view: View
  cursor: Position = { line: 0, column: 0 }
  /** The column that j and k try to keep. */
  wanted = 0
  mode: Mode = 'command'
  message: string | undefined
  lastPattern: string | undefined
  lastSubstitution: { pattern: string; replacement: string; flags: string } | undefined
  searchDirection: 1 | -1 = 1
  lastFind: { readonly key: string; readonly character: string } | undefined
  /** The command that runs has changed the text. */
  hasChanged = false
  isOver = false

  constructor(proc: Process, terminal: RawTerminal) {
    this.proc = proc
    this.terminal = terminal
    this.view = new View(terminal)
    this.keys = new Keys(terminal, {
      resized: () => {
        this.view.forget()
        return this.draw()
      },
      ended: () => this.quit(),
    })
  }

  get lastLine(): number {
    return this.buffer.count - 1
  }

  /** The line that the cursor is in. */
  get text(): string {
    return this.buffer.line(this.cursor.line)
  }

  quit(): void {
    this.isOver = true
  }

  redraw(): void {
    this.view.forget()
  }

  moveTo(position: Position): void {
    this.cursor = position
    this.wanted = position.column
  }

  moveToLine(line: number): void {
    const target = Math.max(0, Math.min(line, this.lastLine))
    this.moveTo({ line: target, column: firstFilled(this.buffer.line(target)) })
  }

  /** Between commands it stands on a character. */
  clampCursor(): void {
    const line = Math.max(0, Math.min(this.cursor.line, this.lastLine))
    const last = Math.max(0, this.buffer.line(line).length - 1)
    this.cursor = { line, column: Math.max(0, Math.min(this.cursor.column, last)) }
  }

  /** All that it changes is undone together. */
  change(piece: () => void): void {
    this.buffer.begin(this.cursor)
    this.hasChanged = true
    piece()
  }

  undo(): void {
    const cursor = this.buffer.undo()
    if (cursor) this.moveTo(cursor)
    else this.message = 'Already at oldest change'
  }

  store(register: Register): void {
    this.registers.store(register)
  }

  fetch(): Register | undefined {
    return this.registers.fetch()
  }

  beep(): void {
    this.message ??= ''
    void this.proc.stdout.write('\x07')
  }

  async draw(): Promise<void> {
    await this.view.draw(this.buffer, this.cursor, this.message ?? this.#status(), this.settings)
    this.message = undefined
  }

  /** A line typed in the last row; undefined: it was given up. */
  async prompt(sign: string): Promise<string | undefined> {
    let text = ''
    for (;;) {
      await this.view.drawPrompt(sign + text)
      const key = await this.keys.next()
      if (key === '\r' || key === '\n') return text
      if (key === ESCAPE || key === '\x03') return undefined
      if (key === '\x7f' || key === '\b') {
        if (text === '') return undefined
        text = [...text].slice(0, -1).join('')
      } else if (key === '\x15') text = ''
      else if ([...key].length === 1) text += key
    }
  }

  #status(): string {
    const letter = this.mode === 'insert' ? 'I' : this.mode === 'replace' ? 'R' : '-'
    const { name, isReadOnly, isModified, count } = this.buffer
    const marks = `${isReadOnly ? ' [Readonly]' : ''}${isModified ? ' [Modified]' : ''}`
    const line = this.cursor.line + 1
    return `${letter} ${name ?? 'No file'}${marks} ${line}/${count} ${Math.floor((100 * line) / count)}%`
  }
}
