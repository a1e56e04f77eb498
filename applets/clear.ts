import { applet } from './applet.ts'

export default applet({
  name: 'clear',
  about: 'Clear the screen',
  async main({ proc }) {
    await proc.stdout.write('\x1b[H\x1b[J')
  },
})
