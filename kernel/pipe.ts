// A pipe: bytes between a write end and a read end (POSIX XSH pipe). Fifos are pipes that have a name.

import { chunkPool } from './chunk-pool.ts'
import { Description, type Readiness } from './description.ts'
import { SysError } from './errno.ts'
import type { Nanoseconds, Stat } from './vfs/stat.ts'
import { WaitQueue } from './wait-queue.ts'

/** Writes up to this size are never split (POSIX PIPE_BUF). */
const PIPE_BUF = 4096

/** Chunks below this size are gathered, so that a million short lines are not a million objects. */
const GATHER = 4096

let serial = 0

export class Pipe {
  readonly #capacity: number
  readonly #chunks: Uint8Array[] = []
  #first = 0
  #size = 0
  /** How much of the last chunk is filled, when it is a gathering buffer. */
  #gathered = -1
  readers = 0
  writers = 0
  /** How often an end was opened: what the open of a fifo waits for. */
  readersEver = 0
  writersEver = 0
  readonly number = ++serial
  readonly changed: WaitQueue
  uid: number
  readonly gid: number
  /** When it was made. */
  readonly time: Nanoseconds

  /** `maker`: whose it is, for those who open it by /proc/PID/fd. `changed`: the queue it shares with another. */
  constructor(
    capacity: number,
    maker: { readonly uid?: number; readonly gid?: number; readonly time?: Nanoseconds } = {},
    changed = new WaitQueue('pipe'),
  ) {
    this.#capacity = capacity
    this.changed = changed
    this.uid = maker.uid ?? 0
    this.gid = maker.gid ?? 0
    this.time = maker.time ?? 0n
  }

  get size(): number {
    return this.#size
  }

  get room(): number {
    return this.#capacity - this.#size
  }

  put(bytes: Uint8Array): number | undefined {
    const room = this.#capacity - this.#size
    if (room <= 0 || (bytes.length <= PIPE_BUF && bytes.length > room)) return undefined
    const taken = bytes.length <= room ? bytes : bytes.subarray(0, room)
    if (taken.length < GATHER) this.#gather(taken)
    else this.#append(taken)
    this.#size += taken.length
    this.changed.wake()
    return taken.length
  }

  /** The taker's own to keep. */
  take(max: number): Uint8Array | undefined {
    const taken = this.#takePart(max)
    if (taken) chunkPool.keep(taken)
    return taken
  }

  /** As much as there is and fits; how much; undefined: nothing is there. */
  takeInto(into: Uint8Array): number | undefined {
    let done = 0
    while (done < into.length) {
      const part = this.#takePart(into.length - done)
      if (!part) break
      into.set(part, done)
      done += part.length
      chunkPool.giveBack(part)
    }
    return done === 0 ? undefined : done
  }

  #takePart(max: number): Uint8Array | undefined {
    if (this.#size === 0) return undefined
    const first = this.#chunks[this.#first]!
    const isLast = this.#first === this.#chunks.length - 1
    const whole = isLast && this.#gathered >= 0 ? first.subarray(0, this.#gathered) : first
    const taken = whole.length <= max ? whole : whole.subarray(0, max)
    this.#size -= taken.length
    if (taken.length < whole.length) {
      this.#chunks[this.#first] = whole.subarray(max)
      if (isLast) this.#gathered = -1
    } else this.#drop(isLast)
    this.changed.wake()
    return taken
  }

