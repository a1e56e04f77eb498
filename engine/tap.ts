// Where a container's output goes: kept for `logs`, handed to whoever is attached, and held back when they are slow.

import { chunkPool } from '../kernel/chunk-pool.ts'
import { Description, type Readiness } from '../kernel/description.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'

export type StreamName = 'stdout' | 'stderr'

/** Takes a chunk. A promise says: no more until it resolves. */
export interface Listener {
  (bytes: Uint8Array, stream: StreamName): void | Promise<void>
  /** It keeps no chunk whose taking is done: the writer may use the memory again. */
  readonly copies?: (stream: StreamName) => boolean
}

/** How many chunks a slow listener may have waiting before writers sleep. */
const MOST_WAITING = 16

/** The two output streams of a container, or of an exec, as one place that listeners follow. */
export class Tap {
  readonly #listeners = new Set<Listener>()
  readonly #changed = new WaitQueue('attached output')
  #waiting = 0

  /** Hears everything from now on, until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      this.#changed.wake()
    }
  }

  /** Nobody keeps what was delivered. */
  copies(stream: StreamName): boolean {
    for (const { copies } of this.#listeners) if (!copies?.(stream)) return false
    return true
  }

  get isCongested(): boolean {
    return this.#waiting >= MOST_WAITING
  }

  get changed(): WaitQueue {
    return this.#changed
  }

  deliver(bytes: Uint8Array, stream: StreamName): void {
    for (const listener of this.#listeners) {
      const slow = listener(bytes, stream)
      if (!slow) continue
      this.#waiting++
      // A listener that fails has gone away: it is not waited for any longer.
      void slow.catch(() => this.#listeners.delete(listener)).finally(() => this.#drained())
    }
  }

  /** A description whose writes go here. */
  description(stream: StreamName): Description {
    return new TapEnd(this, stream)
  }

  #drained(): void {
    this.#waiting--
    if (!this.isCongested) this.#changed.wake()
  }
}

class TapEnd extends Description {
  readonly #tap: Tap
  readonly #stream: StreamName
  #owner = 0

  constructor(tap: Tap, stream: StreamName) {
    super({ readable: false, writable: true })
    this.#tap = tap
    this.#stream = stream
  }

  override write(bytes: Uint8Array): number | undefined {
    if (this.#tap.isCongested) return undefined
    // One listener may keep it, and another hand it on to a pipe.
    chunkPool.keep(bytes)
    if (bytes.length > 0) this.#tap.deliver(bytes, this.#stream)
    return bytes.length
  }

  override get copiesWrites(): boolean {
    return this.#tap.copies(this.#stream)
  }

  override get changed(): WaitQueue {
    return this.#tap.changed
  }

  override poll(): Readiness {
    return { readable: false, writable: !this.#tap.isCongested, hungUp: false }
  }

  override stat(): Stat {
    return { ...PIPE_STAT, ino: this.#stream === 'stdout' ? 1 : 2, uid: this.#owner }
  }

  override setOwner(uid: number): void {
    this.#owner = uid
  }

  override get path(): string {
    return `pipe:[${this.#stream === 'stdout' ? 1 : 2}]`
  }
}

const PIPE_STAT: Stat = {
  dev: 13,
  ino: 1,
  kind: 'fifo',
  mode: 0o600,
  nlink: 1,
  uid: 0,
  gid: 0,
  rdev: 0,
  size: 0,
  blocks: 0,
  atime: 0n,
  mtime: 0n,
  ctime: 0n,
}
