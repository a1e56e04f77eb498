// Trap actions run between commands (POSIX XCU 2.12, 2.15 trap): a signal only leaves a mark.

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { ON_EXIT } from '../state/traps.ts'
import { type Completion, EXIT, type Finished } from './completion.ts'
import { runText } from './text.ts'

/** What has arrived is seen to; then the status of the command before is `$?` again. */
export function runPending(shell: Shell, done: Finished): Completion {
  if (shell.isInterrupted) throw interrupted(shell)
  const signal = shell.traps.pending.shift()
  shell.hasArrived = shell.traps.pending.length > 0
  if (signal === undefined) return done
  const action = shell.traps.action(signal)
  if (action === undefined || action === '') return runPendingNext(shell, done)
  const ended = runAction(shell, action)
  if (ended instanceof Promise) return ended.then(later => afterAction(shell, later, done))
  return afterAction(shell, ended, done)
}

/** ^C at an interactive shell: back to the prompt, with status 130. */
export function interrupted(shell: Shell): Interruption {
  shell.isInterrupted = false
  shell.hasArrived = shell.traps.pending.length > 0
  return new Interruption()
}

export class Interruption extends ExpansionError {
  constructor() {
    super('interrupted', 130)
    this.isReported = true
  }
}

function afterAction(shell: Shell, ended: Finished, done: Finished): Completion {
  return typeof ended === 'number' ? runPendingNext(shell, done) : ended
}

function runPendingNext(shell: Shell, done: Finished): Completion {
  return shell.hasArrived ? runPending(shell, done) : done
}

/** An action that ends by itself leaves `$?` as it was. */
export function runAction(shell: Shell, action: string): Completion {
  const { status, trapStatus } = shell
  // What `exit` and `return` without a status mean in it.
  shell.trapStatus = status
  const { bash } = shell
  if (bash) bash.actions++
  const restore = (ended: Finished): Finished => {
    shell.trapStatus = trapStatus
    if (bash) bash.actions--
    if (typeof ended === 'number') shell.status = status
    return ended
  }
  const ended = runText(shell, action, { line: shell.line })
  return ended instanceof Promise ? ended.then(restore) : restore(ended)
}

/** `trap ... EXIT`: run once, with the status the shell ends with, which `exit` in it may change. */
export async function runExitTrap(shell: Shell): Promise<void> {
  const action = shell.traps.action(ON_EXIT)
  if (action === undefined || action === '') return
  shell.traps.set(ON_EXIT, undefined)
  shell.isTested = false
  await runAction(shell, action)
}

/** A command has failed where that is not tested: ERR is run, and `set -e` ends the shell. */
export function failed(shell: Shell, status: number): Completion {
  const action = shell.traps.action('ERR')
  if (action === undefined || action === '' || (shell.returns > 0 && !shell.options.has('errtrace'))) {
    return shell.options.errexit ? EXIT : status
  }
  const ended = runAction(shell, action)
  const end = (done: Finished): Finished => (typeof done !== 'number' ? done : shell.options.errexit ? EXIT : status)
  return ended instanceof Promise ? ended.then(end) : end(ended)
}
