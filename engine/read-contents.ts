// The whole contents of a file, whatever file system it lies in.

import { SysError } from '../kernel/errno.ts'
import { CowInode } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import type { NodeOpener } from '../kernel/vfs/opener.ts'
import { concat, EMPTY } from '../lib/bytes.ts'

export function readContents(inode: Inode): Uint8Array {
  if (inode instanceof CowInode) return inode.readAll()
  const description = inode.open({ read: true }, '', NO_OPENER).hold()
  try {
    const chunks: Uint8Array[] = [EMPTY]
    for (;;) {
      const chunk = description.read(1 << 20) ?? EMPTY
      if (chunk.length === 0) return concat(chunks)
      chunks.push(chunk)
    }
  } finally {
    description.release()
  }
}

/** These are files to copy, never fifos or devices to open. */
export const NO_OPENER: NodeOpener = {
  fifo() {
    throw new SysError('ENXIO')
  },
  device() {
    throw new SysError('ENXIO')
  },
}
