// vi (POSIX XCU vi): its files, and one command after the other.

import type { Process } from '../../kernel/process.ts'
import type { Key, RawTerminal } from '../raw-terminal.ts'
import type { Position } from './buffer.ts'
import { commandOf } from './commands.ts'
import { runEx } from './ex.ts'
import type { ExHost } from './ex-host.ts'
import { exists, outputOf, readText, runOnTerminal, writeText } from './files.ts'
import { joinLines, shiftLines } from './line-edits.ts'
import type { Target } from './motion.ts'
import { readMotion } from './motion-keys.ts'
import { operate } from './operator-keys.ts'
import { searchFrom } from './search.ts'
import { Session } from './session.ts'

/** Behind these motions, `''` goes back to where one was. */
const JUMPS = "'`G/?nNHML%"

export class Editor extends Session implements ExHost {
  readonly #files: readonly string[]
  readonly #isReadOnly: boolean
  #fileIndex = 0

  constructor(proc: Process, terminal: RawTerminal, files: readonly string[], isReadOnly: boolean) {
    super(proc, terminal)
    this.#files = files
    this.#isReadOnly = isReadOnly
  }

  async run(commands: readonly string[]): Promise<void> {
    await this.terminal.openScreen()
    try {
      await this.openFile(this.#files[0])
      for (const command of commands) await runEx(this, command)
      while (!this.isOver) {
        this.clampCursor()
        if (!this.terminal.hasKeys) await this.draw()
        await this.#command()
      }
    } finally {
      await this.terminal.closeScreen()
    }
  }

  async #command(): Promise<void> {
    this.keys.begin()
    this.hasChanged = false
    this.registers.choose()
    await this.#dispatch()
    if (this.hasChanged) this.keys.keep()
  }

  async #dispatch(): Promise<void> {
    let { count, key } = await this.keys.nextWithCount()
    if (key === '"') {
      this.registers.choose(await this.keys.next())
      const again = await this.keys.nextWithCount()
      count = again.count ?? count
      key = again.key
    }
    if ('dcy<>'.includes(key)) return operate(this, key, count)
    const target = await readMotion(this, key, count)
    if (target === 'failed') return this.beep()
    if (target) return this.#follow(key, target)
    if (key === '.') return this.#repeat(count)
    const command = commandOf(key)
    return command ? command(this, count ?? 1, count) : this.beep()
  }

  #follow(key: Key, { line, column }: Target): void {
    if (JUMPS.includes(key)) this.buffer.marks.set("'", this.cursor)
    this.cursor = { line, column }
    if (key === '$' || key === 'end') this.wanted = Infinity
    else if (!'jk'.includes(key) && key !== 'up' && key !== 'down') this.wanted = column
  }

  async #repeat(count: number | undefined): Promise<void> {
    if (!(await this.keys.repeat(count, () => this.#dispatch()))) this.beep()
  }

  // --- what ex commands use ------------------------------------------------------------------------------------------

  get hasMoreFiles(): boolean {
    return this.remainingFiles > 0
  }

  get remainingFiles(): number {
    return Math.max(0, this.#files.length - 1 - this.#fileIndex)
  }

  joinLines(line: number, count: number): void {
    joinLines(this, line, count)
  }

  shiftLines(from: number, to: number, direction: 1 | -1): void {
    shiftLines(this, from, to, direction)
  }

  searchFrom(pattern: string, direction: 1 | -1): Position | undefined {
    return searchFrom(this, pattern, direction)
  }

  tellFile(): void {
    const { name, isModified, count } = this.buffer
    const percent = Math.floor((100 * (this.cursor.line + 1)) / count)
    this.message = `'${name ?? 'No file'}'${isModified ? ' [Modified]' : ''} line ${this.cursor.line + 1} of ${count} --${percent}%--`
  }

  async openFile(name: string | undefined): Promise<void> {
    this.buffer.name = name
    this.buffer.isReadOnly = this.#isReadOnly
    if (name !== undefined && exists(this.proc, name)) {
      const text = await readText(this.proc, name)
      this.proc.charge(2 * text.length)
      this.buffer.load(text)
      if (!this.proc.access(name, 2)) this.buffer.isReadOnly = true
      this.message = `'${name}'${this.buffer.isReadOnly ? ' [Readonly]' : ''} ${this.buffer.count}L, ${text.length}C`
    } else {
      this.buffer.load('')
      if (name !== undefined) this.message = `'${name}' [New file]`
    }
    this.moveTo({ line: 0, column: 0 })
    this.view.forget()
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
    return readText(this.proc, name)
  }

  async writeFile(
    name: string,
    text: string,
    how: { readonly isAppend: boolean; readonly isForced: boolean; readonly lines: number },
  ): Promise<void> {
    await writeText(this.proc, name, text, how)
    this.message = `'${name}' ${how.lines}L, ${text.length}C`
  }

  async runShell(command: string): Promise<void> {
    await this.terminal.closeScreen()
    await this.terminal.suspended(() => runOnTerminal(this.proc, command))
    await this.terminal.write('[Hit return to continue]')
    for (let key = await this.terminal.key(); key === 'resize'; key = await this.terminal.key());
    await this.terminal.openScreen()
    this.view.forget()
  }

  outputOf(command: string, input?: string): Promise<string> {
    return outputOf(this.proc, command, input)
  }
}
