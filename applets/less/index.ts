import { SysError } from '../../kernel/errno.ts'
import { flag, UsageError } from '../../lib/options.ts'
import { applet, inputs, type NamedInput } from '../applet.ts'
import { openInput } from '../operands.ts'
import { RawTerminal } from '../raw-terminal.ts'
import { Document } from './document.ts'
import { Pager } from './pager.ts'

/** less, as in busybox. Without a terminal it copies its input. */
export default applet({
  name: 'less',
  about: 'Look through FILEs, or stdin, page by page',
  operands: '[FILE]...',
  options: {
    quitsAtEnd: flag('-E', 'End when the end is reached'),
    quitsIfFits: flag('-F', 'Only print what fits on one page'),
    ignoresCase: flag('-I', 'Searches ignore case'),
    showsPosition: flag('-M -m', 'Show line numbers and percentage in the last row'),
    showsNumbers: flag('-N', 'Numbers before lines'),
    cutsLines: flag('-S', 'Cut long lines instead of folding them'),
    dropsColors: flag('-R', 'Leave out colour sequences'),
    hidesTildes: flag('-~', 'No ~ behind the end'),
  },
  async main(invocation) {
    const { proc, options, operands, warn } = invocation
    if (operands.length === 0 && proc.terminal(0)) throw new UsageError('missing filename')
    if (!proc.terminal(1)) {
      for await (const input of inputs(invocation, operands)) {
        await invocation.attempt(async () => {
          for await (const chunk of input.chunks()) await proc.stdout.write(chunk)
        }, 'read error')
      }
      return
    }
    const first = operands[0] ?? '-'
    let input: NamedInput
    try {
      input = await openInput(proc, first)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      warn(`can't open '${first}': ${error.message}`)
      return 1
    }
    const terminal = await RawTerminal.open(proc)
    if (!terminal) return warn("can't open '/dev/tty'")
    try {
      const document = new Document(proc, input)
      await new Pager(proc, terminal, { files: operands, document }, { ...options }).run()
    } finally {
      terminal.close()
    }
  },
})
