// How much a container has changed, as docker's SizeRw counts it: the bytes of files that were added or changed.

import { changes } from '../image/diff.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import type { ContainerFiles } from './handle.ts'

export function changedSize({ root, base }: ContainerFiles): number {
  const found = new Set<Inode>()
  for (const { kind, path } of changes(base, root)) {
    const inode = kind === 'D' ? undefined : lookup(root.root, path)
    if (inode && inode.kind !== 'directory') found.add(inode)
  }
  // A file with several names counts once.
  return [...found].reduce((sum, inode) => sum + inode.stat().size, 0)
}

function lookup(root: Inode, path: string): Inode | undefined {
  let inode: Inode | undefined = root
  for (const name of path.split('/').filter(part => part !== '')) inode = inode?.lookup(name)
  return inode
}
