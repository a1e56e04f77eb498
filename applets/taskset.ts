import { flag, parseNumber } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'
import { readProcesses } from './process-table.ts'

/** taskset: there is one processor, and every process may run on it. */
export default applet({
  name: 'taskset',
  about: 'Show on which processors a process may run, or run PROG',
  operands: '[MASK | LIST] { PROG ARGS | PID }',
  least: 1,
  stopAtOperand: true,
  options: {
    pid: flag('-p', 'Of a process that runs'),
    list: flag('-c', 'Numbers of processors, not a mask'),
    all: flag('-a', 'Accepted: there are no threads'),
  },
  notes: ['There is one processor: a mask without it is refused.'],
  async main({ proc, options, operands }) {
    const [first = '', ...rest] = operands
    const mask = options.pid && rest.length === 0 ? undefined : first
    if (mask !== undefined && !hasFirst(mask, options.list)) throw new Failure(`can't set affinity: Invalid argument`)
    if (!options.pid) {
      if (rest.length === 0) throw new Failure('nothing to run')
      return execOrFail(proc, rest)
    }
    const pid = parseNumber(mask === undefined ? first : (rest[0] ?? ''), { least: 1 })
    if (!readProcesses(proc).some(entry => entry.pid === pid))
      throw new Failure(`can't get pid ${pid}'s affinity: No such process`)
    const what = options.list ? 'list: 0' : 'mask: 1'
    await proc.stdout.line(`pid ${pid}'s current affinity ${what}`)
    if (mask !== undefined) await proc.stdout.line(`pid ${pid}'s new affinity ${what}`)
    return 0
  },
})

function hasFirst(mask: string, isList: boolean): boolean {
  if (isList) return mask.split(',').some(range => /^0(-\d+)?$/.test(range))
  if (!/^(0x)?[0-9a-f]+$/i.test(mask)) throw new Failure(`invalid number '${mask}'`)
  return (Number.parseInt(mask.replace(/^0x/i, ''), 16) & 1) === 1
}
