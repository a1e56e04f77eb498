import { flag } from '../../lib/options.ts'
import type { Job } from '../state/job.ts'
import { describeJob } from '../state/job-text.ts'
import { builtin } from './builtin.ts'
import { findJob } from './find-job.ts'
import { print } from './print.ts'

export default builtin({
  name: 'jobs',
  about: 'List jobs',
  operands: '[%JOB]...',
  options: { long: flag('-l', 'With process ids'), pids: flag('-p', 'Only process ids') },
  main({ shell, options, operands }) {
    shell.jobs.poll(shell.proc, shell.options.monitor)
    const known = shell.jobs.list.length > 0 ? shell.jobs : (shell.jobs.outer ?? shell.jobs)
    const jobs = operands.length === 0 ? known.list : operands.map(name => findJob(shell, name))
    const describe = (job: Job) =>
      options.pids ? `${job.members[0]?.pid}\n` : describeJob(known, job, { isLong: options.long })
    let text = ''
    for (const job of jobs) {
      text += describe(job)
      job.isNews = false
      if (job.state === 'done') shell.jobs.remove(job)
    }
    return print(shell, text)
  },
})
