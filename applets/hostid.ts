import { applet } from './applet.ts'

/** hostid: a container has no address, so the number is that of no address (gethostid(3) without /etc/hostid). */
export default applet({
  name: 'hostid',
  about: 'Print a number that stands for this machine',
  most: 0,
  async main({ proc }) {
    await proc.stdout.line('00000000')
  },
})
