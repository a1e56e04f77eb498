// A here-document as a description: its bytes are in memory, so it needs no pipe and no writer (POSIX XCU 2.7.4).

import { Description, type Readiness, type Whence } from '../../kernel/description.ts'
import { SysError } from '../../kernel/errno.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'
import { encode } from '../../lib/bytes.ts'

export class HereText extends Description {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(text: string) {
    super({ readable: true, writable: false })
    this.#bytes = encode(text)
  }

  override read(max: number): Uint8Array {
    const chunk = this.#bytes.slice(this.#offset, this.#offset + max)
    this.#offset += chunk.length
    return chunk
  }

  override readThrough(delimiter: number, max: number): Uint8Array {
    const end = this.#bytes.indexOf(delimiter, this.#offset) + 1
    return this.read(end === 0 ? max : Math.min(max, end - this.#offset))
  }

  override seek(offset: number, whence: Whence): number {
    const base = whence === 'set' ? 0 : whence === 'current' ? this.#offset : this.#bytes.length
    if (base + offset < 0) throw new SysError('EINVAL')
    this.#offset = base + offset
    return this.#offset
  }

  override poll(): Readiness {
    return { readable: true, writable: false, hungUp: false }
  }

  override get path(): string {
    return '/tmp/sh-here (deleted)'
  }

  override stat(): Stat {
    return { ...STAT, size: this.#bytes.length }
  }
}

/** A file that has been unlinked, as bash makes one: a reader may seek, and gives back what it does not use. */
const STAT: Stat = {
  dev: 13,
  ino: 1,
  kind: 'file',
  mode: 0o600,
  nlink: 0,
  uid: 0,
  gid: 0,
  rdev: 0,
  size: 0,
  blocks: 0,
  atime: 0n,
  mtime: 0n,
  ctime: 0n,
}
