import { flag, list } from '../lib/options.ts'
import { applet } from './applet.ts'
import { isNamed, readProcesses } from './process-table.ts'

export default applet({
  name: 'pidof',
  about: 'Print the pids of processes by their names',
  operands: '[NAME]...',
  options: {
    single: flag('-s', 'Only one'),
    omitted: list('-o', 'PID', 'Not this one; %PPID is the parent of pidof'),
  },
  async main({ proc, options, operands }) {
    const omitted = new Set(options.omitted.map(word => (word === '%PPID' ? proc.ppid : Number(word))))
    // The newest comes first; pidof itself is one of them.
    const processes = readProcesses(proc)
      .filter(({ pid }) => !omitted.has(pid))
      .reverse()
    const found = operands.flatMap(name => processes.filter(entry => isNamed(entry, name)).map(({ pid }) => pid))
    if (found.length === 0) return 1
    await proc.stdout.line((options.single ? found.slice(0, 1) : found).join(' '))
    return 0
  },
})
