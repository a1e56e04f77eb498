// What all sockets have: a family, a name, a peer's name, and a place in the network's tables.

import { Description } from '../description.ts'
import { type Errno, SysError } from '../errno.ts'
import type { Nanoseconds, Stat } from '../vfs/stat.ts'
import { type Family, type InternetAddress, isWildcard, type SocketAddress, source, wildcard } from './address.ts'
import type { Network } from './network.ts'

export type SocketType = 'stream' | 'datagram'

export interface SocketMaker {
  readonly uid: number
  readonly gid: number
  readonly time: Nanoseconds
}

/**
 * Errno contract: EINVAL bind twice; ENOTCONN shutdown, getpeername and reading without a peer; EISCONN connect twice;
 * EADDRINUSE; ECONNREFUSED nobody listens; EPIPE writing what nobody reads; ECONNRESET the peer went without reading all.
 */
export abstract class Socket extends Description {
  abstract readonly type: SocketType
  readonly network: Network
  readonly family: Family
  readonly maker: SocketMaker
  readonly number: number
  /** What it is bound to; undefined: nothing yet. */
  local: SocketAddress | undefined
  remote: SocketAddress | undefined
  /** What the next call is told (SO_ERROR). */
  protected error: Errno | undefined

  constructor(network: Network, family: Family, maker: SocketMaker) {
    super({ readable: true, writable: true })
    this.network = network
    this.family = family
    this.maker = maker
    this.number = network.add(this)
  }

  /** Takes a name. The network knows whether it is free. */
  bind(address: SocketAddress): void {
    if (this.local) throw new SysError('EINVAL')
    if (address.family !== this.family) throw new SysError(address.family === 'unix' ? 'EINVAL' : 'EAFNOSUPPORT')
    this.local = address.family === 'unix' ? address : this.network.claim(this, address)
    this.network.changed.wake()
  }

  /** A name to send from, where none was asked for: an address that reaches `to`, and any port. */
  protected bindToward(to: InternetAddress): void {
    if (!this.local) this.bind(source(to))
    else if (this.local.family !== 'unix' && isWildcard(this.local)) this.local = source(to, this.local.port)
  }

  abstract shutdown(how: { readonly read: boolean; readonly write: boolean }): void

  get name(): SocketAddress {
    return this.local ?? unnamed(this.family)
  }

  get peerName(): SocketAddress {
    if (!this.remote) throw new SysError('ENOTCONN')
    return this.remote
  }

  override stat(): Stat {
    const { uid, gid, time } = this.maker
    return {
      dev: 8,
      ino: this.number,
      kind: 'socket',
      mode: 0o777,
      nlink: 1,
      uid,
      gid,
      rdev: 0,
      size: 0,
      blocks: 0,
      atime: time,
      mtime: time,
      ctime: time,
    }
  }

  override get path(): string {
    return `socket:[${this.number}]`
  }

  /** A socket cannot be opened by a name (Linux, sock_no_open). */
  override reopen(): Description {
    throw new SysError('ENXIO')
  }

  /** What happened since the last call, once. */
  protected throwError(): void {
    const { error } = this
    this.error = undefined
    if (error) throw new SysError(error)
  }

  protected override closed(): void {
    this.network.remove(this)
  }
}

export function unnamed(family: Family): SocketAddress {
  return family === 'unix' ? { family, path: '' } : wildcard(family)
}
