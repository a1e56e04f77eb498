// Runs shell text command by command: eval, sourced files, trap actions, `sh -c`.

import type { Run } from '../compiler.ts'
import { addLines, watchCommands } from '../coverage.ts'
import { ExpansionError } from '../expansion-error.ts'
import { Parser } from '../parser.ts'
import type { Shell } from '../shell.ts'
import type { List } from '../syntax.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import type { Completion, Finished } from './completion.ts'
import { showNews } from './job-news.ts'
import { parserOptions } from './parser-options.ts'

export interface TextOptions {
  /** The line of its first character. */
  readonly line?: number
  /** Nothing is run after it in this process. */
  readonly isLast?: boolean
  /** The file that it is the text of. */
  readonly file?: string
  /** With job control, jobs that have ended or stopped are told of between its commands, as at a prompt (ash). */
  readonly tellsNews?: boolean
}

/** The status of the last command, or how it ended. A syntax error is an ExpansionError. */
export function runText(shell: Shell, text: string, how: TextOptions = {}): Completion {
  const parser = new Parser(text, { ...parserOptions(shell), line: how.line ?? 1 })
  const { file } = how
  if (file !== undefined) addLines(text, file, shell.language)
  return runCommands(
    shell,
    () => readCommand(shell, parser, how),
    () => how.isLast === true && isAtEnd(text, parser),
  )
}

/** The commands of a parser, to its end; `file`: where it reads from. */
export function runParsed(shell: Shell, parser: Parser, file?: string, { isScript = false } = {}): Completion {
  const how = file === undefined ? { tellsNews: true } : { tellsNews: true, file }
  return runCommands(
    shell,
    () => readCommand(shell, parser, how),
    () => false,
    isScript && shell.language.dialect === 'bash',
  )
}

/** The next command of a parser. */
function readCommand(shell: Shell, parser: Parser, { file, tellsNews }: TextOptions): List | undefined {
  if (tellsNews && shell.options.monitor) showNews(shell)
  try {
    const list = parser.next()
    const { counter } = shell.language
    if (list && counter && file !== undefined) watchCommands(list, file, counter)
    return list
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    throw syntaxError(shell, error)
  }
}

/** As the shell's error, which ends the whole of what is read. */
export function syntaxError(shell: Shell, { line, message, source }: ShellSyntaxError): ExpansionError {
  shell.line = line
  const { extension } = shell.language
  if (!extension) return new ExpansionError(message)
  const error = new ExpansionError(extension.describeSyntax(shell, message, source))
  error.endsShell = true
  return error
}

function isAtEnd(text: string, parser: Parser): boolean {
  return text.slice(parser.offset).trim() === ''
}

/** `recovers`: an error ends its command, and not the script (bash). */
function runCommands(shell: Shell, next: () => List | undefined, isLast: () => boolean, recovers = false): Completion {
  let status = 0
  for (let list = next(); list; list = next()) {
    if (shell.options.has('noexec')) continue
    const run = shell.language.compiler.list(list, isLast())
    const done = recovers ? runRecovering(shell, run) : run(shell)
    if (done instanceof Promise) return runLater(shell, next, isLast, done, recovers)
    if (typeof done !== 'number') return done
    status = done
  }
  return status
}

async function runLater(
  shell: Shell,
  next: () => List | undefined,
  isLast: () => boolean,
  pending: Promise<Finished>,
  recovers: boolean,
): Promise<Finished> {
  let done = await pending
  while (typeof done === 'number') {
    const list = next()
    if (!list) return done
    if (shell.options.has('noexec')) continue
    const run = shell.language.compiler.list(list, isLast())
    done = await (recovers ? runRecovering(shell, run) : run(shell))
  }
  return done
}

/** bash: what is wrong with an expansion ends the command line that it is in. */
export function runRecovering(shell: Shell, run: Run): Completion {
  const mark = shell.mark()
  const recover = (error: unknown): number => {
    if (!(error instanceof ExpansionError) || error.endsShell || error.status === 130) throw error
    shell.report(error)
    shell.rewind(mark)
    return (shell.status = shell.language.extension?.statusOf(error) ?? error.status)
  }
  try {
    const done = run(shell)
    return done instanceof Promise ? done.catch(recover) : done
  } catch (error) {
    return recover(error)
  }
}
