// The file system calls over a viewer: permissions, mounts and POSIX's corner cases. All finish at once.

import type { Description } from '../description.ts'
import { SysError } from '../errno.ts'
import { type Credentials, isMember } from './credentials.ts'
import type { FileSystem, Inode, NewNode, OpenFlags } from './inode.ts'
import { MagicLink } from './magic-link.ts'
import type { Location } from './mount.ts'
import { bitsLostByWriting, EXECUTE, isAllowed, READ, requireAccess, setIdBits, WRITE } from './permission.ts'
import { type Kind, type Nanoseconds, S_ISGID, S_ISUID, S_ISVTX, type Stat } from './stat.ts'
import { type Parent, pathOf, type Viewer, walk, walkToParent } from './walk.ts'

/**
 * `mode`: what a new file gets, umask already taken off.
 * EACCES, EEXIST (exclusive), EISDIR (a directory for writing), ENOTDIR, ENOENT, ELOOP, EROFS, ENXIO, ENOSPC.
 */
export function open(viewer: Viewer, path: string, flags: OpenFlags, mode: number): Description {
  const location = flags.create ? findOrCreate(viewer, path, flags, mode) : find(viewer, path, flags)
  const { inode, mount } = location
  if (flags.directory && inode.kind !== 'directory') throw new SysError('ENOTDIR')
  // Linux truncates what is opened for reading only, too, and asks for write permission.
  const changes = flags.write || flags.truncate
  if (inode.kind === 'directory' && (changes || flags.create)) throw new SysError('EISDIR')
  const isStored = inode.kind === 'file' || inode.kind === 'directory'
  if (changes && mount.readOnly && isStored) throw new SysError('EROFS')
  const isNew = created.delete(inode)
  const bits = (flags.read ? READ : 0) | (changes ? WRITE : 0)
  if (!isNew) requireAccess(inode.stat(), viewer.credentials, bits)
  return inode.open(withLostBits(viewer, inode, flags), absolute(viewer, location, path), viewer.opener)
}

/** Whom a file was made for may open it whatever its mode says: set only between making and opening. */
const created = new Set<Inode>()

function withLostBits(viewer: Viewer, inode: Inode, flags: OpenFlags): OpenFlags {
  const isSafe = viewer.credentials.euid === 0 || inode.kind !== 'file' || !(flags.write || flags.truncate)
  return isSafe ? flags : { ...flags, losesBits: bitsLostByWriting(inode.stat(), viewer.credentials) }
}

function find(viewer: Viewer, path: string, flags: OpenFlags): Location {
  const location = walk(viewer, path, { follow: !flags.noFollow })
  if (location.inode.kind === 'symlink' && !flags.directory) throw new SysError('ELOOP')
  return location
}

function findOrCreate(viewer: Viewer, path: string, flags: OpenFlags, mode: number): Location {
  const parent = walkToParent(viewer, path, { follow: !flags.exclusive && !flags.noFollow })
  if (parent.trailingSlash) throw new SysError('EISDIR')
  if (parent.target) {
    if (flags.exclusive) throw new SysError('EEXIST')
    if (parent.target.inode.kind === 'symlink') throw new SysError('ELOOP')
    return parent.target
  }
  const inode = make(viewer, parent, { kind: 'file', mode, ...owner(viewer, parent.directory) })
  created.add(inode)
  return { mount: parent.directory.mount, inode }
}

/** The directory a path names, searchable: for chdir. */
export function directory(viewer: Viewer, path: string): Location {
  const location = walk(viewer, path)
  if (location.inode.kind !== 'directory') throw new SysError('ENOTDIR')
  requireAccess(location.inode.stat(), viewer.credentials, EXECUTE)
  return location
}

/** EPERM unless root. */
export function changeRoot(viewer: Viewer, path: string): Location {
  const location = directory(viewer, path)
  if (viewer.credentials.euid !== 0) throw new SysError('EPERM')
  return location
}

export function readDirectory(viewer: Viewer, path: string): { name: string; kind: Kind; ino: number }[] {
  return Array.from(readable(viewer, path).entries(), ([name, { kind, ino }]) => ({ name, kind, ino }))
}

