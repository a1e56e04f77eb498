// Which lines of shell files are run: commands of a watched file tell a counter each time. What is not watched costs nothing.

import type { Process } from '../kernel/process.ts'
import type { Run } from './compiler.ts'
import type { Dialect } from './dialect.ts'
import { parse } from './parser.ts'
import type { List, Statement } from './syntax.ts'
import { ShellSyntaxError } from './syntax-error.ts'

export interface LineCounter {
  /** A command that begins on that line, run or not; `offset`: where in the file, which tells it from others of the line. */
  add(file: string, line: number, offset: number): void
  count(file: string, line: number, offset: number): void
}

/** What is asked of a language: whether it counts. */
interface Counted {
  readonly dialect: Dialect
  readonly counter?: LineCounter
}

/** What reports call a file: its directory without links, and its name. */
export function nameOfFile(proc: Process, path: string): string {
  const slash = path.lastIndexOf('/')
  const directory = slash === -1 ? proc.cwd : proc.realpath(slash === 0 ? '/' : path.slice(0, slash))
  return `${directory === '/' ? '' : directory}/${path.slice(slash + 1)}`
}

const watched = new WeakMap<object, () => void>()

/** Has the counter told of every command of a file: also of those that are never reached, and so never read. */
export function addLines(text: string, file: string, { dialect, counter }: Counted): void {
  if (!counter) return
  try {
    for (const list of parse(text, { dialect })) {
      for (const { line, offset } of commandsIn(list)) counter.add(file, line, offset)
    }
  } catch (error) {
    // The shell will say so, when it comes there.
    if (!(error instanceof ShellSyntaxError)) throw error
  }
}

/** Has the counter told whenever one of these commands is run. */
export function watchCommands(list: List, file: string, counter: LineCounter): void {
  for (const command of commandsIn(list)) watched.set(command, () => counter.count(file, command.line, command.offset))
}

/** The closure of a command, with what is to be told first. */
export function counted(command: Statement, run: Run): Run {
  const tell = watched.get(command)
  if (!tell) return run
  return shell => {
    tell()
    return run(shell)
  }
}

/** What groups others is no command of its own: its parts are. */
const COUNTED: ReadonlySet<unknown> = new Set([
  'simple',
  'if',
  'loop',
  'for',
  'select',
  'case',
  'function',
  'arithmetic-command',
  'arithmetic-for',
  'conditional',
])

/** In words too: `$(...)` has commands. `${x^^}` is of the kind `case` too, but has no line. */
function* commandsIn(node: object): Generator<Statement> {
  if ('kind' in node && 'line' in node && COUNTED.has(node.kind)) yield node as Statement
  for (const value of Object.values(node)) if (typeof value === 'object' && value !== null) yield* commandsIn(value)
}
