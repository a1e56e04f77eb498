// From a path to a place in the tree: pathname resolution (POSIX XBD 4.16), over mounts, symbolic links and /proc's magic links.

import { byteLength } from '../../lib/bytes.ts'
import { SysError } from '../errno.ts'
import type { Inode } from './inode.ts'
import { MagicLink } from './magic-link.ts'
import type { Location, Mount } from './mount.ts'
import { EXECUTE, requireAccess } from './permission.ts'
import type { Viewer } from './viewer.ts'

export type { Viewer } from './viewer.ts'

/** Linux: symbolic links followed in one resolution before ELOOP. */
const MAX_LINKS = 40
/** Bytes, without the NUL that C adds. */
const PATH_MAX = 4095
const NAME_MAX = 255

/** What a path's last name is to those who make, remove or rename it. */
export interface Parent {
  readonly directory: Location
  /** The last name: '' for a path of slashes only; may be '.' or '..'. */
  readonly name: string
  /** What the name leads to now, on top of what is mounted there; symbolic links are not followed. */
  readonly target: Location | undefined
  readonly trailingSlash: boolean
}

/**
 * The place `path` names. `follow: false` stops at a symbolic link in the last name (unless a slash follows it).
 * ENOENT, ENOTDIR, EACCES (a directory that may not be searched), ELOOP, ENAMETOOLONG.
 */
export function walk(viewer: Viewer, path: string, how: { readonly follow?: boolean } = {}): Location {
  const walker = new Walker(viewer)
  walker.walk(path, how.follow !== false)
  return walker.location
}

/**
 * Everything but the last name is resolved, as for mkdir(2), unlink(2), rename(2).
 * With `follow`, a symbolic link in the last name is followed to the name it finally stands for, there or not: O_CREAT.
 * A slash after it ends that: nothing is created under such a name.
 */
export function walkToParent(viewer: Viewer, path: string, how: { readonly follow?: boolean } = {}): Parent {
  return new Walker(viewer).walkToParent(path, how.follow === true)
}

/** The absolute path of a place, as getcwd(2): ENOENT when it was removed or lies outside the viewer's root. */
export function pathOf(viewer: Viewer, location: Location): string {
  let { mount, inode } = location
  let path = ''
  while (mount !== viewer.root.mount || inode !== viewer.root.inode) {
    if (inode === mount.root) {
      if (!mount.at) throw new SysError('ENOENT')
      ;({ mount, inode } = mount.at)
      continue
    }
    const directory = inode.parent()
    const name = directory === inode ? undefined : directory.nameOf(inode)
    if (name === undefined) throw new SysError('ENOENT')
    path = `/${name}${path}`
    inode = directory
  }
  return path === '' ? '/' : path
}

class Walker {
  readonly #viewer: Viewer
  #mount: Mount
  #inode: Inode
  #links = 0

  constructor(viewer: Viewer) {
    this.#viewer = viewer
    this.#mount = viewer.cwd.mount
    this.#inode = viewer.cwd.inode
  }

  get location(): Location {
    return { mount: this.#mount, inode: this.#inode }
  }

  walk(path: string, follow: boolean): void {
    const end = this.#start(path)
    const last = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1
    this.#walkDirectories(path, last)
    if (last === end) return
    const trailingSlash = end < path.length
    this.#step(path.slice(last, end), follow || trailingSlash)
    if (trailingSlash && this.#inode.kind !== 'directory') throw new SysError('ENOTDIR')
  }

  walkToParent(path: string, follow: boolean): Parent {
    const end = this.#start(path)
    const last = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1
    this.#walkDirectories(path, last)
    const trailingSlash = end < path.length
    const directory = this.location
    const name = path.slice(last, end)
    if (name === '') return { directory, name, target: directory, trailingSlash }
    if (!this.#tryStep(name)) return { directory, name, target: undefined, trailingSlash }
    if (!follow || trailingSlash || this.#inode.kind !== 'symlink')
      return { directory, name, target: this.location, trailingSlash }
    const link = this.#inode
    this.#count()
    if (link instanceof MagicLink) {
      this.#jump(link)
      return { directory, name, target: this.location, trailingSlash }
    }
    this.#mount = directory.mount
    this.#inode = directory.inode
    return this.walkToParent(link.readlink(), true)
  }

  /** Checks the path's size, goes to the root for an absolute path, and says where the last name ends. */
  #start(path: string): number {
    if (path === '') throw new SysError('ENOENT')
    if (path.length > PATH_MAX / 3 && byteLength(path) > PATH_MAX) throw new SysError('ENAMETOOLONG')
    if (path.charCodeAt(0) === SLASH) {
      this.#mount = this.#viewer.root.mount
      this.#inode = this.#viewer.root.inode
    }
    let end = path.length
    while (end > 0 && path.charCodeAt(end - 1) === SLASH) end--
    return end
  }

  #walkDirectories(path: string, end: number): void {
    let from = 0
    while (from < end) {
      const slash = path.indexOf('/', from)
      if (slash > from) this.#step(path.slice(from, slash), true)
      from = slash + 1
    }
    if (this.#inode.kind !== 'directory') throw new SysError('ENOTDIR')
  }

  #step(name: string, follow: boolean): void {
    const mount = this.#mount
    const directory = this.#inode
    if (!this.#tryStep(name)) throw new SysError('ENOENT')
    if (follow && this.#inode.kind === 'symlink') this.#follow(mount, directory)
  }

  /** One name further, over what is mounted there. False: no such name. */
  #tryStep(name: string): boolean {
    const directory = this.#inode
    if (directory.kind !== 'directory') throw new SysError('ENOTDIR')
    // Root searches every directory; not asking for its stat is what makes a walk cheap.
    if (this.#viewer.credentials.euid !== 0) requireAccess(directory.stat(), this.#viewer.credentials, EXECUTE)
    if (name === '.') return true
    if (name === '..') {
      this.#stepUp()
      return true
    }
    if (name.length > NAME_MAX / 3 && byteLength(name) > NAME_MAX) throw new SysError('ENAMETOOLONG')
    const found = directory.lookup(name)
    if (!found) return false
    this.#inode = found
    this.#enterMounts()
    return true
  }

  /** Follows the link the walk stands on, which lies in `directory`. */
  #follow(mount: Mount, directory: Inode): void {
    const link = this.#inode
    this.#count()
    if (link instanceof MagicLink) {
      this.#jump(link)
      return
    }
    this.#mount = mount
    this.#inode = directory
    this.walk(link.readlink(), true)
  }

  #jump(link: MagicLink): void {
    const target = link.target(this.#viewer)
    if (target.mount) this.#mount = target.mount
    this.#inode = target.inode
  }

  #count(): void {
    if (++this.#links > MAX_LINKS) throw new SysError('ELOOP')
  }

  /** '..' of the viewer's root is the root; of a mount's root, the parent of where it is mounted. */
  #stepUp(): void {
    const { root } = this.#viewer
    for (;;) {
      if (this.#inode === root.inode && this.#mount === root.mount) return
      if (this.#inode !== this.#mount.root) break
      if (!this.#mount.at) return
      const { at } = this.#mount
      this.#mount = at.mount
      this.#inode = at.inode
    }
    this.#inode = this.#inode.parent()
    this.#enterMounts()
  }

  /** A bind mount may show its own mount point: what the walk is already in is not entered again. */
  #enterMounts(): void {
    for (;;) {
      const mount = this.#viewer.mounts.on(this.#inode)
      if (!mount || mount === this.#mount) return
      this.#mount = mount
      this.#inode = mount.root
    }
  }
}

const SLASH = 47
