import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import type { Completion } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'
import type { Variable } from '../../state/variable.ts'
import { declarationOf, settingOf } from '../declaration.ts'
import { sourceOf } from '../frames.ts'
import { functionText } from '../function-text.ts'
import { declareAll, type Letters, readLetters } from './declaring.ts'

const USAGE = 'declare: usage: declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]'

/** Gives variables values and traits; in a function they are the function's own. */
export default builtin({
  name: 'declare',
  aliases: ['typeset'],
  pure: true,
  raw: true,
  about: 'Give variables values and attributes, or show them',
  operands: '[-aAfFgiIlnprtux] [NAME[=VALUE]]...',
  main({ shell, operands }): Completion {
    const letters = readLetters(operands, 'aAfFgiIlnprtux', USAGE, shell)
    if (typeof letters === 'number') return letters
    return declare(shell, letters)
  },
})

function declare(shell: Shell, letters: Letters): Completion {
  const { on, operands } = letters
  const hasArrays = (shell.bash?.operands.length ?? 0) > 0
  if (on.has('f') || on.has('F')) return functions(shell, letters)
  if (operands.length === 0 && !hasArrays) return print(shell, listAll(shell, letters))
  if (on.has('p')) return show(shell, operands)
  const isLocal = shell.height > 0 && !on.has('g')
  return declareAll(shell, operands, { ...letters, isLocal, isGlobal: on.has('g'), takesElements: true })
}

function listAll(shell: Shell, { on }: Letters): string {
  const wanted = [...on].filter(letter => letter !== 'p' && letter !== 'g')
  const variables = shell.variables.sorted().filter(([, variable]) => wanted.every(letter => has(variable, letter)))
  if (on.has('p') || wanted.length > 0) {
    return variables.map(([name, variable]) => `${declarationOf(name, variable)}\n`).join('')
  }
  return settings(shell) + functionTexts(shell)
}

/** What `set` lists. */
export function settings(shell: Shell): string {
  return shell.variables
    .sorted()
    .map(([name, variable]) => settingOf(name, variable))
    .filter(text => text !== undefined)
    .map(text => `${text}\n`)
    .join('')
}

export function functionTexts(shell: Shell): string {
  return functionNames(shell)
    .map(name => functionText(shell.functions.get(name)!.definition))
    .join('')
}

function functionNames(shell: Shell): string[] {
  return [...shell.functions.keys()].sort()
}

export function has({ traits, isExported, isReadOnly }: Variable, letter: string): boolean {
  switch (letter) {
    case 'a':
      return traits?.array?.kind === 'indexed'
    case 'A':
      return traits?.array?.kind === 'associative'
    case 'i':
      return traits?.isInteger === true
    case 'n':
      return traits?.isReference === true
    case 'l':
      return traits?.letterCase === 'lower'
    case 'u':
      return traits?.letterCase === 'upper'
    case 't':
      return traits?.isTraced === true
    case 'x':
      return isExported
    case 'r':
      return isReadOnly
  }
  return true
}

function show(shell: Shell, names: readonly string[]): Completion {
  let text = ''
  let status = 0
  for (const name of names) {
    const variable = shell.variables.lookup(name)
    if (variable) text += `${declarationOf(name, variable)}\n`
    else {
      shell.complainOf(`${name}: not found`)
      status = 1
    }
  }
  return print(shell, text, status)
}

/** shopt extdebug: with its line and its file. */
function nameLine(shell: Shell, name: string): string {
  const definition = shell.functions.get(name)?.definition
  if (!definition || !shell.bash?.shopt.has('extdebug')) return `${name}\n`
  return `${name} ${definition.line} ${sourceOf(shell, definition)}\n`
}

function functions(shell: Shell, { on, off, operands }: Letters): Completion {
  const { bash } = shell
  if (operands.length === 0) {
    if (!on.has('F')) return print(shell, functionTexts(shell))
    return print(
      shell,
      functionNames(shell)
        .map(name => `declare -f ${name}\n`)
        .join(''),
    )
  }
  const known = operands.filter(name => shell.functions.has(name))
  if (bash && on.has('t')) bash.traced = new Set([...bash.traced, ...known])
  if (bash && off.has('t')) bash.traced = new Set([...bash.traced].filter(name => !known.includes(name)))
  if (bash && on.has('r')) bash.readonlyFunctions = new Set([...bash.readonlyFunctions, ...known])
  if (bash && on.has('x')) bash.exported = new Set([...bash.exported, ...known])
  const isMarking = ['t', 'r', 'x'].some(letter => on.has(letter) || off.has(letter))
  const text = isMarking
    ? ''
    : known
        .map(name => (on.has('F') ? nameLine(shell, name) : functionText(shell.functions.get(name)!.definition)))
        .join('')
  return print(shell, text, known.length === operands.length ? 0 : 1)
}
