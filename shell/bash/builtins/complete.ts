import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import type { Completion } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'
import type { CompletionSpecification } from '../../state/bash-state.ts'
import { readSpecification, specificationText } from './specification.ts'

const USAGE =
  'complete: usage: complete [-abcdefgjksuv] [-pr] [-DEI] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [name ...]'

/** Names that no command has: of -D, -E and -I. */
export const SPECIAL_NAMES: ReadonlyMap<string, string> = new Map([
  ['E', '_EmptycmD_'],
  ['D', '_DefaultCmD_'],
  ['I', '_InitialWorD_'],
])

export const complete = builtin({
  name: 'complete',
  raw: true,
  about: 'Say how the words of a command are completed, or list that',
  operands:
    '[-abcdefgjksuv] [-pr] [-DEI] [-o OPTION] [-A ACTION] [-G PATTERN] [-W WORDS] [-F FUNCTION] [-C COMMAND] [-X PATTERN] [-P PREFIX] [-S SUFFIX] [NAME]...',
  main({ shell, operands: words }): Completion {
    const call = readSpecification(shell, words, { flags: 'prDEI', usage: USAGE })
    if (typeof call === 'number') return call
    const { on, isEmpty, specification } = call
    const special = ['D', 'E', 'I'].filter(letter => on.has(letter)).map(letter => SPECIAL_NAMES.get(letter)!)
    const names = special.length > 0 ? special.slice(0, 1) : call.operands
    if (on.has('r')) return remove(shell, names)
    if (on.has('p') || (words.length === 0 && isEmpty)) return list(shell, names)
    if (names.length === 0) {
      shell.say(`${USAGE}\n`)
      return 2
    }
    change(shell, all => {
      for (const name of names) all.set(name, specification)
    })
    return 0
  },
})

function change(shell: Shell, edit: (all: Map<string, CompletionSpecification>) => void): void {
  const all = new Map(shell.bash?.completions)
  edit(all)
  if (shell.bash) shell.bash.completions = all
}

function remove(shell: Shell, names: readonly string[]): number {
  const known = shell.bash!.completions
  if (names.length === 0) {
    change(shell, all => all.clear())
    return 0
  }
  let status = 0
  for (const name of names) {
    if (known.has(name)) continue
    shell.complain(`${name}: no completion specification`)
    status = 1
  }
  change(shell, all => {
    for (const name of names) all.delete(name)
  })
  return status
}

function list(shell: Shell, names: readonly string[]): Completion {
  const known = shell.bash!.completions
  let text = ''
  let status = 0
  for (const name of names.length === 0 ? known.keys() : names) {
    const specification = known.get(name)
    if (specification) text += `${lineOf(name, specification)}\n`
    else {
      shell.complain(`${name}: no completion specification`)
      status = 1
    }
  }
  const sent = print(shell, text)
  return status === 0 ? sent : status
}

function lineOf(name: string, specification: CompletionSpecification): string {
  const letter = [...SPECIAL_NAMES].find(([, special]) => special === name)?.[0]
  return ['complete', specificationText(specification), letter === undefined ? name : `-${letter}`]
    .filter(word => word !== '')
    .join(' ')
}

const OPTION_USAGE = 'compopt: usage: compopt [-o|+o option] [-DEI] [name ...]'

/** Without names: of the completion that runs. */
export const compopt = builtin({
  name: 'compopt',
  raw: true,
  about: 'Change how the words of a command are completed',
  operands: '[-o|+o OPTION] [-DEI] [NAME]...',
  main({ shell, operands: words }): Completion {
    const bash = shell.bash!
    const on: string[] = []
    const off: string[] = []
    const special: string[] = []
    let at = 0
    for (; /^[-+]./.test(words[at] ?? ''); at++) {
      const word = words[at]!
      if (word === '-o' || word === '+o') (word === '-o' ? on : off).push(words[++at] ?? '')
      else if (/^-[DEI]$/.test(word)) special.push(SPECIAL_NAMES.get(word[1]!)!)
      else {
        shell.complain(`${word}: invalid option`)
        shell.say(`${OPTION_USAGE}\n`)
        return 2
      }
    }
    const names = special.length > 0 ? special : words.slice(at)
    const edit = (specification: CompletionSpecification): CompletionSpecification => {
      const options = new Set([...specification.options, ...on].filter(option => !off.includes(option)))
      return { ...specification, options }
    }
    if (names.length === 0) {
      if (!bash.completing) {
        shell.complain('not currently executing completion function')
        return 1
      }
      bash.completing = edit(bash.completing)
      return 0
    }
    return changeNamed(shell, names, edit)
  },
})

function changeNamed(
  shell: Shell,
  names: readonly string[],
  edit: (specification: CompletionSpecification) => CompletionSpecification,
): number {
  let status = 0
  for (const name of names) {
    const known = shell.bash!.completions.get(name)
    if (known) change(shell, all => all.set(name, edit(known)))
    else {
      shell.complain(`${name}: no completion specification`)
      status = 1
    }
  }
  return status
}
