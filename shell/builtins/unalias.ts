import { flag } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import { builtin } from './builtin.ts'

export default builtin({
  name: 'unalias',
  pure: true,
  about: 'Remove aliases',
  operands: 'NAME...',
  options: { all: flag('-a', 'All of them') },
  main({ shell, options, operands }) {
    // differs: ash says nothing, and its status is 0 (POSIX XCU unalias: a name or -a).
    if (operands.length === 0 && !options.all) throw new ExpansionError('usage: unalias [-a] name [name ...]')
    const left = new Map(options.all ? [] : shell.aliases)
    let status = 0
    for (const name of operands) {
      if (left.delete(name) || options.all) continue
      shell.say(`unalias: ${name} not found\n`)
      status = 1
    }
    shell.aliases = left
    return status
  },
})
