// `export -f`: functions in the environment, as BASH_FUNC_name%%=() { ...; }

import { print } from '../printer.ts'
import type { Shell } from '../shell.ts'

export function exportedFunctions(shell: Shell): readonly (readonly [name: string, value: string])[] {
  return [...(shell.bash?.exported ?? [])].flatMap(name => {
    const definition = shell.functions.get(name)?.definition
    return definition ? [[`BASH_FUNC_${name}%%`, `() ${print(definition.body)}`] as const] : []
  })
}
