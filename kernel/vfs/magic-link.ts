// A link of /proc that leads to an inode itself, not to a name: it works for files that were removed and for pipes (proc(5)).

import type { Description } from '../description.ts'
import { SysError } from '../errno.ts'
import { Inode } from './inode.ts'
import type { Mount } from './mount.ts'
import type { Viewer } from './viewer.ts'

/** Where a magic link leads. Without a mount it is a thing that has no place in the tree, as a pipe. */
export interface MagicTarget {
  readonly inode: Inode
  readonly mount?: Mount
}

export abstract class MagicLink extends Inode {
  readonly kind = 'symlink'

  /** Throws ENOENT when what it led to is gone. */
  abstract target(viewer: Viewer): MagicTarget

  /** What readlink(2) tells this viewer. */
  abstract textFor(viewer: Viewer): string

  open(): Description {
    throw new SysError('ELOOP')
  }
}
