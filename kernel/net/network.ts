// The network of a container: a loopback device, and who is bound to which address on it.

import { SysError } from '../errno.ts'
import type { Inode } from '../vfs/inode.ts'
import { WaitQueue } from '../wait-queue.ts'
import { covers, destination, type InternetAddress, isLoopback, isWildcard, overlaps } from './address.ts'
import type { Socket, SocketType } from './socket.ts'

/** As ip(7): who asks for no port gets one of these (ip_local_port_range). */
const FIRST_FREE_PORT = 32768
const LAST_FREE_PORT = 60999

/** Others than root may not bind below it (ip_unprivileged_port_start). */
export const FIRST_UNPRIVILEGED_PORT = 1024

export class Network {
  /** All that are open, in the order they were made. */
  readonly sockets = new Set<Socket>()
  /** What went over the loopback device, for /proc/net/dev. */
  readonly traffic = { bytes: 0, packets: 0 }
  /** Woken when somebody listens, or is bound, or no more. */
  readonly changed = new WaitQueue('network')
  readonly #named = new WeakMap<Inode, Socket>()
  #lastNumber = 0
  #lastPort = FIRST_FREE_PORT - 1

  add(socket: Socket): number {
    this.sockets.add(socket)
    return ++this.#lastNumber
  }

  remove(socket: Socket): void {
    this.sockets.delete(socket)
    this.changed.wake()
  }

  count(bytes: number): void {
    this.traffic.bytes += bytes
    this.traffic.packets++
  }

  /** The address with a port. EADDRNOTAVAIL when it is not this box's; EADDRINUSE. */
  claim(socket: Socket, address: InternetAddress): InternetAddress {
    if (!isWildcard(address) && !isLoopback(address)) throw new SysError('EADDRNOTAVAIL')
    if (address.port === 0) return this.#anyPort(socket, address)
    if (this.#isTaken(socket.type, address, false)) throw new SysError('EADDRINUSE')
    return address
  }

  /** ENETUNREACH for what is not this box: no other network is there. */
  requireReachable(address: InternetAddress): InternetAddress {
    const to = destination(address)
    if (!isLoopback(to)) throw new SysError('ENETUNREACH')
    return to
  }

  /** Those that are bound to it, the one that is bound most closely first. */
  boundTo(type: SocketType, to: InternetAddress): Socket[] {
    const found: Socket[] = []
    for (const socket of this.sockets) {
      const { local } = socket
      if (socket.type === type && local && local.family !== 'unix' && covers(local, to)) found.push(socket)
    }
    return found.sort((one, other) => closeness(other) - closeness(one))
  }

  /** From now on who connects to the inode reaches the socket. */
  name(inode: Inode, socket: Socket): void {
    this.#named.set(inode, socket)
  }

  /** Who is bound to a name of the file system, if it is still open. */
  named(inode: Inode): Socket | undefined {
    const socket = this.#named.get(inode)
    return socket && this.sockets.has(socket) ? socket : undefined
  }

  /** Who has taken an abstract name. */
  abstract(path: string): Socket | undefined {
    for (const socket of this.sockets) {
      const { local } = socket
      // The ends of a connection bear the listener's name without owning it.
      if (local?.family === 'unix' && local.path === path && !socket.remote) return socket
    }
    return undefined
  }

  #anyPort(socket: Socket, address: InternetAddress): InternetAddress {
    for (let tries = FIRST_FREE_PORT; tries <= LAST_FREE_PORT; tries++) {
      this.#lastPort = this.#lastPort >= LAST_FREE_PORT ? FIRST_FREE_PORT : this.#lastPort + 1
      const candidate = { ...address, port: this.#lastPort }
      if (!this.#isTaken(socket.type, candidate, true)) return candidate
    }
    throw new SysError('EADDRINUSE')
  }

  /** Without connections, as if everybody had set SO_REUSEADDR: a server that is started again gets its port again. */
  #isTaken(type: SocketType, address: InternetAddress, withConnections: boolean): boolean {
    for (const { type: other, local, remote } of this.sockets) {
      if (other !== type || !local || local.family === 'unix' || (remote && !withConnections)) continue
      if (overlaps(local, address)) return true
    }
    return false
  }
}

function closeness({ local, remote }: Socket): number {
  const isExact = local && local.family !== 'unix' && !isWildcard(local)
  return (remote ? 2 : 0) + (isExact ? 1 : 0)
}
