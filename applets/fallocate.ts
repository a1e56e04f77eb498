import { number, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'fallocate',
  about: 'Make a file at least so long',
  operands: 'FILE',
  least: 1,
  most: 1,
  options: {
    offset: number('-o', 'OFS', 'Where the range begins', 0, { hasSuffix: true }),
    length: number('-l', 'LEN', 'How long it is', undefined, { hasSuffix: true }),
  },
  async main({ proc, options, operands: [path = ''], attempt }) {
    if (options.length === undefined) throw new UsageError('')
    const fd = await attempt(() => proc.open(path, { read: true, write: true, create: true }), `can't open '${path}'`)
    if (fd === undefined) return
    if (options.length === 0) throw new Failure(`fallocate '${path}': Invalid argument`)
    const end = options.offset + options.length
    await attempt(() => {
      if (end > proc.descriptionStat(fd).size) proc.truncateDescription(fd, end)
    }, `fallocate '${path}'`)
    proc.close(fd)
  },
})
