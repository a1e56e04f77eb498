import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'fsync',
  about: 'Have files written to the disk: they are always safe in memory, so that only their being there is checked',
  operands: 'FILE...',
  least: 1,
  options: { dataOnly: flag('-d', 'Not what is known of them') },
  async main({ proc, operands, attempt }) {
    for (const path of operands) {
      const fd = await attempt(() => proc.open(path, { read: true, nonBlocking: true }), `can't open '${path}'`)
      if (fd !== undefined) proc.close(fd)
    }
  },
})