export function readNames(viewer: Viewer, path: string): string[] {
  return readable(viewer, path).names()
}

function readable(viewer: Viewer, path: string): Inode {
  const { inode } = walk(viewer, path)
  if (inode.kind !== 'directory') throw new SysError('ENOTDIR')
  requireAccess(inode.stat(), viewer.credentials, READ)
  return inode
}

export function readlink(viewer: Viewer, path: string): string {
  const { inode } = walk(viewer, path, { follow: false })
  return inode instanceof MagicLink ? inode.textFor(viewer) : inode.readlink()
}

export function mkdir(viewer: Viewer, path: string, mode: number): void {
  const parent = requireFree(walkToParent(viewer, path))
  const { gid, uid } = owner(viewer, parent.directory)
  const setgid = parent.directory.inode.stat().mode & S_ISGID
  make(viewer, parent, { kind: 'directory', mode: (mode & 0o1777) | setgid, uid, gid })
}

export function symlink(viewer: Viewer, target: string, path: string): void {
  if (target === '') throw new SysError('ENOENT')
  const parent = requireFree(walkToParent(viewer, path))
  if (parent.trailingSlash) throw new SysError('ENOENT')
  make(viewer, parent, { kind: 'symlink', target, mode: 0o777, ...owner(viewer, parent.directory) })
}

/** EPERM for a device unless root. */
export function mknod(
  viewer: Viewer,
  path: string,
  node: { kind: 'file' | 'fifo' | 'character' | 'block' | 'socket'; mode: number; rdev: number },
): void {
  const parent = requireFree(walkToParent(viewer, path))
  if (parent.trailingSlash) throw new SysError('ENOENT')
  const { kind, mode, rdev } = node
  const isDevice = kind === 'character' || kind === 'block'
  if (isDevice && viewer.credentials.euid !== 0) throw new SysError('EPERM')
  const ids = owner(viewer, parent.directory)
  make(viewer, parent, isDevice ? { kind, mode, rdev, ...ids } : { kind, mode, ...ids })
}

/** A symlink is linked itself, unless `follow`. EPERM a directory, EXDEV across mounts. */
export function link(viewer: Viewer, existing: string, path: string, how: { follow?: boolean }): void {
  const from = walk(viewer, existing, { follow: how.follow ?? false })
  const parent = requireFree(walkToParent(viewer, path))
  if (parent.trailingSlash) throw new SysError('ENOENT')
  if (from.mount !== parent.directory.mount) throw new SysError('EXDEV')
  if (!mayLink(viewer.credentials, from.inode)) throw new SysError('EPERM')
  requireWritable(viewer, parent.directory)
  if (from.inode.kind === 'directory') throw new SysError('EPERM')
  parent.directory.inode.link(parent.name, from.inode)
}

/** proc(5), protected_hardlinks, as every distribution sets it: what is another's is linked only if it may be changed. */
function mayLink(credentials: Credentials, inode: Inode): boolean {
  const stat = inode.stat()
  if (isOwner(credentials, stat)) return true
  const isSetId = (stat.mode & S_ISUID) !== 0 || (stat.mode & (S_ISGID | 0o010)) === (S_ISGID | 0o010)
  return stat.kind === 'file' && !isSetId && isAllowed(stat, credentials, READ | WRITE)
}

export function unlink(viewer: Viewer, path: string): void {
  const parent = walkToParent(viewer, path)
  const { target, name } = parent
  if (!target) throw new SysError('ENOENT')
  const isOrdinary = name !== '' && name !== '.' && name !== '..'
  if (!isOrdinary || parent.trailingSlash) throw new SysError(target.inode.kind === 'directory' ? 'EISDIR' : 'ENOTDIR')
  requireRemovable(viewer, parent.directory, target, 'file')
  parent.directory.inode.unlink(parent.name)
}

