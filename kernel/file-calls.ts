// The system calls on paths. All finish at once: files, directories and lookup live in memory.

import { concat, EMPTY } from '../lib/bytes.ts'
import type { Description } from './description.ts'
import { SysError } from './errno.ts'
import type { Credentials } from './vfs/credentials.ts'
import type { OpenFlags } from './vfs/inode.ts'
import type { Location } from './vfs/mount.ts'
import * as files from './vfs/operations.ts'
import { isAllowed } from './vfs/permission.ts'
import type { Kind, Nanoseconds, Stat } from './vfs/stat.ts'
import { pathOf, type Viewer, walk } from './vfs/walk.ts'

export interface DirectoryEntry {
  readonly name: string
  readonly kind: Kind
  readonly ino: number
}

/** Every call throws SysError with the errno that Linux gives: see vfs/operations.ts for the contracts. */
export abstract class FileCalls {
  viewer: Viewer
  umask: number

  constructor(viewer: Viewer, umask: number) {
    this.viewer = viewer
    this.umask = umask
  }

  get credentials(): Credentials {
    return this.viewer.credentials
  }

  setCredentials(credentials: Credentials): void {
    this.viewer = { ...this.viewer, credentials }
  }

  /** The current directory's absolute path. ENOENT when it was removed. */
  get cwd(): string {
    return pathOf(this.viewer, this.viewer.cwd)
  }

  chdir(path: string): void {
    this.viewer = { ...this.viewer, cwd: files.directory(this.viewer, path) }
  }

  /** EPERM unless root. */
  chroot(path: string): void {
    this.viewer = { ...this.viewer, root: files.changeRoot(this.viewer, path) }
  }

  locate(path: string, how: { follow?: boolean } = {}): Location {
    return walk(this.viewer, path, how)
  }

  /** Follows a symlink in the last name. */
  stat(path: string): Stat {
    return walk(this.viewer, path).inode.stat()
  }

  lstat(path: string): Stat {
    return walk(this.viewer, path, { follow: false }).inode.stat()
  }

  /** Whether the effective ids may read (4), write (2) or execute (1) it; a read-only mount is not writable. */
  access(path: string, bits: number): boolean {
    const { mount, inode } = walk(this.viewer, path)
    return !(bits & 2 && mount.readOnly) && isAllowed(inode.stat(), this.viewer.credentials, bits)
  }

  /** Whether it is a file that may be executed, as a shell that searches PATH asks; false also where nothing is. */
  isExecutable(path: string): boolean {
    try {
      const stat = this.stat(path)
      return stat.kind === 'file' && isAllowed(stat, this.viewer.credentials, 1)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return false
    }
  }

  /** Names in the order they were made, without '.' and '..'. */
  readDirectory(path: string): DirectoryEntry[] {
    return files.readDirectory(this.viewer, path)
  }

  /** The names alone, for who asks nothing more of them. */
  readNames(path: string): string[] {
    return files.readNames(this.viewer, path)
  }

  readlink(path: string): string {
    return files.readlink(this.viewer, path)
  }

  /** The absolute path without symlinks, dots and doubled slashes; every name must be there. */
  realpath(path: string): string {
    const location = walk(this.viewer, path)
    return location.inode.kind === 'directory' ? pathOf(this.viewer, location) : this.#realpathOfFile(path)
  }

  /** A file does not know its directory: links are followed by their texts until the name is the file's own. */
  #realpathOfFile(path: string): string {
    const slash = path.lastIndexOf('/')
    const directory = this.realpath(slash === -1 ? '.' : path.slice(0, slash) || '/')
    const whole = `${directory === '/' ? '' : directory}/${path.slice(slash + 1)}`
    if (this.lstat(whole).kind !== 'symlink') return whole
    const target = this.readlink(whole)
    return this.realpath(target.startsWith('/') ? target : `${directory}/${target}`)
  }

  mkdir(path: string, mode = 0o777): void {
    files.mkdir(this.viewer, path, mode & ~this.umask)
  }

  rmdir(path: string): void {
    files.rmdir(this.viewer, path)
  }

  unlink(path: string): void {
    files.unlink(this.viewer, path)
  }

  rename(from: string, to: string): void {
    files.rename(this.viewer, from, to)
  }

  link(existing: string, path: string, how: { follow?: boolean } = {}): void {
    files.link(this.viewer, existing, path, how)
  }

  symlink(target: string, path: string): void {
    files.symlink(this.viewer, target, path)
  }

  /** A fifo, device node or empty file. EPERM for devices unless root. */
  mknod(path: string, kind: 'file' | 'fifo' | 'character' | 'block' | 'socket', mode = 0o666, rdev = 0): void {
    files.mknod(this.viewer, path, { kind, mode: mode & ~this.umask, rdev })
  }

  chmod(path: string, mode: number): void {
    files.chmod(this.viewer, path, mode)
  }

  /** An id left out stays. */
  chown(path: string, ids: { uid?: number; gid?: number }, how: { follow?: boolean } = {}): void {
    files.chown(this.viewer, path, ids, how)
  }

  /** 'now' needs less permission than a time of one's own (utimensat(2)). */
  utimes(
    path: string,
    times: { atime?: Nanoseconds | 'now'; mtime?: Nanoseconds | 'now' },
    how: { follow?: boolean } = {},
  ): void {
    files.utimes(this.viewer, path, times, how)
  }

  truncate(path: string, size: number): void {
    files.truncate(this.viewer, path, size)
  }

  /** What `df` shows of the file system a path is on. */
  statfs(path: string): ReturnType<typeof files.statfs> {
    return files.statfs(this.viewer, path)
  }

  /** The file's bytes from its beginning, all or at most `max`. For what must be known at once; streams use open. */
  contentsOf(path: string, max = Number.POSITIVE_INFINITY): Uint8Array {
    const description = this.openDescription(path, { read: true }).hold()
    try {
      return readAll(description, max)
    } finally {
      description.release()
    }
  }

  protected openDescription(path: string, flags: OpenFlags, mode = 0o666): Description {
    return files.open(this.viewer, path, flags, mode & ~this.umask)
  }
}

function readAll(description: Description, max: number): Uint8Array {
  const chunks: Uint8Array[] = []
  for (let size = 0; size < max; ) {
    const chunk = description.read(Math.min(max - size, 1 << 20)) ?? EMPTY
    if (chunk.length === 0) break
    chunks.push(chunk)
    size += chunk.length
  }
  return concat(chunks)
}
