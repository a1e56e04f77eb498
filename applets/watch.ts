import { flag, text } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'watch',
  about: 'Run a command again and again, each time on a cleared screen',
  operands: 'PROG ARGS',
  least: 1,
  stopAtOperand: true,
  options: {
    seconds: text('-n', 'SEC', 'Seconds between', '2'),
    bare: flag('-t', 'No headline'),
  },
  async main({ proc, options, operands }) {
    if (!/^\d+(\.\d*)?$|^\.\d+$/.test(options.seconds)) throw new Failure(`invalid number '${options.seconds}'`)
    const seconds = Number(options.seconds)
    const command = operands.join(' ')
    const zone = parseTimeZone(proc.env.get('TZ'))
    for (;;) {
      await proc.stdout.write('\x1b[H\x1b[J')
      if (!options.bare) {
        const width = (proc.terminal(1)?.size.columns ?? 80) - 1
        const now = strftime('%Y-%m-%d %H:%M:%S', proc.kernel.nanoseconds(), zone)
        await proc.stdout.write(`${headline(`Every ${seconds.toFixed(1)}s: ${command}`, now, width)}\n\n`)
      }
      await proc.stdout.flush()
      const child = proc.fork(shell => shell.exec('/bin/sh', ['sh', '-c', command]))
      await proc.wait(child.pid)
      await proc.sleep(seconds * 1000)
    }
  },
})

/** The command gives way to the time. */
function headline(left: string, right: string, width: number): string {
  const room = width - right.length
  return room <= 0 ? left.slice(0, width) : left.slice(0, room - 1).padEnd(room) + right
}
