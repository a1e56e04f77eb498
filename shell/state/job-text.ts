// How a job is shown: `[1]+  Running                    sleep 100`.

import type { Shell } from '../shell.ts'
import type { Job } from './job.ts'

export function describeJob(shell: Shell, job: Job, isLong = false): string {
  const pid = isLong ? `${job.members[0]?.pid} ` : ''
  // busybox: without job control it does not keep the text.
  const text = shell.options.monitor || shell.isInteractive ? job.text : ''
  const head = `[${job.number}]${shell.jobs.mark(job)}  ${pid}${job.stateText}`
  return `${head.padEnd(isLong ? head.length + 20 : 33)}${text}\n`
}
