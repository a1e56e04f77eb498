import { flag } from '../../lib/options.ts'
import { builtin } from './builtin.ts'
import { listVariables, parseDeclaration } from './declare-name.ts'
import { print } from './print.ts'

export default builtin({
  name: 'readonly',
  special: true,
  pure: true,
  about: 'Mark variables as not to be changed, or list them',
  operands: '[NAME[=VALUE]]...',
  options: { list: flag('-p', 'List in a form the shell can read') },
  main({ shell, operands }) {
    if (operands.length === 0)
      return print(
        shell,
        listVariables(shell, 'readonly ', variable => variable.isReadOnly),
      )
    for (const operand of operands) {
      const { name, value } = parseDeclaration(operand)
      if (value !== undefined) shell.assign(name, value)
      shell.variables.mark(name, { isReadOnly: true })
    }
  },
})
