import { applet } from './applet.ts'

export default applet({
  name: 'arch',
  about: 'Print the kind of machine',
  most: 0,
  async main({ proc }) {
    await proc.stdout.line('x86_64')
  },
})
