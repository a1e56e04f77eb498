import { flag, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { succeeds } from './refused.ts'

/** Files live in memory here: there is nothing that could be lost later than now. */
export default applet({
  name: 'sync',
  about: 'Wait until what was written is safe',
  operands: '[FILE]...',
  options: { data: flag('-d', 'Only the data'), fileSystem: flag('-f', 'The file systems of FILEs') },
  main({ proc, options, operands, warn }) {
    if (options.data && options.fileSystem) throw new UsageError('')
    for (const path of operands) succeeds(warn, `can't open '${path}'`, () => proc.stat(path))
  },
})
