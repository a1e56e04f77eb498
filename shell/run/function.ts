// Functions (POSIX XCU 2.9.5): positional parameters, locals and `return` are the call's own.

import type { Run } from '../compiler.ts'
import type { Shell, ShellFunction } from '../shell.ts'
import type { Completion, Finished } from './completion.ts'

export function callFunction(shell: Shell, called: ShellFunction, argv: readonly string[]): Completion {
  const frame = new Frame(shell)
  const leavesStack = shell.descend()
  called.body ??= shell.language.compiler.functionBody(called.definition)
  shell.positional = argv.slice(1)
  shell.returns++
  shell.scopes.push(undefined)
  if (leavesStack) return runLater(frame, called.body, Promise.resolve())
  let done: Completion
  try {
    const gate = shell.proc.gate()
    if (gate) return runLater(frame, called.body, gate)
    done = called.body(shell)
  } catch (error) {
    frame.leave()
    throw error
  }
  return done instanceof Promise ? endLater(frame, done) : frame.end(done)
}

async function runLater(frame: Frame, body: Run, gate: Promise<void>): Promise<Finished> {
  return endLater(
    frame,
    gate.then(() => body(frame.shell)),
  )
}

async function endLater(frame: Frame, pending: Promise<Finished>): Promise<Finished> {
  let done: Finished
  try {
    done = await pending
  } catch (error) {
    frame.leave()
    throw error
  }
  return frame.end(done)
}

/** What a call brings back when it is over. */
class Frame {
  readonly shell: Shell
  readonly #positional: readonly string[]
  readonly #depth: number
  readonly #returns: number
  readonly #height: number
  readonly #getopts: Shell['getopts']

  constructor(shell: Shell) {
    this.shell = shell
    this.#positional = shell.positional
    this.#depth = shell.depth
    this.#returns = shell.returns
    this.#height = shell.scopes.length
    this.#getopts = shell.getopts
  }

  leave(): void {
    const { shell } = this
    shell.leaveScopes(this.#height)
    shell.positional = this.#positional
    shell.depth = this.#depth
    shell.returns = this.#returns
    shell.getopts = this.#getopts
  }

  end(done: Finished): Finished {
    this.leave()
    return typeof done !== 'number' && done.to === 'return' ? this.shell.status : done
  }
}
