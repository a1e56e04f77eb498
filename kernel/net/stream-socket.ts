// A stream socket: a listener with its queue, or one end of a connection, which is two pipes (tcp(7), unix(7)).

import { EMPTY } from '../../lib/bytes.ts'
import type { Readiness } from '../description.ts'
import { type Errno, SysError } from '../errno.ts'
import { Pipe } from '../pipe.ts'
import { WaitQueue } from '../wait-queue.ts'
import { mapped, type SocketAddress } from './address.ts'
import { Socket } from './socket.ts'

/** What a connection holds in each direction before the writer sleeps (tcp_wmem). */
const BUFFER = 131072

/** The largest queue of a listener (net.core.somaxconn). */
const MOST_WAITING = 4096

export class StreamSocket extends Socket {
  readonly type = 'stream'
  #changed = new WaitQueue('socket')
  #incoming: Pipe | undefined
  #outgoing: Pipe | undefined
  #peer: StreamSocket | undefined
  /** Connections that nobody accepted yet; undefined: it does not listen. */
  #waiting: StreamSocket[] | undefined
  #backlog = 0
  /** The peer has said that nothing more comes. */
  #hasEnded = false
  /** Both directions are over: nothing is written any more. */
  #isDead = false
  #isReadShut = false
  #isWriteShut = false
  /** The peer has closed it all: what is written now is answered with a reset. */
  #isAbandoned = false

  get isListening(): boolean {
    return this.#waiting !== undefined
  }

  get isConnected(): boolean {
    return this.#incoming !== undefined
  }

