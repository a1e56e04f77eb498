// Waiting for a foreground job: until it ends or, with job control, stops.

import { SysError } from '../../kernel/errno.ts'
import { SIGINT, SIGPIPE, signalWords } from '../../kernel/signal.ts'
import { exitStatus, type WaitStatus } from '../../kernel/wait-status.ts'
import type { Shell } from '../shell.ts'
import { giveTerminal } from './fork.ts'

export interface Foreground {
  readonly pids: readonly number[]
  readonly pgid: number
  /** What `jobs` will call it, should it stop. */
  readonly text: () => string
}

/** The status of its last process; with pipefail, of the last that failed. */
export async function waitForeground(shell: Shell, job: Foreground): Promise<number> {
  const statuses: WaitStatus[] = []
  for (const pid of job.pids) statuses.push(await waitForChild(shell, pid))
  if (shell.options.monitor) giveTerminal(shell, shell.proc.pgid)
  const stopped = statuses.find(status => 'stopped' in status)
  if (stopped) return suspend(shell, job, statuses, exitStatus(stopped))
  for (const status of statuses) showDeath(shell, status)
  // busybox: who waits for a command looks after the other children too.
  if (shell.jobs.list.length > 0) shell.jobs.poll(shell.proc, shell.options.monitor)
  const { monitor } = shell.options
  // ^C went to the job's own group: the shell does as if it had come to itself.
  if (shell.isInteractive && monitor && statuses.some(isInterrupted)) shell.proc.kill(shell.proc.pid, SIGINT)
  return resultOf(shell, statuses)
}

export function resultOf(shell: Shell, statuses: readonly WaitStatus[]): number {
  const all = statuses.map(exitStatus)
  if (!shell.options.pipefail) return all.at(-1) ?? 0
  return all.findLast(status => status !== 0) ?? 0
}

/** A signal that a trap is set for does not end the wait for a foreground command: the trap runs after it (POSIX XCU 2.12). */
async function waitForChild(shell: Shell, pid: number): Promise<WaitStatus> {
  for (;;) {
    try {
      const found = await shell.proc.wait(pid, { stopped: shell.options.monitor })
      if (found) return found[1]
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno !== 'EINTR') return { exited: 127 }
    }
  }
}

/** What a signal did to a command is said, but for those that are meant to end it quietly. */
export function showDeath(shell: Shell, status: WaitStatus): void {
  if (!('killed' in status) || status.killed === SIGPIPE || isInterrupted(status)) return
  shell.say(`${signalWords(status.killed)}\n`)
}

function isInterrupted(status: WaitStatus): boolean {
  return 'killed' in status && status.killed === SIGINT
}

function suspend(
  shell: Shell,
  { pids, pgid, text }: Foreground,
  statuses: readonly WaitStatus[],
  status: number,
): number {
  const job = shell.jobs.add({ pids, pgid, text: text() })
  for (const [index, pid] of pids.entries()) {
    const known = statuses[index]
    if (known) job.update(pid, known)
  }
  job.isNews = false
  shell.say(`\n[${job.number}]${shell.jobs.mark(job)}  ${job.stateText}                    ${job.text}\n`)
  return status
}
