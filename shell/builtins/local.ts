import { ExpansionError } from '../expansion-error.ts'
import { builtin } from './builtin.ts'
import { parseDeclaration } from './declare-name.ts'

/** A variable until the function returns. busybox: without a value it is unset, and its export mark stays. */
export default builtin({
  name: 'local',
  special: true,
  pure: true,
  raw: true,
  about: 'Declare variables that end with the function',
  operands: '[NAME[=VALUE]]...',
  main({ shell, operands }) {
    const scope = shell.openScope()
    if (!scope) throw new ExpansionError('not in a function')
    for (const operand of operands) {
      const { name, value } = parseDeclaration(operand)
      const isNew = shell.variables.save(scope, name)
      if (value !== undefined) shell.assign(name, value)
      else if (isNew) shell.variables.hide(name)
    }
  },
})
