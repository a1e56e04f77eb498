import { ExpansionError } from '../expansion-error.ts'
import { endJobControl, startJobControl } from '../run/job-control.ts'
import type { Shell } from '../shell.ts'
import { OPTION_NAMES, type OptionName, optionOfLetter, optionOfName } from '../state/options.ts'
import { builtin } from './builtin.ts'
import { listVariables } from './declare-name.ts'
import { print } from './print.ts'

/** POSIX XCU 2.15 set. Its options go by letters with `+` and `-`, so it parses its words itself. */
export default builtin({
  name: 'set',
  special: true,
  pure: true,
  raw: true,
  about: 'Set options and positional parameters, or list the variables',
  operands: '[-+abCefmnuvxE] [-+o NAME] [--] [ARG]...',
  main({ shell, operands }) {
    if (operands.length === 0)
      return print(
        shell,
        listVariables(shell, '', variable => variable.value !== undefined),
      )
    const only = operands.length === 1 ? operands[0] : undefined
    if (only === '-o') return print(shell, listOptions(shell))
    if (only === '+o') return print(shell, optionCommands(shell))
    return setOptions(shell, operands)
  },
})

/** Options until the first word that is none. */
function setOptions(shell: Shell, words: readonly string[]): number {
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') return setPositional(shell, words.slice(at + 1))
    if (word === '-') {
      shell.options.set('xtrace', false)
      shell.options.set('verbose', false)
      return at + 1 < words.length ? setPositional(shell, words.slice(at + 1)) : 0
    }
    // A lone `+` is an option word without letters.
    if (!/^[-+]/.test(word)) return setPositional(shell, words.slice(at))
    const on = word.startsWith('-')
    for (const letter of word.slice(1)) {
      if (letter !== 'o') setLetter(shell, letter, on)
      else if (!setNamed(shell, words[++at] ?? '', on)) return 2
    }
  }
  return 0
}

function setLetter(shell: Shell, letter: string, on: boolean): void {
  const name = optionOfLetter(letter, shell.language.dialect)
  if (!name) throw new ExpansionError(`illegal option ${on ? '-' : '+'}${letter}`)
  setOption(shell, name, on)
}

/** busybox: an unknown name fails, and does not end the shell. */
function setNamed(shell: Shell, text: string, on: boolean): boolean {
  const name = optionOfName(text, shell.language.dialect)
  if (!name) {
    shell.complain(`illegal option ${on ? '-' : '+'}o ${text}`)
    return false
  }
  setOption(shell, name, on)
  return true
}

function setOption(shell: Shell, name: OptionName, on: boolean): void {
  if (name !== 'monitor') shell.options.set(name, on)
  else if (on) startJobControl(shell)
  else endJobControl(shell)
}

function setPositional(shell: Shell, words: readonly string[]): number {
  shell.positional = words
  return 0
}

function listOptions(shell: Shell): string {
  return OPTION_NAMES.map(name => `${name.padEnd(16)}${shell.options.has(name) ? 'on' : 'off'}\n`).join('')
}

function optionCommands(shell: Shell): string {
  return OPTION_NAMES.map(name => `set ${shell.options.has(name) ? '-' : '+'}o ${name}\n`).join('')
}
