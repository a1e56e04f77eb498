// An archive unpacked at a directory of a tree: `cp` into a container.

import { applyLayer } from '../image/apply.ts'
import { SysError } from '../kernel/errno.ts'
import type { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { readTar, writeTar } from '../lib/tar.ts'

/** Throws SysError (ENOENT, ENOTDIR) when the directory is not there. */
export function putArchive(fs: CowFileSystem, path: string, tar: Uint8Array): void {
  const directory = path.replace(/^\/+|\/+$/g, '')
  requireDirectory(fs.root, directory)
  const prefix = directory === '' ? '' : `${directory}/`
  const moved = Array.from(readTar(tar), entry => ({
    ...entry,
    path: prefix + entry.path,
    link: entry.kind === 'hardlink' ? prefix + entry.link : entry.link,
  }))
  applyLayer(fs, writeTar(moved))
}

function requireDirectory(root: Inode, path: string): void {
  let inode = root
  for (const name of path.split('/').filter(part => part !== '')) {
    const next = inode.lookup(name)
    if (!next) throw new SysError('ENOENT')
    inode = next
  }
  if (inode.kind !== 'directory' && inode.kind !== 'symlink') throw new SysError('ENOTDIR')
}
