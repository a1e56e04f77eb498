import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { ExpansionError } from '../../expansion-error.ts'
import type { Shell } from '../../shell.ts'
import { BASH_OPTION_NAMES, optionOfName } from '../../state/options.ts'
import { initialShopt, shoptNames, switchable } from '../shopt-names.ts'
import { readLetters } from './declaring.ts'

export default builtin({
  name: 'shopt',
  pure: true,
  raw: true,
  about: "Set, unset or show the shell's options",
  operands: '[-pqsu] [-o] [NAME]...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'opqsu', 'shopt: usage: shopt [-pqsu] [-o] [optname ...]', shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    const options = on.has('o') ? setOptions(shell) : shoptOptions(shell)
    if (on.has('s') && on.has('u')) throw new ExpansionError('cannot set and unset shell options simultaneously', 1)
    const isSetting = on.has('s') || on.has('u')
    const unknown = operands.filter(name => !options.names.includes(name))
    for (const name of unknown) shell.complain(`${name}: invalid ${on.has('o') ? '' : 'shell '}option name`)
    const known = operands.filter(name => options.names.includes(name))
    if (isSetting && operands.length > 0) {
      const done = known.map(name => options.set(name, on.has('s')))
      return unknown.length === 0 && done.every(isDone => isDone) ? 0 : 1
    }
    const shown =
      operands.length > 0 ? known : options.names.filter(name => !isSetting || options.has(name) === on.has('s'))
    const text = on.has('q') ? '' : shown.map(name => line(name, options.has(name), on.has('p'), on.has('o'))).join('')
    const isAllOn = operands.length === 0 || known.every(name => options.has(name))
    return print(shell, text, isAllOn && unknown.length === 0 ? 0 : 1)
  },
})

function line(name: string, isOn: boolean, isCommand: boolean, isSetOption: boolean): string {
  if (!isCommand) return `${name.padEnd(15)}\t${isOn ? 'on' : 'off'}\n`
  return isSetOption ? `set ${isOn ? '-' : '+'}o ${name}\n` : `shopt ${isOn ? '-s' : '-u'} ${name}\n`
}

interface OptionSet {
  readonly names: readonly string[]
  has(name: string): boolean
  /** false: it cannot be had. */
  set(name: string, on: boolean): boolean
}

function shoptOptions(shell: Shell): OptionSet {
  const bash = shell.bash!
  return {
    names: shoptNames,
    has: name => bash.shopt.has(name),
    set(name, on) {
      if (!switchable.has(name) && initialShopt.has(name) !== on) {
        shell.complain(`${name}: not supported`)
        return false
      }
      const shopt = new Set(bash.shopt)
      if (on) shopt.add(name)
      else shopt.delete(name)
      bash.shopt = shopt
      return true
    },
  }
}

function setOptions(shell: Shell): OptionSet {
  return {
    names: BASH_OPTION_NAMES,
    has(name) {
      const option = optionOfName(name, 'bash')
      return option !== undefined && shell.options.has(option)
    },
    set(name, on) {
      const option = optionOfName(name, 'bash')
      if (option) shell.options.set(option, on)
      return true
    },
  }
}
