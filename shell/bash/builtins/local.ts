import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { ExpansionError } from '../../expansion-error.ts'
import { declarationOf } from '../declaration.ts'
import { declareAll, readLetters } from './declaring.ts'

const USAGE = 'local: usage: local [option] name[=value] ...'

export default builtin({
  name: 'local',
  pure: true,
  raw: true,
  about: 'Declare variables that end with the function',
  operands: '[-aAilnprux] [NAME[=VALUE]]...',
  main({ shell, operands: words }) {
    if (shell.height === 0) throw new ExpansionError('can only be used in a function', 1)
    const letters = readLetters(words, 'aAfFgiIlnprtux', USAGE, shell)
    if (typeof letters === 'number') return letters
    const { operands } = letters
    if (operands.length === 0 && (shell.bash?.operands.length ?? 0) === 0) {
      const names = (shell.scopes[shell.height - 1] ?? []).map(saved => saved.name).sort()
      const shown = names.map(name => [name, shell.variables.lookup(name)] as const)
      return print(
        shell,
        shown.map(([name, variable]) => (variable ? `${declarationOf(name, variable)}\n` : '')).join(''),
      )
    }
    return declareAll(shell, operands, { ...letters, isLocal: true, isGlobal: false, takesElements: true })
  },
})
