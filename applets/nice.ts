import { number } from '../lib/options.ts'
import { applet } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

export default applet({
  name: 'nice',
  about: 'Run a program with another priority; without one, print the priority',
  operands: '[PROG ARGS]',
  stopAtOperand: true,
  notes: ['All processes share one priority, 0: the program runs as any other.'],
  options: { adjustment: number('-n', 'ADJUST', 'How much nicer (10)', 10, { isSigned: true }) },
  async main({ proc, operands }) {
    if (operands.length > 0) return execOrFail(proc, operands)
    await proc.stdout.line('0')
    return 0
  },
})