/** EINVAL '.', ENOTEMPTY '..', EBUSY a mount point or the root. */
export function rmdir(viewer: Viewer, path: string): void {
  const parent = walkToParent(viewer, path)
  const { target, name } = parent
  if (name === '.') throw new SysError('EINVAL')
  if (name === '..') throw new SysError('ENOTEMPTY')
  if (name === '') throw new SysError('EBUSY')
  if (!target) throw new SysError('ENOENT')
  requireRemovable(viewer, parent.directory, target, 'directory')
  parent.directory.inode.removeDirectory(name)
}

/** rename(2). EXDEV across mounts, EBUSY mount points, EINVAL into itself. */
export function rename(viewer: Viewer, from: string, to: string): void {
  const source = walkToParent(viewer, from)
  const aim = walkToParent(viewer, to)
  for (const { name } of [source, aim]) if (name === '' || name === '.' || name === '..') throw new SysError('EBUSY')
  if (source.directory.mount !== aim.directory.mount) throw new SysError('EXDEV')
  if (!source.target) throw new SysError('ENOENT')
  const isDirectory = source.target.inode.kind === 'directory'
  if (!isDirectory && (source.trailingSlash || aim.trailingSlash)) throw new SysError('ENOTDIR')
  const kind = isDirectory ? 'directory' : 'file'
  requireRemovable(viewer, source.directory, source.target, kind)
  if (aim.target) requireRemovable(viewer, aim.directory, aim.target, kind)
  else requireWritable(viewer, aim.directory)
  // Moving a directory rewrites its '..' (Linux asks for write permission on it).
  if (isDirectory && source.directory.inode !== aim.directory.inode) {
    requireAccess(source.target.inode.stat(), viewer.credentials, WRITE)
  }
  source.directory.inode.rename(source.name, aim.directory.inode, aim.name)
}

/** EPERM unless owner or root. setgid is lost when the group is not one's own. */
export function chmod(viewer: Viewer, path: string, mode: number): void {
  const { mount, inode } = walk(viewer, path)
  if (mount.readOnly) throw new SysError('EROFS')
  const stat = inode.stat()
  requireOwner(viewer.credentials, stat)
  const keepsSetgid = viewer.credentials.euid === 0 || isMember(viewer.credentials, stat.gid)
  inode.setAttributes({ mode: keepsSetgid ? mode : mode & ~S_ISGID })
}

/** Root, or the owner giving the file to a group of their own. What is no directory loses setuid and setgid. */
export function chown(
  viewer: Viewer,
  path: string,
  ids: { readonly uid?: number; readonly gid?: number },
  how: { readonly follow?: boolean },
): void {
  const { mount, inode } = walk(viewer, path, { follow: how.follow ?? true })
  if (mount.readOnly) throw new SysError('EROFS')
  const stat = inode.stat()
  const { credentials } = viewer
  const isOwn = isOwner(credentials, stat)
  const mayGiveUser = ids.uid === undefined || (isOwn && ids.uid === stat.uid)
  const isOwnGroup = ids.gid === undefined || ids.gid === stat.gid || isMember(credentials, ids.gid)
  const mayGiveGroup = ids.gid === undefined || (isOwn && isOwnGroup)
  if (credentials.euid !== 0 && !(mayGiveUser && mayGiveGroup)) throw new SysError('EPERM')
  if (!isOwn) return
  const lost = inode.kind === 'directory' ? 0 : stat.mode & setIdBits(stat, credentials)
  inode.setAttributes({ ...ids, ...(lost === 0 ? {} : { mode: stat.mode & ~lost }) })
}

/** 'now' needs write permission or ownership; a time of one's own needs ownership. */
export function utimes(
  viewer: Viewer,
  path: string,
  times: { readonly atime?: Nanoseconds | 'now'; readonly mtime?: Nanoseconds | 'now' },
  how: { readonly follow?: boolean },
): void {
  const { mount, inode } = walk(viewer, path, { follow: how.follow ?? true })
  if (mount.readOnly) throw new SysError('EROFS')
  const stat = inode.stat()
  const isNow = times.atime === 'now' && times.mtime === 'now'
  const mayWrite = isNow && isAllowed(stat, viewer.credentials, WRITE)
  if (!mayWrite && !isOwner(viewer.credentials, stat)) throw new SysError(isNow ? 'EACCES' : 'EPERM')
  const now = viewer.now()
  const exact = (time: Nanoseconds | 'now' | undefined) => (time === 'now' ? now : time)
  const atime = exact(times.atime)
  const mtime = exact(times.mtime)
  inode.setAttributes({ ...(atime === undefined ? {} : { atime }), ...(mtime === undefined ? {} : { mtime }) })
}

