import { builtin } from '../../builtins/builtin.ts'
import { ExpansionError } from '../../expansion-error.ts'
import type { Shell } from '../../shell.ts'
import type { Job } from '../../state/job.ts'
import { readLetters } from './declaring.ts'

const USAGE = 'disown: usage: disown [-h] [-ar] [jobspec ... | pid ...]'

/** They go on, and are no jobs of this shell any more. With -h they stay: it is the terminal that sends SIGHUP here. */
export default builtin({
  name: 'disown',
  raw: true,
  about: 'Forget jobs, which go on',
  operands: '[-h] [-ar] [%JOB|PID]...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'har', USAGE, shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    const { jobs } = shell
    let status = 0
    const all = on.has('a') || (on.has('r') && operands.length === 0)
    const chosen: (Job | undefined)[] = all
      ? [...jobs.list]
      : (operands.length === 0 ? [undefined] : operands).map(name => jobOf(shell, name))
    for (const [at, job] of chosen.entries()) {
      if (!job) {
        shell.complain(`${operands[at] ?? 'current'}: no such job`)
        status = 1
      } else if (!on.has('h') && (!on.has('r') || job.state === 'running')) jobs.remove(job)
    }
    return status
  },
})

function jobOf({ jobs }: Shell, name: string | undefined): Job | undefined {
  if (name === undefined || /^%[%+]?$/.test(name)) return jobs.current
  if (name === '%-') return jobs.previous
  const job = name.startsWith('%') ? jobs.find(name) : jobs.ofPid(Number(name))
  if (job === 'ambiguous') throw new ExpansionError(`${name}: ambiguous job spec`, 1)
  return job
}
