// Functions (POSIX XCU 2.9.5): positional parameters, locals and `return` are the call's own.

import type { Shell } from '../shell.ts'
import type { FunctionDefinition } from '../syntax.ts'
import type { Completion, Finished } from './completion.ts'

export function callFunction(shell: Shell, definition: FunctionDefinition, argv: readonly string[]): Completion {
  const { positional, depth, returns, scopes, getopts } = shell
  const leavesStack = shell.descend()
  const height = scopes.length
  shell.positional = argv.slice(1)
  shell.returns = returns + 1
  scopes.push([])
  const leave = () => {
    while (scopes.length > height) shell.variables.leave(scopes.pop() ?? [])
    shell.positional = positional
    shell.depth = depth
    shell.returns = returns
    shell.getopts = getopts
  }
  const end = (done: Finished): Finished => {
    leave()
    return typeof done !== 'number' && done.to === 'return' ? shell.status : done
  }
  const fail = (error: unknown): never => {
    leave()
    throw error
  }
  const body = shell.language.compiler.statement(definition.body)
  if (leavesStack) return Promise.resolve(shell).then(body).then(end, fail)
  let done: Completion
  try {
    done = shell.proc.gate()?.then(() => body(shell)) ?? body(shell)
  } catch (error) {
    return fail(error)
  }
  return done instanceof Promise ? done.then(end, fail) : end(done)
}
