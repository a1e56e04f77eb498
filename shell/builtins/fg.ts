import { SIGCONT } from '../../kernel/signal.ts'
import { ExpansionError } from '../expansion-error.ts'
import { waitForeground } from '../run/foreground.ts'
import { giveTerminal } from '../run/fork.ts'
import { builtin } from './builtin.ts'
import { findJob } from './find-job.ts'

export default builtin({
  name: 'fg',
  about: 'Go on with a job in the foreground',
  operands: '[%JOB]',
  async main({ shell, operands: [name] }) {
    const job = findJob(shell, name)
    if (job.pgid === undefined) throw new ExpansionError(`job ${name ?? '%'} not created under job control`)
    const { pgid } = job
    await shell.proc.stdout.line(job.text)
    await shell.proc.stdout.flush()
    const isDone = job.state === 'done'
    job.continued()
    shell.jobs.remove(job)
    if (isDone) return job.status
    giveTerminal(shell, pgid)
    shell.proc.kill(-pgid, SIGCONT)
    return waitForeground(shell, { pids: job.members.map(({ pid }) => pid), pgid, text: () => job.text })
  },
})
