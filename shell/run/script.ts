// Scripts from files and from stdin.

import { SysError } from '../../kernel/errno.ts'
import { decode } from '../../lib/bytes.ts'
import { addLines, nameOfFile } from '../coverage.ts'
import { ExpansionError } from '../expansion-error.ts'
import { Parser, type Source } from '../parser.ts'
import type { Shell } from '../shell.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import type { Completion, Finished } from './completion.ts'
import { EchoedLines } from './echoed-lines.ts'
import { runParsed } from './text.ts'

const NEWLINE = 10

export function runFile(shell: Shell, path: string): Completion {
  const text = readFile(shell, path)
  shell.commandName = shell.name
  const { counter } = shell.language
  const file = counter && nameOfFile(shell.proc, path)
  if (counter && file !== undefined) addLines(text, file, counter)
  return runParsed(shell, new Parser(new EchoedLines(shell, text), parserOptions(shell)), file)
}

function parserOptions(shell: Shell) {
  return { dialect: 'ash', lookupAlias: (name: string) => shell.aliases.get(name) } as const
}

function readFile(shell: Shell, path: string): string {
  try {
    if (shell.proc.stat(path).kind === 'directory') throw new SysError('EISDIR')
    return decode(shell.proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new ExpansionError(`can't open '${path}': ${error.message}`)
  }
}

/** Lines that have been read from stdin and not yet parsed. */
class Lines implements Source {
  readonly #lines: string[] = []

  push(line: string): void {
    this.#lines.push(line)
  }

  read(): string | undefined {
    return this.#lines.shift()
  }
}

/** Commands share stdin's offset with the shell: it is read a line at a time, and never a byte further (POSIX XCU sh). */
export async function runStdin(shell: Shell): Promise<Finished> {
  const lines = new Lines()
  const parser = new Parser(lines, { ...parserOptions(shell), partial: true })
  let unfinished = ''
  let first = 1
  for (;;) {
    const list = nextOrNothing(shell, parser)
    if (list) {
      unfinished = ''
      first = parser.line
      const done = shell.options.has('noexec') ? 0 : await shell.execute(list)
      if (typeof done !== 'number') return done
      continue
    }
    const line = await readLine(shell)
    if (line === '') return runParsed(shell, new Parser(unfinished, { ...parserOptions(shell), line: first }))
    unfinished += line
    lines.push(line)
  }
}

function nextOrNothing(shell: Shell, parser: Parser) {
  try {
    return parser.next()
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    if (error.isIncomplete) return undefined
    shell.line = error.line
    throw new ExpansionError(error.message)
  }
}

async function readLine(shell: Shell): Promise<string> {
  const { proc } = shell
  await proc.stdout.flush()
  const chunks: string[] = []
  for (;;) {
    const chunk = await proc.readThrough(0, NEWLINE)
    chunks.push(decode(chunk))
    if (chunk.length === 0 || chunk[chunk.length - 1] === NEWLINE) break
  }
  const line = chunks.join('')
  if (shell.options.has('verbose')) shell.say(line)
  return line
}
