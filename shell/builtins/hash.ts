import { flag } from '../../lib/options.ts'
import type { Completion } from '../run/completion.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'hash',
  pure: true,
  about: 'Remember where commands are, or list what is remembered',
  operands: '[NAME]...',
  options: { forget: flag('-r', 'Forget everything') },
  main({ shell, options, operands }): Completion {
    if (options.forget) {
      shell.hash.clear()
      // differs: ash passes over names after -r, which takes none (POSIX XCU hash).
      return operands.length === 0 ? 0 : 1
    }
    if (operands.length === 0) return print(shell, [...shell.hash.paths].map(path => `${path}\n`).join(''))
    let status = 0
    for (const name of operands) {
      shell.hash.forget(name)
      const isKnown = shell.language.builtins.has(name) || shell.functions.has(name)
      if (isKnown || shell.lookupCommand(name) !== undefined) continue
      shell.complain(`${name}: not found`)
      status = 1
    }
    return status
  },
})
