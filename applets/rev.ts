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
        await proc.stdout.write(lines.map(reversed).join('\n').replace(/\0\n?/g, ''))
        const pause = proc.gate()
        if (pause) await pause
      }
    }
  },
})

/** busybox: a line ends at a NUL, and its newline is lost. */
function reversed(line: string): string {
  const end = line.indexOf('\0')
  return end === -1 ? [...line].reverse().join('') : `${[...line.slice(0, end)].reverse().join('')}\0`
}
