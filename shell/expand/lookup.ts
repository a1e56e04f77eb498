// The value of a parameter: variables, positional and special parameters (POSIX XCU 2.5).

import { plainNumber } from '../../lib/plain-number.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { isComputedByBash } from '../state/variables.ts'

/** The same for a name that is known beforehand: variables and positional parameters take no detour. */
export function compileLookup(name: string): (shell: Shell) => string | undefined {
  if (isComputedByBash(name)) return shell => computedValue(shell, name)
  if (isVariableName(name)) {
    return shell => {
      const value = shell.variables.get(name)
      if (value === undefined && shell.options.nounset) throw unset(name)
      return value
    }
  }
  const position = Number(name)
  if (!(position > 0)) return shell => lookupParameter(shell, name)
  return shell => {
    const value = shell.positional[position - 1]
    if (value === undefined && shell.options.nounset) throw unset(name)
    return value
  }
}

/** Of the shell that asks, which may be a substitution's in its shell's own process. */
function computedValue(shell: Shell, name: string): string | undefined {
  const compute = shell.language.extension?.computed.get(name)
  return compute && !shell.variables.lookup(name) ? compute(shell) : shell.variables.get(name)
}

/** The number that a plain parameter expands to; undefined: its value is none, or splitting would change it. */
export type NumberLookup = (shell: Shell) => number | undefined

export function compileNumberLookup(name: string, quoted: boolean): NumberLookup {
  const isWhole = (shell: Shell) => quoted || !shell.variables.ifs.splitsNumbers
  if (isVariableName(name)) return shell => (isWhole(shell) ? shell.variables.getNumber(name) : undefined)
  const text = compileLookup(name)
  return shell => (isWhole(shell) ? plainNumber(text(shell) ?? '') : undefined)
}

/** undefined: unset, which `set -u` refuses. */
export function lookupParameter(shell: Shell, name: string): string | undefined {
  const value = parameterValue(shell, name)
  if (value === undefined && shell.options.nounset && name !== '@' && name !== '*') throw unset(name)
  return value
}

export function unset(name: string): ExpansionError {
  const error = new ExpansionError(`${name}: parameter not set`)
  error.endsShell = true
  return error
}

/** As lookupParameter, where an unset one is no error: `${name-word}`. */
export function parameterValue(shell: Shell, name: string): string | undefined {
  return isVariableName(name) ? shell.variables.get(name) : specialValue(shell, name)
}

/** Not of digits, and no `?` or `@`. */
function isVariableName(name: string): boolean {
  const first = name.charCodeAt(0)
  return first > 57 && first !== 63 && first !== 64
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
