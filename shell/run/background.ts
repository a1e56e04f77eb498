// Asynchronous lists (POSIX XCU 2.9.3.1): `command &`.

import type { Compiler, Run } from '../compiler.ts'
import { stageTexts } from '../printer/job-text.ts'
import type { Shell } from '../shell.ts'
import type { Statement } from '../syntax.ts'
import { andThen, type Later } from './completion.ts'
import { detach, flushAnyway } from './fork.ts'
import { startStages } from './pipeline.ts'
import { compileProcess } from './subshell.ts'

/** How many finished jobs are remembered for a `wait` that may come. */
const REMEMBERED = 256

/** Each stage of a pipeline is the shell's own child; `$!` is the last one's pid. */
export function compileBackground(compiler: Compiler, statement: Statement): Run {
  const isPipeline = statement.kind === 'pipeline' && !statement.negated
  const stages = (isPipeline ? statement.commands : [statement]).map(command => compileProcess(compiler, command))
  return shell =>
    andThen(flushAnyway(shell), () => {
      const { monitor } = shell.options
      makeRoom(shell, monitor)
      const prepare = monitor ? untested : shell.isInteractive ? deafen : setApart
      const { pids, pgid } = startStages(shell, stages, { isForeground: false, prepare })
      const job = shell.jobs.add({
        pids,
        pgid: monitor ? pgid : undefined,
        texts: monitor || shell.bash ? stageTexts(statement) : [],
      })
      shell.lastBackground = pids.at(-1)
      if (shell.bash && shell.isInteractive && !shell.isSubshell) shell.say(`[${job.number}] ${job.lastPid}\n`)
      // As on a machine, what was started is its command's program by the time that others look: `yes & killall yes`.
      return begun(shell)
    })
}

/** What it has already done to this shell counts, too: `kill $$ &`. */
async function begun(shell: Shell): Promise<number> {
  await shell.proc.kernel.pace.turn()
  await shell.proc.gate()
  shell.status = 0
  return 0
}

function makeRoom({ jobs, proc }: Shell, monitor: boolean): void {
  if (!monitor) jobs.removeWaited()
  if (jobs.list.length <= REMEMBERED) return
  jobs.poll(proc, monitor)
  jobs.prune(REMEMBERED)
}

/** `set -e` heeds its failures. */
function untested(shell: Shell): void {
  shell.isTested = false
}

/** Without job control the keyboard's signals are not for it. */
function deafen(shell: Shell): void {
  untested(shell)
  detach(shell.proc)
}

/** And in a script its first process reads nothing. */
function setApart(shell: Shell, isFirst: boolean): Later<void> {
  const { proc } = shell
  deafen(shell)
  if (!isFirst) return
  return andThen(proc.open('/dev/null'), fd => {
    proc.dup(fd, { onto: 0 })
    if (fd !== 0) proc.close(fd)
  })
}
