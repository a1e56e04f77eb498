// A description that keeps what is written to it: `$(...)`, logs, and a test's stdout.

import { EMPTY } from '../lib/bytes.ts'
import { Description, type Readiness } from './description.ts'
import { SysError } from './errno.ts'
import type { Stat } from './vfs/stat.ts'

export class Capture extends Description {
  readonly #limit: number
  #buffer = EMPTY
  #size = 0

  /** More than `limit` bytes is ENOSPC. */
  constructor(limit = Number.POSITIVE_INFINITY) {
    super({ readable: false, writable: true })
    this.#limit = limit
  }

  /** What was written so far: a view, valid until the next write. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#size)
  }

  get isEmpty(): boolean {
    return this.#size === 0
  }

  override write(bytes: Uint8Array): number {
    const size = this.#size + bytes.length
    if (size > this.#limit) throw new SysError('ENOSPC')
    if (size > this.#buffer.length) this.#grow(size)
    this.#buffer.set(bytes, this.#size)
    this.#size = size
    return bytes.length
  }

  override stat(): Stat {
    return CAPTURE_STAT
  }

  override poll(): Readiness {
    return { readable: false, writable: true, hungUp: false }
  }

  override get path(): string {
    return 'pipe:[0]'
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(64, 2 * least))
    larger.set(this.bytes)
    this.#buffer = larger
  }
}

/** Programs that look see a pipe, as in a real shell. */
const CAPTURE_STAT: Stat = {
  dev: 13,
  ino: 0,
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
