// Waiting for a foreground job: until it ends or, with job control, stops.

import { SysError } from '../../kernel/errno.ts'
import { SIGINT, SIGPIPE, signalWords } from '../../kernel/signal.ts'
import { exitStatus, type WaitStatus } from '../../kernel/wait-status.ts'
import type { Shell } from '../shell.ts'
import { jobStatus } from '../state/job.ts'
import { giveTerminal } from './fork.ts'

export interface Foreground {
  readonly pids: readonly number[]
  readonly pgid: number
  /** What `jobs` will call it, should it stop. */
  readonly texts: () => readonly string[]
}

/** The status of its last process; with pipefail, of the last that failed. */
export async function waitForeground(shell: Shell, job: Foreground): Promise<number> {
  const statuses: WaitStatus[] = []
  for (const pid of job.pids) statuses.push(await waitForChild(shell, pid))
  if (shell.options.monitor) giveTerminal(shell, shell.proc.pgid)
  const stopped = statuses.find(status => 'stopped' in status)
  if (stopped) return suspend(shell, job, statuses, stopped)
  for (const status of statuses) showDeath(shell, status)
  // busybox: who waits for a command looks after the other children too.
  if (shell.jobs.list.length > 0) shell.jobs.poll(shell.proc, shell.options.monitor)
  // ^C went to the job's own group: the shell does as if it had come to itself.
  if (shell.held && statuses.some(isInterrupted)) shell.proc.kill(shell.proc.pid, SIGINT)
  if (shell.bash && statuses.length > 1) shell.bash.pipeStatus = statuses.map(exitStatus)
  return jobStatus(statuses, shell.options.pipefail)
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

/** It is told of before the next prompt, or the next command of a script. */
function suspend(
  shell: Shell,
  { pids, pgid, texts }: Foreground,
  statuses: readonly WaitStatus[],
  stopped: WaitStatus,
): number {
  const job = shell.jobs.add({ pids, pgid, texts: texts() })
  for (const [index, status] of statuses.entries()) shell.jobs.update(job, pids[index]!, status)
  // differs: ash leaves what comes next behind the ^Z.
  if (shell.isInteractive) shell.say('\n')
  return exitStatus(stopped)
}
