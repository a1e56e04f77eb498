// How a job is shown: `[1]+  Running                    sleep 100`.

import type { Job, Jobs } from './job.ts'

/** Where the text begins. */
const COLUMN = 33

/** Long: with process ids, a line a process. */
export function describeJob(jobs: Jobs, job: Job, isLong = false): string {
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
