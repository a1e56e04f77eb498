// ${name@Q} and its sisters.

import { decodeDollarQuotes } from '../parser/dollar-quotes.ts'
import type { Shell } from '../shell.ts'
import type { Variable } from '../state/variable.ts'
import { arrayOf } from './arrays.ts'
import { declarationOf, lettersOf } from './declaration.ts'
import { quoteAlways, quoteDouble, quoteKey } from './quoting.ts'
import type { Subject } from './subject.ts'

/** undefined: it is unset. */
export function transform(shell: Shell, subject: Subject, operator: string): string | readonly string[] | undefined {
  switch (operator) {
    case 'a':
      return attributes(shell, subject)
    case 'A':
      return declared(shell, subject)
    case 'K':
    case 'k':
      return pairs(shell, subject, operator)
  }
  const each = (value: string) => transformText(value, operator)
  if (subject.kind !== 'single') return subject.values.map(each)
  return subject.value === undefined ? undefined : each(subject.value)
}

function transformText(value: string, operator: string): string {
  switch (operator) {
    case 'U':
      return value.toUpperCase()
    case 'u':
      return upperFirst(value)
    case 'L':
      return value.toLowerCase()
    case 'Q':
      return quoteAlways(value)
    case 'E':
      return decodeDollarQuotes(value, 'bash')
    default:
      return value
  }
}

function upperFirst(value: string): string {
  const [first = ''] = value
  return first.toUpperCase() + value.slice(first.length)
}

function attributes(shell: Shell, { name, kind, ...rest }: Subject): string | readonly string[] | undefined {
  const variable = variableOf(shell, name)
  if (!variable) return undefined
  const letters = lettersOf(variable)
  return 'values' in rest && kind !== 'single' ? rest.values.map(() => letters) : letters
}

function variableOf(shell: Shell, name: string): Variable | undefined {
  return shell.variables.lookup(shell.variables.resolve(name.replace(/\[.*$/s, '')))
}

function declared(shell: Shell, subject: Subject): string | undefined {
  const variable = variableOf(shell, subject.name)
  if (subject.kind !== 'single' && subject.keys === undefined) {
    return `set -- ${subject.values.map(quoteAlways).join(' ')}`
  }
  if (!variable) return undefined
  const name = subject.name.replace(/\[.*$/s, '')
  if (subject.kind !== 'single' && variable.traits?.array) return declarationOf(name, variable)
  if (subject.kind !== 'single') return undefined
  const letters = lettersOf(variable)
  // An array without a subscript is its first element, which may be none.
  if (subject.value === undefined) return letters === '' ? undefined : `declare -${letters} ${name}`
  const assignment = `${subject.name}=${quoteAlways(subject.value)}`
  return letters === '' ? assignment : `declare -${letters} ${assignment}`
}

/** `key "value"` in one text, or as words of their own. */
function pairs(shell: Shell, subject: Subject, operator: 'K' | 'k'): string | readonly string[] | undefined {
  if (subject.kind === 'single') return subject.value === undefined ? undefined : quoteAlways(subject.value)
  const array = arrayOf(shell, subject.name)
  const keys = array ? array.keys() : subject.values.map((_, at) => String(at + 1))
  if (operator === 'k') return keys.flatMap((key, at) => [key, subject.values[at] ?? ''])
  const shown = keys.map((key, at) => `${quoteKey(key)} ${quoteDouble(subject.values[at] ?? '')}`).join(' ')
  // bash: each pair of an associative array has a blank after it.
  return array?.kind === 'associative' && shown !== '' ? `${shown} ` : shown
}
