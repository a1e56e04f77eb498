import { SIGCONT } from '../../kernel/signal.ts'
import { ExpansionError } from '../expansion-error.ts'
import { builtin } from './builtin.ts'
import { findJob } from './find-job.ts'
import { print } from './print.ts'

export default builtin({
  name: 'bg',
  about: 'Go on with jobs in the background',
  operands: '[%JOB]...',
  main({ shell, operands }) {
    const names = operands.length === 0 ? [undefined] : operands
    const lines = names.map(name => {
      const job = findJob(shell, name)
      if (job.pgid === undefined) throw new ExpansionError(`job ${name ?? '%'} not created under job control`)
      job.continued()
      shell.proc.kill(-job.pgid, SIGCONT)
      return `[${job.number}] ${job.text}\n`
    })
    return print(shell, lines.join(''))
  },
})
