// What a file system asks of the kernel when a name leads to something that is no file of its own.

import type { Description } from '../description.ts'
import type { Inode, OpenFlags } from './inode.ts'

export interface NodeOpener {
  /** A fifo is one pipe per inode, however often it is opened. */
  fifo(inode: Inode, flags: OpenFlags, path: string): Description
  /** The device by `inode.stat().rdev`. ENXIO when there is none of that number. */
  device(inode: Inode, flags: OpenFlags, path: string): Description
}
