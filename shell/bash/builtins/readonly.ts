import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { declarationOf } from '../declaration.ts'
import { has } from './declare.ts'
import { declareAll, readLetters } from './declaring.ts'

export default builtin({
  name: 'readonly',
  pure: true,
  raw: true,
  about: 'Mark variables or functions as not to be changed, or list them',
  operands: '[-aAfp] [NAME[=VALUE]]...',
  main({ shell, operands: words }) {
    const usage = 'readonly: usage: readonly [-aAf] [name[=value] ...] or readonly -p'
    const letters = readLetters(words, 'aAfp', usage, shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    if (operands.length === 0 && (shell.bash?.operands.length ?? 0) === 0) {
      const kinds = [...on].filter(letter => letter === 'a' || letter === 'A')
      const all = shell.variables
        .sorted()
        .filter(([, variable]) => variable.isReadOnly && kinds.every(kind => has(variable, kind)))
      return print(shell, all.map(([name, variable]) => `${declarationOf(name, variable)}\n`).join(''))
    }
    if (on.has('f')) {
      if (shell.bash) shell.bash.readonlyFunctions = new Set([...shell.bash.readonlyFunctions, ...operands])
      return 0
    }
    const marks = new Set([...on].filter(letter => letter !== 'p')).add('r')
    return declareAll(shell, operands, { on: marks, off: new Set(), isLocal: false, isGlobal: false })
  },
})
