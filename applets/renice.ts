import { flag, parseNumber } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { readProcesses } from './process-table.ts'

/** renice: all processes share one priority, 0: another is refused. */
export default applet({
  name: 'renice',
  about: 'Change the priority of processes',
  operands: '[-n] PRIORITY ID...',
  least: 1,
  options: {
    amount: flag('-n', 'PRIORITY is added'),
    pids: flag('-p', 'IDs are processes (the default)'),
    groups: flag('-g', 'IDs are process groups'),
    users: flag('-u', 'IDs are users'),
  },
  notes: ['All processes share one priority, 0: any other is refused.'],
  rewrite: args => args.flatMap(word => (/^-\d+$/.test(word) ? ['--', word] : [word])),
  async main({ proc, options, operands, warn }) {
    const [priority = '', ...ids] = operands
    if (parseNumber(priority, { isSigned: true }) !== 0) {
      throw new Failure(`setpriority: ${priority}: all processes here share one priority, 0`)
    }
    const processes = readProcesses(proc)
    const accounts = new Accounts(proc)
    for (const id of ids) {
      const value = options.users ? accounts.uid(id) : parseNumber(id)
      const isMeant = options.users
        ? processes.some(({ uid }) => uid === value)
        : processes.some(({ pid, pgid }) => (options.groups ? pgid : pid) === value)
      if (!isMeant) warn(`getpriority: No such process`)
    }
  },
})
