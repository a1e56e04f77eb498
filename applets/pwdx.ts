import { SysError } from '../kernel/errno.ts'
import { parseNumber } from '../lib/options.ts'
import { applet } from './applet.ts'

/** pwdx, as in busybox. */
export default applet({
  name: 'pwdx',
  about: 'Print the current directories of processes',
  operands: 'PID...',
  least: 1,
  async main({ proc, operands }) {
    let status = 0
    for (const word of operands) {
      const pid = parseNumber(word.replace(/^\/proc\//, ''))
      try {
        await proc.stdout.line(`${pid}: ${proc.readlink(`/proc/${pid}/cwd`)}`)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        // busybox: there is no process where there is no such folder, and it is said on stdout.
        const missing = error.errno === 'ENOENT' ? new SysError('ESRCH') : error
        await proc.stdout.line(`${pid}: ${missing.message}`)
        status = 1
      }
    }
    return status
  },
})
