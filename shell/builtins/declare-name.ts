// What export, readonly and local share: operands `name` or `name=value`, and the listing of -p.

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { quoteVisibly } from '../state/quote.ts'
import type { Variable } from '../state/variable.ts'
import { isName } from '../state/variables.ts'

export interface Declared {
  readonly name: string
  readonly value: string | undefined
}

export function parseDeclaration(operand: string): Declared {
  const equals = operand.indexOf('=')
  const name = equals === -1 ? operand : operand.slice(0, equals)
  if (!isName(name)) throw new ExpansionError(`${name}: bad variable name`)
  return { name, value: equals === -1 ? undefined : operand.slice(equals + 1) }
}

export function listVariables(shell: Shell, word: string, has: (variable: Variable) => boolean): string {
  return shell.variables
    .sorted()
    .filter(([, variable]) => has(variable))
    .map(([name, { value }]) => `${word}${name}${value === undefined ? '' : `=${quoteVisibly(value)}`}\n`)
    .join('')
}
