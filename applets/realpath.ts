import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
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
      if (real === undefined) warn(`${path}: ${reason(proc, path)}`)
      else await proc.stdout.line(real)
    }
  },
})

function reason(proc: Process, path: string): string {
  try {
    return proc.realpath(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error.message
  }
}
