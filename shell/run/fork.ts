// Forks as the shell makes them: what was printed goes out first, a refusal is an error of the shell, groups with job control.

import { SysError } from '../../kernel/errno.ts'
import type { Body, Process } from '../../kernel/process.ts'
import { SIGINT, SIGQUIT } from '../../kernel/signal.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type { Later } from './completion.ts'
import { interrupted } from './trap.ts'

export interface ForkOptions {
  /** The terminal is its to use. */
  readonly isForeground: boolean
  /** The group of its job, once there is one. */
  readonly pgid?: number | undefined
}

/** Before a child prints, and before a descriptor changes. What cannot be written is refused by a SysError. */
export function flush(shell: Shell): void | Promise<void> {
  const { stdout } = shell.proc
  return stdout.isEmpty ? undefined : stdout.flush()
}

/** The same, where a refusal is nobody's failure: it is only said. */
export function flushAnyway(shell: Shell): void | Promise<void> {
  const refused = (error: unknown): void => {
    if (!(error instanceof SysError)) throw error
    if (error.errno === 'EINTR' && shell.isInterrupted) throw interrupted(shell)
    shell.complainBriefly(`write error: ${error.message}`)
  }
  try {
    return flush(shell)?.catch(refused)
  } catch (error) {
    return refused(error)
  }
}

export function forkChild(shell: Shell, body: Body, how: ForkOptions): Process {
  const isJob = shell.options.monitor
  try {
    const child = shell.proc.fork(body, isJob ? { group: how.pgid ?? 'new' } : {})
    if (isJob && how.isForeground && how.pgid === undefined) giveTerminal(shell, child.pgid)
    return child
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new ExpansionError(`can't fork: ${error.message}`)
  }
}

/** A child that goes on as a copy of this shell: of what it is now, though the child runs later. */
export function forkShell(shell: Shell, body: (inner: Shell) => Later<number>, how: ForkOptions): Process {
  const copy: { shell?: Shell } = {}
  const child = forkChild(shell, () => body(copy.shell ?? shell), how)
  copy.shell = shell.fork(child)
  return child
}

/** Without job control, a background command does not hear the keyboard (POSIX XCU 2.9.3.1). */
export function detach(child: Process): void {
  child.onSignal(SIGINT, 'ignore')
  child.onSignal(SIGQUIT, 'ignore')
}

/** To a group, and back to the shell's own. */
export function giveTerminal(shell: Shell, pgid: number): void {
  if (!shell.held) return
  try {
    shell.proc.setForeground(shell.held.terminal, pgid)
  } catch (error) {
    // The child may be gone already.
    if (!(error instanceof SysError)) throw error
  }
}
