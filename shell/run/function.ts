// Functions (POSIX XCU 2.9.5): positional parameters, locals and `return` are the call's own.

import type { Run } from '../compiler.ts'
import type { Shell, ShellFunction } from '../shell.ts'
import type { Completion, Finished } from './completion.ts'

export function callFunction(shell: Shell, called: ShellFunction, argv: readonly string[]): Completion {
  const frame: Frame = {
    positional: shell.positional,
    depth: shell.depth,
    returns: shell.returns,
    height: shell.height,
    loops: shell.loops,
    getopts: shell.getopts,
    substitutions: shell.substitutionFds.length === 0 ? NONE : shell.substitutionFds.splice(0),
  }
  const leavesStack = shell.descend()
  called.body ??= shell.language.compiler.functionBody(called.definition)
  shell.positional = argv.slice(1)
  shell.returns++
  // differs: `break` in a function leaves no loop of its caller, as in dash, bash, mksh and yash; ash leaves that.
  shell.loops = 0
  shell.enterScope()
  if (leavesStack) return runLater(shell, frame, called.body, Promise.resolve())
  let done: Completion
  try {
    const gate = shell.proc.gate()
    if (gate) return runLater(shell, frame, called.body, gate)
    done = called.body(shell)
  } catch (error) {
    leave(shell, frame)
    throw error
  }
  return done instanceof Promise ? endLater(shell, frame, done) : end(shell, frame, done)
}

/** What a call brings back when it is over. A plain object: private members take longer to make than the rest of a call. */
interface Frame {
  readonly positional: readonly string[]
  readonly depth: number
  readonly returns: number
  readonly height: number
  readonly loops: number
  readonly getopts: Shell['getopts']
  /** The pipes of `f <(...)` are the call's own: what runs in it does not close them. */
  readonly substitutions: readonly number[]
}

const NONE: readonly number[] = []

function leave(shell: Shell, frame: Frame): void {
  shell.leaveScopes(frame.height)
  shell.positional = frame.positional
  shell.depth = frame.depth
  shell.returns = frame.returns
  shell.loops = frame.loops
  shell.getopts = frame.getopts
  if (frame.substitutions.length > 0) shell.substitutionFds.push(...frame.substitutions)
}

function end(shell: Shell, frame: Frame, done: Finished): Finished {
  leave(shell, frame)
  return typeof done !== 'number' && done.to === 'return' ? shell.status : done
}

async function runLater(shell: Shell, frame: Frame, body: Run, gate: Promise<void>): Promise<Finished> {
  return endLater(
    shell,
    frame,
    gate.then(() => body(shell)),
  )
}

async function endLater(shell: Shell, frame: Frame, pending: Promise<Finished>): Promise<Finished> {
  let done: Finished
  try {
    done = await pending
  } catch (error) {
    leave(shell, frame)
    throw error
  }
  return end(shell, frame, done)
}
