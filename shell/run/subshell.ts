// Subshells (POSIX XCU 2.13): a copy of the shell in a process of its own, from its first command to its exit trap.

import { SysError } from '../../kernel/errno.ts'
import type { Compiler, Run } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { jobText } from '../printer/job-text.ts'
import type { Shell } from '../shell.ts'
import type { Statement, Subshell } from '../syntax.ts'
import { andThen, type Finished } from './completion.ts'
import { waitForeground } from './foreground.ts'
import { flushAnyway, forkShell } from './fork.ts'
import { runRedirected } from './redirection.ts'
import { failed, runExitTrap } from './trap.ts'

export function compileSubshell(compiler: Compiler, node: Subshell): Run {
  const body = compiler.list(node.body, true)
  return shell =>
    andThen(flushAnyway(shell), async () => {
      const child = forkShell(shell, inner => runSubshell(inner, body), { isForeground: true })
      const status = await waitForeground(shell, { pids: [child.pid], pgid: child.pgid, texts: () => [jobText(node)] })
      shell.status = status
      return status === 0 || shell.isTested ? status : failed(shell, status)
    })
}

/** A command that is all its process has to do: a subshell needs no process of its own there. */
export function compileProcess(compiler: Compiler, node: Statement): Run {
  if (node.kind !== 'subshell') return compiler.statement(node, true)
  const redirect = compiler.redirections(node.redirections)
  const body = compiler.list(node.body, !redirect)
  // They stay to the end of the process, which tells of its errors by them.
  return redirect
    ? shell => runRedirected(shell, redirect, () => body(shell), { isKept: true, isSubshell: true })
    : body
}

/** The whole life of a forked shell; the answer is what its process exits with. */
export async function runSubshell(shell: Shell, run: Run): Promise<number> {
  // Job control is the outermost shell's.
  shell.options.set('monitor', false)
  shell.isInteractive = false
  await endWith(shell, () => andThen(run(shell), done => leave(shell, done)))
  return shell.status & 255
}

/** `break` and `continue` reach no loop outside of the subshell: they end it, with 0 as always. */
function leave(shell: Shell, done: Finished): void {
  if (typeof done === 'object' && (done.to === 'break' || done.to === 'continue')) shell.status = 0
}

/** Runs a piece to the end of its shell: errors are reported, the exit trap runs, what was printed is sent. */
export async function endWith(shell: Shell, piece: () => unknown): Promise<void> {
  await guarded(shell, piece)
  await guarded(shell, () => runExitTrap(shell))
  try {
    await shell.proc.stdout.flush()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    shell.complainBriefly(`write error: ${error.message}`)
    if (shell.status === 0) shell.status = 1
  }
}

async function guarded(shell: Shell, piece: () => unknown): Promise<void> {
  try {
    await piece()
  } catch (error) {
    const refused = asShellError(error)
    shell.report(refused)
    shell.status = shell.language.extension?.statusOf(refused) ?? refused.status
  }
}

/** A JavaScript stack that was too small for a script is that script's error, and so is output that cannot be written. */
export function asShellError(error: unknown): ExpansionError {
  if (error instanceof ExpansionError) return error
  if (error instanceof SysError) return new ExpansionError(`write error: ${error.message}`, 1)
  if (error instanceof RangeError && /call stack/.test(error.message))
    return new ExpansionError('maximum nesting exceeded')
  throw error
}
