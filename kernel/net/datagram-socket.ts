// A datagram socket: messages, each with its sender, and no connection (udp(7), unix(7)).

import { EMPTY } from '../../lib/bytes.ts'
import type { Readiness } from '../description.ts'
import { SysError } from '../errno.ts'
import { WaitQueue } from '../wait-queue.ts'
import { type InternetAddress, isWildcard, mapped, plainHost, type SocketAddress, source, wildcard } from './address.ts'
import { Socket } from './socket.ts'

export interface Datagram {
  readonly bytes: Uint8Array
  readonly from: SocketAddress
}

/** What a socket holds before more is dropped (net.core.rmem_default). */
const BUFFER = 212992

/** The most that fits into one (udp(7)). */
const MOST = 65507

export class DatagramSocket extends Socket {
  readonly type = 'datagram'
  readonly #changed = new WaitQueue('socket')
  readonly #received: Datagram[] = []
  #size = 0
  #isReadShut = false
  #isWriteShut = false
  /** Of AF_UNIX: whom it is connected to. */
  #peer: DatagramSocket | undefined

  get queued(): { readonly incoming: number; readonly outgoing: number } {
    return { incoming: this.#size, outgoing: 0 }
  }

  /** From now on it sends there, and hears from nobody else. `peer`: of AF_UNIX, who is there. */
  connect(to: SocketAddress, peer?: DatagramSocket): void {
    this.#peer = peer
    if (to.family !== 'unix') this.bindToward(to)
    this.remote = to
    this.#changed.wake()
  }

  /** The datagram that came first; undefined: none yet. What is more than `max` of it is lost. */
  receive(max: number): Datagram | undefined {
    this.throwError()
    const datagram = this.#received.shift()
    if (!datagram) return this.#isReadShut ? { bytes: EMPTY, from: this.name } : undefined
    this.#size -= datagram.bytes.length
    this.#changed.wake()
    return { ...datagram, bytes: datagram.bytes.slice(0, max) }
  }

  /** undefined: no room yet, which only those of AF_UNIX are told. ECONNREFUSED where an earlier one met nobody. */
  send(bytes: Uint8Array, to: SocketAddress | undefined, named?: DatagramSocket): number | undefined {
    this.throwError()
    if (this.#isWriteShut) throw new SysError('EPIPE')
    const address = to ?? this.remote
    if (!address) throw new SysError(this.family === 'unix' ? 'ENOTCONN' : 'EDESTADDRREQ')
    if (address.family === 'unix') return this.#sendNamed(bytes, to ? named : this.#peer)
    if (bytes.length > MOST) throw new SysError('EMSGSIZE')
    if (!this.local) this.bind(wildcard(address.family))
    this.network.count(bytes.length)
    const from = this.#sender(address)
    const receiver = this.#receiver(address, from)
    if (receiver) receiver.#take(bytes, from)
    // The message of ICMP that nobody is there reaches a connected socket only.
    else if (this.remote) this.error = 'ECONNREFUSED'
    return bytes.length
  }

  override read(max: number): Uint8Array | undefined {
    return this.receive(max)?.bytes
  }

  override write(bytes: Uint8Array): number | undefined {
    return this.send(bytes, undefined)
  }

  override shutdown({ read, write }: { readonly read: boolean; readonly write: boolean }): void {
    if (!this.remote) throw new SysError('ENOTCONN')
    this.#isReadShut ||= read
    this.#isWriteShut ||= write
    this.#changed.wake()
  }

  override poll(): Readiness {
    const readable = this.#received.length > 0 || this.#isReadShut || this.error !== undefined
    return { readable, writable: true, hungUp: false }
  }

  override get changed(): WaitQueue {
    return this.#changed
  }

  /** What the receiver sees as the sender. */
  #sender(to: InternetAddress): SocketAddress {
    const { name } = this
    return name.family !== 'unix' && isWildcard(name) ? source(to, name.port) : name
  }

  #receiver(to: InternetAddress, from: SocketAddress): DatagramSocket | undefined {
    for (const socket of this.network.boundTo('datagram', to)) {
      if (socket instanceof DatagramSocket && socket.#hears(from)) return socket
    }
    return undefined
  }

  #hears(from: SocketAddress): boolean {
    if (!this.remote || this.remote.family === 'unix' || from.family === 'unix') return true
    return this.remote.port === from.port && plainHost(from.host) === plainHost(this.remote.host)
  }

  #take(bytes: Uint8Array, from: SocketAddress): void {
    if (this.#size + bytes.length > BUFFER) return
    this.#received.push({ bytes, from: this.family === 'inet6' && from.family !== 'unix' ? mapped(from) : from })
    this.#size += bytes.length
    this.#changed.wake()
  }

  #sendNamed(bytes: Uint8Array, receiver: DatagramSocket | undefined): number | undefined {
    if (!receiver || !this.network.sockets.has(receiver)) throw new SysError('ECONNREFUSED')
    if (receiver.#size + bytes.length > BUFFER && receiver.#size > 0) return undefined
    receiver.#take(bytes, this.name)
    return bytes.length
  }
}
