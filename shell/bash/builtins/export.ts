import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { declarationOf } from '../declaration.ts'
import { declareAll, readLetters } from './declaring.ts'

export default builtin({
  name: 'export',
  pure: true,
  raw: true,
  about: 'Mark variables or functions for the environment of commands, or list them',
  operands: '[-fnp] [NAME[=VALUE]]...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'fnpaA', 'export: usage: export [-fn] [name[=value] ...] or export -p', shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    if (operands.length === 0 && (shell.bash?.operands.length ?? 0) === 0) {
      const all = shell.variables.sorted().filter(([, variable]) => variable.isExported)
      return print(shell, all.map(([name, variable]) => `${declarationOf(name, variable)}\n`).join(''))
    }
    if (on.has('f')) return exportFunctions(shell, operands, !on.has('n'))
    const off = new Set(on.has('n') ? ['x'] : [])
    const marks = new Set<string>([...on].filter(letter => letter === 'a' || letter === 'A'))
    if (!on.has('n')) marks.add('x')
    return declareAll(shell, operands, { on: marks, off, isLocal: false, isGlobal: false })
  },
})

function exportFunctions(shell: Parameters<typeof print>[0], names: readonly string[], isOn: boolean): number {
  const { bash } = shell
  let status = 0
  for (const name of names) {
    if (!shell.functions.has(name)) {
      shell.complain(`${name}: not a function`)
      status = 1
      continue
    }
    if (!bash) continue
    const exported = new Set(bash.exported)
    if (isOn) exported.add(name)
    else exported.delete(name)
    bash.exported = exported
  }
  return status
}
