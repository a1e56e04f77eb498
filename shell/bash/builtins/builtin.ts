import { builtin } from '../../builtins/builtin.ts'
import { hasBuiltin } from '../meaning.ts'

/** Runs a builtin, though a function has its name. */
export default builtin({
  name: 'builtin',
  raw: true,
  about: 'Run a builtin, not a function',
  operands: '[NAME [ARG]...]',
  main({ shell, operands: words }) {
    const operands = words[0] === '--' ? words.slice(1) : words
    const [name] = operands
    if (name === undefined) return 0
    const found = hasBuiltin(shell, name) ? shell.language.builtins.get(name) : undefined
    if (!found) {
      shell.complain(`builtin: ${name}: not a shell builtin`)
      return 1
    }
    shell.commandName = name
    return found.run(shell, operands)
  },
})
