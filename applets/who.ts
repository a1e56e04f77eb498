import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

/** who: nobody keeps a record of logins in a container, so that nobody is shown. */
export default applet({
  name: 'who',
  about: 'Show who is logged in (nobody: a container has no record of logins)',
  options: { all: flag('-a', 'All that is known'), header: flag('-H', 'A line of titles') },
  async main({ proc, options }) {
    if (options.header) await proc.stdout.line('USER\t\tTTY\t\tIDLE\tTIME\t\t HOST')
  },
})
