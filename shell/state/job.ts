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
  /** The process group, when it has one of its own. */
  readonly pgid: number | undefined
  readonly text: string
}

export class Job {
  readonly number: number
  readonly pgid: number | undefined
  readonly text: string
  readonly members: readonly Member[]
  /** Its state has changed since it was last shown. */
  isNews = false
  /** Somebody has waited for it. */
  isWaited = false

  constructor(number: number, start: JobStart) {
    this.number = number
    this.pgid = start.pgid
    this.text = start.text
    this.members = start.pids.map(pid => ({ pid, status: undefined }))
  }

  get lastPid(): number {
    return this.members.at(-1)?.pid ?? 0
  }

  get state(): 'running' | 'stopped' | 'done' {
    if (this.members.every(({ status }) => status && ('exited' in status || 'killed' in status))) return 'done'
    const isStopped = this.members.some(({ status }) => status && 'stopped' in status)
    const isMoving = this.members.some(({ status }) => !status || 'continued' in status)
    return isStopped && !isMoving ? 'stopped' : 'running'
  }

  /** Of its last process. */
  get status(): number {
    const last = this.members.at(-1)?.status
    return last ? exitStatus(last) : 0
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
    return this.status === 0 ? 'Done' : `Done(${this.status})`
  }
}

export class Jobs {
  #jobs: Job[] = []
  /** Numbers, the current job first: the last one that was stopped, else the last one that was started (`%+`, `%-`). */
  #order: number[] = []
  /** Of the shell this one is a subshell of, for `jobs | wc -l`; it knows them by what they were at the fork. */
  readonly outer: readonly Job[]

  constructor(outer: readonly Job[] = []) {
    this.outer = outer
  }

  get list(): readonly Job[] {
    return this.#jobs
  }

  add(start: JobStart): Job {
    let number = 1
    while (this.#jobs.some(job => job.number === number)) number++
    const job = new Job(number, start)
    this.#jobs.push(job)
    this.#jobs.sort((a, b) => a.number - b.number)
    this.makeCurrent(job)
    return job
  }

  remove(job: Job): void {
    this.#jobs = this.#jobs.filter(each => each !== job)
    this.#order = this.#order.filter(number => number !== job.number)
  }

  makeCurrent(job: Job): void {
    this.#order = [job.number, ...this.#order.filter(number => number !== job.number)]
  }

  get current(): Job | undefined {
    return this.#at(0)
  }

  get previous(): Job | undefined {
    return this.#at(1)
  }

  /** Notes what has become of children, without waiting. Only with job control (`set -m`) does a stop count. */
  poll(proc: Process, seesStops: boolean): void {
    for (const job of this.#jobs) {
      for (const { pid, status } of job.members) {
        if (status && ('exited' in status || 'killed' in status)) continue
        const news = proc.children.size > 0 && isChild(proc, pid) ? waitNow(proc, pid, seesStops) : undefined
        if (news) job.update(pid, news)
      }
    }
  }

  /** busybox: without job control, a job that was waited for goes when the next one comes. */
  removeWaited(): void {
    for (const job of this.#jobs) if (job.isWaited && job.state === 'done') this.remove(job)
  }

  /** Finished jobs that nobody asked about go when there are many of them. */
  prune(most: number): void {
    const done = this.#jobs.filter(job => job.state === 'done')
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

  #at(index: number): Job | undefined {
    return this.#jobs.find(job => job.number === this.#order[index])
  }
}

function isChild(proc: Process, pid: number): boolean {
  for (const child of proc.children) if (child.pid === pid) return true
  return false
}

function waitNow(proc: Process, pid: number, seesStops: boolean): WaitStatus | undefined {
  return proc.waitNow(pid, { stopped: seesStops, continued: seesStops })?.[1]
}
