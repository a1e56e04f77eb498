// Ports of a container that its host lends: `-p 127.0.0.1:8080:80`.

import { internetAddress } from '../kernel/net/address.ts'
import { EngineError } from './errors.ts'

export interface PublishedPort {
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly containerPort: number
  /** '' for all addresses of the host. */
  readonly hostIp: string
  /** 0: any that is free. */
  readonly hostPort: number
}

/** docker's `[[IP:]HOST_PORT:]PORT[/PROTOCOL]`, with ranges on both sides. Throws EngineError `invalid-option`. */
export function parsePublished(text: string): PublishedPort[] {
  const [, before = '', inside = '', protocol = 'tcp'] = /^(?:(.*):)?([^:/]*)(?:\/(.*))?$/.exec(text) ?? []
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') throw invalid(`invalid proto: ${protocol}`)
  const [, bracketed, plain, outside = ''] = /^(?:\[(.*)\]:|([^[\]]*):)?([^:]*)$/.exec(before) ?? []
  const hostIp = bracketed ?? plain ?? ''
  if (hostIp !== '' && !internetAddress(hostIp, 0)) throw invalid(`invalid IP address: ${hostIp}`)
  const containers = range(inside)
  if (!containers || containers.length === 0) throw invalid(`invalid containerPort: ${inside}`)
  const hosts = outside === '' ? containers.map(() => 0) : range(outside)
  if (!hosts) throw invalid(`invalid hostPort: ${outside}`)
  if (hosts.length !== containers.length)
    throw invalid(`invalid ranges specified for container and host Ports: ${inside} and ${outside}`)
  return containers.map((containerPort, at) => ({ protocol, containerPort, hostIp, hostPort: hosts[at] ?? 0 }))
}

/** `80/tcp`. */
export function portKey({ containerPort, protocol }: PublishedPort): string {
  return `${containerPort}/${protocol}`
}

/** Where it is on the host: `0.0.0.0:8080` and `[::]:8080` for all of its addresses. */
export function hostAddresses({ hostIp, hostPort }: PublishedPort): { readonly ip: string; readonly port: number }[] {
  const ips = hostIp === '' ? ['0.0.0.0', '::'] : [hostIp]
  return ips.map(ip => ({ ip, port: hostPort }))
}

export function showHostAddress({ ip, port }: { readonly ip: string; readonly port: number }): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

function range(text: string): number[] | undefined {
  const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [first, last] = [Number(from), Number(to)]
  if (from === '' || first < 1 || last > 65535 || last < first) return undefined
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

function invalid(message: string): EngineError {
  return new EngineError('invalid-option', message)
}
