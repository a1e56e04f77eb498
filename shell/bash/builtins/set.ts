import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import shared from '../../builtins/set.ts'
import { BASH_OPTION_NAMES } from '../../state/options.ts'
import { functionTexts, settings } from './declare.ts'

const LETTERS = 'abefhkmnoptuvxBCEHPT'

export default builtin({
  name: 'set',
  pure: true,
  raw: true,
  about: 'Set options and positional parameters, or list the variables',
  operands: '[-+abCefhkmnptuvxBEHPT] [-+o NAME] [--] [ARG]...',
  main({ shell, argv, operands }) {
    if (operands.length === 0) return print(shell, settings(shell) + functionTexts(shell))
    const only = operands.length === 1 ? operands[0] : undefined
    const isOn = (name: (typeof BASH_OPTION_NAMES)[number]) => shell.options.has(name)
    if (only === '-o') {
      return print(shell, BASH_OPTION_NAMES.map(name => `${name.padEnd(15)}\t${isOn(name) ? 'on' : 'off'}\n`).join(''))
    }
    if (only === '+o')
      return print(shell, BASH_OPTION_NAMES.map(name => `set ${isOn(name) ? '-' : '+'}o ${name}\n`).join(''))
    const bad = operands.find(
      word => /^[-+][^-+]/.test(word) && [...word.slice(1)].some(letter => !LETTERS.includes(letter)),
    )
    const isFirst =
      bad !== undefined && operands.slice(0, operands.indexOf(bad)).every(word => /^[-+]/.test(word) && word !== '--')
    if (bad !== undefined && isFirst) {
      shell.complain(`${bad.slice(0, 1)}${[...bad.slice(1)].find(letter => !LETTERS.includes(letter))}: invalid option`)
      shell.say('set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n')
      return 2
    }
    return shared.run(shell, argv)
  },
})
