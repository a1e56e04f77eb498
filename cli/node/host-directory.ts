// A directory of the host as a file system. Nothing in it leads out: symbolic links are handed on as links, which the
// path walk resolves inside the container, and a host path is opened only while its directory is really where it was.

import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { Description, type Whence } from '../../kernel/description.ts'
import { SysError } from '../../kernel/errno.ts'
import { NULL } from '../../kernel/vfs/device.ts'
import { type Attributes, type FileSystem, Inode, type NewNode, type OpenFlags } from '../../kernel/vfs/inode.ts'
import type { NodeOpener } from '../../kernel/vfs/opener.ts'
import type { Kind, Stat } from '../../kernel/vfs/stat.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { hasCode, hostCall } from './host-error.ts'

let lastDevice = 0x10000

export class HostDirectory implements FileSystem {
  readonly type = 'bind'
  readonly source: string
  readonly dev = lastDevice++
  readonly root: HostInode
  readonly #inodes = new Map<string, HostInode>()

  /** `path`: an absolute path of a directory or file. Throws SysError (ENOENT, EACCES, ...). */
  constructor(path: string) {
    this.source = path
    const real = hostCall(() => fs.realpathSync.native(path))
    this.root = this.at(
      real,
      undefined,
      hostCall(() => fs.lstatSync(hostPath(real), { bigint: true })),
    )
  }

  /** One object per inode of the host, so that `===` is "the same file". */
  at(path: string, parent: HostInode | undefined, stat: fs.BigIntStats): HostInode {
    const key = `${stat.dev}:${stat.ino}:${kindOf(stat)}`
    const known = this.#inodes.get(key)
    if (known) {
      known.moved(path, parent)
      return known
    }
    const inode = new HostInode(this, path, parent, Number(stat.ino), kindOf(stat))
    this.#inodes.set(key, inode)
    return inode
  }

  forget(inode: HostInode): void {
    for (const [key, known] of this.#inodes) if (known === inode) this.#inodes.delete(key)
  }

  usage() {
    const { bsize, blocks, bfree, files, ffree } = hostCall(() => fs.statfsSync(hostPath(this.root.path)))
    return { size: bsize * blocks, used: bsize * (blocks - bfree), inodes: files, inodesUsed: files - ffree }
  }
}

export class HostInode extends Inode {
  readonly fs: HostDirectory
  readonly ino: number
  readonly kind: Kind
  #path: string
  #parent: HostInode | undefined

  constructor(filesystem: HostDirectory, path: string, parent: HostInode | undefined, ino: number, kind: Kind) {
    super()
    this.fs = filesystem
    this.#path = path
    this.#parent = parent
    this.ino = ino
    this.kind = kind
  }

  get path(): string {
    return this.#path
  }

  moved(path: string, parent: HostInode | undefined): void {
    this.#path = path
    this.#parent = parent
  }

