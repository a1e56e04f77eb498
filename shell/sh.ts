// The program: `sh` and `ash`.

import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { builtins } from './builtins/index.ts'
import type { LineCounter } from './coverage.ts'
import { type CommandLine, parseCommandLine } from './run/command-line.ts'
import { compiler } from './run/compile.ts'
import { importEnvironment } from './run/environment.ts'
import { runInteractive } from './run/interactive.ts'
import { endJobControl, startJobControl } from './run/job-control.ts'
import { runFile, runStdin } from './run/script.ts'
import { runStartupFiles } from './run/startup.ts'
import { endWith } from './run/subshell.ts'
import { runText } from './run/text.ts'
import { type Language, Shell } from './shell.ts'

export const sh: Program = shellProgram()

export const ash: Program = { name: 'ash', main: sh.main }

/** The shell as a program; with a counter, one that tells which lines of files it runs. */
export function shellProgram(counter?: LineCounter): Program {
  const language: Language = {
    compiler,
    builtins,
    ...(counter ? { counter } : {}),
    runScript: (proc, { path, argv, env }) => {
      proc.env = env
      const shell = newShell(proc, language, path)
      shell.positional = argv.slice(1)
      return finished(shell, () => runFile(shell, path))
    },
  }
  return { name: 'sh', main: proc => runShell(proc, language) }
}

function newShell(proc: Process, language: Language, name: string): Shell {
  const shell = new Shell(proc, language)
  shell.name = name
  importEnvironment(shell)
  return shell
}

async function runShell(proc: Process, language: Language): Promise<number> {
  const shell = newShell(proc, language, (proc.argv[0] ?? 'sh').replace(/^-/, ''))
  const start = parseCommandLine(shell, proc.argv)
  if (typeof start === 'number') return start
  return finished(shell, () => run(shell, start))
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
  // busybox: the first line of `-c` is line 0.
  if (start.command !== undefined) return runText(shell, start.command, { line: 0, isLast: true })
  if (start.file !== undefined) return runFile(shell, start.file)
  return start.isInteractive ? runInteractive(shell) : runStdin(shell)
}
