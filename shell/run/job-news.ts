// What the shell says of jobs unasked.

import type { Shell } from '../shell.ts'
import { describeJob } from '../state/job-text.ts'

/** Jobs that have ended or stopped since the last time: before a prompt, and before a command of a script with `set -m`. */
export function showNews(shell: Shell): void {
  const text = takeNews(shell)
  if (text !== '') shell.say(text)
}

export function takeNews({ jobs, language, options, proc }: Shell): string {
  jobs.poll(proc, options.monitor)
  let text = ''
  for (const job of jobs.list) {
    if (!job.isNews) continue
    job.isNews = false
    text += describeJob(jobs, job, { isBash: language.dialect === 'bash' })
    if (job.state === 'done') jobs.remove(job)
  }
  return text
}

/** Of stopped jobs, who would leave is told once: the next command may be `exit`, and then it is meant. */
export function warnsOfStopped(shell: Shell): boolean {
  const { jobs, options, proc } = shell
  if (!shell.isInteractive || shell.exitWarning > 0) return false
  jobs.poll(proc, options.monitor)
  if (jobs.current?.state !== 'stopped') return false
  shell.say('You have stopped jobs.\n')
  shell.exitWarning = 2
  return true
}
