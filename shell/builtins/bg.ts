import { SIGCONT } from '../../kernel/signal.ts'
import { builtin } from './builtin.ts'
import { findJob, groupOf } from './find-job.ts'
import { print } from './print.ts'

export default builtin({
  name: 'bg',
  about: 'Go on with jobs in the background',
  operands: '[%JOB]...',
  main({ shell, operands }) {
    const names = operands.length === 0 ? [undefined] : operands
    const lines = names.map(name => {
      const job = findJob(shell, name)
      const pgid = groupOf(job, name)
      job.continued()
      shell.jobs.makeRunning(job)
      shell.proc.kill(-pgid, SIGCONT)
      return shell.bash ? `[${job.number}]${shell.jobs.mark(job)} ${job.text} &\n` : `[${job.number}] ${job.text}\n`
    })
    return print(shell, lines.join(''))
  },
})
