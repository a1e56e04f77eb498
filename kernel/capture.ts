// A description that keeps what is written to it: `$(...)`, logs, and a test's stdout.

import { concat, EMPTY } from '../lib/bytes.ts'
import { Description, type Readiness } from './description.ts'
import { SysError } from './errno.ts'
import type { Stat } from './vfs/stat.ts'

/** Chunks of at least this size are kept as they came; smaller ones are gathered. */
const WHOLE = 4096

export class Capture extends Description {
  readonly #limit: number
  /** What came before the buffer. */
  #chunks: Uint8Array[] = []
  #before = 0
  #buffer = EMPTY
  #used = 0

  /** More than `limit` bytes is ENOSPC. */
  constructor(limit = Number.POSITIVE_INFINITY) {
    super({ readable: false, writable: true })
    this.#limit = limit
  }

  get size(): number {
    return this.#before + this.#used
  }

  /** What was written so far: a view, valid until the next write. */
  get bytes(): Uint8Array {
    if (this.#chunks.length === 0) return this.#buffer.subarray(0, this.#used)
    this.#seal()
    const whole = concat(this.#chunks)
    this.#chunks = [whole]
    return whole
  }

  get isEmpty(): boolean {
    return this.size === 0
  }

  override write(bytes: Uint8Array): number {
    if (this.size + bytes.length > this.#limit) throw new SysError('ENOSPC')
    if (bytes.length >= WHOLE) this.#keep(bytes)
    else this.#gather(bytes)
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

  #keep(bytes: Uint8Array): void {
    this.#seal()
    this.#chunks.push(bytes)
    this.#before += bytes.length
  }

  #gather(bytes: Uint8Array): void {
    if (this.#used + bytes.length > this.#buffer.length) {
      if (this.#used >= 16 * WHOLE) this.#seal()
      const larger = new Uint8Array(Math.max(64, 2 * (this.#used + bytes.length)))
      larger.set(this.#buffer.subarray(0, this.#used))
      this.#buffer = larger
    }
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  #seal(): void {
    if (this.#used === 0) return
    this.#chunks.push(this.#buffer.subarray(0, this.#used))
    this.#before += this.#used
    this.#buffer = EMPTY
    this.#used = 0
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
