import { applet } from './applet.ts'

export default applet({
  name: 'yes',
  about: 'Print a line again and again',
  operands: '[STRING]...',
  raw: true,
  async main({ proc, operands }) {
    const line = `${operands.length === 0 ? 'y' : operands.join(' ')}\n`
    const batch = line.repeat(Math.max(1, Math.floor(16384 / line.length)))
    for (;;) {
      const sent = proc.stdout.write(batch)
      if (sent) await sent
      const pause = proc.gate()
      if (pause) await pause
    }
  },
})