  stat(): Stat {
    return statOf(
      this.fs,
      hostCall(() => fs.lstatSync(hostPath(this.#path), { bigint: true })),
    )
  }

  open(flags: OpenFlags, path: string, opener: NodeOpener): Description {
    if (this.kind === 'symlink') throw new SysError('ELOOP')
    if (this.kind === 'directory') {
      if (flags.write) throw new SysError('EISDIR')
      return new HostDirectoryDescription(this, path)
    }
    // A fifo is a pipe between the box's own processes.
    if (this.kind === 'fifo') return opener.fifo(this, flags, path)
    // A device of the host could block the host itself; /dev/null does not.
    if (this.kind !== 'file' && this.stat().rdev !== NULL) throw new SysError('ENXIO')
    this.#requireInside()
    const { O_RDONLY, O_WRONLY, O_RDWR, O_NOFOLLOW, O_TRUNC } = fs.constants
    const access = flags.write ? (flags.read ? O_RDWR : O_WRONLY) : O_RDONLY
    const fd = hostCall(() => fs.openSync(hostPath(this.#path), access | O_NOFOLLOW | (flags.truncate ? O_TRUNC : 0)))
    return new HostFile(this, fd, flags, path)
  }

  setAttributes({ mode, uid, gid, atime, mtime }: Attributes): void {
    this.#requireInside()
    const path = hostPath(this.#path)
    hostCall(() => {
      if (uid !== undefined || gid !== undefined) {
        const before = this.stat()
        fs.lchownSync(path, uid ?? before.uid, gid ?? before.gid)
      }
      if (mode !== undefined && this.kind !== 'symlink') fs.chmodSync(path, mode)
      if (atime !== undefined || mtime !== undefined) {
        const before = this.stat()
        fs.lutimesSync(path, seconds(atime ?? before.atime), seconds(mtime ?? before.mtime))
      }
    })
  }

  override lookup(name: string): Inode | undefined {
    this.#requireDirectory()
    const path = this.#child(name)
    try {
      return this.fs.at(path, this, fs.lstatSync(hostPath(path), { bigint: true }))
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined
      return hostCall(() => {
        throw error
      })
    }
  }

  override parent(): Inode {
    return this.#parent ?? this
  }

  override *entries(): Iterable<[name: string, inode: Inode]> {
    this.#requireDirectory()
    this.#requireInside()
    for (const raw of hostCall(() => fs.readdirSync(hostPath(this.#path), { encoding: 'buffer' }))) {
      const name = decode(raw)
      const inode = this.lookup(name)
      if (inode) yield [name, inode]
    }
  }

  override nameOf(inode: Inode): string | undefined {
    return inode instanceof HostInode && inode.#parent === this
      ? inode.#path.slice(inode.#path.lastIndexOf('/') + 1)
      : undefined
  }

  override create(name: string, node: NewNode): Inode {
    this.#requireDirectory()
    this.#requireInside()
    const path = this.#child(name)
    hostCall(() => makeNode(path, node))
    const inode = this.lookup(name)
    if (!inode) throw new SysError('EIO')
    this.#takeOwner(path, node)
    return inode
  }

  override link(name: string, inode: Inode): void {
    this.#requireDirectory()
    if (!(inode instanceof HostInode) || inode.fs !== this.fs) throw new SysError('EXDEV')
    if (inode.kind === 'directory') throw new SysError('EPERM')
    this.#requireInside()
    hostCall(() => fs.linkSync(hostPath(inode.#path), hostPath(this.#child(name))))
  }

  override unlink(name: string): void {
    this.#requireDirectory()
    this.#requireInside()
    const inode = this.lookup(name)
    if (!inode) throw new SysError('ENOENT')
    if (inode.kind === 'directory') throw new SysError('EISDIR')
    hostCall(() => fs.unlinkSync(hostPath(this.#child(name))))
    if (inode instanceof HostInode) this.fs.forget(inode)
  }

  override removeDirectory(name: string): void {
    this.#requireDirectory()
    this.#requireInside()
    hostCall(() => fs.rmdirSync(hostPath(this.#child(name))))
  }

  override rename(name: string, directory: Inode, newName: string): void {
    this.#requireDirectory()
    if (!(directory instanceof HostInode) || directory.fs !== this.fs) throw new SysError('EXDEV')
    this.#requireInside()
    directory.#requireInside()
    const target = directory.#child(newName)
    hostCall(() => fs.renameSync(hostPath(this.#child(name)), hostPath(target)))
    directory.lookup(newName)
  }

  override readlink(): string {
    if (this.kind !== 'symlink') throw new SysError('EINVAL')
    return decode(hostCall(() => fs.readlinkSync(hostPath(this.#path), { encoding: 'buffer' })))
  }

  override truncate(size: number): void {
    if (this.kind === 'directory') throw new SysError('EISDIR')
    this.#requireInside()
    hostCall(() => fs.truncateSync(hostPath(this.#path), size))
  }

  #child(name: string): string {
    return this.#path === '/' ? `/${name}` : `${this.#path}/${name}`
  }

  #requireDirectory(): void {
    if (this.kind !== 'directory') throw new SysError('ENOTDIR')
  }

  /** The directory this lies in must really be inside: somebody on the host may have put a link in its place. */
  #requireInside(): void {
    const directory = this.kind === 'directory' ? this.#path : this.#path.slice(0, this.#path.lastIndexOf('/')) || '/'
    if (this === this.fs.root) return
    const real = hostCall(() => fs.realpathSync.native(directory))
    if (real !== directory) throw new SysError('EACCES')
  }

  /** A host process that is not root owns what it makes, whoever the container says it is. */
  #takeOwner(path: string, { uid, gid }: NewNode): void {
    if (process.getuid?.() !== 0) return
    hostCall(() => fs.lchownSync(hostPath(path), uid, gid))
  }
}

function makeNode(path: string, node: NewNode): void {
  const target = hostPath(path)
  switch (node.kind) {
    case 'file': {
      const { O_WRONLY, O_CREAT, O_EXCL } = fs.constants
      fs.closeSync(fs.openSync(target, O_WRONLY | O_CREAT | O_EXCL, node.mode))
      fs.chmodSync(target, node.mode)
      return
    }
    case 'directory':
      fs.mkdirSync(target, { mode: node.mode })
      fs.chmodSync(target, node.mode)
      return
    case 'symlink':
      fs.symlinkSync(Buffer.from(encode(node.target)), target)
      return
    case 'fifo':
      makeFifo(path, node.mode)
      return
    case 'socket':
    case 'character':
    case 'block':
      // Node cannot make these, and a container has no business making devices on its host.
      throw new SysError('EPERM')
  }
}

/** Node has no mkfifo(3); every host with fifos has the command. */
function makeFifo(path: string, mode: number): void {
  const made = spawnSync('mkfifo', ['-m', mode.toString(8), path], { stdio: 'ignore' })
  if (made.status !== 0) throw new SysError(fs.existsSync(path) ? 'EEXIST' : 'EPERM')
}

class HostDirectoryDescription extends Description {
  readonly #inode: HostInode
  readonly #path: string

  constructor(inode: HostInode, path: string) {
    super({ readable: true, writable: false })
    this.#inode = inode
    this.#path = path
  }

  override stat(): Stat {
    return this.#inode.stat()
  }

  override read(): Uint8Array {
    throw new SysError('EISDIR')
  }

  override get path(): string {
    return this.#path
  }
}

class HostFile extends Description {
  readonly #inode: HostInode
  readonly #fd: number
  readonly #path: string
  #offset = 0
  /** The last read was all that was asked for: there will be more. */
  #isLong = false

  constructor(inode: HostInode, fd: number, flags: OpenFlags, path: string) {
    super({ readable: flags.read ?? false, writable: flags.write ?? false })
    this.append = flags.append ?? false
    this.#inode = inode
    this.#fd = fd
    this.#path = path
  }

  /** Of what is open: its name may be gone, or another file's by now. */
  override stat(): Stat {
    return statOf(
      this.#inode.fs,
      hostCall(() => fs.fstatSync(this.#fd, { bigint: true })),
    )
  }

  override read(max: number): Uint8Array {
    if (!this.readable) throw new SysError('EBADF')
    const length = this.#isLong ? max : this.#roomFor(max)
    // Not filled with zeros first: what is read takes their place.
    const { buffer } = Buffer.allocUnsafeSlow(length)
    const bytes = new Uint8Array(buffer)
    const count = hostCall(() => fs.readSync(this.#fd, bytes, 0, length, this.#offset))
    this.#offset += count
    this.#isLong = count === length
    return count === length ? bytes : bytes.subarray(0, count)
  }

  override readInto(into: Uint8Array): number {
    if (!this.readable) throw new SysError('EBADF')
    const count = hostCall(() => fs.readSync(this.#fd, into, 0, into.length, this.#offset))
    this.#offset += count
    return count
  }

  override get copiesWrites(): boolean {
    return true
  }

  /** No more than there is, but something: files of /proc and their like tell no size. */
  #roomFor(max: number): number {
    const { size } = hostCall(() => fs.fstatSync(this.#fd))
    return Math.min(max, Math.max(size - this.#offset, 4096))
  }

  override write(bytes: Uint8Array): number {
    if (!this.writable) throw new SysError('EBADF')
    if (this.append) this.#offset = hostCall(() => fs.fstatSync(this.#fd)).size
    const count = hostCall(() => fs.writeSync(this.#fd, bytes, 0, bytes.length, this.#offset))
    this.#offset += count
    return count
  }

  override seek(offset: number, whence: Whence): number {
    const base =
      whence === 'set' ? 0 : whence === 'current' ? this.#offset : hostCall(() => fs.fstatSync(this.#fd)).size
    if (base + offset < 0) throw new SysError('EINVAL')
    this.#offset = base + offset
    return this.#offset
  }

  override truncate(size: number): void {
    if (!this.writable) throw new SysError('EINVAL')
    hostCall(() => fs.ftruncateSync(this.#fd, size))
  }

  override get path(): string {
    return this.#path
  }

  protected override closed(): void {
    fs.closeSync(this.#fd)
  }
}

function statOf(filesystem: HostDirectory, stat: fs.BigIntStats): Stat {
  return {
    dev: filesystem.dev,
    ino: Number(stat.ino),
    kind: kindOf(stat),
    mode: Number(stat.mode) & 0o7777,
    nlink: Number(stat.nlink),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    rdev: Number(stat.rdev),
    size: Number(stat.size),
    blocks: Number(stat.blocks),
    atime: stat.atimeNs,
    mtime: stat.mtimeNs,
    ctime: stat.ctimeNs,
  }
}

function kindOf(stat: fs.BigIntStats): Kind {
  if (stat.isFile()) return 'file'
  if (stat.isDirectory()) return 'directory'
  if (stat.isSymbolicLink()) return 'symlink'
  if (stat.isFIFO()) return 'fifo'
  if (stat.isSocket()) return 'socket'
  return stat.isBlockDevice() ? 'block' : 'character'
}

/** Names of the host are bytes, which our texts keep. */
function hostPath(path: string): Buffer {
  const bytes = encode(path)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9
}
