import { flag } from '../../lib/options.ts'
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
    const own = shell.jobs.list.length > 0 ? shell.jobs.list : shell.jobs.outer
    const jobs = operands.length === 0 ? own : operands.map(name => findJob(shell, name))
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