export function truncate(viewer: Viewer, path: string, size: number): void {
  const { mount, inode } = walk(viewer, path)
  if (size < 0) throw new SysError('EINVAL')
  if (inode.kind === 'directory') throw new SysError('EISDIR')
  if (inode.kind !== 'file') throw new SysError('EINVAL')
  if (mount.readOnly) throw new SysError('EROFS')
  const stat = inode.stat()
  requireAccess(stat, viewer.credentials, WRITE)
  inode.truncate(size)
  const lost = stat.mode & bitsLostByWriting(stat, viewer.credentials) & (S_ISUID | S_ISGID)
  if (lost !== 0) inode.setAttributes({ mode: stat.mode & ~lost })
}

export interface FileSystemUsage extends ReturnType<FileSystem['usage']> {
  readonly type: string
  readonly source: string
  readonly mountPath: string
  readonly dev: number
}

export function statfs(viewer: Viewer, path: string): FileSystemUsage {
  const { mount } = walk(viewer, path)
  const { type, source, dev } = mount.fs
  return { ...mount.fs.usage(), type, source, dev, mountPath: mount.path }
}

function make(viewer: Viewer, parent: Parent, node: NewNode): Inode {
  requireWritable(viewer, parent.directory)
  return parent.directory.inode.create(parent.name, node)
}

function requireFree(parent: Parent): Parent {
  if (parent.target) throw new SysError('EEXIST')
  return parent
}

function requireWritable(viewer: Viewer, { mount, inode }: Location): void {
  if (mount.readOnly) throw new SysError('EROFS')
  requireAccess(inode.stat(), viewer.credentials, WRITE | EXECUTE)
}

/**
 * Write permission on the directory; in a sticky one also ownership of it or of the file (POSIX XBD 4.4).
 * In Linux's order: EROFS, EACCES, EPERM, ENOTDIR or EISDIR when the kind is not what is to go, EBUSY a mount point.
 */
function requireRemovable(viewer: Viewer, directory: Location, target: Location, kind: 'file' | 'directory'): void {
  requireWritable(viewer, directory)
  const { mode, uid } = directory.inode.stat()
  const { euid } = viewer.credentials
  if (mode & S_ISVTX && euid !== 0 && euid !== uid && euid !== target.inode.stat().uid) throw new SysError('EPERM')
  const isDirectory = target.inode.kind === 'directory'
  if (kind === 'directory' && !isDirectory) throw new SysError('ENOTDIR')
  if (kind === 'file' && isDirectory) throw new SysError('EISDIR')
  if (target.mount !== directory.mount) throw new SysError('EBUSY')
}

function requireOwner(credentials: Credentials, stat: Stat): void {
  if (!isOwner(credentials, stat)) throw new SysError('EPERM')
}

function isOwner(credentials: Credentials, stat: Stat): boolean {
  return credentials.euid === 0 || credentials.euid === stat.uid
}

/** The maker's ids; in a setgid directory the directory's group. */
function owner(viewer: Viewer, directory: Location): { uid: number; gid: number } {
  const { mode, gid } = directory.inode.stat()
  return { uid: viewer.credentials.euid, gid: mode & S_ISGID ? gid : viewer.credentials.egid }
}

/** For /proc/PID/fd: the path is only looked up when somebody asks, so what was typed must do when it is absolute. */
function absolute(viewer: Viewer, location: Location, path: string): string {
  if (path.startsWith('/') && !path.includes('/.')) return path
  try {
    return (
      pathOf(viewer, location.inode.kind === 'directory' ? location : viewer.cwd).replace(/\/$/, '') +
      (location.inode.kind === 'directory' ? '' : `/${path}`)
    )
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return path
  }
}
