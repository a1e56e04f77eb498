// The interactive shell: a prompt, a line, a command, until the end of the input.

import type { Shell } from '../shell.ts'
import type { Finished } from './completion.ts'
import { runStdin } from './script.ts'

export function runInteractive(shell: Shell): Promise<Finished> {
  shell.isInteractive = true
  return runStdin(shell)
}
