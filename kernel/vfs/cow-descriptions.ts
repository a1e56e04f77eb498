// Open files and directories of a copy-on-write tree.

import { Description, type Whence } from '../description.ts'
import { SysError } from '../errno.ts'
import { MAX_FILE_SIZE } from './contents.ts'
import type { OpenFlags } from './inode.ts'
import type { Stat } from './stat.ts'

/** What is not gone while it is open. */
interface OpenedDirectory {
  stat(): Stat
  opened(): void
  closed(): void
}

/** A file of the tree, as its descriptions need it. */
interface OpenedInode extends OpenedDirectory {
  readonly size: number
  readAt(at: number, max: number): Uint8Array
  readInto(at: number, into: Uint8Array): number
  readThroughAt(at: number, delimiter: number, max: number): Uint8Array
  /** Throws SysError ENOSPC. */
  writeAt(at: number, bytes: Uint8Array, losesBits: number): number
  truncate(size: number, losesBits?: number): void
}

export class CowFile extends Description {
  readonly #inode: OpenedInode
  readonly #path: string
  readonly #losesBits: number
  #offset = 0

  constructor(inode: OpenedInode, flags: OpenFlags, path: string) {
    super({ readable: flags.read ?? false, writable: flags.write ?? false })
    this.append = flags.append ?? false
    this.#inode = inode
    this.#path = path
    this.#losesBits = flags.losesBits ?? 0
    inode.opened()
  }

  override stat(): Stat {
    return this.#inode.stat()
  }

  /** Another description of the same file, with an offset of its own (proc(5), /proc/PID/fd). */
  override reopen(flags: OpenFlags, path: string): Description {
    if (flags.truncate) this.#inode.truncate(0, flags.losesBits)
    return new CowFile(this.#inode, flags, path)
  }

  override read(max: number): Uint8Array {
    if (!this.readable) throw new SysError('EBADF')
    const bytes = this.#inode.readAt(this.#offset, max)
    this.#offset += bytes.length
    return bytes
  }

  override readInto(into: Uint8Array): number {
    if (!this.readable) throw new SysError('EBADF')
    const count = this.#inode.readInto(this.#offset, into)
    this.#offset += count
    return count
  }

  override readThrough(delimiter: number, max: number): Uint8Array {
    if (!this.readable) throw new SysError('EBADF')
    const bytes = this.#inode.readThroughAt(this.#offset, delimiter, max)
    this.#offset += bytes.length
    return bytes
  }

  override get copiesWrites(): boolean {
    return true
  }

  override write(bytes: Uint8Array): number {
    if (!this.writable) throw new SysError('EBADF')
    if (this.append) this.#offset = this.#inode.size
    const written = this.#inode.writeAt(this.#offset, bytes, this.#losesBits)
    this.#offset += written
    return written
  }

  override seek(offset: number, whence: Whence): number {
    const base = whence === 'set' ? 0 : whence === 'current' ? this.#offset : this.#inode.size
    if (base + offset < 0 || base + offset > MAX_FILE_SIZE) throw new SysError('EINVAL')
    this.#offset = base + offset
    return this.#offset
  }

  override truncate(size: number): void {
    if (!this.writable || size < 0) throw new SysError('EINVAL')
    this.#inode.truncate(size, this.#losesBits)
  }

  override get path(): string {
    return this.#path
  }

  protected override closed(): void {
    this.#inode.closed()
  }
}

/** It is read name by name through its inode, not through this. */
export class CowDirectory extends Description {
  readonly #inode: OpenedDirectory
  readonly #path: string

  constructor(inode: OpenedDirectory, path: string) {
    super({ readable: true, writable: false })
    this.#inode = inode
    this.#path = path
    inode.opened()
  }

  override stat(): Stat {
    return this.#inode.stat()
  }

  override read(): Uint8Array {
    throw new SysError('EISDIR')
  }

  override get path(): string {
    return this.#path
  }

  protected override closed(): void {
    this.#inode.closed()
  }
}
