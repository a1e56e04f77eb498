import { SysError } from '../kernel/errno.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'umount',
  about: 'Take a mount away',
  operands: 'DIRECTORY...',
  least: 1,
  options: { lazy: flag('-l', 'Also while it is used (it always may be)'), force: flag('-f', 'The same') },
  main({ proc, operands, warn }) {
    for (const path of operands) {
      try {
        if (proc.credentials.euid !== 0) throw new SysError('EPERM')
        proc.kernel.unmount(proc.realpath(path))
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`can't unmount ${path}: ${error.message}`)
      }
    }
  },
})
