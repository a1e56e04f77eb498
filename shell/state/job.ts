// Jobs: pipelines that run beside the shell, or were stopped (POSIX XCU 2.11, XBD 3.182).

import type { Process } from '../../kernel/process.ts'
import { signalWords } from '../../kernel/signal.ts'
import { exitStatus, type WaitStatus } from '../../kernel/wait-status.ts'

interface Member {
  readonly pid: number
  status: WaitStatus | undefined
}

export interface JobStart {
  readonly pids: readonly number[]
  /** The process group, when it has one of its own: then it was made under job control. */
  readonly pgid: number | undefined
  /** One a process; none without job control (ash). */
  readonly texts: readonly string[]
}

export class Job {
  readonly number: number
  readonly pgid: number | undefined
  readonly texts: readonly string[]
  readonly members: readonly Member[]
  /** Its state has changed since it was last shown. */
  isNews = false
  /** Somebody has waited for it. */
  isWaited = false

  constructor(number: number, start: JobStart) {
    this.number = number
    this.pgid = start.pgid
    this.texts = start.texts
    this.members = start.pids.map(pid => ({ pid, status: undefined }))
  }

  get text(): string {
    return this.texts.join(' | ')
  }

  get lastPid(): number {
    return this.members.at(-1)?.pid ?? 0
  }

  get state(): 'running' | 'stopped' | 'done' {
    if (this.members.every(({ status }) => hasEnded(status))) return 'done'
    const isStopped = this.members.some(({ status }) => status && 'stopped' in status)
    const isMoving = this.members.some(({ status }) => !status || 'continued' in status)
    return isStopped && !isMoving ? 'stopped' : 'running'
  }

  /** Of its last process; with `set -o pipefail` of the last that failed. */
  status(pipefail: boolean): number {
    return jobStatus(
      this.members.map(({ status }) => status),
      pipefail,
    )
  }

  update(pid: number, status: WaitStatus): boolean {
    const member = this.members.find(each => each.pid === pid)
    if (!member) return false
    const before = this.state
    member.status = status
    this.isNews ||= this.state !== before
    return true
  }

  /** It was told to go on. */
  continued(): void {
    for (const member of this.members) {
      if (member.status && 'stopped' in member.status) member.status = undefined
    }
    this.isNews = false
  }

  /** `Running`, `Stopped`, `Done`, `Done(3)`, `Terminated`. */
  get stateText(): string {
    if (this.state === 'running') return 'Running'
    const statuses = this.members.map(member => member.status)
    if (this.state === 'stopped') {
      const stopped = statuses.find(status => status && 'stopped' in status)
      return stopped && 'stopped' in stopped ? signalWords(stopped.stopped) : 'Stopped'
    }
    const last = statuses.at(-1)
    if (last && 'killed' in last) return signalWords(last.killed)
    const status = this.status(false)
    return status === 0 ? 'Done' : `Done(${status})`
  }
}

export function hasEnded(status: WaitStatus | undefined): boolean {
  return status !== undefined && ('exited' in status || 'killed' in status)
}

export function jobStatus(statuses: readonly (WaitStatus | undefined)[], pipefail: boolean): number {
  const all = statuses.map(status => (status ? exitStatus(status) : 0))
  if (!pipefail) return all.at(-1) ?? 0
  return all.findLast(status => status !== 0) ?? 0
}

export class Jobs {
  /** The current job first: stopped ones, the one that was stopped last before the others, then running ones (`%+`, `%-`). */
  #jobs: Job[] = []
  /** Of the shell this one is a subshell of, for `jobs | wc -l`; it knows them by what they were at the fork. */
  readonly outer: Jobs | undefined

  constructor(outer?: Jobs) {
    this.outer = outer && outer.#jobs.length > 0 ? outer.#copy() : undefined
  }

  /** As `jobs` lists them (ash): the current one first. */
  get list(): readonly Job[] {
    return this.#jobs
  }

  add(start: JobStart): Job {
    let number = 1
    while (this.#jobs.some(job => job.number === number)) number++
    const job = new Job(number, start)
    this.makeRunning(job)
    return job
  }

  remove(job: Job): void {
    this.#jobs = this.#jobs.filter(each => each !== job)
  }

  makeStopped(job: Job): void {
    this.#jobs = [job, ...this.#jobs.filter(each => each !== job)]
  }

  /** Behind the stopped ones. */
  makeRunning(job: Job): void {
    const others = this.#jobs.filter(each => each !== job)
    const first = others.findIndex(({ state }) => state !== 'stopped')
    others.splice(first === -1 ? others.length : first, 0, job)
    this.#jobs = others
  }

  get current(): Job | undefined {
    return this.#jobs[0]
  }

  get previous(): Job | undefined {
    return this.#jobs[1]
  }

  /**
   * differs: a job that others continue is seen to run again; ash takes it for stopped until `fg` or `bg`.
   * Notes what has become of children, without waiting. Only with job control (`set -m`) does a stop count.
   */
  poll(proc: Process, seesStops: boolean): void {
    for (const job of [...this.#jobs]) {
      for (const { pid, status } of job.members) {
        if (hasEnded(status)) continue
        const news = proc.children.size > 0 && isChild(proc, pid) ? waitNow(proc, pid, seesStops) : undefined
        if (news) this.update(job, pid, news)
      }
    }
  }

  update(job: Job, pid: number, status: WaitStatus): void {
    const before = job.state
    job.update(pid, status)
    if (job.state === 'stopped' && before !== 'stopped') this.makeStopped(job)
  }

  /** busybox: without job control, a job that was waited for goes when the next one comes. */
  removeWaited(): void {
    for (const job of this.#jobs) if (job.isWaited && job.state === 'done') this.remove(job)
  }

  /** Finished jobs that nobody asked about go when there are many of them. */
  prune(most: number): void {
    const done = this.#jobs.filter(job => job.state === 'done').reverse()
    for (const job of done.slice(0, Math.max(0, done.length - most))) this.remove(job)
  }

  ofPid(pid: number): Job | undefined {
    return this.#jobs.find(job => job.members.some(member => member.pid === pid))
  }

  /** `%1`, `%%`, `%+`, `%-`, `%text`, `%?text`; undefined: none such, 'ambiguous': several. */
  find(name: string): Job | 'ambiguous' | undefined {
    const which = name.slice(1)
    if (which === '' || which === '%' || which === '+') return this.current
    if (which === '-') return this.previous
    if (/^\d+$/.test(which)) return this.#jobs.find(job => job.number === Number(which))
    const isInside = which.startsWith('?')
    const found = this.#jobs.filter(job => (isInside ? job.text.includes(which.slice(1)) : job.text.startsWith(which)))
    return found.length > 1 ? 'ambiguous' : found[0]
  }

  mark(job: Job): '+' | '-' | ' ' {
    return job === this.current ? '+' : job === this.previous ? '-' : ' '
  }

  #copy(): Jobs {
    const copy = new Jobs()
    copy.#jobs = this.#jobs
    return copy
  }
}

function isChild(proc: Process, pid: number): boolean {
  for (const child of proc.children) if (child.pid === pid) return true
  return false
}

function waitNow(proc: Process, pid: number, seesStops: boolean): WaitStatus | undefined {
  return proc.waitNow(pid, { stopped: seesStops, continued: seesStops })?.[1]
}
