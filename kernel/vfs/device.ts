// The devices that need no kernel: null, zero, full, random (Linux's major number 1).

import { EMPTY } from '../../lib/bytes.ts'
import { Description, type Whence } from '../description.ts'
import { SysError } from '../errno.ts'
import type { Inode, OpenFlags } from './inode.ts'
import { makeDevice, type Stat } from './stat.ts'

export interface DeviceOperations {
  read(max: number): Uint8Array
  write(bytes: Uint8Array): number
}

export const NULL = makeDevice(1, 3)
export const ZERO = makeDevice(1, 5)
export const FULL = makeDevice(1, 7)
export const RANDOM = makeDevice(1, 8)
export const URANDOM = makeDevice(1, 9)

/** undefined: no such device. */
export function simpleDevice(rdev: number, random: (count: number) => Uint8Array): DeviceOperations | undefined {
  const swallow = (bytes: Uint8Array) => bytes.length
  switch (rdev) {
    case NULL:
      return { read: () => EMPTY, write: swallow }
    case ZERO:
      return { read: max => new Uint8Array(max), write: swallow }
    case FULL:
      return {
        read: max => new Uint8Array(max),
        write: () => {
          throw new SysError('ENOSPC')
        },
      }
    case RANDOM:
    case URANDOM:
      return { read: max => random(Math.min(max, 65536)), write: swallow }
    default:
      return undefined
  }
}

export class DeviceDescription extends Description {
  readonly #inode: Inode
  readonly #operations: DeviceOperations
  readonly #path: string

  constructor(inode: Inode, operations: DeviceOperations, flags: OpenFlags, path: string) {
    super({ readable: flags.read ?? false, writable: flags.write ?? false })
    this.#inode = inode
    this.#operations = operations
    this.#path = path
  }

  override stat(): Stat {
    return this.#inode.stat()
  }

  override read(max: number): Uint8Array {
    if (!this.readable) throw new SysError('EBADF')
    return this.#operations.read(max)
  }

  override get copiesWrites(): boolean {
    return true
  }

  /** Any offset is the same place. */
  override seek(_offset: number, _whence: Whence): number {
    return 0
  }

  override write(bytes: Uint8Array): number {
    if (!this.writable) throw new SysError('EBADF')
    return bytes.length === 0 ? 0 : this.#operations.write(bytes)
  }

  override get path(): string {
    return this.#path
  }

  override reopen(flags: OpenFlags, path: string): Description {
    return new DeviceDescription(this.#inode, this.#operations, flags, path)
  }
}
