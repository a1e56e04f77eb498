import { SysError } from '../kernel/errno.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { canonicalPath } from './canonical.ts'

export default applet({
  name: 'readlink',
  about: 'Print where a symlink leads',
  operands: 'FILE',
  least: 1,
  most: 1,
  options: {
    canonicalize: flag('-f', 'The absolute path, all symlinks followed; the last name may be missing'),
    noNewline: flag('-n', 'No newline at the end'),
    quiet: flag('-q -s', 'Say nothing of errors (default)'),
    verbose: flag('-v', 'Say what is wrong'),
  },
  async main({ proc, options, operands: [path = ''], warn }) {
    const end = options.noNewline ? '' : '\n'
    if (options.canonicalize) {
      const real = canonicalPath(proc, path)
      if (real === undefined) return 1
      await proc.stdout.write(real + end)
      return 0
    }
    try {
      await proc.stdout.write(proc.readlink(path) + end)
      return 0
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (options.verbose)
        warn(`${path}: cannot read link: ${error.errno === 'EINVAL' ? 'not a symlink' : error.message}`)
      return 1
    }
  },
})
