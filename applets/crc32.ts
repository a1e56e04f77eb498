import { SysError } from '../kernel/errno.ts'
import { Crc32 } from '../lib/crc32.ts'
import { applet } from './applet.ts'
import { closeInput, openInput } from './operands.ts'

/** crc32, as in busybox. */
export default applet({
  name: 'crc32',
  about: 'Print the CRC-32 of FILEs, or stdin',
  operands: '[FILE]...',
  async main({ proc, operands, warn }) {
    for (const name of operands.length === 0 ? ['-'] : operands) {
      try {
        const input = await openInput(proc, name)
        const crc = new Crc32()
        for await (const chunk of input.chunks()) {
          crc.update(chunk)
          const pause = proc.gate()
          if (pause) await pause
        }
        closeInput(proc, input)
        const shown = crc.value.toString(16).padStart(8, '0')
        await proc.stdout.line(operands.length > 0 ? `${shown} ${name}` : shown)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`can't open '${name}': ${error.message}`)
      }
    }
  },
})
