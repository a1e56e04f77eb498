// POSIX's open file description: one offset and one set of status flags, shared by every fd that dup or fork made of it.

import { SysError } from './errno.ts'
import type { Terminal } from './terminal.ts'
import type { Stat } from './vfs/stat.ts'
import { WaitQueue } from './wait-queue.ts'

export type Whence = 'set' | 'current' | 'end'

/** What may be done with a description now (poll(2)). */
export interface Readiness {
  readonly readable: boolean
  readonly writable: boolean
  readonly hungUp: boolean
}

/**
 * Never blocks: read and write answer `undefined` for "not now", and `changed` is woken when that may have changed.
 *
 * Errno contract, checked by the conformance suite:
 * EBADF reading what was opened for writing only, or the reverse; ESPIPE seeking a pipe, fifo, socket or terminal;
 * EISDIR reading a directory; EPIPE writing a pipe nobody reads; ENOSPC and EFBIG by limit; EINVAL a negative offset.
 */
export abstract class Description {
  readonly readable: boolean
  readonly writable: boolean
  /** O_APPEND: each write goes to the end. */
  append = false
  /** O_NONBLOCK: the process gets EAGAIN where it would sleep. */
  nonBlocking = false
  /** What flock(2) took by it; closing lets it go. */
  lock: { release(): void } | undefined
  #references = 0

  constructor(how: { readable: boolean; writable: boolean }) {
    this.readable = how.readable
    this.writable = how.writable
  }

  abstract stat(): Stat

  /** At most `max` bytes, the reader's own to keep. undefined: nothing yet; empty: end of file. */
  read(_max: number): Uint8Array | undefined {
    throw new SysError('EINVAL')
  }

  /** As read, into the reader's memory: how many bytes; 0: end of file. */
  readInto(into: Uint8Array): number | undefined {
    const chunk = this.read(into.length)
    if (chunk) into.set(chunk)
    return chunk?.length
  }

  /** Up to and including the delimiter byte, and not a byte more. undefined and empty as `read`. */
  readThrough(delimiter: number, max: number): Uint8Array | undefined {
    const chunk = this.read(max)
    if (!chunk) return undefined
    const end = chunk.indexOf(delimiter) + 1
    if (end === 0 || end === chunk.length) return chunk
    this.seek(end - chunk.length, 'current')
    return chunk.subarray(0, end)
  }

  /** How many of the bytes were taken (at least one), or undefined: no room yet. The chunk is given away. */
  write(_bytes: Uint8Array): number | undefined {
    throw new SysError('EINVAL')
  }

  /** What was written is not kept: when a write is done, the writer may use its memory again. */
  get copiesWrites(): boolean {
    return false
  }

  /** The new offset. */
  seek(_offset: number, _whence: Whence): number {
    throw new SysError('ESPIPE')
  }

  truncate(_size: number): void {
    throw new SysError('EINVAL')
  }

  poll(): Readiness {
    return { readable: this.readable, writable: this.writable, hungUp: false }
  }

  /** Woken when read, write or hang-up may have changed. Those that never wait share one queue that is never woken. */
  get changed(): WaitQueue {
    return NEVER
  }

  /** The terminal this is, if it is one. */
  get terminal(): Terminal | undefined {
    return undefined
  }

  /** The path it was opened by, for /proc/PID/fd: `/etc/passwd`, `pipe:[7]`. */
  get path(): string {
    return 'anon_inode:[description]'
  }

  /** Whose it is from now on, where no file says that: what runc does with the standard streams of a container's user. */
  setOwner(_uid: number): void {}

  /** What opening /proc/PID/fd/N of it gives: itself again, unless it is asked for what it cannot do. */
  reopen(flags: { readonly read?: boolean; readonly write?: boolean }, _path: string): Description {
    if ((flags.read && !this.readable) || (flags.write && !this.writable)) throw new SysError('EACCES')
    return this
  }

  /** One more fd, or sleeping call, holds this. */
  hold(): this {
    this.#references++
    return this
  }

  /** The last one to let go closes it. */
  release(): void {
    if (--this.#references > 0) return
    this.lock?.release()
    this.closed()
  }

  /** Nobody holds this any more. */
  protected closed(): void {}
}

const NEVER = new WaitQueue('never')
