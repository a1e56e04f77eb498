import { flag } from '../../lib/options.ts'
import { builtin } from './builtin.ts'
import { listVariables, parseDeclaration } from './declare-name.ts'
import { print } from './print.ts'

export default builtin({
  name: 'export',
  special: true,
  pure: true,
  about: 'Mark variables for the environment of commands, or list them',
  operands: '[NAME[=VALUE]]...',
  options: { list: flag('-p', 'List in a form the shell can read'), unmark: flag('-n', 'Take the mark away') },
  main({ shell, options, operands }) {
    if (operands.length === 0)
      return print(
        shell,
        listVariables(shell, 'export ', variable => variable.isExported),
      )
    for (const operand of operands) {
      const { name, value } = parseDeclaration(operand)
      if (value !== undefined) shell.assign(name, value)
      shell.variables.mark(name, { isExported: !options.unmark })
    }
  },
})
