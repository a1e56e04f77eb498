import { SysError } from '../../kernel/errno.ts'
import { flag } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Finished } from '../run/completion.ts'
import { showDeath } from '../run/foreground.ts'
import { runPending } from '../run/trap.ts'
import type { Shell } from '../shell.ts'
import type { Job } from '../state/job.ts'
import { builtin } from './builtin.ts'
import { findJob } from './find-job.ts'

/** A trapped signal ends it with 128 + its number, after the trap's action has run (POSIX XCU 2.12). */
export default builtin({
  name: 'wait',
  about: 'Wait for background jobs',
  operands: '[PID|%JOB]...',
  options: { next: flag('-n', 'For the next job that ends') },
  async main({ shell, options, operands }) {
    if (options.next) return waitForNext(shell)
    if (operands.length === 0) return waitForAll(shell)
    let status: Finished = 0
    for (const operand of operands) {
      const job = operand.startsWith('%') ? findJob(shell, operand) : shell.jobs.ofPid(parsePid(operand))
      status = job ? await waitForJob(shell, job) : 127
      if (typeof status !== 'number' || (job && job.state !== 'done')) return status
    }
    return status
  },
})

function parsePid(text: string): number {
  if (!/^\d+$/.test(text)) throw new ExpansionError(`Illegal number: ${text}`)
  return Number(text)
}

export async function waitForAll(shell: Shell): Promise<Finished> {
  for (;;) {
    shell.jobs.poll(shell.proc, shell.options.monitor)
    const running = shell.jobs.list.filter(job => job.state === 'running')
    for (const job of shell.jobs.list) if (job.state === 'done') job.isWaited = true
    if (running.length === 0) return 0
    const signalled = await waitForChange(shell)
    if (signalled !== undefined) return signalled
  }
}

/**
 * differs: busybox 1.35 answers a status of its own for a job that has ended before.
 * `among`: only these (bash); `found` is told of the job whose status it is.
 */
export async function waitForNext(
  shell: Shell,
  how: { among?: readonly Job[]; found?: (job: Job) => void } = {},
): Promise<Finished> {
  for (;;) {
    shell.jobs.poll(shell.proc, shell.options.monitor)
    const jobs = how.among ?? shell.jobs.list
    const done = jobs.find(job => job.state === 'done' && (!job.isWaited || how.among))
    if (done) {
      done.isWaited = true
      how.found?.(done)
      return done.status(shell.options.pipefail)
    }
    if (jobs.every(job => job.state !== 'running')) return 127
    const signalled = await waitForChange(shell)
    if (signalled !== undefined) return signalled
  }
}

/** How it was killed is said only by the wait that saw it happen. */
export async function waitForJob(shell: Shell, job: Job): Promise<Finished> {
  const isKnown = job.state === 'done'
  for (;;) {
    shell.jobs.poll(shell.proc, shell.options.monitor)
    if (job.state !== 'running') {
      const last = job.members.at(-1)?.status
      if (!isKnown && last) showDeath(shell, last)
      job.isWaited = true
      return job.status(shell.options.pipefail)
    }
    const signalled = await waitForChange(shell)
    if (signalled !== undefined) return signalled
  }
}

/** Sleeps until some child changes. A trapped signal: its action is run, and the status it ends with is answered. */
async function waitForChange(shell: Shell): Promise<Finished | undefined> {
  const { monitor } = shell.options
  try {
    const found = await shell.proc.wait('any', { stopped: monitor, continued: monitor })
    const job = found && shell.jobs.ofPid(found[0])
    if (job) shell.jobs.update(job, ...found)
    return undefined
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    const [signal] = shell.traps.pending
    if (error.errno !== 'EINTR') return 127
    return shell.hasArrived ? runPending(shell, 128 + (signal ?? 0)) : undefined
  }
}
