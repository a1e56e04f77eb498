// The system calls on sockets. Reading, writing and closing them are those on descriptors.

import { DescriptorCalls } from './descriptor-calls.ts'
import type { Fd } from './descriptor-table.ts'
import { SysError } from './errno.ts'
import type { Family, InternetAddress, SocketAddress, UnixAddress } from './net/address.ts'
import { type Datagram, DatagramSocket } from './net/datagram-socket.ts'
import { FIRST_UNPRIVILEGED_PORT } from './net/network.ts'
import { Socket, type SocketMaker, type SocketType } from './net/socket.ts'
import { StreamSocket } from './net/stream-socket.ts'
import type { Maybe } from './process.ts'
import { requireAccess, WRITE } from './vfs/permission.ts'

export interface SocketOptions {
  readonly nonBlocking?: boolean
  readonly closeOnExec?: boolean
}

export abstract class SocketCalls extends DescriptorCalls {
  socket(family: Family, type: SocketType, how: SocketOptions = {}): Fd {
    const socket = this.#make(family, type)
    socket.nonBlocking = how.nonBlocking ?? false
    return this.#open(socket, how)
  }

  /** Two of AF_UNIX that are connected to each other. */
  socketPair(): [Fd, Fd] {
    const [one, other] = [this.#make('unix', 'stream'), this.#make('unix', 'stream')]
    if (one instanceof StreamSocket && other instanceof StreamSocket) StreamSocket.pair(one, other)
    return [this.#open(one), this.#open(other)]
  }

  /** EACCES a port below 1024 unless root; EADDRINUSE; EADDRNOTAVAIL not this box's; EINVAL it is bound. */
  bind(fd: Fd, address: SocketAddress): void {
    const socket = this.#socket(fd)
    if (address.family === 'unix') return this.#bindName(socket, address)
    const isReserved = address.port > 0 && address.port < FIRST_UNPRIVILEGED_PORT
    if (isReserved && this.credentials.euid !== 0) throw new SysError('EACCES')
    socket.bind(address)
  }

  /** EADDRINUSE, EINVAL; ENOTSUP for datagrams. */
  listen(fd: Fd, backlog = 128): void {
    this.#stream(fd).listen(backlog)
  }

  /** The next connection; sleeps until there is one. EINVAL unless it listens. */
  accept(fd: Fd, how: SocketOptions = {}): Maybe<Fd> {
    const listener = this.#stream(fd)
    const accepted = listener.accept()
    if (accepted) return this.#open(accepted, how)
    return this.sleepFor(listener, () => listener.accept()).then(socket => this.#open(socket, how))
  }

  /** ECONNREFUSED, ENETUNREACH, EISCONN; of AF_UNIX also ENOENT, EACCES, EPROTOTYPE. Sleeps while the listener's queue is full. */
  connect(fd: Fd, address: SocketAddress): Maybe<void> {
    const socket = this.#socket(fd)
    if (address.family !== socket.family && !isMixed(socket.family, address)) throw new SysError('EAFNOSUPPORT')
    const to = address.family === 'unix' ? address : this.requireReachable(address)
    if (socket instanceof DatagramSocket) return socket.connect(to, this.#datagramPeer(to))
    if (!(socket instanceof StreamSocket)) throw new SysError('ENOTSUP')
    socket.requireFree()
    const listener = this.#listener(to)
    if (!socket.connect(listener, to)) return this.#connectLater(socket, listener, to)
  }

  shutdown(fd: Fd, how: 'read' | 'write' | 'both'): void {
    this.#socket(fd).shutdown({ read: how !== 'write', write: how !== 'read' })
  }

  getsockname(fd: Fd): SocketAddress {
    return this.#socket(fd).name
  }

  /** ENOTCONN. */
  getpeername(fd: Fd): SocketAddress {
    return this.#socket(fd).peerName
  }

  /** One datagram. EMSGSIZE; EDESTADDRREQ without `to`, unless it is connected. */
  send(fd: Fd, bytes: Uint8Array, to?: SocketAddress): Maybe<void> {
    const socket = this.#datagrams(fd)
    const address = to && to.family !== 'unix' ? this.requireReachable(to) : to
    const peer = address && this.#datagramPeer(address)
    const attempt = () => socket.send(bytes, address, peer)
    if (attempt() === undefined) return this.sleepFor(peer ?? socket, attempt).then(() => undefined)
  }

  /** The next datagram and who sent it. */
  receiveFrom(fd: Fd, max = 65536): Maybe<Datagram> {
    const socket = this.#datagrams(fd)
    return socket.receive(max) ?? this.sleepFor(socket, () => socket.receive(max))
  }

  /** Where what is sent to the address goes. ENETUNREACH: not to this box, and there is no other network. */
  requireReachable(address: InternetAddress): InternetAddress {
    return this.kernel.network.requireReachable(address)
  }

  async #connectLater(socket: StreamSocket, listener: StreamSocket, to: SocketAddress): Promise<void> {
    if (socket.nonBlocking) throw new SysError('EAGAIN')
    socket.hold()
    try {
      do await this.sleepOn(listener.changed)
      while (!socket.connect(listener, to))
    } finally {
      socket.release()
    }
  }

  #make(family: Family, type: SocketType): Socket {
    const { euid: uid, egid: gid } = this.credentials
    const maker: SocketMaker = { uid, gid, time: this.kernel.nanoseconds() }
    const { network } = this.kernel
    return type === 'stream' ? new StreamSocket(network, family, maker) : new DatagramSocket(network, family, maker)
  }

  #open(socket: Socket, how: SocketOptions = {}): Fd {
    socket.hold()
    try {
      return this.fds.add(socket, { closeOnExec: how.closeOnExec ?? false })
    } finally {
      socket.release()
    }
  }

  #socket(fd: Fd): Socket {
    const description = this.fds.get(fd)
    if (!(description instanceof Socket)) throw new SysError('ENOTSOCK')
    return description
  }

