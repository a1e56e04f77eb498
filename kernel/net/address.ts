// The addresses of sockets, and which of them are this box: it has a loopback device and no other.

import { formatIPv6, parseIPv4, parseIPv6 } from '../../lib/ip-address.ts'

export type Family = 'inet' | 'inet6' | 'unix'

export interface InternetAddress {
  readonly family: 'inet' | 'inet6'
  /** As inet_ntop(3) writes it: two texts that are the same are the same address. */
  readonly host: string
  readonly port: number
}

export interface UnixAddress {
  readonly family: 'unix'
  /** Where it is bound; '' when it is not; with a NUL before it, a name that is no file (unix(7), abstract). */
  readonly path: string
}

export type SocketAddress = InternetAddress | UnixAddress

/** An address from its digits; undefined: that is no IP address. */
export function internetAddress(text: string, port: number): InternetAddress | undefined {
  const bytes = parseIPv4(text)
  if (bytes) return { family: 'inet', host: bytes.join('.'), port }
  const groups = parseIPv6(text)
  return groups && { family: 'inet6', host: formatIPv6(groups), port }
}

/** All addresses of this box: INADDR_ANY. */
export function wildcard(family: 'inet' | 'inet6', port = 0): InternetAddress {
  return { family, host: family === 'inet' ? '0.0.0.0' : '::', port }
}

export function isWildcard({ host }: InternetAddress): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** Whether it is this box: 127.0.0.0/8 and ::1. */
export function isLoopback({ host }: InternetAddress): boolean {
  return host === '::1' || plainHost(host).startsWith('127.')
}

/** Where a connection to it goes: who connects to the wildcard reaches the loopback device (Linux). */
export function destination(address: InternetAddress): InternetAddress {
  if (!isWildcard(address)) return address
  return { ...address, host: address.family === 'inet' ? '127.0.0.1' : '::1' }
}

/** Which address of this box is the sender's of what goes there (the routing table's `src`). */
export function source(to: InternetAddress, port = 0): InternetAddress {
  if (to.family === 'inet') return { family: 'inet', host: '127.0.0.1', port }
  return { family: 'inet6', host: to.host.startsWith('::ffff:') ? '::ffff:127.0.0.1' : '::1', port }
}

/** An IPv4 address as a socket of IPv6 sees it: `::ffff:127.0.0.1` (ipv6(7)). */
export function mapped(address: InternetAddress): InternetAddress {
  return address.family === 'inet6' ? address : { ...address, family: 'inet6', host: `::ffff:${address.host}` }
}

/** The same without the mapping. */
export function plainHost(host: string): string {
  return host.startsWith('::ffff:') && host.includes('.') ? host.slice(7) : host
}

/** Whether a socket that is bound to `bound` gets what is sent to `to`. */
export function covers(bound: InternetAddress, to: InternetAddress): boolean {
  if (bound.port !== to.port) return false
  if (bound.host === '::') return true
  if (bound.host === '0.0.0.0') return !plainHost(to.host).includes(':')
  return plainHost(bound.host) === plainHost(to.host)
}

/** Whether two sockets cannot be bound to these at once. */
export function overlaps(one: InternetAddress, other: InternetAddress): boolean {
  return covers(one, other) || covers(other, one)
}
