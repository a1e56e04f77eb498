// What a shell reads before its first command: the profiles of a login shell, and $ENV of an interactive one.

import { SysError } from '../../kernel/errno.ts'
import { decode } from '../../lib/bytes.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type { CommandLine } from './command-line.ts'
import { promptText } from './prompt-text.ts'
import { runText } from './text.ts'

/** true: one of them has ended the shell. */
export async function runStartupFiles(shell: Shell, start: CommandLine): Promise<boolean> {
  const files: string[] = [...(shell.language.extension?.startupFiles(shell, start) ?? [])]
  if (start.isLogin && !shell.language.extension) {
    const home = shell.variables.get('HOME')
    files.push('/etc/profile', ...(home === undefined ? [] : [`${home}/.profile`]))
  }
  for (const file of files) if (await runIfThere(shell, file)) return true
  const env = start.isInteractive && !shell.language.extension ? shell.variables.get('ENV') : undefined
  if (env === undefined || env === '') return false
  return runIfThere(shell, await promptText(shell, env))
}

/** An error in it ends it, and not the shell. */
async function runIfThere(shell: Shell, file: string): Promise<boolean> {
  const text = readIfThere(shell, file)
  if (text === undefined) return false
  const mark = shell.mark()
  shell.commandName = file
  shell.returns++
  try {
    const done = await runText(shell, text)
    return typeof done !== 'number' && done.to === 'exit'
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error
    shell.report(error)
    return false
  } finally {
    shell.rewind(mark)
  }
}

function readIfThere(shell: Shell, file: string): string | undefined {
  try {
    return decode(shell.proc.contentsOf(file))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