  #stream(fd: Fd): StreamSocket {
    const socket = this.#socket(fd)
    if (!(socket instanceof StreamSocket)) throw new SysError('ENOTSUP')
    return socket
  }

  #datagrams(fd: Fd): DatagramSocket {
    const socket = this.#socket(fd)
    if (!(socket instanceof DatagramSocket)) throw new SysError('ENOTSUP')
    return socket
  }

  /** A name in the file system is made by binding, and stays when the socket is gone (unix(7)). */
  #bindName(socket: Socket, address: UnixAddress): void {
    const { network } = this.kernel
    if (address.path.startsWith('\0')) {
      if (network.abstract(address.path)) throw new SysError('EADDRINUSE')
      return socket.bind(address)
    }
    if (socket.local || socket.family !== 'unix') throw new SysError('EINVAL')
    try {
      this.mknod(address.path, 'socket', 0o777)
    } catch (error) {
      if (error instanceof SysError && error.errno === 'EEXIST') throw new SysError('EADDRINUSE')
      throw error
    }
    socket.bind(address)
    network.name(this.locate(address.path).inode, socket)
  }

  #listener(to: SocketAddress): StreamSocket {
    const { network } = this.kernel
    const found = to.family === 'unix' ? [this.#named(to)] : network.boundTo('stream', to)
    if (to.family === 'unix' && found[0] && !(found[0] instanceof StreamSocket)) throw new SysError('EPROTOTYPE')
    for (const socket of found) if (socket instanceof StreamSocket && socket.isListening) return socket
    throw new SysError('ECONNREFUSED')
  }

  #datagramPeer(to: SocketAddress): DatagramSocket | undefined {
    if (to.family !== 'unix') return undefined
    const socket = this.#named(to)
    if (!socket) throw new SysError('ECONNREFUSED')
    if (!(socket instanceof DatagramSocket)) throw new SysError('EPROTOTYPE')
    return socket
  }

  /** ENOENT; EACCES without write permission; undefined: a file without anybody behind it. */
  #named({ path }: UnixAddress): Socket | undefined {
    const { network } = this.kernel
    if (path.startsWith('\0')) return network.abstract(path)
    const { inode } = this.locate(path)
    requireAccess(inode.stat(), this.credentials, WRITE)
    return inode.kind === 'socket' ? network.named(inode) : undefined
  }
}

/** A socket of IPv6 speaks to mapped addresses of IPv4, which are written as IPv6's. */
function isMixed(family: Family, address: SocketAddress): boolean {
  return family === 'inet6' && address.family === 'inet'
}
