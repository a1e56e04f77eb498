// Operands that name jobs: `%1`, `%+`, `%vi`.

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type { Job } from '../state/job.ts'

/** Without an operand the current job. Throws ExpansionError in ash's words. */
export function findJob(shell: Shell, name: string | undefined): Job {
  if (name === undefined) {
    const { current } = shell.jobs
    if (!current) throw new ExpansionError('No current job')
    return current
  }
  const job = name.startsWith('%') ? shell.jobs.find(name) : shell.jobs.ofPid(Number(name))
  if (job === 'ambiguous') throw new ExpansionError(`${name}: ambiguous`)
  if (!job) throw new ExpansionError(`${name}: no such job`)
  return job
}
