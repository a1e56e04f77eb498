import { applet } from './applet.ts'

/** reset: ESC c, as in busybox; on a terminal alone. */
export default applet({
  name: 'reset',
  about: 'Make the terminal as it was at first',
  most: 0,
  async main({ proc }) {
    // Character set, attributes, cursor and colours, and a cleared screen below it.
    if (proc.terminal(1)) await proc.stdout.write('\x1bc\x1b(B\x1b[m\x1b[J\x1b[?25h')
  },
})
