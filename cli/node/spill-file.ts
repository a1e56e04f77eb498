// Where large files of containers lie while they run: a file in the system's temporary folder that has lost its name, so that
// it is gone with the process however that ends.

import { ftruncateSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SysError } from '../../kernel/errno.ts'
import { PAGE } from '../../kernel/vfs/contents.ts'
import { type SpillFile, SpillPages } from '../../kernel/vfs/spill.ts'
import { hostCall } from './host-error.ts'
import { randomBytes } from './random-bytes.ts'

let pages: SpillPages | undefined

export function nodeSpill(): SpillPages {
  return (pages ??= new SpillPages(new NamelessFile(), PAGE))
}

class NamelessFile implements SpillFile {
  #fd: number | undefined

  write(at: number, bytes: Uint8Array): void {
    const fd = this.#open()
    for (let done = 0; done < bytes.length; ) {
      done += hostCall(() => writeSync(fd, bytes, done, bytes.length - done, at + done))
    }
  }

  readInto(at: number, into: Uint8Array): void {
    const fd = this.#open()
    for (let done = 0; done < into.length; ) {
      const count = hostCall(() => readSync(fd, into, done, into.length - done, at + done))
      if (count === 0) throw new SysError('EIO')
      done += count
    }
  }

  clear(): void {
    const fd = this.#fd
    if (fd !== undefined) hostCall(() => ftruncateSync(fd, 0))
  }

  #open(): number {
    this.#fd ??= hostCall(() => {
      const name = Buffer.from(randomBytes(8)).toString('hex')
      const path = join(tmpdir(), `cowbox-${process.pid}-${name}`)
      const fd = openSync(path, 'wx+', 0o600)
      unlinkSync(path)
      return fd
    })
    return this.#fd
  }
}
