import { flag } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import { isName } from '../state/variables.ts'
import { builtin } from './builtin.ts'

export default builtin({
  name: 'unset',
  special: true,
  pure: true,
  about: 'Remove variables or functions',
  operands: 'NAME...',
  options: { variables: flag('-v', 'Variables (the default)'), functions: flag('-f', 'Functions') },
  main({ shell, options, operands }) {
    for (const name of operands) {
      if (options.functions) {
        shell.undefine(name)
        continue
      }
      if (!isName(name)) throw new ExpansionError(`${name}: bad variable name`)
      shell.variables.unset(name)
    }
  },
})
