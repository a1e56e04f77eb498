import { SysError } from '../kernel/errno.ts'
import type { Input } from '../kernel/input.ts'
import type { Process } from '../kernel/process.ts'
import { concat, EMPTY } from '../lib/bytes.ts'
import { applet, type NamedInput } from './applet.ts'
import { closeInput, openOperand } from './operands.ts'

/** tac, as in busybox: each file on its own, its last line first. */
export default applet({
  name: 'tac',
  outputName: 'write error',
  about: 'Print the lines of FILEs, or stdin, from the last to the first',
  operands: '[FILE]...',
  async main(invocation) {
    const { proc, operands, warn } = invocation
    // busybox: all are opened first, the last one first.
    const inputs: NamedInput[] = []
    for (const name of operands.length === 0 ? ['-'] : operands.toReversed()) {
      const input = await openOperand(invocation, name)
      if (input) inputs.unshift(input)
    }
    for (const input of inputs) {
      try {
        await printReversed(proc, input)
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
        warn(`${input.name}: ${error.message}`)
      }
      closeInput(proc, input)
    }
  },
})

async function printReversed(proc: Process, input: Input): Promise<void> {
  const chunks: Uint8Array[] = []
  for await (const chunk of input.chunks()) {
    proc.charge(chunk.length)
    chunks.push(chunk)
  }
  const all = chunks.length === 0 ? EMPTY : concat(chunks)
  for (let end = all.length; end > 0; ) {
    const start = end === 1 ? 0 : all.lastIndexOf(10, end - 2) + 1
    await proc.stdout.write(all.slice(start, end))
    end = start
    const pause = proc.gate()
    if (pause) await pause
  }
  proc.charge(-all.length)
}