  /** Bytes that were sent to it and not read, and those that it sent and the peer has not read: /proc/net/tcp. */
  get queued(): { readonly incoming: number; readonly outgoing: number } {
    if (this.#waiting) return { incoming: this.#waiting.length, outgoing: this.#backlog }
    return { incoming: this.#incoming?.size ?? 0, outgoing: 0 }
  }

  /** What netstat shows of it. */
  get state(): 'LISTEN' | 'ESTABLISHED' | 'CLOSE_WAIT' | 'FIN_WAIT2' | 'CLOSE' {
    if (this.#waiting) return 'LISTEN'
    if (!this.isConnected || this.#isDead) return 'CLOSE'
    if (this.#hasEnded) return this.#isWriteShut ? 'CLOSE' : 'CLOSE_WAIT'
    return this.#isWriteShut ? 'FIN_WAIT2' : 'ESTABLISHED'
  }

  listen(backlog: number): void {
    if (this.isConnected) throw new SysError('EINVAL')
    if (!this.local) {
      if (this.family === 'unix') throw new SysError('EINVAL')
      this.bind(this.name)
    }
    this.#waiting ??= []
    this.#backlog = Math.min(backlog < 0 ? MOST_WAITING : backlog, MOST_WAITING)
    this.#changed.wake()
    this.network.changed.wake()
  }

  /** The connection that came first; undefined: none yet. EINVAL when it does not listen. */
  accept(): StreamSocket | undefined {
    if (!this.#waiting) throw new SysError('EINVAL')
    const accepted = this.#waiting.shift()
    if (accepted) this.#changed.wake()
    return accepted
  }

  /** Whether it is connected to the listener now; false: the listener's queue is full. */
  connect(listener: StreamSocket, to: SocketAddress): boolean {
    this.requireFree()
    if (!listener.#waiting) throw new SysError('ECONNREFUSED')
    if (listener.#waiting.length > listener.#backlog) return false
    if (to.family !== 'unix') this.bindToward(to)
    const other = new StreamSocket(this.network, listener.family, listener.maker)
    this.remote = to
    other.remote = seenBy(listener, this.name)
    other.local = seenBy(listener, to)
    this.#join(other)
    listener.#waiting.push(other)
    listener.#changed.wake()
    return true
  }

  /** EISCONN, EINVAL for what is connected or listens. */
  requireFree(): void {
    if (this.isConnected) throw new SysError('EISCONN')
    if (this.#waiting) throw new SysError(this.family === 'unix' ? 'EINVAL' : 'EISCONN')
  }

  /** The two ends of a connection that has no names (socketpair(2)). */
  static pair(one: StreamSocket, other: StreamSocket): void {
    one.remote = one.name
    other.remote = other.name
    one.#join(other)
  }

  override shutdown({ read, write }: { readonly read: boolean; readonly write: boolean }): void {
    if (this.#waiting && read) return this.#refuseWaiting()
    if (!this.isConnected) throw new SysError('ENOTCONN')
    if (read) this.#isReadShut = true
    if (write && !this.#isWriteShut) {
      this.#isWriteShut = true
      if (this.#peer) this.#peer.#end()
    }
    this.#changed.wake()
  }

  override read(max: number): Uint8Array | undefined {
    if (!this.#incoming) throw new SysError(this.family === 'unix' ? 'EINVAL' : 'ENOTCONN')
    const bytes = this.#incoming.take(max)
    if (bytes) return bytes
    if (this.#hasEnded && this.family !== 'unix') return EMPTY
    this.throwError()
    return this.#hasEnded || this.#isDead || this.#isReadShut ? EMPTY : undefined
  }

  override readThrough(delimiter: number, max: number): Uint8Array | undefined {
    const length = this.#incoming?.distanceTo(delimiter)
    return this.read(length === undefined ? max : Math.min(max, length))
  }

  override write(bytes: Uint8Array): number | undefined {
    if (!this.#outgoing) throw new SysError(this.family === 'unix' ? 'ENOTCONN' : 'EPIPE')
    if (this.family !== 'unix') this.throwError()
    if (this.#isWriteShut || this.#isDead) throw new SysError('EPIPE')
    if (bytes.length === 0) return 0
    if (this.#isAbandoned) return this.#writeToNobody(bytes)
    if (this.family === 'unix' && this.#peer && this.#peer.#isReadShut) throw new SysError('EPIPE')
    const written = this.#outgoing.put(bytes)
    if (written !== undefined && this.family !== 'unix') this.network.count(written)
    return written
  }

  override poll(): Readiness {
    if (this.#waiting) return { readable: this.#waiting.length > 0, writable: false, hungUp: false }
    const isOver = this.#isDead || this.error !== undefined
    if (!this.#incoming || !this.#outgoing) return { readable: false, writable: true, hungUp: true }
    return {
      readable: this.#incoming.size > 0 || this.#hasEnded || this.#isReadShut || isOver,
      writable: this.#outgoing.room >= BUFFER / 4 || this.#isWriteShut || this.#isAbandoned || isOver,
      hungUp: this.#isDead || (this.#hasEnded && this.#isWriteShut),
    }
  }

  override get changed(): WaitQueue {
    return this.#changed
  }

  protected override closed(): void {
    super.closed()
    this.#refuseWaiting()
    const peer = this.#peer
    if (peer) this.#leave(peer)
    this.#changed.wake()
  }

  #join(other: StreamSocket): void {
    const before = this.#changed
    const changed = new WaitQueue('socket')
    const forth = new Pipe(BUFFER, {}, changed)
    const back = new Pipe(BUFFER, {}, changed)
    this.#changed = changed
    other.#changed = changed
    this.#outgoing = forth
    this.#incoming = back
    other.#incoming = forth
    other.#outgoing = back
    this.#peer = other
    other.#peer = this
    before.wake()
  }

  /** Who did not read all it was sent resets the connection (RFC 2525 2.17; unix(7) does the same). */
  #leave(peer: StreamSocket): void {
    peer.#peer = undefined
    if (this.#incoming && this.#incoming.size > 0) return peer.#reset('ECONNRESET')
    if (this.family === 'unix') peer.#isDead = true
    peer.#isAbandoned = true
    peer.#end()
  }

  #end(): void {
    this.#hasEnded = true
    this.#changed.wake()
  }

  #reset(error: Errno): void {
    this.error = error
    this.#isDead = true
    this.#changed.wake()
  }

  /** The first write is taken, for the reset that answers it comes later (tcp_reset in CLOSE_WAIT). */
  #writeToNobody(bytes: Uint8Array): number {
    this.#reset('EPIPE')
    return bytes.length
  }

  #refuseWaiting(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const socket of waiting) {
      if (socket.#peer) socket.#peer.#reset('ECONNRESET')
      socket.#peer = undefined
      socket.hold().release()
    }
    this.#changed.wake()
  }
}

function seenBy(listener: Socket, address: SocketAddress): SocketAddress {
  return listener.family === 'inet6' && address.family !== 'unix' ? mapped(address) : address
}
