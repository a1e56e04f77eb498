import { applet } from './applet.ts'

/** dnsdomainname: hostname -d. */
export default applet({
  name: 'dnsdomainname',
  about: 'Print what follows the first dot of the host name',
  most: 0,
  async main({ proc }) {
    const name = proc.kernel.hostname
    const dot = name.indexOf('.')
    if (dot !== -1) await proc.stdout.line(name.slice(dot + 1))
  },
})
