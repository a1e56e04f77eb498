import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'

/** Where the function that runs was called from. */
export default builtin({
  name: 'caller',
  pure: true,
  raw: true,
  about: 'Say where this function was called from',
  operands: '[N]',
  main({ shell, operands: [level] }) {
    const depth = Number(level ?? 0)
    const frames = [...(shell.bash?.frames ?? [])].reverse()
    const lines = frames.map(({ line }) => line)
    const isFile = !shell.options.isFixed('c') && !shell.options.isFixed('s')
    const files = [...frames.map(({ source }) => source), isFile ? shell.name : 'main']
    const names = [...frames.map(({ name }) => name), 'main']
    if (frames.length === 0 && isFile && level === undefined) return print(shell, '0 NULL\n')
    if (!Number.isInteger(depth) || lines[depth] === undefined) return 1
    const file = files[depth + 1]
    if (level === undefined) return print(shell, `${lines[depth]} ${file}\n`)
    const name = names[depth + 1]
    return print(shell, `${lines[depth]} ${name} ${file}\n`)
  },
})
