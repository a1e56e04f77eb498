import { flag, number, parseNumber } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

/** chrt: every process is SCHED_OTHER with priority 0. */
export default applet({
  name: 'chrt',
  about: 'Show how a process is scheduled, or run PROG',
  operands: '[PRIO] { PROG ARGS | PID }',
  stopAtOperand: true,
  options: {
    pid: flag('-p', 'Of a process that runs'),
    max: flag('-m', 'Show the least and the greatest priorities'),
    fifo: flag('-f', 'SCHED_FIFO: refused'),
    roundRobin: flag('-r', 'SCHED_RR: refused'),
    other: flag('-o', 'SCHED_OTHER'),
    batch: flag('-b', 'SCHED_BATCH: as SCHED_OTHER'),
    idle: flag('-i', 'SCHED_IDLE: as SCHED_OTHER'),
    runtime: number('-T', 'NS', 'Accepted'),
  },
  notes: ['There are no real-time priorities: what asks for one is refused.'],
  async main({ proc, options, operands }) {
    if (options.max) {
      await proc.stdout.write(['OTHER', 'FIFO', 'RR', 'BATCH', 'IDLE'].map(rangeText).join(''))
      return 0
    }
    if (options.pid && operands.length === 1) {
      const pid = parseNumber(operands[0] ?? '')
      await proc.stdout.write(
        `pid ${pid}'s current scheduling policy: SCHED_OTHER\npid ${pid}'s current scheduling priority: 0\n`,
      )
      return 0
    }
    const [priority = '', ...rest] = operands
    if (rest.length === 0) throw new Failure('nothing to run')
    const isPlain = options.other || options.batch || options.idle
    if (!isPlain || parseNumber(priority) !== 0) throw new Failure("can't set pid 0's policy: Operation not permitted")
    return options.pid ? 0 : execOrFail(proc, rest)
  },
})

function rangeText(policy: string): string {
  const range = policy === 'FIFO' || policy === 'RR' ? '1/99' : '0/0'
  return `SCHED_${policy} min/max priority\t: ${range}\n`
}
