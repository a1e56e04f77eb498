import { SIGCONT } from '../../kernel/signal.ts'
import { waitForeground } from '../run/foreground.ts'
import { giveTerminal } from '../run/fork.ts'
import { builtin } from './builtin.ts'
import { findJob, groupOf } from './find-job.ts'

export default builtin({
  name: 'fg',
  about: 'Go on with a job in the foreground',
  operands: '[%JOB]',
  async main({ shell, operands: [name] }) {
    const job = findJob(shell, name)
    const pgid = groupOf(job, name)
    await shell.proc.stdout.line(job.text)
    await shell.proc.stdout.flush()
    const isDone = job.state === 'done'
    job.continued()
    shell.jobs.remove(job)
    if (isDone) return job.status(shell.options.pipefail)
    giveTerminal(shell, pgid)
    shell.proc.kill(-pgid, SIGCONT)
    return waitForeground(shell, { pids: job.members.map(({ pid }) => pid), pgid, texts: () => job.texts })
  },
})
