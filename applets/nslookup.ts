import { internetAddress } from '../kernel/net/address.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { flag, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { addressesOf, resolveHost } from './network/resolve.ts'

const TYPES = ['soa', 'ns', 'a', 'aaaa', 'cname', 'mx', 'txt', 'ptr', 'srv', 'any']

/** nslookup, as in busybox, of what /etc/hosts knows: no name server is reached from here. */
export default applet({
  name: 'nslookup',
  about: 'Look a host up in /etc/hosts (name servers are not reached)',
  operands: 'HOST [DNS_SERVER]',
  least: 1,
  most: 2,
  options: {
    type: text('--type', 'TYPE', `${TYPES.join(', ')}; -type=TYPE is the same`),
    debug: flag('--debug', 'Accepted, as -debug is'),
  },
  rewrite: args =>
    args.map(arg => arg.replace(/^--?(type|querytype|query|q)=/, '--type=').replace(/^-debug$/, '--debug')),
  async main({ proc, options, operands: [host = '', server] }) {
    if (options.type !== undefined && !TYPES.includes(options.type.toLowerCase())) {
      throw new Failure(`invalid query type "${options.type}"`)
    }
    const name = server ?? firstServer(decode(proc.contentsOf('/etc/resolv.conf')))
    // Of an address, or a type that was named, there is one question; else there are two, and the second is refused.
    const asksOnce = options.type !== undefined || internetAddress(host, 0) !== undefined
    const found = server === undefined ? addressesOf(proc, host, 0) : []
    if (found.length === 0) return refuse(proc, resolveHost(proc, name, 53).host, asksOnce)
    await proc.stdout.line('Server:\t\t/etc/hosts\n')
    for (const { host: known } of found) await proc.stdout.line(`Name:\t${host}\nAddress: ${known}`)
    return 0
  },
})

function firstServer(text: string): string {
  return /^\s*nameserver\s+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1'
}

/** What the real one says where no server is. */
async function refuse(proc: Process, server: string, asksOnce: boolean): Promise<number> {
  const isHere = server.startsWith('127.') || server === '::1'
  if (!isHere) throw new Failure(`can't connect to remote host (${server}): Network is unreachable`)
  const message = asksOnce ? ['read', 'read'] : [`write to '${server}'`]
  for (const call of message) await proc.stderr.line(`nslookup: ${call}: Connection refused`)
  await proc.stdout.line(';; connection timed out; no servers could be reached\n')
  return 1
}
