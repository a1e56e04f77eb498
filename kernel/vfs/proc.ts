// /proc, made anew at every look (proc(5)): what ps, top, free, mount and scripts read.

import { encode } from '../../lib/bytes.ts'
import { Description, type Whence } from '../description.ts'
import { SysError } from '../errno.ts'
import { executablePath } from '../execute.ts'
import type { Kernel } from '../kernel.ts'
import type { Process } from '../process.ts'
import { type FileSystem, Inode, type OpenFlags } from './inode.ts'
import { MagicLink, type MagicTarget } from './magic-link.ts'
import type { Location } from './mount.ts'
import { descriptorText, KERNEL_FILES, PROCESS_FILES } from './proc-files.ts'
import type { Kind, Stat } from './stat.ts'
import type { Viewer } from './viewer.ts'
import { pathOf } from './walk.ts'

type ProcNode = ProcInode | ProcLink | ProcTextLink
type Children = () => ReadonlyMap<string, () => ProcNode>

let lastDevice = 0x4000

export class ProcFileSystem implements FileSystem {
  readonly type = 'proc'
  readonly source = 'proc'
  readonly dev = ++lastDevice
  readonly kernel: Kernel
  readonly root: ProcInode
  readonly #numbers = new Map<string, number>()
  readonly #inodes = new Map<string, ProcNode>()

