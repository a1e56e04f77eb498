// trap DEBUG, RETURN and ERR as bash sets them off.

import { andThen, type Completion, type Finished, type Later } from '../run/completion.ts'
import { runAction } from '../run/trap.ts'
import type { Shell } from '../shell.ts'

/** Before a command; functions keep theirs to themselves unless set -T or `declare -ft` says otherwise. */
export function debugged(shell: Shell, line: number, command: string): Later<void> {
  const action = shell.traps.action('DEBUG')
  const { bash } = shell
  if (!bash || action === undefined || action === '' || bash.isInTrap || !isHeard(shell)) return undefined
  shell.line = line
  bash.command = command
  return andThen(quietly(shell, action), () => undefined)
}

/** A function or a sourced file returns. */
export function returned(shell: Shell, done: Finished): Completion {
  const action = shell.traps.action('RETURN')
  const { bash } = shell
  if (!bash || action === undefined || action === '' || bash.isInTrap || !isHeard(shell)) return done
  return andThen(quietly(shell, action), ended => (typeof ended === 'number' ? done : ended))
}

function isHeard(shell: Shell): boolean {
  const frame = shell.bash?.frames.at(-1)
  if (frame === undefined || frame.name === 'source') return true
  return shell.options.has('functrace') || shell.bash?.traced.has(frame.name) === true
}

function quietly(shell: Shell, action: string): Completion {
  const bash = shell.bash!
  bash.isInTrap = true
  const end = (done: Finished): Finished => {
    bash.isInTrap = false
    return done
  }
  return andThen(runAction(shell, action), end)
}
