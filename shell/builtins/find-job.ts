// Operands that name jobs: `%1`, `%+`, `%vi`.

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type { Job } from '../state/job.ts'

/** Without an operand the current job. Throws ExpansionError in ash's words. */
export function findJob(shell: Shell, name: string | undefined): Job {
  if (name === undefined || /^%[%+]?$/.test(name)) return there(shell.jobs.current, 'No current job')
  if (name === '%-') return there(shell.jobs.previous, 'No previous job')
  const job = name.startsWith('%') ? shell.jobs.find(name) : shell.jobs.ofPid(Number(name))
  if (job === 'ambiguous') throw new ExpansionError(`${name}: ambiguous`)
  if (!job) throw new ExpansionError(`${name}: no such job`)
  return job
}

function there(job: Job | undefined, otherwise: string): Job {
  if (!job) throw new ExpansionError(otherwise)
  return job
}

/** busybox's words, also for the name that was not given. */
export function groupOf(job: Job, name: string | undefined): number {
  if (job.pgid === undefined) throw new ExpansionError(`job ${name ?? '(null)'} not created under job control`)
  return job.pgid
}
