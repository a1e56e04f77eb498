import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet } from './applet.ts'
import { loggedIn } from './login-records.ts'
import { statOf } from './refused.ts'

/** w, as in busybox: who with its titles. */
export default applet({
  name: 'w',
  about: 'Show who is logged in, by /var/run/utmp',
  async main({ proc }) {
    await proc.stdout.line('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST')
    const zone = parseTimeZone(proc.env.get('TZ'))
    for (const { user, line, time, host } of loggedIn(proc)) {
      const when = strftime('%b %e %H:%M', BigInt(time) * 1_000_000_000n, zone)
      const used = statOf(proc, `/dev/${line}`)
      const idle = used ? idleText(proc.kernel.clock.now() / 1000 - Number(used.atime / 1_000_000_000n)) : '?'
      await proc.stdout.line(`${user.padEnd(15)}\t${line.padEnd(15)}\t${idle.padEnd(5)}\t${when} ${host}`.trimEnd())
    }
  },
})

function idleText(seconds: number): string {
  if (seconds < 60) return '.'
  if (seconds >= 24 * 60 * 60) return 'old'
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}`
}
