// Assignments (POSIX XCU 2.9.1.2): expanded without splitting, from left to right.

import type { Integer } from '../../lib/arithmetic.ts'
import type { Compiler, IntegerOf, TextOf } from '../compiler.ts'
import type { Shell } from '../shell.ts'
import type { Scope } from '../state/variables.ts'
import type { Assignment } from '../syntax.ts'

/** `value` gives a number where it is nothing but `$((...))`. */
export interface Assign {
  readonly name: string
  readonly value: TextOf | IntegerOf
}

export function compileAssignments(compiler: Compiler, assignments: readonly Assignment[]): Assign[] {
  return assignments.map(assignment => ({ name: assignment.name, value: compiler.assigned(assignment) }))
}

/** `scope`: the variables are exported, and are to be brought back when it is left. */
export function assignAll(shell: Shell, assignments: readonly Assign[], scope?: Scope): Promise<void> | undefined {
  for (let at = 0; at < assignments.length; at++) {
    const { name, value } = assignments[at]!
    const found = value(shell)
    if (found instanceof Promise) return assignLater(shell, assignments, at, found, scope)
    assign(shell, name, found, scope)
  }
  return undefined
}

async function assignLater(
  shell: Shell,
  assignments: readonly Assign[],
  at: number,
  pending: Promise<string | Integer>,
  scope: Scope | undefined,
): Promise<void> {
  assign(shell, assignments[at]!.name, await pending, scope)
  await assignAll(shell, assignments.slice(at + 1), scope)
}

function assign(shell: Shell, name: string, value: string | Integer, scope: Scope | undefined): void {
  // bash: the command runs without it.
  if (scope && shell.bash && shell.variables.lookup(name)?.isReadOnly) return shell.complain(`${name}: is read only`)
  if (scope) shell.variables.save(scope, name)
  if (typeof value === 'number') shell.assignNumber(name, value)
  else shell.assign(name, String(value))
  if (scope) shell.variables.mark(name, { isExported: true })
}
