// The extended attributes of files, by Linux's rules (xattr(7)); layers keep them.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { CowInode } from '../kernel/vfs/cow.ts'
import { isAllowed } from '../kernel/vfs/permission.ts'

interface Following {
  readonly follow: boolean
}

/** Those that this process may see. ENOTSUP where a file system keeps none. */
export function readAttributes(proc: Process, path: string, how: Following): ReadonlyMap<string, Uint8Array> {
  const { inode } = proc.locate(path, how)
  if (!(inode instanceof CowInode)) throw new SysError('ENOTSUP')
  const isRoot = proc.credentials.euid === 0
  const mayRead = isAllowed(inode.stat(), proc.credentials, 4)
  return new Map(
    [...inode.attributes].filter(([name]) =>
      name.startsWith('trusted.') ? isRoot : name.startsWith('user.') ? mayRead : true,
    ),
  )
}

/** `undefined` takes it away. ENODATA, ENOTSUP, EINVAL, EPERM, EACCES, EROFS. */
export function setAttribute(
  proc: Process,
  path: string,
  { name, value }: { readonly name: string; readonly value: Uint8Array | undefined },
  how: Following,
): void {
  const { inode, mount } = proc.locate(path, how)
  const space = /^(user|trusted|security)\./.exec(name)?.[1]
  if (!(inode instanceof CowInode) || space === undefined) throw new SysError('ENOTSUP')
  if (name.length === space.length + 1) throw new SysError('EINVAL')
  if (mount.readOnly) throw new SysError('EROFS')
  const { euid } = proc.credentials
  if (space !== 'user' && euid !== 0) throw new SysError('EPERM')
  if (space === 'user') {
    if (inode.kind !== 'file' && inode.kind !== 'directory') throw new SysError('EPERM')
    if (!isAllowed(inode.stat(), proc.credentials, 2)) throw new SysError('EACCES')
  }
  if (value === undefined && !inode.attributes.has(name)) throw new SysError('ENODATA')
  const others = [...inode.attributes].filter(([other]) => (value === undefined ? other !== name : true))
  inode.setExtendedAttributes(new Map(value === undefined ? others : [...others, [name, value]]))
  // It is a change of the inode: its ctime.
  inode.setAttributes({})
}
