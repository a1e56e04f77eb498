import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { applet, type NamedInput } from './applet.ts'
import { closeInput, openInput } from './operands.ts'

/** sum, as in busybox: BSD's 16-bit sum, or System V's. */
export default applet({
  name: 'sum',
  about: 'Print a sum and the number of blocks of FILEs, or stdin',
  operands: '[FILE]...',
  options: {
    bsd: flag('-r', "BSD's sum, blocks of 1024 bytes (the default)"),
    systemV: flag('-s', "System V's sum, blocks of 512 bytes"),
  },
  async main({ proc, options, operands, warn }) {
    for (const name of operands.length === 0 ? ['-'] : operands) {
      try {
        const input = await openInput(proc, name)
        const { sum, size } = await (options.systemV ? systemV : bsd)(proc, input)
        closeInput(proc, input)
        const blocks = options.systemV ? Math.ceil(size / 512) : String(Math.ceil(size / 1024)).padStart(5)
        const shown = options.systemV ? sum : String(sum).padStart(5, '0')
        await proc.stdout.line(`${shown} ${blocks} ${operands.length > 1 || options.systemV ? name : ''}`)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`can't open '${name}': ${error.message}`)
      }
    }
  },
})

async function bsd(proc: Process, input: NamedInput): Promise<{ sum: number; size: number }> {
  let sum = 0
  let size = 0
  for await (const chunk of input.chunks()) {
    for (const byte of chunk) sum = (((sum >> 1) | ((sum & 1) << 15)) + byte) & 0xffff
    size += chunk.length
    const pause = proc.gate()
    if (pause) await pause
  }
  return { sum, size }
}

async function systemV(proc: Process, input: NamedInput): Promise<{ sum: number; size: number }> {
  let total = 0
  let size = 0
  for await (const chunk of input.chunks()) {
    for (const byte of chunk) total = (total + byte) >>> 0
    size += chunk.length
    const pause = proc.gate()
    if (pause) await pause
  }
  const folded = (total & 0xffff) + (total >>> 16)
  return { sum: (folded & 0xffff) + (folded >>> 16), size }
}
