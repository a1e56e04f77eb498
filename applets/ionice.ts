import { number, parseNumber } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

/** ionice: files are in memory, so that nobody waits for them. */
export default applet({
  name: 'ionice',
  about: 'Run PROG with a priority for input and output; without one, print the priority',
  operands: '[PID | PROG ARGS]',
  stopAtOperand: true,
  notes: ['All processes share one priority: the program runs as any other.'],
  options: {
    kind: number('-c', '1-3', 'Realtime, best effort, idle'),
    priority: number('-n', '0-7', 'The priority'),
    pid: number('-p', 'PID', 'Of a process that runs'),
  },
  async main({ proc, options, operands }) {
    const isGiven = options.kind !== undefined || options.priority !== undefined
    if (isGiven && options.pid === undefined && operands.length > 0) return execOrFail(proc, operands)
    if (isGiven) throw new Failure('ioprio_set: all processes here share one priority')
    if (operands[0] !== undefined) parseNumber(operands[0])
    await proc.stdout.line('none: prio 0')
    return 0
  },
})
