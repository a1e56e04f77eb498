// The life of a shell as a program: its command line, its startup files, and what it then reads.

import type { Process } from '../../kernel/process.ts'
import { type Language, Shell } from '../shell.ts'
import { type CommandLine, parseCommandLine } from './command-line.ts'
import { importEnvironment } from './environment.ts'
import { runInteractive } from './interactive.ts'
import { endJobControl, startJobControl } from './job-control.ts'
import { runFile, runStdin } from './script.ts'
import { runStartupFiles } from './startup.ts'
import { endWith } from './subshell.ts'
import { runText } from './text.ts'

/** A script that no executable format knows, in a process that was forked for it. */
export function runScript(
  language: Language,
  proc: Process,
  { path, argv, env }: { path: string; argv: readonly string[]; env: ReadonlyMap<string, string> },
): Promise<number> {
  proc.env = env
  const shell = newShell(proc, language, path)
  shell.positional = argv.slice(1)
  return finished(shell, () => runFile(shell, path))
}

export async function runProgram(proc: Process, language: Language, name: string): Promise<number> {
  const shell = newShell(proc, language, (proc.argv[0] ?? name).replace(/^-/, ''))
  const start = parseCommandLine(shell, proc.argv)
  if (typeof start === 'number') return start
  return finished(shell, () => run(shell, start))
}

function newShell(proc: Process, language: Language, name: string): Shell {
  const shell = new Shell(proc, language)
  shell.name = name
  importEnvironment(shell)
  language.extension?.begin(shell)
  return shell
}

async function finished(shell: Shell, piece: () => unknown): Promise<number> {
  await endWith(shell, piece)
  if (shell.held) endJobControl(shell)
  return shell.status & 255
}

async function run(shell: Shell, start: CommandLine): Promise<unknown> {
  if (shell.options.monitor) startJobControl(shell)
  const ended = await runStartupFiles(shell, start)
  if (ended) return undefined
  // busybox: the first line of `-c` is line 0; bash's is line 1.
  const line = shell.language.dialect === 'ash' ? 0 : 1
  if (start.command !== undefined) return runText(shell, start.command, { line, isLast: true })
  if (start.file !== undefined) return runFile(shell, start.file)
  return start.isInteractive ? runInteractive(shell) : runStdin(shell)
}
