import { builtin } from '../../builtins/builtin.ts'
import shared from '../../builtins/command.ts'
import { print } from '../../builtins/print.ts'
import { functionText } from '../function-text.ts'
import { meaningsOf } from '../meaning.ts'
import { quoteAlways } from '../quoting.ts'

export default builtin({
  name: 'command',
  raw: true,
  about: 'Run a command, not a function, or say what a name means',
  operands: '[-pVv] COMMAND [ARG]...',
  main({ shell, argv, operands: [option = '', ...names] }) {
    if (!/^-p?[vV]p?$/.test(option)) return shared.run(shell, argv)
    const isBrief = option.includes('v')
    let text = ''
    let isFound = false
    for (const name of names) {
      const [meaning] = meaningsOf(shell, name)
      if (!meaning) {
        if (!isBrief) shell.complainOf(`${name}: not found`)
        continue
      }
      isFound = true
      const { kind, text: what } = meaning
      if (isBrief)
        text += kind === 'alias' ? `alias ${name}=${quoteAlways(what)}\n` : `${kind === 'file' ? what : name}\n`
      else if (kind === 'alias') text += `${name} is aliased to \`${what}'\n`
      else if (kind === 'function')
        text += `${name} is a function\n${functionText(shell.functions.get(name)!.definition)}`
      else text += kind === 'file' ? `${name} is ${what}\n` : `${name} is a shell ${kind}\n`
    }
    return print(shell, text, isFound ? 0 : 1)
  },
})
