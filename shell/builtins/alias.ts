import type { Completion } from '../run/completion.ts'
import { quote } from '../state/quote.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'alias',
  pure: true,
  raw: true,
  about: 'Define names that stand for text, or list them',
  operands: '[NAME[=VALUE]]...',
  main({ shell, operands: words }): Completion {
    // differs: ash takes `--` for a name (POSIX XBD 12.2, guideline 10).
    const operands = words[0] === '--' ? words.slice(1) : words
    if (operands.length === 0) {
      const all = [...shell.aliases].sort(([a], [b]) => (a < b ? -1 : 1))
      return print(shell, all.map(([name, value]) => `${name}=${quote(value)}\n`).join(''))
    }
    let status = 0
    let text = ''
    for (const operand of operands) {
      // busybox: an alias's name is not empty, so a leading `=` belongs to it.
      const equals = operand.indexOf('=', 1)
      const name = equals === -1 ? operand : operand.slice(0, equals)
      const value = shell.aliases.get(name)
      if (equals !== -1) shell.aliases = new Map(shell.aliases).set(name, operand.slice(equals + 1))
      else if (value !== undefined) text += `${name}=${quote(value)}\n`
      else {
        shell.say(`alias: ${name} not found\n`)
        status = 1
      }
    }
    return print(shell, text, status)
  },
})
