// What a name can point to. Every file system is made of these; permissions are checked above them, by the path walk.

import type { Description } from '../description.ts'
import { SysError } from '../errno.ts'
import type { NodeOpener } from './opener.ts'
import type { Kind, Nanoseconds, Stat } from './stat.ts'

export interface OpenFlags {
  readonly read?: boolean
  readonly write?: boolean
  readonly append?: boolean
  readonly truncate?: boolean
  readonly create?: boolean
  /** O_EXCL: with create, EEXIST when the name is there. */
  readonly exclusive?: boolean
  readonly directory?: boolean
  readonly noFollow?: boolean
  readonly nonBlocking?: boolean
  readonly closeOnExec?: boolean
  /** Mode bits (setuid, setgid) that the file loses when this description writes; decided by who opened it. */
  readonly losesBits?: number
}

export type NewNode = Owner &
  (
    | { readonly kind: 'file' | 'directory' | 'fifo' | 'socket' }
    | { readonly kind: 'symlink'; readonly target: string }
    | { readonly kind: 'character' | 'block'; readonly rdev: number }
  )

interface Owner {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

export interface Attributes {
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
  readonly atime?: Nanoseconds
  readonly mtime?: Nanoseconds
}

export interface FileSystem {
  /** As /proc/mounts names it: `overlay`, `tmpfs`, `proc`, `bind`. */
  readonly type: string
  /** As `df` names the source: `overlay`, `tmpfs`, a host directory. */
  readonly source: string
  readonly dev: number
  readonly root: Inode
  /** Bytes and inodes, for statfs(2). */
  usage(): { readonly size: number; readonly used: number; readonly inodes: number; readonly inodesUsed: number }
}

/**
 * An operation its kind lacks throws the errno POSIX gives, which the base class does.
 * One object per inode of a file system: `===` is "the same file".
 *
 * Errno contract (`test/conformance/file-system.ts`):
 * lookup, entries, create, link, unlink, rename: ENOTDIR on what is no directory;
 * create, link, and rename into it: ENOENT in a directory that was removed;
 * create, link: EEXIST the name is taken; ENOSPC no room; EROFS; EMLINK; link: EPERM a directory, EXDEV another file system;
 * unlink: ENOENT, EISDIR; removeDirectory: ENOENT, ENOTDIR, ENOTEMPTY;
 * rename: ENOENT, EXDEV, EISDIR (a file over a directory), ENOTDIR (a directory over a file), ENOTEMPTY, EINVAL (into itself);
 * readlink: EINVAL on what is no symlink; open: ELOOP on a symlink, ENXIO on a socket.
 */
export abstract class Inode {
  abstract readonly fs: FileSystem
  abstract readonly ino: number
  abstract readonly kind: Kind

  abstract stat(): Stat
  /**
   * `path` is what the description shows in /proc/PID/fd. A directory opens for reading only (EISDIR otherwise).
   * `opener`: what a fifo or a device node asks, for the same node means another pipe or terminal in another kernel.
   */
  abstract open(flags: OpenFlags, path: string, opener: NodeOpener): Description
  abstract setAttributes(attributes: Attributes): void

  /** undefined: no such name. '.' and '..' are the path walk's business, not a name here. */
  lookup(_name: string): Inode | undefined {
    throw new SysError('ENOTDIR')
  }

  /** The directory this directory is in; a root answers itself. */
  parent(): Inode {
    throw new SysError('ENOTDIR')
  }

  /** In the order they were made, without '.' and '..'. */
  entries(): Iterable<[name: string, inode: Inode]> {
    throw new SysError('ENOTDIR')
  }

  /** As `entries`, without the inodes. */
  names(): string[] {
    return Array.from(this.entries(), ([name]) => name)
  }

  /** The name by which this directory holds an inode, for getcwd(2). */
  nameOf(inode: Inode): string | undefined {
    for (const [name, entry] of this.entries()) if (entry === inode) return name
    return undefined
  }

  create(_name: string, _node: NewNode): Inode {
    throw new SysError('ENOTDIR')
  }

  link(_name: string, _inode: Inode): void {
    throw new SysError('ENOTDIR')
  }

  unlink(_name: string): void {
    throw new SysError('ENOTDIR')
  }

  removeDirectory(_name: string): void {
    throw new SysError('ENOTDIR')
  }

  /** Moves `name` of this directory to `newName` of `directory`, replacing what is there as rename(2) does. */
  rename(_name: string, _directory: Inode, _newName: string): void {
    throw new SysError('ENOTDIR')
  }

  readlink(): string {
    throw new SysError('EINVAL')
  }

  truncate(_size: number): void {
    throw new SysError('EINVAL')
  }
}
