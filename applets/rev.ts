import { decode } from '../lib/bytes.ts'
import { applet } from './applet.ts'
import { openEach, untilRefused } from './operands.ts'

/** rev: characters, not bytes, are turned round. */
export default applet({
  name: 'rev',
  about: 'Print each line of FILEs, or stdin, backwards',
  operands: '[FILE]...',
  async main(invocation) {
    const { proc } = invocation
    for await (const input of openEach(invocation, invocation.operands)) {
      for await (const batch of untilRefused(input.batches())) {
        const lines = decode(batch).split('\n')
        await proc.stdout.write(lines.map(line => [...line].reverse().join('')).join('\n'))
        const pause = proc.gate()
        if (pause) await pause
      }
    }
  },
})
