// Scripts from files and from stdin.

import { SysError } from '../../kernel/errno.ts'
import { addLines, nameOfFile } from '../coverage.ts'
import { ExpansionError } from '../expansion-error.ts'
import { Parser } from '../parser.ts'
import type { Shell } from '../shell.ts'
import type { List } from '../syntax.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import { andThen, type Completion, type Finished, type Later } from './completion.ts'
import { EchoedLines } from './echoed-lines.ts'
import { showNews } from './job-news.ts'
import { parserOptions } from './parser-options.ts'
import { scriptText } from './script-text.ts'
import { StdinLines } from './stdin-lines.ts'
import { runParsed, runRecovering, syntaxError } from './text.ts'
import { runPending } from './trap.ts'

export function runFile(shell: Shell, path: string): Completion {
  return andThen(readFile(shell, path), text => {
    shell.commandName = shell.name
    const file = shell.language.counter && nameOfFile(shell.proc, path)
    if (file !== undefined) addLines(text, file, shell.language)
    return runParsed(shell, new Parser(new EchoedLines(shell, text), parserOptions(shell)), file, { isScript: true })
  })
}

function readFile(shell: Shell, path: string): Later<string> {
  const refused = (error: unknown): never => {
    if (!(error instanceof SysError)) throw error
    throw new ExpansionError(`can't open '${path}': ${error.message}`)
  }
  try {
    if (shell.proc.stat(path).kind === 'directory') throw new SysError('EISDIR')
    const text = scriptText(shell, path)
    return text instanceof Promise ? text.catch(refused) : text
  } catch (error) {
    return refused(error)
  }
}

/** Commands share stdin's offset with the shell: it is read a line at a time, and never a byte further (POSIX XCU sh). */
export async function runStdin(shell: Shell): Promise<Finished> {
  const lines = new StdinLines(shell)
  const parser = new Parser(lines, { ...parserOptions(shell), partial: true })
  let first = 1
  for (;;) {
    if (shell.options.monitor && lines.unfinished === '') showNews(shell)
    const list = nextOrNothing(shell, parser)
    if (list) {
      lines.unfinished = ''
      first = parser.line
      const done = shell.options.has('noexec') ? 0 : await execute(shell, list)
      if (typeof done !== 'number') return done
      continue
    }
    const come = await lines.wait()
    if (come === 'end')
      return runParsed(shell, new Parser(lines.unfinished, { ...parserOptions(shell), line: first }), undefined, {
        isScript: true,
      })
    const done = come === 'signal' ? await runPending(shell, shell.status) : 0
    if (typeof done !== 'number') return done
  }
}

function execute(shell: Shell, list: List): Completion {
  return shell.language.dialect === 'ash'
    ? shell.execute(list)
    : runRecovering(shell, shell.language.compiler.list(list))
}

function nextOrNothing(shell: Shell, parser: Parser) {
  try {
    return parser.next()
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    if (error.isIncomplete) return undefined
    throw syntaxError(shell, error)
  }
}
