// The value of a parameter: variables, positional and special parameters (POSIX XCU 2.5).

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'

/** undefined: unset, which `set -u` refuses. */
export function lookupParameter(shell: Shell, name: string): string | undefined {
  const value = parameterValue(shell, name)
  if (value === undefined && shell.options.nounset && name !== '@' && name !== '*') throw unset(name)
  return value
}

export function unset(name: string): ExpansionError {
  return new ExpansionError(`${name}: parameter not set`)
}

/** As lookupParameter, where an unset one is no error: `${name-word}`. */
export function parameterValue(shell: Shell, name: string): string | undefined {
  const first = name.charCodeAt(0)
  if (first > 57 && first !== 63 && first !== 64) return shell.variables.get(name)
  return specialValue(shell, name)
}

function specialValue(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '0':
      return shell.name
    case '#':
      return String(shell.positional.length)
    case '?':
      return String(shell.status)
    case '-':
      return shell.options.letters
    case '$':
      return String(shell.pid)
    case '!':
      return shell.lastBackground === undefined ? undefined : String(shell.lastBackground)
    case '@':
    case '*':
      return shell.positional.length === 0
        ? undefined
        : shell.positional.join(name === '*' ? shell.variables.ifs.first : ' ')
  }
  return Number(name) === 0 ? shell.name : shell.positional[Number(name) - 1]
}
