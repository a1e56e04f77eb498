// Assignments (POSIX XCU 2.9.1.2): expanded without splitting, from left to right.

import type { Compiler, TextOf } from '../compiler.ts'
import type { Shell } from '../shell.ts'
import type { Scope } from '../state/variables.ts'
import type { Assignment } from '../syntax.ts'

export interface Assign {
  readonly name: string
  readonly text: TextOf
}

export function compileAssignments(compiler: Compiler, assignments: readonly Assignment[]): Assign[] {
  return assignments.map(({ name, value }) => ({ name, text: compiler.text(value, { tilde: 'assignment' }) }))
}

/** `scope`: the variables are exported, and are to be brought back when it is left. */
export function assignAll(shell: Shell, assignments: readonly Assign[], scope?: Scope): Promise<void> | undefined {
  for (let at = 0; at < assignments.length; at++) {
    const { name, text } = assignments[at]!
    const value = text(shell)
    if (value instanceof Promise) {
      return value.then(later => {
        assign(shell, name, later, scope)
        return assignAll(shell, assignments.slice(at + 1), scope)
      })
    }
    assign(shell, name, value, scope)
  }
  return undefined
}

function assign(shell: Shell, name: string, value: string, scope: Scope | undefined): void {
  if (scope) shell.variables.save(scope, name)
  shell.assign(name, value)
  if (scope) shell.variables.mark(name, { isExported: true })
}
