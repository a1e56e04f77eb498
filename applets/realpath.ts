import { applet } from './applet.ts'
import { canonicalPath } from './canonical.ts'

export default applet({
  name: 'realpath',
  about: 'Print absolute paths, all symlinks followed',
  operands: 'FILE...',
  least: 1,
  async main({ proc, operands, warn }) {
    for (const path of operands) {
      const real = canonicalPath(proc, path)
      if (real === undefined) warn(`${path}: No such file or directory`)
      else await proc.stdout.line(real)
    }
  },
})
