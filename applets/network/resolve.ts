// Names of hosts and services: by their digits, /etc/hosts and /etc/services. There is nobody else to ask.

import { SysError } from '../../kernel/errno.ts'
import { type InternetAddress, internetAddress } from '../../kernel/net/address.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import { Failure } from '../applet.ts'

/** The host's address, IPv4 where it has one. Throws Failure `bad address 'NAME'`. */
export function resolveHost(proc: Process, name: string, port: number, family?: 'inet' | 'inet6'): InternetAddress {
  const address = addressesOf(proc, name, port).find(found => family === undefined || found.family === family)
  if (!address) throw new Failure(`bad address '${name}'`)
  return address
}

/** All it has, IPv4 before IPv6. */
export function addressesOf(proc: Process, name: string, port: number): InternetAddress[] {
  const own = internetAddress(name.replace(/^\[(.*)\]$/, '$1'), port)
  if (own) return [own]
  const found: InternetAddress[] = []
  for (const [host = '', ...names] of table(proc, '/etc/hosts')) {
    const address = internetAddress(host, port)
    if (address && names.some(known => known.toLowerCase() === name.toLowerCase())) found.push(address)
  }
  return found.sort((one, other) => Number(one.family === 'inet6') - Number(other.family === 'inet6'))
}

/** The first name of an address; undefined: it has none. */
export function nameOf(proc: Process, { host }: InternetAddress): string | undefined {
  for (const [address = '', name] of table(proc, '/etc/hosts')) {
    if (internetAddress(address, 0)?.host === host) return name
  }
  return undefined
}

/** A port by its number or by the name of its service. Throws Failure `bad port 'TEXT'`. */
export function resolvePort(proc: Process, text: string, protocol: 'tcp' | 'udp' = 'tcp'): number {
  if (/^\d+$/.test(text) && Number(text) <= 65535) return Number(text)
  for (const [name, known = '', ...aliases] of table(proc, '/etc/services')) {
    const [port, of] = known.split('/')
    if (of === protocol && [name, ...aliases].includes(text)) return Number(port)
  }
  throw new Failure(`bad port '${text}'`)
}

/** The name of a port's service; undefined: it has none. */
export function serviceOf(proc: Process, port: number, protocol: 'tcp' | 'udp'): string | undefined {
  return table(proc, '/etc/services').find(([, known]) => known === `${port}/${protocol}`)?.[0]
}

/** An address and its port, as one writes them together: `127.0.0.1:80`, `[::1]:80`. */
export function withPort({ host, port }: InternetAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function table(proc: Process, path: string): string[][] {
  const lines = contents(proc, path).split('\n')
  return lines.map(line => line.replace(/#.*/, '').trim().split(/\s+/)).filter(([first]) => first !== '')
}

function contents(proc: Process, path: string): string {
  try {
    return decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return ''
  }
}
