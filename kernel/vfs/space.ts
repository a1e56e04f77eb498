// How much a container may add to its file systems. One counter, shared by all that count together.

import { SysError } from '../errno.ts'
import type { SpillPages } from './spill.ts'

/** Linux gives a file system a fixed number of inodes; so many a container may add before ENOSPC. */
const INODES = 1 << 19

export class Space {
  /** Bytes of contents. */
  readonly limit: number
  readonly inodeLimit: number
  /** Where pages of large files go; undefined: into memory. */
  readonly spill: SpillPages | undefined
  #used = 0
  #inodes = 0

  constructor(limit: number, how: { readonly inodes?: number; readonly spill?: SpillPages | undefined } = {}) {
    this.limit = limit
    this.inodeLimit = how.inodes ?? INODES
    this.spill = how.spill
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
