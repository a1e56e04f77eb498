// What builtins print goes through the process's gathered output; only a slow reader makes a promise of it.

import { SysError } from '../../kernel/errno.ts'
import type { Completion } from '../run/completion.ts'
import type { Shell } from '../shell.ts'

export function print(shell: Shell, text: string, status = 0): Completion {
  if (text === '') return status
  // Not gathered first: `if echo; then ...; fi >&-` tests it.
  if (!shell.proc.fds.has(1)) throw new SysError('EBADF')
  const waiting = shell.proc.stdout.write(text)
  return waiting ? waiting.then(() => status) : status
}
