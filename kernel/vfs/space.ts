// How much a container may add to its file systems. One counter, shared by all that count together.

import { SysError } from '../errno.ts'

/** Linux gives a file system a fixed number of inodes; so many a container may add before ENOSPC. */
const INODES = 1 << 19

export class Space {
  /** Bytes of contents. */
  readonly limit: number
  readonly inodeLimit: number
  #used = 0
  #inodes = 0

  constructor(limit: number, inodeLimit = INODES) {
    this.limit = limit
    this.inodeLimit = inodeLimit
  }

  get used(): number {
    return this.#used
  }

  get inodes(): number {
    return this.#inodes
  }

  /** False: no room, and nothing was taken. */
  take(bytes: number): boolean {
    if (this.#used + bytes > this.limit) return false
    this.#used += bytes
    return true
  }

  give(bytes: number): void {
    this.#used -= bytes
  }

  /** ENOSPC. */
  takeInode(): void {
    if (this.#inodes >= this.inodeLimit) throw new SysError('ENOSPC')
    this.#inodes++
  }

  giveInode(): void {
    this.#inodes--
  }
}
