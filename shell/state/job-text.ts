// How a job is shown: `[1]+  Running                    sleep 100`.

import type { Job, Jobs } from './job.ts'

/** Where the text begins; in bash sooner, and after a process id later. */
const COLUMN = 33
const BASH_WIDTH = 24

/** Long: with process ids, a line a process. */
export function describeJob(jobs: Jobs, job: Job, how: { isLong?: boolean; isBash?: boolean } = {}): string {
  const { isLong = false } = how
  if (how.isBash) return describeInBash(jobs, job, isLong)
  const mark = `[${job.number}]${jobs.mark(job)}  `
  const pid = isLong ? `${job.members[0]?.pid} ` : ''
  const [first = '', ...others] = job.texts
  const head = `${`${mark}${pid}${job.stateText}`.padEnd(COLUMN - 1)} ${first}`
  if (!isLong) return `${[head, ...others].join(' | ')}\n`
  const lines = job.members.slice(1).map(({ pid }, index) => {
    return `${`${' '.repeat(mark.length)}${pid}`.padEnd(COLUMN - 1)} | ${others[index] ?? ''}\n`
  })
  return `${head}\n${lines.join('')}`
}

function describeInBash(jobs: Jobs, job: Job, isLong: boolean): string {
  const pid = isLong ? `${String(job.members[0]?.pid).padStart(5)} ` : ''
  const mark = `[${job.number}]${jobs.mark(job)}  ${pid}`
  // bash: `Exit 3`, where ash says `Done(3)`.
  const state = job.stateText.replace(/^Done\((\d+)\)$/, 'Exit $1')
  const end = job.state === 'running' ? ' &' : ''
  return `${mark}${state.padEnd(BASH_WIDTH - 1)} ${job.text}${end}\n`
}
