// The copy-on-write tree: one fresh table of inodes over frozen ones, by inode number.
//
// A table is a layer. What is written goes to the upper table; a node of a lower one is cloned there first. So hard links,
// renames and open files need no special case, commit is freezing, and a thousand containers share one base. Whiteouts
// exist only in archives: here a removed name is just not in its directory any more.
//
// To build a layer: make a tree (`new CowFileSystem`, or `fork` of what lies below), change it through its inodes with
// `quietly` (no times are touched) and `setContents` (a view into an archive, never copied), then `freeze`.

import type { ByteSource } from '../../lib/byte-source.ts'
import { byteLength, EMPTY } from '../../lib/bytes.ts'
import type { Description } from '../description.ts'
import { SysError } from '../errno.ts'
import { Contents } from './contents.ts'
import { CowDirectory, CowFile } from './cow-descriptions.ts'
import { type Attributes, type FileSystem, Inode, type NewNode, type OpenFlags } from './inode.ts'
import { cloneNode, type Node, newNode, ROOT_INO, rootNode } from './node.ts'
import type { NodeOpener } from './opener.ts'
import { Space } from './space.ts'
import type { Kind, Nanoseconds, Stat } from './stat.ts'

/** By inode number; null: it is no more. */
type Table = Map<number, Node | null>

export interface CowOptions {
  readonly type?: string
  readonly source?: string
  readonly now: () => Nanoseconds
  /** Bytes that may be added. */
  readonly space?: Space
  /** Of the root directory. */
  readonly mode?: number
}

const DAY = 86_400_000_000_000n

/** Linux's limit of ext4; a real file system has one. */
const MOST_LINKS = 65000

let lastDevice = 32

export class CowFileSystem implements FileSystem {
  readonly type: string
  readonly source: string
  readonly dev = ++lastDevice
  readonly root: CowInode
  readonly space: Space
  readonly now: () => Nanoseconds
  /** Grows with each freeze: a handle that was written in this generation owns its node. */
  generation = 1
  isQuiet = false
  /** Inodes that changed since `takeUnsaved`; undefined: nobody asks. See journal.ts. */
  #unsaved: Set<number> | undefined
  /** Grows with each `takeUnsaved`: an inode that changed in this epoch is noted. 0: nobody asks. */
  epoch = 0
  #onUnsaved: () => void = () => {}
  readonly #lower: Table[]
  #upper: Table = new Map()
  #lastIno: number
  /** Inodes up to this one were here before and are not counted. */
  readonly #firstIno: number
  readonly #handles = new Map<number, CowInode>()

  constructor(how: CowOptions, below?: { readonly tables: readonly Table[]; readonly lastIno: number }) {
    this.type = how.type ?? 'overlay'
    this.source = how.source ?? this.type
    this.space = how.space ?? new Space(Number.POSITIVE_INFINITY)
    this.now = how.now
    this.#lower = [...(below?.tables ?? [])]
    this.#firstIno = this.#lastIno = below?.lastIno ?? ROOT_INO
    if (!below) this.#upper.set(ROOT_INO, rootNode(how.mode ?? 0o755, how.now()))
    this.root = this.handle(ROOT_INO)
  }

  /** A file system in memory with a limit of its own. */
  static tmpfs(how: { readonly size: number; readonly mode: number; readonly now: () => Nanoseconds }): CowFileSystem {
    return new CowFileSystem({ type: 'tmpfs', mode: how.mode, now: how.now, space: new Space(how.size) })
  }

