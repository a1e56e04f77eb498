import { decode } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'uptime',
  about: 'Print how long the system is up, and its load',
  most: 0,
  options: { since: flag('-s', 'Since when') },
  async main({ proc, options }) {
    const seconds = Math.floor(Number(decode(proc.contentsOf('/proc/uptime')).split(' ')[0]))
    const zone = parseTimeZone(proc.env.get('TZ'))
    const now = proc.kernel.nanoseconds()
    if (options.since)
      return void (await proc.stdout.line(strftime('%Y-%m-%d %H:%M:%S', now - BigInt(seconds) * 1_000_000_000n, zone)))
    const load = decode(proc.contentsOf('/proc/loadavg')).split(' ').slice(0, 3).join(', ')
    const days = Math.floor(seconds / 86_400)
    const hours = Math.floor((seconds % 86_400) / 3600)
    const minutes = Math.floor((seconds % 3600) / 60)
    const up = `${days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''}${hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`}`
    await proc.stdout.line(` ${strftime('%H:%M:%S', now, zone)} up ${up},  0 users,  load average: ${load}`)
  },
})
