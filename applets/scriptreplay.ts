import { applet } from './applet.ts'
import { closeInput, openOrFail } from './operands.ts'

/** scriptreplay, as in busybox. */
export default applet({
  name: 'scriptreplay',
  about: 'Print what script wrote down, as fast as it was printed (DIVISOR times as fast)',
  operands: 'TIMINGFILE [TYPESCRIPT [DIVISOR]]',
  least: 1,
  most: 3,
  async main({ proc, operands: [timing = '', file = 'typescript', divisor = '1'] }) {
    const times = await openOrFail(proc, timing)
    const input = await openOrFail(proc, file)
    const factor = Number.parseFloat(divisor) || 1
    for await (const line of times.lines()) {
      const [delay, count] = line.trim().split(/\s+/).map(Number)
      if (delay === undefined || count === undefined || Number.isNaN(delay) || Number.isNaN(count)) break
      await proc.sleep((delay * 1000) / factor)
      for (let left = count; left > 0; ) {
        const bytes = await input.read(left)
        if (bytes.length === 0) break
        left -= bytes.length
        await proc.stdout.write(bytes.slice())
      }
      await proc.stdout.flush()
    }
    closeInput(proc, input)
    closeInput(proc, times)
  },
})