  /** How many bytes of the first chunk lie before and on the delimiter; undefined: it has none. */
  distanceTo(delimiter: number): number | undefined {
    if (this.#size === 0) return undefined
    const first = this.#chunks[this.#first]!
    const at = first.indexOf(delimiter)
    const isPartlyFilled = this.#first === this.#chunks.length - 1 && this.#gathered >= 0
    return at === -1 || (isPartlyFilled && at >= this.#gathered) ? undefined : at + 1
  }

  #append(bytes: Uint8Array): void {
    this.#seal()
    this.#chunks.push(bytes)
  }

  #gather(bytes: Uint8Array): void {
    const last = this.#chunks.at(-1)
    if (last && this.#gathered >= 0 && this.#gathered + bytes.length <= last.length) {
      last.set(bytes, this.#gathered)
      this.#gathered += bytes.length
      return
    }
    this.#seal()
    if (this.#size === 0 && bytes.length > 256) {
      this.#chunks.push(bytes)
      return
    }
    const buffer = new Uint8Array(this.#size === 0 ? 512 : 2 * GATHER)
    buffer.set(bytes)
    this.#gathered = bytes.length
    this.#chunks.push(buffer)
  }

  #seal(): void {
    if (this.#gathered < 0) return
    const last = this.#chunks.length - 1
    this.#chunks[last] = this.#chunks[last]!.subarray(0, this.#gathered)
    this.#gathered = -1
  }

  #drop(isLast: boolean): void {
    this.#first++
    if (isLast) {
      this.#chunks.length = 0
      this.#first = 0
      this.#gathered = -1
    } else if (this.#first > 64) {
      this.#chunks.splice(0, this.#first)
      this.#first = 0
    }
  }
}

/** Either end of a pipe, or a fifo opened for both (O_RDWR). */
export class PipeEnd extends Description {
  readonly pipe: Pipe
  readonly #named: { stat: () => Stat; path: string } | undefined

  constructor(pipe: Pipe, how: { readable: boolean; writable: boolean }, named?: { stat: () => Stat; path: string }) {
    super(how)
    this.pipe = pipe
    this.#named = named
    if (this.readable) pipe.readers++
    if (this.writable) pipe.writers++
    if (this.readable) pipe.readersEver++
    if (this.writable) pipe.writersEver++
    pipe.changed.wake()
  }

  get hasName(): boolean {
    return this.#named !== undefined
  }

  override stat(): Stat {
    return this.#named?.stat() ?? anonymousStat(this.pipe)
  }

  override read(max: number): Uint8Array | undefined {
    if (!this.readable) throw new SysError('EBADF')
    return this.pipe.take(max) ?? (this.pipe.writers === 0 ? new Uint8Array(0) : undefined)
  }

  override readInto(into: Uint8Array): number | undefined {
    if (!this.readable) throw new SysError('EBADF')
    return this.pipe.takeInto(into) ?? (this.pipe.writers === 0 ? 0 : undefined)
  }

  override readThrough(delimiter: number, max: number): Uint8Array | undefined {
    const length = this.pipe.distanceTo(delimiter)
    return this.read(length === undefined ? max : Math.min(max, length))
  }

  override write(bytes: Uint8Array): number | undefined {
    if (!this.writable) throw new SysError('EBADF')
    if (this.pipe.readers === 0) throw new SysError('EPIPE')
    return bytes.length === 0 ? 0 : this.pipe.put(bytes)
  }

  override poll(): Readiness {
    return {
      readable: this.readable && (this.pipe.size > 0 || this.pipe.writers === 0),
      writable: this.writable && (this.pipe.room >= PIPE_BUF || this.pipe.readers === 0),
      hungUp: this.readable ? this.pipe.writers === 0 : this.pipe.readers === 0,
    }
  }

  override get changed(): WaitQueue {
    return this.pipe.changed
  }

  override get path(): string {
    return this.#named?.path ?? `pipe:[${this.pipe.number}]`
  }

  override setOwner(uid: number): void {
    if (!this.#named) this.pipe.uid = uid
  }

  /** Either end, whichever this one is (proc(5), /proc/PID/fd). */
  override reopen(flags: { readonly read?: boolean; readonly write?: boolean }): Description {
    return new PipeEnd(this.pipe, { readable: flags.read ?? false, writable: flags.write ?? false }, this.#named)
  }

  protected override closed(): void {
    if (this.readable) this.pipe.readers--
    if (this.writable) this.pipe.writers--
    this.pipe.changed.wake()
  }
}

function anonymousStat({ number, uid, gid, time }: Pipe): Stat {
  return {
    dev: 13,
    ino: number,
    kind: 'fifo',
    mode: 0o600,
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