  /** What was written so far becomes a frozen layer. Constant time. `always`: even when nothing was written. */
  freeze(how: { readonly always?: boolean } = {}): void {
    if (this.#upper.size === 0 && !how.always) return
    this.#lower.push(this.#upper)
    this.#upper = new Map()
    this.generation++
  }

  /** Another tree over the same layers: what either writes the other does not see. Constant time; freezes this one. */
  fork(how: CowOptions): CowFileSystem {
    this.freeze()
    return new CowFileSystem(how, { tables: this.#lower, lastIno: this.#lastIno })
  }

  /** The tree as it was when there were only so many layers. */
  at(layers: number): CowFileSystem {
    return new CowFileSystem({ now: this.now }, { tables: this.#lower.slice(0, layers), lastIno: this.#lastIno })
  }

  /** How many frozen layers there are. */
  get layers(): number {
    return this.#lower.length
  }

  /** Which layer an inode is from: 0 is the lowest; `layers`: the one that is being written. */
  layerOf(ino: number): number {
    if (this.#upper.has(ino)) return this.#lower.length
    return this.#lower.findLastIndex(table => table.has(ino))
  }

  /** Whether an inode is the same as it was when there were only so many layers. */
  isUnchangedSince(ino: number, layers: number): boolean {
    return this.layerOf(ino) < layers
  }

  get lastIno(): number {
    return this.#lastIno
  }

  /** Notes from now on which inodes change; `onUnsaved` hears of the first after each `takeUnsaved`. */
  watch(onUnsaved: () => void): void {
    this.#unsaved = new Set()
    this.#onUnsaved = onUnsaved
    this.epoch++
  }

  takeUnsaved(): ReadonlySet<number> {
    const unsaved = this.#unsaved ?? new Set<number>()
    this.#unsaved = new Set()
    this.epoch++
    return unsaved
  }

  note(ino: number): void {
    if (!this.#unsaved) return
    const isFirst = this.#unsaved.size === 0
    this.#unsaved.add(ino)
    if (isFirst) this.#onUnsaved()
  }

  /** The numbers of the inodes that were made, changed or removed since there were only so many layers. */
  changedSince(layers: number): Set<number> {
    return new Set([...this.#lower.slice(layers), this.#upper].flatMap(table => [...table.keys()]))
  }

  /** The node as it is now, or was when there were only so many layers. undefined: there is none. */
  node(ino: number, layers = Number.POSITIVE_INFINITY): Node | undefined {
    return (layers > this.#lower.length ? this.#find(ino) : findIn(this.#lower.slice(0, layers), ino)) ?? undefined
  }

  /** Puts a node there, or nothing: what a journal told. */
  restore(ino: number, node: Node | undefined): void {
    if (node) {
      if (!this.node(ino)) this.space.takeInode()
      this.#upper.set(ino, node)
      this.#handles.get(ino)?.restored(node)
    } else {
      const before = this.node(ino)
      if (before) this.remove(ino, before, this.#upper.has(ino))
    }
    this.#lastIno = Math.max(this.#lastIno, ino)
  }

  /** Changes made inside touch no times: for building layers. */
  quietly<T>(change: () => T): T {
    const before = this.isQuiet
    this.isQuiet = true
    try {
      return change()
    } finally {
      this.isQuiet = before
    }
  }

  usage() {
    const size = Math.min(this.space.limit, Number.MAX_SAFE_INTEGER)
    return { size, used: this.space.used, inodes: this.space.inodeLimit, inodesUsed: this.space.inodes }
  }

  handle(ino: number): CowInode {
    const known = this.#handles.get(ino)
    if (known) return known
    const node = this.#find(ino)
    if (!node) throw new Error(`inode ${ino} is in no layer`)
    const handle = new CowInode(this, ino, node, this.#upper.has(ino) ? this.generation : 0)
    this.#handles.set(ino, handle)
    return handle
  }

  /** The node cloned into the upper table. */
  own(ino: number, node: Node): Node {
    const clone = cloneNode(node)
    this.#upper.set(ino, clone)
    return clone
  }

  add(node: Node): CowInode {
    this.space.takeInode()
    const ino = ++this.#lastIno
    this.#upper.set(ino, node)
    this.note(ino)
    return this.handle(ino)
  }

  /** No name and no description leads to it any more. */
  remove(ino: number, node: Node, isOwn: boolean): void {
    this.note(ino)
    if (isOwn) node.contents?.free(this.space)
    if (ino > this.#firstIno) this.space.giveInode()
    this.#handles.delete(ino)
    if (this.#lower.some(table => table.has(ino))) this.#upper.set(ino, null)
    else this.#upper.delete(ino)
  }

  #find(ino: number): Node | null | undefined {
    const own = this.#upper.get(ino)
    return own !== undefined ? own : findIn(this.#lower, ino)
  }
}

function findIn(tables: readonly Table[], ino: number): Node | null | undefined {
  for (let i = tables.length - 1; i >= 0; i--) {
    const node = tables[i]!.get(ino)
    if (node !== undefined) return node
  }
  return undefined
}

export class CowInode extends Inode {
  readonly fs: CowFileSystem
  readonly ino: number
  readonly kind: Kind
  #node: Node
  /** The generation in which the node was cloned for writing; 0: never. */
  #generation: number
  /** The epoch in which a change of it was noted last. */
  #epoch = 0
  /** Open descriptions: an unlinked file lives until they are closed. */
  #opens = 0
  /** Of a removed directory, where it was: its '..' stays, as in Linux. */
  #lastParent: CowInode | undefined

  constructor(fs: CowFileSystem, ino: number, node: Node, generation: number) {
    super()
    this.fs = fs
    this.ino = ino
    this.kind = node.kind
    this.#node = node
    this.#generation = generation
  }

  stat(): Stat {
    const node = this.#node
    return {
      dev: this.fs.dev,
      ino: this.ino,
      kind: node.kind,
      mode: node.mode,
      nlink: node.nlink,
      uid: node.uid,
      gid: node.gid,
      rdev: node.rdev,
      size: this.size,
      blocks: Math.ceil((node.contents?.allocated ?? 0) / 4096) * 8,
      atime: node.atime,
      mtime: node.mtime,
      ctime: node.ctime,
    }
  }

  get size(): number {
    const { contents, entries, target } = this.#node
    if (contents) return contents.size
    return entries ? 4096 : byteLength(target)
  }

  get attributes(): ReadonlyMap<string, Uint8Array> {
    return this.#node.attributes
  }

  setExtendedAttributes(attributes: ReadonlyMap<string, Uint8Array>): void {
    if (attributes.size > 0 || this.#node.attributes.size > 0) this.#write().attributes = attributes
  }

  open(flags: OpenFlags, path: string, opener: NodeOpener): Description {
    switch (this.kind) {
      case 'file':
        if (flags.truncate) this.truncate(0, flags.losesBits)
        return new CowFile(this, flags, path)
      case 'directory':
        if (flags.write) throw new SysError('EISDIR')
        return new CowDirectory(this, path)
      case 'symlink':
        throw new SysError('ELOOP')
      case 'socket':
        throw new SysError('ENXIO')
      case 'fifo':
        return opener.fifo(this, flags, path)
      case 'character':
      case 'block':
        return opener.device(this, flags, path)
    }
  }

  setAttributes({ mode, uid, gid, atime, mtime }: Attributes): void {
    const node = this.#write()
    if (mode !== undefined) node.mode = mode & 0o7777
    if (uid !== undefined) node.uid = uid
    if (gid !== undefined) node.gid = gid
    if (atime !== undefined) node.atime = atime
    if (mtime !== undefined) node.mtime = mtime
    this.#touch(node, 'changed')
  }

  override lookup(name: string): Inode | undefined {
    const ino = this.#entries().get(name)
    return ino === undefined ? undefined : this.fs.handle(ino)
  }

  override parent(): CowInode {
    this.#entries()
    return this.#lastParent ?? this.fs.handle(this.#node.parent)
  }

  override *entries(): Iterable<[name: string, inode: Inode]> {
    for (const [name, ino] of [...this.#entries()]) yield [name, this.fs.handle(ino)]
  }

  /** Without making an inode of each. */
  override names(): string[] {
    return [...this.#entries().keys()]
  }

  /** The names with their inodes' numbers. */
  get links(): ReadonlyMap<string, number> {
    return this.#entries()
  }

  /** How many names there are, without making an inode of each. */
  get entryCount(): number {
    return this.#entries().size
  }

  override nameOf(inode: Inode): string | undefined {
    for (const [name, ino] of this.#entries()) if (ino === inode.ino) return name
    return undefined
  }

  override create(name: string, made: NewNode): CowInode {
    if (this.#entries().has(name)) throw new SysError('EEXIST')
    this.#requireThere()
    const inode = this.fs.add(newNode(made, this.ino, this.fs.now()))
    this.#put(name, inode.ino, made.kind === 'directory' ? 1 : 0)
    return inode
  }

  override link(name: string, inode: Inode): void {
    if (this.#entries().has(name)) throw new SysError('EEXIST')
    if (!(inode instanceof CowInode) || inode.fs !== this.fs) throw new SysError('EXDEV')
    if (inode.kind === 'directory') throw new SysError('EPERM')
    this.#requireThere()
    inode.#requireThere()
    if (inode.#node.nlink >= MOST_LINKS) throw new SysError('EMLINK')
    const node = inode.#write()
    node.nlink++
    inode.#touch(node, 'changed')
    this.#put(name, inode.ino, 0)
  }

  override unlink(name: string): void {
    const inode = this.#child(name)
    if (inode.kind === 'directory') throw new SysError('EISDIR')
    this.#take(name, 0)
    inode.#lose()
  }

  override removeDirectory(name: string): void {
    const inode = this.#child(name)
    if (inode.kind !== 'directory') throw new SysError('ENOTDIR')
    if (inode.#entries().size > 0) throw new SysError('ENOTEMPTY')
    this.#take(name, 1)
    inode.#lastParent = this
    inode.#lose()
  }

  override rename(name: string, directory: Inode, newName: string): void {
    this.#entries()
    if (!(directory instanceof CowInode) || directory.fs !== this.fs) throw new SysError('EXDEV')
    const inode = this.#child(name)
    const isDirectory = inode.kind === 'directory'
    if (isDirectory && directory.#isWithin(inode)) throw new SysError('EINVAL')
    directory.#requireThere()
    const there = directory.lookup(newName)
    // The two names are the same file already: nothing happens (POSIX rename).
    if (there === inode) return
    if (there instanceof CowInode) {
      if (there.kind === 'directory' && !isDirectory) throw new SysError('EISDIR')
      if (there.kind !== 'directory' && isDirectory) throw new SysError('ENOTDIR')
      if (there.kind === 'directory') directory.removeDirectory(newName)
      else directory.unlink(newName)
    }
    this.#take(name, isDirectory ? 1 : 0)
    directory.#put(newName, inode.ino, isDirectory ? 1 : 0)
    const node = inode.#write()
    if (isDirectory) node.parent = directory.ino
    inode.#touch(node, 'changed')
  }

  override readlink(): string {
    if (this.kind !== 'symlink') throw new SysError('EINVAL')
    return this.#node.target
  }

  override truncate(size: number, losesBits = 0): void {
    if (this.kind === 'directory') throw new SysError('EISDIR')
    if (this.kind !== 'file') throw new SysError('EINVAL')
    const node = this.#write()
    node.contents?.truncate(size, this.fs.space)
    node.mode &= ~losesBits
    this.#touch(node, 'modified')
  }

  /** The file's bytes become these, as a view: they must not change any more. They may be read only when they are asked for. */
  setContents(bytes: ByteSource): void {
    this.#write().contents = Contents.of(bytes)
  }

  /** All bytes of a file: a view where it is one piece. */
  readAll(): Uint8Array {
    return this.#node.contents?.all() ?? EMPTY
  }

  // --- what descriptions use -----------------------------------------------------------------------------------------

  readAt(at: number, max: number): Uint8Array {
    this.#touchAccess()
    return this.#node.contents?.read(at, max) ?? EMPTY
  }

  readInto(at: number, into: Uint8Array): number {
    this.#touchAccess()
    return this.#node.contents?.readInto(at, into) ?? 0
  }

  readThroughAt(at: number, delimiter: number, max: number): Uint8Array {
    return this.#node.contents?.readThrough(at, delimiter, max) ?? EMPTY
  }

  writeAt(at: number, bytes: Uint8Array, losesBits: number): number {
    if (bytes.length === 0) return 0
    const node = this.#write()
    const written = node.contents?.write(at, bytes, this.fs.space) ?? 0
    if (written === 0) throw new SysError('ENOSPC')
    node.mode &= ~losesBits
    this.#touch(node, 'modified')
    return written
  }

  /** A journal has put another node in its place. */
  restored(node: Node): void {
    this.#node = node
    this.#generation = this.fs.generation
  }

  opened(): void {
    this.#opens++
  }

  closed(): void {
    this.#opens--
    this.#removeIfLost()
  }

  // --- inside ------------------------------------------------------------------------------------------------------

  /** The node, in the upper table. */
  #write(): Node {
    if (this.#generation !== this.fs.generation) {
      this.#node = this.fs.own(this.ino, this.#node)
      this.#generation = this.fs.generation
    }
    if (this.#epoch !== this.fs.epoch) this.#note()
    return this.#node
  }

  #note(): void {
    this.#epoch = this.fs.epoch
    this.#node.contents?.track()
    this.fs.note(this.ino)
  }

  #entries(): Map<string, number> {
    const { entries } = this.#node
    if (!entries) throw new SysError('ENOTDIR')
    return entries
  }

  /** ENOENT: no name leads here any more, and none is to lead anywhere from here. */
  #requireThere(): void {
    if (this.#node.nlink === 0) throw new SysError('ENOENT')
  }

  #child(name: string): CowInode {
    const ino = this.#entries().get(name)
    if (ino === undefined) throw new SysError('ENOENT')
    return this.fs.handle(ino)
  }

  #put(name: string, ino: number, links: 0 | 1): void {
    const node = this.#write()
    node.entries?.set(name, ino)
    node.nlink += links
    this.#touch(node, 'modified')
  }

  #take(name: string, links: 0 | 1): void {
    const node = this.#write()
    node.entries?.delete(name)
    node.nlink -= links
    this.#touch(node, 'modified')
  }

  #lose(): void {
    const node = this.#write()
    node.nlink = this.kind === 'directory' ? 0 : node.nlink - 1
    this.#touch(node, 'changed')
    this.#removeIfLost()
  }

  #removeIfLost(): void {
    if (this.#node.nlink > 0 || this.#opens > 0) return
    this.fs.remove(this.ino, this.#node, this.#generation === this.fs.generation)
  }

  #isWithin(directory: CowInode): boolean {
    for (let at: CowInode = this; ; at = at.parent()) {
      if (at === directory) return true
      if (at.ino === at.#node.parent) return false
    }
  }

  #touch(node: Node, what: 'modified' | 'changed'): void {
    if (this.fs.isQuiet) return
    const now = this.fs.now()
    node.ctime = now
    if (what === 'modified') node.mtime = now
  }

  /** relatime, and only in the upper layer: reading an image copies nothing up. */
  #touchAccess(): void {
    const node = this.#node
    if (this.#generation !== this.fs.generation || this.fs.isQuiet) return
    if (node.atime > node.mtime) {
      const now = this.fs.now()
      if (now - node.atime < DAY) return
      node.atime = now
    } else node.atime = this.fs.now()
  }
}
