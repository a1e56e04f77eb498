// Job control (`set -m`, POSIX XCU 2.11): the shell leads a group of its own and hands the terminal to its foreground jobs.

import { SysError } from '../../kernel/errno.ts'
import { SIGTSTP, SIGTTIN, SIGTTOU } from '../../kernel/signal.ts'
import type { Shell } from '../shell.ts'

/** These stop whoever does not ignore them, and the shell that gives the terminal away must not stop. */
const KEYS = [SIGTSTP, SIGTTIN, SIGTTOU]

/**
 * Without a terminal, or in the background of one, jobs have groups of their own all the same.
 * differs: ash turns the option off again when there is no terminal, and says so.
 */
export function startJobControl(shell: Shell): void {
  if (shell.held) return
  shell.options.set('monitor', true)
  const { proc } = shell
  const terminal = proc.controllingTerminal
  if (!terminal || shell.isSubshell || terminal.foreground !== proc.pgid) return
  const group = proc.pgid
  for (const signal of KEYS) shell.traps.setOwn(signal, 'ignore')
  shell.held = { terminal, group }
  moveToGroup(shell, proc.pid)
}

/** The terminal goes back to whom it belonged to. */
export function endJobControl(shell: Shell): void {
  shell.options.set('monitor', false)
  const { held } = shell
  if (!held) return
  moveToGroup(shell, held.group)
  shell.held = undefined
  for (const signal of KEYS) shell.traps.setOwn(signal, 'default')
}

function moveToGroup({ held, proc }: Shell, group: number): void {
  try {
    if (proc.pgid !== group) proc.setGroup(0, group)
    if (held) proc.setForeground(held.terminal, proc.pgid)
  } catch (error) {
    // A group whose last member is gone cannot be joined.
    if (!(error instanceof SysError)) throw error
  }
}
