// The interactive shell: a prompt, a line, a command, until the end of the input.

import { SIGCHLD, SIGINT, SIGQUIT, SIGTERM } from '../../kernel/signal.ts'
import { textWidth } from '../../lib/width.ts'
import type { LineEditor } from '../interactive/editor.ts'
import { Parser, type Source } from '../parser.ts'
import type { PromptNumbers, Shell } from '../shell.ts'
import type { List } from '../syntax.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import { EXIT, type Finished } from './completion.ts'
import { startJobControl } from './job-control.ts'
import { showNews, warnsOfStopped } from './job-news.ts'
import { createEditor, saveHistory } from './line-editing.ts'
import { parserOptions } from './parser-options.ts'
import { prompt } from './prompt.ts'
import { asShellError } from './subshell.ts'
import { Interruption, runPending } from './trap.ts'

export async function runInteractive(shell: Shell): Promise<Finished> {
  takeControl(shell)
  const session = new Session(shell)
  try {
    return await session.run()
  } finally {
    session.end()
  }
}

/** The shell leads a group of its own, holds the terminal, and the keys' signals are not for it (POSIX XCU 2.11). */
function takeControl(shell: Shell): void {
  const { proc, traps } = shell
  shell.isInteractive = true
  traps.setOwn(SIGINT, () => {
    shell.isInterrupted = true
    shell.hasArrived = true
  })
  for (const signal of [SIGQUIT, SIGTERM]) traps.setOwn(signal, 'ignore')
  if (proc.controllingTerminal && shell.options.isFixed('s')) startJobControl(shell)
}

/** `set -b` (POSIX XCU 2.15 set): of jobs that change while a line is typed it is told at once. */
function listenForNews({ options, traps }: Shell): void {
  traps.setOwn(SIGCHLD, options.has('notify') ? () => undefined : 'default')
}

/** The lines typed and not parsed yet. */
class Typed implements Source {
  readonly #lines: string[] = []

  push(line: string): void {
    this.#lines.push(line)
  }

  read(): string | undefined {
    return this.#lines.shift()
  }
}

/** A mark under the column, which tabs and wide characters before it move. */
function placeOf(source: string, column: number): string {
  const before = source.slice(0, column)
  const blanks = before.replace(/[^\t]+/g, text => ' '.repeat(textWidth(text)))
  return `${source}\n${blanks}^\n`
}

class Session {
  readonly #shell: Shell
  readonly #editor: LineEditor
  #typed = new Typed()
  #parser: Parser
  #isContinued = false
  #commands = 1

  constructor(shell: Shell) {
    this.#shell = shell
    this.#editor = createEditor(shell)
    this.#parser = this.#newParser()
    shell.history = this.#editor.history
  }

  async run(): Promise<Finished> {
    const shell = this.#shell
    for (;;) {
      const list = await this.#nextCommand()
      if (list === 'end') return EXIT
      if (!list) continue
      this.#commands++
      if (shell.exitWarning > 0) shell.exitWarning--
      const { extension } = shell.language
      if (extension) await extension.beforeCommand(shell, this.#numbers)
      const done = await this.#runCommand(list)
      if (typeof done !== 'number' && done.to === 'exit') return done
    }
  }

  end(): void {
    saveHistory(this.#shell, this.#editor.history)
  }

  /** undefined: nothing yet. */
  async #nextCommand(): Promise<List | 'end' | undefined> {
    try {
      const list = this.#parser.next()
      this.#isContinued = false
      if (list) return list
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error
      this.#isContinued = error.isIncomplete
      if (!error.isIncomplete) this.#refuse(error)
    }
    return (await this.#readLine()) ? undefined : 'end'
  }

  /** differs: the place of a syntax error is shown; ash only names what it met. */
  #refuse(error: ShellSyntaxError): void {
    const shell = this.#shell
    shell.complain(error.message)
    if (error.column !== undefined && shell.language.extension === undefined)
      shell.say(placeOf(error.source, error.column))
    shell.status = 2
  }

  /** false: the end of the input. */
  async #readLine(): Promise<boolean> {
    const shell = this.#shell
    if (!this.#isContinued) showNews(shell)
    if (await this.#endsInTrap()) return false
    listenForNews(shell)
    const { extension } = shell.language
    if (!this.#isContinued && extension) await extension.beforePrompt(shell)
    await shell.proc.stdout.flush()
    const read = await this.#editor.readLine(await prompt(shell, this.#isContinued ? 'PS2' : 'PS1', this.#numbers), {
      remember: extension === undefined,
    })
    // A trap whose signal came at the prompt acts before the line.
    if (await this.#endsInTrap()) return false
    if (read === 'interrupt') {
      this.#restart()
      shell.status = 130
      return true
    }
    if (read === 'eof') return this.#staysAtEnd()
    const line = `${read.line}\n`
    const taken = extension ? extension.takeLine(shell, line, this.#isContinued) : line
    if (taken !== undefined) this.#typed.push(taken)
    return true
  }

  get #numbers(): PromptNumbers {
    return { history: this.#editor.history.nextNumber, command: this.#commands }
  }

  /** The traps of signals that have come are run; true: one of them ends the shell. */
  async #endsInTrap(): Promise<boolean> {
    const shell = this.#shell
    if (!shell.hasArrived || shell.isInterrupted) return false
    const done = await runPending(shell, shell.status)
    return typeof done !== 'number' && done.to === 'exit'
  }

  /** `set -o ignoreeof`, and stopped jobs, of which is told once. */
  #staysAtEnd(): boolean {
    const shell = this.#shell
    if (this.#isContinued) {
      this.#refuse(new ShellSyntaxError('syntax error: unexpected end of file', { line: this.#parser.line, offset: 0 }))
      this.#restart()
      return true
    }
    if (warnsOfStopped(shell)) return true
    if (!shell.options.has('ignoreeof')) return false
    shell.say('\nUse "exit" to leave shell.\n')
    return true
  }

  /** What was typed of an unfinished command is forgotten. */
  #restart(): void {
    this.#shell.isInterrupted = false
    this.#shell.hasArrived = this.#shell.traps.pending.length > 0
    this.#typed = new Typed()
    this.#parser = this.#newParser()
    this.#isContinued = false
  }

  #newParser(): Parser {
    return new Parser(this.#typed, { ...parserOptions(this.#shell), partial: true })
  }

  /** An error of the shell ends the command, and not an interactive shell (POSIX XCU 2.8.1). */
  async #runCommand(list: List): Promise<Finished> {
    const shell = this.#shell
    const mark = shell.mark()
    try {
      return await shell.execute(list)
    } catch (error) {
      const refused = asShellError(error)
      // busybox: the prompt does not stand behind the ^C.
      if (refused instanceof Interruption) shell.say('\n')
      shell.report(refused)
      shell.rewind(mark)
      shell.status = refused.status
      return refused.status
    }
  }
}
