import { builtin } from '../../builtins/builtin.ts'
import { findJob } from '../../builtins/find-job.ts'
import { print } from '../../builtins/print.ts'
import { runText } from '../../run/text.ts'
import type { Shell } from '../../shell.ts'
import type { Job } from '../../state/job.ts'
import { describeJob } from '../../state/job-text.ts'
import { quoteAlways } from '../quoting.ts'
import { readLetters } from './declaring.ts'

const USAGE = 'jobs: usage: jobs [-lnprs] [jobspec ...] or jobs -x command [args]'

export default builtin({
  name: 'jobs',
  raw: true,
  about: 'List jobs, or run a command with the process groups of jobs',
  operands: '[-lnprs] [%JOB]... | -x COMMAND [ARG]...',
  main({ shell, operands: words }) {
    if (words[0] === '-x')
      return runText(
        shell,
        words
          .slice(1)
          .map(word => withGroup(shell, word))
          .join(' '),
      )
    const letters = readLetters(words, 'lnprs', USAGE, shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    shell.jobs.poll(shell.proc, shell.options.monitor)
    const known = shell.jobs.list.length > 0 ? shell.jobs : (shell.jobs.outer ?? shell.jobs)
    const named = operands.map(name => findJob(shell, name))
    const all = operands.length > 0 ? named : [...known.list].sort((a, b) => a.number - b.number)
    let text = ''
    for (const job of all.filter(each => isAsked(each, on))) {
      text += on.has('p') ? `${job.members[0]?.pid}\n` : describeJob(known, job, { isLong: on.has('l'), isBash: true })
      job.isNews = false
      if (job.state === 'done') shell.jobs.remove(job)
    }
    return print(shell, text)
  },
})

function isAsked(job: Job, on: ReadonlySet<string>): boolean {
  if (on.has('r') && job.state !== 'running') return false
  if (on.has('s') && job.state !== 'stopped') return false
  return !on.has('n') || job.isNews
}

/** -x: a word that names a job becomes its process group. */
function withGroup(shell: Shell, word: string): string {
  if (!word.startsWith('%')) return quoteAlways(word)
  const job = findJob(shell, word)
  return String(job.pgid ?? job.lastPid)
}
