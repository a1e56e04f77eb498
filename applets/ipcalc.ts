import { flag, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

/** ipcalc, as in busybox. */
export default applet({
  name: 'ipcalc',
  about: 'Print what follows from an IP address and its netmask',
  operands: 'ADDRESS[/PREFIX] [NETMASK]',
  least: 1,
  most: 2,
  options: {
    broadcast: flag('-b --broadcast', 'The broadcast address'),
    network: flag('-n --network', 'The network address'),
    netmask: flag('-m --netmask', 'The netmask'),
    prefix: flag('-p --prefix', 'The length of the prefix'),
    host: flag('-h --hostname', 'The name of the host: refused, there is no network to ask'),
    silent: flag('-s --silent', 'No messages'),
  },
  async main({ proc, options, operands: [given = '', netmask] }) {
    const [text = '', prefixText] = given.split('/')
    const address = parseAddress(text)
    if (prefixText !== undefined && netmask !== undefined) throw new UsageError('')
    if (address === undefined) return refuse(`bad IP address: ${text}`)
    const mask = maskOf(address, prefixText, netmask)
    if (mask === undefined)
      return refuse(netmask === undefined ? `bad IP prefix: ${prefixText}` : `bad netmask: ${netmask}`)
    if (options.host) return refuse(`can't find hostname for ${text}`)
    const network = (address & mask) >>> 0
    if (options.netmask) await proc.stdout.line(`NETMASK=${addressText(mask)}`)
    if (options.broadcast) await proc.stdout.line(`BROADCAST=${addressText((network | ~mask) >>> 0)}`)
    if (options.network) await proc.stdout.line(`NETWORK=${addressText(network)}`)
    if (options.prefix) await proc.stdout.line(`PREFIX=${prefixOf(mask)}`)
    return 0

    function refuse(message: string): number {
      if (options.silent) return 1
      throw new Failure(message)
    }
  },
})

function parseAddress(text: string): number | undefined {
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)?.slice(1).map(Number)
  if (!parts || parts.some(part => part > 255)) return undefined
  return parts.reduce((value, part) => value * 256 + part, 0)
}

/** Without either, by the class of the address. */
function maskOf(address: number, prefix: string | undefined, netmask: string | undefined): number | undefined {
  if (netmask !== undefined) return parseAddress(netmask)
  if (prefix === undefined) return ofPrefix(address < 2 ** 31 ? 8 : address < 0xc000_0000 ? 16 : 24)
  return /^\d+$/.test(prefix) && Number(prefix) <= 32 ? ofPrefix(Number(prefix)) : undefined
}

function ofPrefix(length: number): number {
  return length === 0 ? 0 : (0xffff_ffff << (32 - length)) >>> 0
}

function prefixOf(mask: number): number {
  let length = 0
  while (length < 32 && (mask >>> (31 - length)) & 1) length++
  return length
}

function addressText(value: number): string {
  return [24, 16, 8, 0].map(shift => (value >>> shift) & 255).join('.')
}
