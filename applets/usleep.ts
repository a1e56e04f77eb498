import { parseNumber } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'usleep',
  about: 'Wait N microseconds',
  operands: 'N',
  least: 1,
  most: 1,
  async main({ proc, operands: [count = ''] }) {
    await proc.sleep(parseNumber(count) / 1000)
  },
})
