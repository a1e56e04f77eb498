import { encode } from '../lib/bytes.ts'
import { applet } from './applet.ts'

/** Characters: as much as a pipe holds. */
const BATCH = 65536

export default applet({
  name: 'yes',
  about: 'Print a line again and again',
  operands: '[STRING]...',
  raw: true,
  async main({ proc, operands }) {
    const line = `${operands.length === 0 ? 'y' : operands.join(' ')}\n`
    const batch = encode(line.repeat(Math.max(1, Math.floor(BATCH / line.length))))
    for (;;) {
      // What is written is given away.
      const sent = proc.stdout.write(batch.slice())
      if (sent) await sent
      const pause = proc.gate()
      if (pause) await pause
    }
  },
})
