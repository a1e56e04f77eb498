// Runs shell text command by command: eval, sourced files, trap actions, `sh -c`.

import { addLines, watchCommands } from '../coverage.ts'
import { ExpansionError } from '../expansion-error.ts'
import { Parser } from '../parser.ts'
import type { Shell } from '../shell.ts'
import type { List } from '../syntax.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import type { Completion, Finished } from './completion.ts'
import { showNews } from './job-news.ts'

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
  const lookupAlias = (name: string) => shell.aliases.get(name)
  const parser = new Parser(text, { dialect: 'ash', lookupAlias, line: how.line ?? 1 })
  const { file } = how
  if (file !== undefined && shell.language.counter) addLines(text, file, shell.language.counter)
  return runCommands(
    shell,
    () => readCommand(shell, parser, how),
    () => how.isLast === true && isAtEnd(text, parser),
  )
}

/** The commands of a parser, to its end; `file`: where it reads from. */
export function runParsed(shell: Shell, parser: Parser, file?: string): Completion {
  const how = file === undefined ? { tellsNews: true } : { tellsNews: true, file }
  return runCommands(
    shell,
    () => readCommand(shell, parser, how),
    () => false,
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
    shell.line = error.line
    throw new ExpansionError(error.message)
  }
}

function isAtEnd(text: string, parser: Parser): boolean {
  return text.slice(parser.offset).trim() === ''
}

function runCommands(shell: Shell, next: () => List | undefined, isLast: () => boolean): Completion {
  let status = 0
  for (let list = next(); list; list = next()) {
    if (shell.options.has('noexec')) continue
    const done = shell.language.compiler.list(list, isLast())(shell)
    if (done instanceof Promise) return runLater(shell, next, isLast, done)
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
): Promise<Finished> {
  let done = await pending
  while (typeof done === 'number') {
    const list = next()
    if (!list) return done
    done = await shell.language.compiler.list(list, isLast())(shell)
  }
  return done
}
