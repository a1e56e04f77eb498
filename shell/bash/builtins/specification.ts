// The options that complete and compgen share.

import { ExpansionError } from '../../expansion-error.ts'
import type { Shell } from '../../shell.ts'
import type { CompletionSpecification } from '../../state/bash-state.ts'
import { isName } from '../../state/variables.ts'
import { ACTIONS, COMPLETION_OPTIONS } from '../completion.ts'
import { quoteAlways } from '../quoting.ts'

export interface SpecificationCall {
  readonly specification: CompletionSpecification
  readonly isEmpty: boolean
  /** Of -p, -r, -D, -E, -I. */
  readonly on: ReadonlySet<string>
  readonly operands: readonly string[]
}

export const LETTERS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  g: 'group',
  j: 'job',
  k: 'keyword',
  s: 'service',
  u: 'user',
  v: 'variable',
}

/** A number: it has been refused, with that status. */
export function readSpecification(
  shell: Shell,
  words: readonly string[],
  how: { flags: string; usage: string },
): SpecificationCall | number {
  const given: Record<string, string> = {}
  const actions: string[] = []
  const options = new Set<string>()
  const on = new Set<string>()
  let at = 0
  for (; /^-./.test(words[at] ?? ''); at++) {
    const word = words[at]!
    if (word === '--') {
      at++
      break
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index]!
      const action = LETTERS[letter]
      if (action !== undefined) actions.push(action)
      else if (how.flags.includes(letter)) on.add(letter)
      else if ('oAGWFCXPS'.includes(letter)) {
        const value = word.slice(index + 1) || words[++at]
        if (value === undefined) {
          shell.complain(`-${letter}: option requires an argument`)
          shell.say(`${how.usage}\n`)
          return 2
        }
        takeValue(letter, value, { given, actions, options })
        break
      } else {
        shell.complain(`-${letter}: invalid option`)
        shell.say(`${how.usage}\n`)
        return 2
      }
    }
  }
  const specification: CompletionSpecification = {
    actions: Object.keys(ACTIONS).filter(name => actions.includes(name)),
    options,
    glob: given.G,
    words: given.W,
    fn: given.F,
    command: given.C,
    filter: given.X,
    prefix: given.P ?? '',
    suffix: given.S ?? '',
  }
  const isEmpty = actions.length === 0 && options.size === 0 && Object.keys(given).length === 0
  return { specification, isEmpty, on, operands: words.slice(at) }
}

function takeValue(
  letter: string,
  value: string,
  into: { given: Record<string, string>; actions: string[]; options: Set<string> },
): void {
  if (letter === 'o') {
    if (!COMPLETION_OPTIONS.includes(value)) throw new ExpansionError(`${value}: invalid option name`, 2)
    into.options.add(value)
  } else if (letter === 'A') {
    if (!(value in ACTIONS)) throw new ExpansionError(`${value}: invalid action name`, 2)
    into.actions.push(value)
  } else {
    if (letter === 'F' && !isName(value) && /[\s;&|<>()$`"'\\]/.test(value)) {
      throw new ExpansionError(`\`${value}': not a valid identifier`, 1)
    }
    into.given[letter] = value
  }
}

/** As `complete -p` shows it, to be read again. */
export function specificationText(specification: CompletionSpecification): string {
  const { actions, options, glob, words, fn, command, filter, prefix, suffix } = specification
  const letters = Object.entries(LETTERS).filter(([, action]) => actions.includes(action))
  const named = actions.filter(action => !Object.values(LETTERS).includes(action))
  const quoted = (letter: string, value: string | undefined) => (value ? [`-${letter} ${quoteAlways(value)}`] : [])
  return [
    ...COMPLETION_OPTIONS.filter(option => options.has(option)).map(option => `-o ${option}`),
    ...letters.map(([letter]) => `-${letter}`),
    ...named.map(action => `-A ${action}`),
    ...quoted('G', glob),
    ...quoted('W', words),
    ...quoted('P', prefix),
    ...quoted('S', suffix),
    ...quoted('X', filter),
    ...quoted('C', command),
    ...(fn === undefined ? [] : [`-F ${fn}`]),
  ].join(' ')
}
