// <(...) and >(...): a process at the other end of a pipe, and a name under /dev/fd for this end.

import type { Compiler, TextOf } from '../compiler.ts'
import type { Shell } from '../shell.ts'
import type { ProcessSubstitution } from '../syntax.ts'
import { andThen } from './completion.ts'
import { detach, flushAnyway, forkShell } from './fork.ts'
import { runSubshell } from './subshell.ts'

export function compileProcessSubstitution(compiler: Compiler, { operator, body }: ProcessSubstitution): TextOf {
  const run = compiler.list(body, true)
  const isRead = operator === '<'
  return shell =>
    andThen(flushAnyway(shell), () => {
      const [read, write] = shell.proc.pipe()
      const [mine, other] = isRead ? [read, write] : [write, read]
      const child = forkShell(
        shell,
        inner => {
          detach(inner.proc)
          inner.proc.close(mine)
          inner.proc.dup(other, { onto: isRead ? 1 : 0 })
          inner.proc.close(other)
          return runSubshell(inner, run)
        },
        { isForeground: false },
      )
      shell.lastBackground = child.pid
      shell.proc.close(other)
      const kept = lastFree(shell)
      shell.proc.dup(mine, { onto: kept })
      shell.proc.close(mine)
      shell.substitutionFds.push(kept)
      return `/dev/fd/${kept}`
    })
}

/** bash: from 63 down. */
function lastFree({ proc }: Shell): number {
  let fd = 63
  while (fd > 10 && proc.fds.has(fd)) fd--
  return fd
}

/** The command that had the names is over. */
export function closeSubstitutions(shell: Shell): void {
  for (const fd of shell.substitutionFds.splice(0)) if (shell.proc.fds.has(fd)) shell.proc.close(fd)
}
