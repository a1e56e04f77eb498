import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'tty',
  about: "Print the name of stdin's terminal",
  options: { silent: flag('-s', 'Only the exit status') },
  async main({ proc, options }) {
    const terminal = proc.terminal(0)
    if (!options.silent) await proc.stdout.line(terminal ? `/dev/${terminal.name}` : 'not a tty')
    return terminal ? 0 : 1
  },
})
