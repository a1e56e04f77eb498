// $(<file): what is in the file, without a command.

import { SysError } from '../../kernel/errno.ts'
import type { Compiler, TextOf } from '../compiler.ts'
import { andThen, type Later } from '../run/completion.ts'
import { readToEnd } from '../run/script-text.ts'
import type { Shell } from '../shell.ts'
import type { List } from '../syntax.ts'

/** undefined: it is another body. */
export function compileFileText(compiler: Compiler, body: List): TextOf | undefined {
  const [only, ...others] = body.items
  if (others.length > 0 || only?.background !== false || only.command.kind !== 'simple') return undefined
  const { words, assignments, redirections } = only.command
  const [redirection, ...more] = redirections
  if (words.length > 0 || assignments.length > 0 || more.length > 0) return undefined
  if (redirection?.kind !== 'file' || redirection.operator !== '<' || redirection.fd !== undefined) return undefined
  const path = compiler.text(redirection.target)
  return shell => andThen(path(shell), name => readText(shell, name))
}

/** As a redirection reads it: a fifo is waited for. */
function readText(shell: Shell, path: string): Later<string> {
  const refused = (error: unknown): string => {
    if (!(error instanceof SysError)) throw error
    shell.complain(`${path}: ${error.message}`)
    shell.substitutionStatus = 1
    return ''
  }
  try {
    const opened = shell.proc.open(path, { read: true })
    const read = async (fd: number): Promise<string> => {
      const text = await readToEnd(shell, fd)
      shell.substitutionStatus = 0
      return text.replaceAll('\0', '').replace(/\n+$/, '')
    }
    return Promise.resolve(opened).then(read).catch(refused)
  } catch (error) {
    return refused(error)
  }
}
