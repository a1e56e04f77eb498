import { flag } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet } from './applet.ts'

/** ts, as in busybox; %.S %.s and %.T have microseconds. */
export default applet({
  name: 'ts',
  about: 'Copy stdin to stdout with the time before each line',
  operands: '[STRFTIME]',
  most: 1,
  options: {
    sinceStart: flag('-s', 'The time since the start'),
    incremental: flag('-i', 'The time since the line before'),
  },
  async main({ proc, options, operands }) {
    const isRelative = options.sinceStart || options.incremental
    const zone = isRelative ? () => ({ offset: 0, name: 'UTC', isDaylight: false }) : parseTimeZone(proc.env.get('TZ'))
    const format = operands[0] ?? (isRelative ? '%T' : '%b %d %T')
    let base = proc.kernel.nanoseconds()
    for await (const batch of proc.stdin.batches()) {
      for (let at = 0; at < batch.length; ) {
        const newline = batch.indexOf(10, at)
        const end = newline === -1 ? batch.length : newline + 1
        const now = proc.kernel.nanoseconds()
        const shown = isRelative ? now - base : now
        const micros = String((shown % 1_000_000_000n) / 1000n).padStart(6, '0')
        await proc.stdout.write(`${strftime(format.replace(/%\.([STs])/g, `%$1.${micros}`), shown, zone)} `)
        await proc.stdout.write(batch.slice(at, end))
        if (options.incremental) base = now
        at = end
      }
      await proc.stdout.flush()
    }
  },
})
