import { flag } from '../../lib/options.ts'
import type { Shell } from '../shell.ts'
import type { Job } from '../state/job.ts'
import { builtin } from './builtin.ts'
import { findJob } from './find-job.ts'
import { print } from './print.ts'

export default builtin({
  name: 'jobs',
  about: 'List jobs',
  operands: '[%JOB]...',
  options: { long: flag('-l', 'With process ids'), pids: flag('-p', 'Only process ids') },
  main({ shell, options, operands }) {
    shell.jobs.poll(shell.proc)
    const jobs = operands.length === 0 ? shell.jobs.list : operands.map(name => findJob(shell, name))
    const text = jobs
      .map(job => (options.pids ? `${job.members[0]?.pid}\n` : describeJob(shell, job, options.long)))
      .join('')
    for (const job of jobs) {
      job.isNews = false
      if (job.state === 'done') shell.jobs.remove(job)
    }
    return print(shell, text)
  },
})

/** `[1]+  Running                    sleep 100` */
export function describeJob(shell: Shell, job: Job, isLong = false): string {
  const pid = isLong ? `${job.members[0]?.pid} ` : ''
  // busybox: without job control it does not keep the text.
  const text = shell.options.monitor || shell.isInteractive ? job.text : ''
  const head = `[${job.number}]${shell.jobs.mark(job)}  ${pid}${job.stateText}`
  return `${head.padEnd(isLong ? head.length + 20 : 33)}${text}\n`
}
