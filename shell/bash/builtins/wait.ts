import { builtin } from '../../builtins/builtin.ts'
import { findJob } from '../../builtins/find-job.ts'
import { waitForAll, waitForJob, waitForNext } from '../../builtins/wait.ts'
import { ExpansionError } from '../../expansion-error.ts'
import type { Completion, Finished } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'
import type { Job } from '../../state/job.ts'
import { isName } from '../../state/variables.ts'

const USAGE = 'wait: usage: wait [-fn] [-p var] [id ...]'

/** POSIX's, with -n (the next to end, of those named), -p (whose status it is) and -f (jobs end here only when they do). */
export default builtin({
  name: 'wait',
  raw: true,
  about: 'Wait for background jobs',
  operands: '[-fn] [-p NAME] [PID|%JOB]...',
  main({ shell, operands: words }): Completion {
    const call = parse(shell, words)
    if (typeof call === 'number') return call
    const { isNext, name, operands } = call
    if (name !== undefined) shell.variables.unset(name)
    const found = (job: Job) => {
      if (name !== undefined) shell.assign(name, String(job.lastPid))
    }
    if (!isNext) return operands.length === 0 ? waitForAll(shell) : waitForEach(shell, operands, found)
    const jobs = operands.map(operand => jobOf(shell, operand))
    const among = jobs.filter(job => job !== undefined)
    return operands.length === 0 ? waitForNext(shell, { found }) : waitForNext(shell, { among, found })
  },
})

interface Call {
  readonly isNext: boolean
  readonly name: string | undefined
  readonly operands: readonly string[]
}

function parse(shell: Shell, words: readonly string[]): Call | number {
  let isNext = false
  let name: string | undefined
  let at = 0
  for (; /^-./.test(words[at] ?? ''); at++) {
    const word = words[at]!
    if (word === '--') {
      at++
      break
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index]!
      if (letter === 'n') isNext = true
      else if (letter === 'p') {
        name = word.slice(index + 1) || words[++at] || ''
        if (!isName(name)) throw new ExpansionError(`\`${name}': not a valid identifier`, 1)
        break
      } else if (letter !== 'f') {
        shell.complain(`-${letter}: invalid option`)
        shell.say(`${USAGE}\n`)
        return 2
      }
    }
  }
  return { isNext, name, operands: words.slice(at) }
}

async function waitForEach(shell: Shell, operands: readonly string[], found: (job: Job) => void): Promise<Finished> {
  let status: Finished = 0
  for (const operand of operands) {
    const job = jobOf(shell, operand)
    status = job ? await waitForJob(shell, job) : 127
    if (job) found(job)
    if (typeof status !== 'number' || (job && job.state !== 'done')) return status
  }
  return status
}

/** undefined: it has been said that there is none. */
function jobOf(shell: Shell, operand: string): Job | undefined {
  if (operand.startsWith('%')) return findJob(shell, operand)
  if (!/^\d+$/.test(operand)) {
    throw new ExpansionError(`\`${operand}': not a pid or valid job spec`, 1)
  }
  const job = shell.jobs.ofPid(Number(operand))
  if (!job) shell.complain(`pid ${operand} is not a child of this shell`)
  return job
}