  constructor(kernel: Kernel) {
    this.kernel = kernel
    this.root = new ProcInode(this, '/', undefined, { children: () => this.#top() })
  }

  usage() {
    return { size: 0, used: 0, inodes: 0, inodesUsed: 0 }
  }

  number(path: string): number {
    const known = this.#numbers.get(path)
    if (known !== undefined) return known
    const number = this.#numbers.size + 1
    this.#numbers.set(path, number)
    return number
  }

  /** One object per path, so that `===` is "the same file". */
  at<T extends ProcNode>(path: string, make: () => T): T {
    const known = this.#inodes.get(path)
    // A path always makes the same kind of inode.
    if (known) return known as T
    const made = make()
    this.#inodes.set(path, made)
    return made
  }

  directory(path: string, parent: ProcInode, children: Children, owner?: Process): ProcInode {
    return this.at(path, () => new ProcInode(this, path, parent, owner ? { children, owner } : { children }))
  }

  file(path: string, parent: ProcInode, text: () => string, owner?: Process): ProcInode {
    return this.at(path, () => new ProcInode(this, path, parent, owner ? { text, owner } : { text }))
  }

  #top(): ReadonlyMap<string, () => ProcNode> {
    const { kernel, root } = this
    const children = new Map<string, () => ProcNode>()
    for (const [pid, process] of kernel.processes) {
      children.set(String(pid), () => this.directory(`/${pid}`, root, () => this.#ofProcess(process), process))
    }
    children.set('self', () => this.at('/self', () => new ProcLink(this, '/self', root, selfLink(this))))
    for (const [name, text] of KERNEL_FILES) {
      if (!name.includes('/')) children.set(name, () => this.file(`/${name}`, root, () => text(kernel)))
    }
    children.set('mounts', () => this.at('/mounts', () => new ProcTextLink(this, '/mounts', 'self/mounts')))
    for (const name of ['sys', 'net']) children.set(name, () => this.#nested(name, root))
    return children
  }

  /** The directories that KERNEL_FILES implies by its names. */
  #nested(path: string, parent: ProcInode): ProcInode {
    const prefix = `${path}/`
    return this.directory(`/${path}`, parent, () => {
      const children = new Map<string, () => ProcInode>()
      const self = this.#nested(path, parent)
      for (const [name, text] of KERNEL_FILES) {
        if (!name.startsWith(prefix)) continue
        const [first = '', ...rest] = name.slice(prefix.length).split('/')
        const make =
          rest.length > 0
            ? () => this.#nested(prefix + first, self)
            : () => this.file(`/${name}`, self, () => text(this.kernel))
        children.set(first, make)
      }
      return children
    })
  }

  #ofProcess(process: Process): ReadonlyMap<string, () => ProcNode> {
    const base = `/${process.pid}`
    const parent = this.directory(base, this.root, () => this.#ofProcess(process), process)
    const children = new Map<string, () => ProcNode>()
    for (const [name, text] of PROCESS_FILES) {
      children.set(name, () => this.file(`${base}/${name}`, parent, () => text(process), process))
    }
    const link = (name: string, how: LinkTarget) =>
      children.set(name, () =>
        this.at(`${base}/${name}`, () => new ProcLink(this, `${base}/${name}`, parent, how, process)),
      )
    link(
      'cwd',
      placeLink(process, () => process.viewer.cwd),
    )
    link(
      'root',
      placeLink(process, () => process.viewer.root),
    )
    link('exe', executableLink(process))
    children.set('fd', () => this.directory(`${base}/fd`, parent, () => this.#descriptors(process, parent), process))
    children.set('fdinfo', () =>
      this.directory(`${base}/fdinfo`, parent, () => this.#details(process, parent), process),
    )
    return children
  }

  #descriptors(process: Process, above: ProcInode): ReadonlyMap<string, () => ProcLink> {
    const base = `/${process.pid}/fd`
    const parent = this.directory(base, above, () => this.#descriptors(process, above), process)
    const children = new Map<string, () => ProcLink>()
    for (const [fd, description] of process.fds.entries()) {
      const path = `${base}/${fd}`
      // Not kept by path: the same number may be another description the next time.
      children.set(String(fd), () => new ProcLink(this, path, parent, descriptionLink(this, description), process))
    }
    return children
  }

  #details(process: Process, above: ProcInode): ReadonlyMap<string, () => ProcInode> {
    const base = `/${process.pid}/fdinfo`
    const parent = this.directory(base, above, () => this.#details(process, above), process)
    const children = new Map<string, () => ProcInode>()
    for (const [fd] of process.fds.entries()) {
      children.set(String(fd), () => this.file(`${base}/${fd}`, parent, () => descriptorText(process, fd), process))
    }
    return children
  }
}

interface Shape {
  readonly children?: Children
  readonly text?: () => string
  readonly owner?: Process
}

export class ProcInode extends Inode {
  readonly fs: ProcFileSystem
  readonly ino: number
  readonly kind: Kind
  readonly path: string
  readonly #parent: ProcInode | undefined
  readonly #shape: Shape

  constructor(fs: ProcFileSystem, path: string, parent: ProcInode | undefined, shape: Shape) {
    super()
    this.fs = fs
    this.path = path
    this.#parent = parent
    this.#shape = shape
    this.kind = shape.children ? 'directory' : 'file'
    this.ino = fs.number(path)
  }

  stat(): Stat {
    const mode = this.kind === 'directory' ? 0o555 : /\/environ$|\/fdinfo\//.test(this.path) ? 0o400 : 0o444
    return procStat(this.fs, this.ino, this.kind, mode, this.#shape.owner)
  }

  open(flags: OpenFlags, path: string): Description {
    if (this.#shape.children) {
      if (flags.write) throw new SysError('EISDIR')
      return new ProcDescription(this, path, undefined)
    }
    if (flags.write) throw new SysError('EACCES')
    return new ProcDescription(this, path, encode(this.#shape.text?.() ?? ''))
  }

  setAttributes(): void {
    throw new SysError('EPERM')
  }

  override lookup(name: string): Inode | undefined {
    return this.#children().get(name)?.()
  }

  override *entries(): Iterable<[name: string, inode: Inode]> {
    for (const [name, make] of this.#children()) yield [name, make()]
  }

  override parent(): Inode {
    if (this.kind !== 'directory') throw new SysError('ENOTDIR')
    return this.#parent ?? this
  }

  override nameOf(inode: Inode): string | undefined {
    return inode instanceof ProcInode ? inode.path.slice(inode.path.lastIndexOf('/') + 1) : undefined
  }

  override create(): Inode {
    throw new SysError('ENOENT')
  }

  override link(): void {
    throw new SysError('EPERM')
  }

  override unlink(): void {
    throw new SysError('EPERM')
  }

  override removeDirectory(): void {
    throw new SysError('EPERM')
  }

  override rename(): void {
    throw new SysError('EPERM')
  }

  override truncate(): void {
    throw new SysError('EACCES')
  }

  #children(): ReadonlyMap<string, () => ProcNode> {
    if (!this.#shape.children) throw new SysError('ENOTDIR')
    return this.#shape.children()
  }
}

/** A link that is a text like any other. */
class ProcTextLink extends Inode {
  readonly kind = 'symlink'
  readonly fs: ProcFileSystem
  readonly ino: number
  readonly #text: string

  constructor(fs: ProcFileSystem, path: string, text: string) {
    super()
    this.fs = fs
    this.ino = fs.number(path)
    this.#text = text
  }

  stat(): Stat {
    return procStat(this.fs, this.ino, 'symlink', 0o777, undefined)
  }

  open(): Description {
    throw new SysError('ELOOP')
  }

  setAttributes(): void {
    throw new SysError('EPERM')
  }

  override readlink(): string {
    return this.#text
  }
}

interface LinkTarget {
  target(viewer: Viewer): MagicTarget
  text(viewer: Viewer): string
}

class ProcLink extends MagicLink {
  readonly fs: ProcFileSystem
  readonly ino: number
  readonly #how: LinkTarget
  readonly #owner: Process | undefined

  constructor(fs: ProcFileSystem, path: string, _parent: ProcInode, how: LinkTarget, owner?: Process) {
    super()
    this.fs = fs
    this.ino = fs.number(path)
    this.#how = how
    this.#owner = owner
  }

  stat(): Stat {
    return procStat(this.fs, this.ino, 'symlink', 0o777, this.#owner)
  }

  setAttributes(): void {
    throw new SysError('EPERM')
  }

  target(viewer: Viewer): MagicTarget {
    return this.#how.target(viewer)
  }

  textFor(viewer: Viewer): string {
    return this.#how.text(viewer)
  }

  override readlink(): string {
    throw new SysError('EINVAL')
  }
}

function selfLink(fs: ProcFileSystem): LinkTarget {
  return {
    target(viewer) {
      const inode = fs.root.lookup(String(viewer.pid ?? ''))
      if (!inode) throw new SysError('ENOENT')
      return { inode }
    },
    text: viewer => String(viewer.pid ?? ''),
  }
}

/** ENOENT for a zombie. */
function placeLink(process: Process, place: () => Location): LinkTarget {
  const found = () => {
    if (process.status) throw new SysError('ENOENT')
    return place()
  }
  return {
    target: found,
    text: () => pathOf({ ...process.viewer, root: process.kernel.rootLocation }, found()),
  }
}

/** ENOENT for a zombie, and for a program that is no file. */
function executableLink(process: Process): LinkTarget {
  const found = () => {
    if (process.status || !process.executable) throw new SysError('ENOENT')
    return process.executable
  }
  return {
    target: () => found().location,
    text: () => executablePath(found(), process.kernel.rootLocation),
  }
}

/** Opening it gives the description again: the same pipe, file or terminal. */
function descriptionLink(fs: ProcFileSystem, description: Description): LinkTarget {
  return {
    target: () => ({ inode: new DescriptionInode(fs, description) }),
    text: () => description.path,
  }
}

class DescriptionInode extends Inode {
  readonly fs: ProcFileSystem
  readonly kind: Kind
  readonly ino: number
  readonly #description: Description

  constructor(fs: ProcFileSystem, description: Description) {
    super()
    this.fs = fs
    this.#description = description
    const stat = description.stat()
    this.kind = stat.kind
    this.ino = stat.ino
  }

  stat(): Stat {
    return this.#description.stat()
  }

  open(flags: OpenFlags, path: string): Description {
    return this.#description.reopen(flags, path)
  }

  setAttributes(): void {
    throw new SysError('EPERM')
  }
}

class ProcDescription extends Description {
  readonly #inode: ProcInode
  readonly #path: string
  readonly #bytes: Uint8Array | undefined
  #offset = 0

  constructor(inode: ProcInode, path: string, bytes: Uint8Array | undefined) {
    super({ readable: true, writable: false })
    this.#inode = inode
    this.#path = path
    this.#bytes = bytes
  }

  override stat(): Stat {
    return this.#inode.stat()
  }

  override read(max: number): Uint8Array {
    if (!this.#bytes) throw new SysError('EISDIR')
    const chunk = this.#bytes.slice(this.#offset, this.#offset + max)
    this.#offset += chunk.length
    return chunk
  }

  override seek(offset: number, whence: Whence): number {
    const base = whence === 'set' ? 0 : whence === 'current' ? this.#offset : (this.#bytes?.length ?? 0)
    if (base + offset < 0) throw new SysError('EINVAL')
    this.#offset = base + offset
    return this.#offset
  }

  override get path(): string {
    return this.#path
  }
}

function procStat(fs: ProcFileSystem, ino: number, kind: Kind, mode: number, owner: Process | undefined): Stat {
  const time = fs.kernel.nanoseconds()
  return {
    dev: fs.dev,
    ino,
    kind,
    mode,
    nlink: kind === 'directory' ? 2 : 1,
    uid: owner?.credentials.euid ?? 0,
    gid: owner?.credentials.egid ?? 0,
    rdev: 0,
    size: 0,
    blocks: 0,
    atime: time,
    mtime: time,
    ctime: time,
  }
}
