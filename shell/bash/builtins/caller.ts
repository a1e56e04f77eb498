import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { madeArray } from '../made-arrays.ts'

/** Where the function that runs was called from. */
export default builtin({
  name: 'caller',
  pure: true,
  raw: true,
  about: 'Say where this function was called from',
  operands: '[N]',
  main({ shell, operands: [level] }) {
    const depth = Number(level ?? 0)
    const lines = madeArray(shell, 'BASH_LINENO')?.values() ?? []
    const files = madeArray(shell, 'BASH_SOURCE')?.values() ?? []
    const names = madeArray(shell, 'FUNCNAME')?.values() ?? []
    if (!Number.isInteger(depth) || names.length === 0 || lines[depth] === undefined) return 1
    const file = files[depth + 1] ?? 'NULL'
    if (level === undefined) return print(shell, `${lines[depth]} ${file}\n`)
    const name = names[depth + 1]
    return name === undefined ? 1 : print(shell, `${lines[depth]} ${name} ${file}\n`)
  },
})
