// A box's files, seen from outside.

import { SysError } from '../kernel/errno.ts'
import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { decode, encode } from '../lib/bytes.ts'

/** A box's files, read and written from outside with all rights. */
export class BoxFiles {
  readonly #root: CowFileSystem

  constructor(root: CowFileSystem) {
    this.#root = root
  }

  /** Throws SysError (ENOENT, EISDIR, ...). */
  read(path: string): string {
    return decode(this.readBytes(path))
  }

  readBytes(path: string): Uint8Array {
    const inode = this.#find(path)
    if (inode.kind === 'directory') throw new SysError('EISDIR')
    return inode.readAll().slice()
  }

  /** Makes the file, or replaces what is in it. The directory must be there. */
  write(path: string, contents: string | Uint8Array, mode = 0o644): void {
    const slash = path.lastIndexOf('/')
    const directory = this.#find(path.slice(0, slash))
    const name = path.slice(slash + 1)
    const there = directory.lookup(name)
    if (there?.kind === 'directory') throw new SysError('EISDIR')
    const bytes = typeof contents === 'string' ? encode(contents) : contents.slice()
    const file = there ? asCow(there) : directory.create(name, { kind: 'file', mode, uid: 0, gid: 0 })
    file.setContents(bytes)
  }

  /** Of the file itself; `follow: false`: of a symlink in the last name. Throws SysError. */
  stat(path: string, how: { readonly follow?: boolean } = {}): Stat {
    return this.#find(path, how).stat()
  }

  readlink(path: string): string {
    return this.#find(path, { follow: false }).readlink()
  }

  list(path: string): string[] {
    return Array.from(this.#find(path).entries(), ([name]) => name).sort()
  }

  exists(path: string): boolean {
    try {
      this.#find(path)
      return true
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return false
    }
  }

  #find(path: string, { follow = true }: { readonly follow?: boolean } = {}): CowInode {
    let inode: CowInode = this.#root.root
    const rest = path.split('/').filter(name => name !== '' && name !== '.')
    for (let links = 0; rest.length > 0; ) {
      const name = rest.shift()!
      const next = name === '..' ? inode.parent() : inode.lookup(name)
      if (!next) throw new SysError('ENOENT')
      if (next.kind !== 'symlink' || (!follow && rest.length === 0)) {
        inode = asCow(next)
        continue
      }
      if (++links > 40) throw new SysError('ELOOP')
      const target = next.readlink()
      if (target.startsWith('/')) inode = this.#root.root
      rest.unshift(...target.split('/').filter(part => part !== '' && part !== '.'))
    }
    return inode
  }
}

function asCow(inode: Inode): CowInode {
  // A copy-on-write tree holds nothing else.
  return inode as CowInode
}
