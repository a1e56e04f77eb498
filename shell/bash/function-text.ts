// A function as `declare -f` and `type` show it.

import { print } from '../printer.ts'
import type { FunctionDefinition } from '../syntax.ts'

export function functionText(definition: FunctionDefinition): string {
  return `${print(definition)}\n`
}
