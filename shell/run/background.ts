// Asynchronous lists (POSIX XCU 2.9.3.1): `command &`.

import type { Compiler, Run } from '../compiler.ts'
import { jobText } from '../printer/job-text.ts'
import type { Shell } from '../shell.ts'
import type { Statement } from '../syntax.ts'
import { andThen, type Later } from './completion.ts'
import { detach, flushAnyway, forkShell } from './fork.ts'
import { compileBackgroundPipeline } from './pipeline.ts'
import { runSubshell } from './subshell.ts'

/** How many finished jobs are remembered for a `wait` that may come. */
const REMEMBERED = 256

export function compileBackground(compiler: Compiler, statement: Statement): Run {
  const run =
    statement.kind === 'pipeline' ? compileBackgroundPipeline(compiler, statement) : compiler.statement(statement, true)
  return shell =>
    andThen(flushAnyway(shell), () => {
      if (!shell.options.monitor) shell.jobs.removeWaited()
      if (shell.jobs.list.length > REMEMBERED) {
        shell.jobs.poll(shell.proc, shell.options.monitor)
        shell.jobs.prune(REMEMBERED)
      }
      const child = forkShell(shell, inner => runInBackground(inner, run, shell.isInteractive), { isForeground: false })
      const pgid = shell.options.monitor ? child.pgid : undefined
      const job = shell.jobs.add({ pids: [child.pid], pgid, text: jobText(statement) })
      shell.lastBackground = child.pid
      if (shell.isInteractive && !shell.isSubshell) shell.say(`[${job.number}] ${child.pid}\n`)
      return (shell.status = 0)
    })
}

function runInBackground(shell: Shell, run: Run, isInteractive: boolean): Later<number> {
  const { proc } = shell
  shell.isTested = false
  if (shell.options.monitor) return runSubshell(shell, run)
  detach(proc)
  if (isInteractive) return runSubshell(shell, run)
  return andThen(proc.open('/dev/null'), fd => {
    proc.dup(fd, { onto: 0 })
    if (fd !== 0) proc.close(fd)
    return runSubshell(shell, run)
  })
}
