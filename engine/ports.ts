// Where the processes of a container listen.

import type { Kernel } from '../kernel/kernel.ts'
import { isWildcard } from '../kernel/net/address.ts'
import { StreamSocket } from '../kernel/net/stream-socket.ts'

export interface OpenPort {
  readonly protocol: 'tcp' | 'udp'
  /** `0.0.0.0` or `::` for all addresses of the container. */
  readonly host: string
  readonly port: number
}

/** A port that is looked for: with a host, one that is bound to that address and not to others. */
export interface WantedPort {
  readonly protocol: 'tcp' | 'udp'
  readonly host: string | undefined
  readonly port: number
}

export function openPorts({ network }: Kernel): OpenPort[] {
  const found: OpenPort[] = []
  for (const socket of network.sockets) {
    const { local, remote, type } = socket
    if (!local || local.family === 'unix' || remote) continue
    if (socket instanceof StreamSocket && !socket.isListening) continue
    found.push({ protocol: type === 'stream' ? 'tcp' : 'udp', host: local.host, port: local.port })
  }
  return found
}

/** `80`, `80/tcp`, `53/udp`, `127.0.0.1:8080`, `[::1]:80/tcp`; undefined: it is none. */
export function parsePort(text: string): WantedPort | undefined {
  const [, bracketed, plain, digits = '', protocol = 'tcp'] =
    /^(?:(?:\[([0-9a-f:.]+)\]|(\d+\.\d+\.\d+\.\d+)):)?(\d{1,5})(?:\/(tcp|udp))?$/.exec(text) ?? []
  const port = Number(digits)
  if (digits === '' || port < 1 || port > 65535) return undefined
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', host: bracketed ?? plain, port }
}

export function isPort(open: OpenPort, { protocol, host, port }: WantedPort): boolean {
  return open.protocol === protocol && open.port === port && (host === undefined || open.host === host)
}

/** `80/tcp`, and the address where it is not all of them. */
export function showPort({ protocol, host, port }: OpenPort): string {
  const isAll = isWildcard({ family: 'inet', host, port })
  const shown = host.includes(':') ? `[${host}]` : host
  return `${isAll ? '' : `${shown}:`}${port}/${protocol}`
}
