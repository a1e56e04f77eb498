import { SysError } from '../kernel/errno.ts'
import { encode } from '../lib/bytes.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { setAttribute } from './extended-attributes.ts'

/** setfattr, as in busybox. */
export default applet({
  name: 'setfattr',
  about: 'Set or remove an extended attribute of FILEs',
  operands: 'FILE...',
  options: {
    noFollow: flag('-h', 'Of links themselves'),
    name: text('-n', 'ATTR', 'Set this one'),
    value: text('-v', 'VALUE', 'To VALUE (empty)', ''),
    removed: text('-x', 'ATTR', 'Remove this one'),
  },
  main({ proc, options, operands, warn }) {
    const { name, removed } = options
    if (operands.length === 0 || (name === undefined) === (removed === undefined)) throw new UsageError('')
    const value = removed === undefined ? encode(options.value) : undefined
    for (const file of operands) {
      try {
        setAttribute(proc, file, { name: name ?? removed ?? '', value }, { follow: !options.noFollow })
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`${file}: ${error.message}`)
      }
    }
  },
})
