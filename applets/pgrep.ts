import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { MATCH_OPTIONS, matchProcesses } from './match-processes.ts'
import { commandLine } from './process-table.ts'

export default applet({
  name: 'pgrep',
  about: 'Print the pids of processes whose names match an extended regular expression',
  operands: '[PATTERN]',
  options: {
    ...MATCH_OPTIONS,
    withName: flag('-l', 'The name too'),
    withLine: flag('-a', 'The command line too'),
  },
  async main({ proc, options, operands }) {
    const found = matchProcesses(proc, options, operands)
    for (const entry of found) {
      const more = options.withLine ? ` ${commandLine(entry)}` : options.withName ? ` ${entry.comm}` : ''
      await proc.stdout.line(`${entry.pid}${more}`)
    }
    return found.length > 0 ? 0 : 1
  },
})
