import { SysError } from '../kernel/errno.ts'
import { concat, encode } from '../lib/bytes.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { Accounts } from './accounts.ts'
import { applet } from './applet.ts'
import { loggedIn } from './login-records.ts'
import { closeInput, openOrFail } from './operands.ts'

/** wall, as in busybox. */
export default applet({
  name: 'wall',
  about: 'Write what FILE or stdin holds to the terminals of all who are logged in, by /var/run/utmp',
  operands: '[FILE]',
  async main({ proc, operands: [name = '-'], warn }) {
    const input = await openOrFail(proc, name)
    const text = await input.all()
    closeInput(proc, input)
    const user = new Accounts(proc).userName(proc.credentials.uid) ?? String(proc.credentials.uid)
    const now = strftime('%a %b %e %H:%M:%S %Y', proc.kernel.nanoseconds(), parseTimeZone(proc.env.get('TZ')))
    const head = encode(`\r\nBroadcast message from ${user}@${proc.kernel.hostname} (${now}):\r\n\r\n`)
    for (const { line } of loggedIn(proc)) {
      try {
        const fd = await proc.open(`/dev/${line}`, { write: true, append: true, nonBlocking: true })
        await proc.write(fd, concat([head, text]))
        proc.close(fd)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`/dev/${line}: ${error.message}`)
      }
    }
  },
})
