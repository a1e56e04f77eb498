// A layer's archive laid over a tree (OCI image-spec layer.md): whiteouts, opaque directories, links, types that change.

import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import type { Inode, NewNode } from '../kernel/vfs/inode.ts'
import type { ByteSource } from '../lib/byte-source.ts'
import { EMPTY, encode } from '../lib/bytes.ts'
import { type ScannedEntry, scanTar, type TarHeader } from '../lib/tar.ts'
import { ImageError } from './manifest.ts'

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'
const MOST_LINKS = 40

/**
 * Contents stay views into the archive, unread where it is not in memory. `at`: the directory that the archive's root is laid over.
 * Throws ImageError or TarError, and then the tree is half changed: throw it away.
 */
export function applyLayer(fs: CowFileSystem, tar: ByteSource, at: CowInode = fs.root): void {
  applyEntries(fs, scanTar(tar), at)
}

/** As applyLayer, of a layer whose archive need not be written first. */
export function applyEntries(fs: CowFileSystem, entries: Iterable<LayerEntry>, at: CowInode = fs.root): void {
  const applied = new Set<string>()
  fs.quietly(() => {
    for (const entry of entries) applyEntry({ fs, root: at }, entry, applied)
  })
}

/** Lays one layer's archive as it comes, entry by entry, without contents: whether it can be laid at all. Throws as applyLayer. */
export async function tryEntries(
  fs: CowFileSystem,
  entries: AsyncIterable<TarHeader> | Iterable<TarHeader>,
): Promise<void> {
  const applied = new Set<string>()
  for await (const entry of entries) applyEntry({ fs, root: fs.root }, { ...entry, contents: EMPTY }, applied)
}

/** What of an archive's entry makes a tree. */
export type LayerEntry = Pick<
  ScannedEntry,
  'path' | 'kind' | 'mode' | 'uid' | 'gid' | 'mtime' | 'link' | 'device' | 'attributes' | 'contents'
>

/** Where an archive is laid: links and dots lead no further up than `root`. */
interface Target {
  readonly fs: CowFileSystem
  readonly root: CowInode
}

function applyEntry(fs: Target, entry: LayerEntry, applied: Set<string>): void {
  const names = safeNames(entry.path)
  const name = names.pop()
  if (name === undefined) {
    if (entry.kind !== 'directory') throw new ImageError(`the layer holds a ${entry.kind} without a name`)
    setMetadata(fs.root, entry)
    return
  }
  const directory = directoryAt(fs, names)
  if (name === OPAQUE) clear(directory, names.join('/'), applied)
  else if (name.startsWith(WHITEOUT)) {
    // Names such as .wh..wh.plnk are aufs's own bookkeeping.
    if (!name.startsWith(`${WHITEOUT}${WHITEOUT}`)) hide(directory, [...names, hiddenName(name, entry.path)], applied)
  } else {
    if (entry.kind === 'symlink' && entry.link === '')
      throw new ImageError(`the layer holds a symbolic link to nothing: ${JSON.stringify(entry.path)}`)
    note([...names, name], applied)
    if (entry.kind === 'hardlink') addLink(fs, directory, name, entry)
    else put(directory, name, entry)
  }
}

/** A directory over a directory keeps what is in it; anything else takes the place of what was there. */
function put(directory: CowInode, name: string, entry: LayerEntry): void {
  const there = directory.lookup(name)
  if (there?.kind === 'directory' && entry.kind === 'directory') {
    setMetadata(asCow(there), entry)
    return
  }
  if (there) removeTree(directory, name)
  const made = asCow(directory.create(name, newNode(entry)))
  if (entry.kind === 'file') made.setContents(entry.contents)
  setMetadata(made, entry)
}

/** Names without dots, as they lie under the root. Throws ImageError for a path that leads out, and a name that no file can have. */
function safeNames(path: string): string[] {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') {
      if (names.pop() === undefined)
        throw new ImageError(`the layer holds a path that leads out of the image: ${JSON.stringify(path)}`)
    } else if (name !== '' && name !== '.') names.push(name)
    if (name.length > LONGEST / 3 && encode(name).length > LONGEST)
      throw new ImageError(
        `the layer holds a name of more than ${LONGEST} bytes: ${JSON.stringify(name.slice(0, 20))}...`,
      )
  }
  return names
}

/** What a Linux kernel takes for one name (NAME_MAX). */
const LONGEST = 255

function hiddenName(whiteout: string, path: string): string {
  const name = whiteout.slice(WHITEOUT.length)
  if (name !== '' && name !== '.' && name !== '..') return name
  throw new ImageError(`the layer holds a whiteout of no file: ${JSON.stringify(path)}`)
}

/** The directory of these names, made where it is missing; symlinks on the way are followed inside the tree. */
function directoryAt({ root }: Target, names: readonly string[]): CowInode {
  const rest = [...names]
  let directory = root
  for (let links = 0; ; ) {
    const name = rest.shift()
    if (name === undefined) return directory
    if (name === '..') {
      directory = directory === root ? root : asCow(directory.parent())
      continue
    }
    const next = directory.lookup(name)
    if (next?.kind === 'symlink') {
      if (++links > MOST_LINKS) throw new ImageError(`too many symbolic links on the way to ${names.join('/')}`)
      const target = next.readlink()
      if (target.startsWith('/')) directory = root
      rest.unshift(...target.split('/').filter(part => part !== '' && part !== '.'))
    } else if (next?.kind === 'directory') directory = asCow(next)
    else {
      if (next) removeTree(directory, name)
      directory = asCow(directory.create(name, { kind: 'directory', mode: 0o755, uid: 0, gid: 0 }))
    }
  }
}

function addLink(fs: Target, directory: CowInode, name: string, entry: LayerEntry): void {
  const names = safeNames(entry.link)
  const last = names.pop()
  const target = last === undefined ? undefined : directoryAt(fs, names).lookup(last)
  if (!target || target.kind === 'directory') {
    throw new ImageError(`the layer links ${entry.path} to ${entry.link}, which is not there`)
  }
  const there = directory.lookup(name)
  if (there === target) return
  if (there) removeTree(directory, name)
  directory.link(name, target)
}

/** An opaque directory hides what lies below it, but not what this layer has put into it. */
function clear(directory: CowInode, path: string, applied: ReadonlySet<string>): void {
  for (const [name, inode] of directory.entries()) {
    const child = path === '' ? name : `${path}/${name}`
    if (!applied.has(child)) removeTree(directory, name)
    else if (inode.kind === 'directory') clear(asCow(inode), child, applied)
  }
}

/** A whiteout hides what lies below it, but nothing that its own layer holds (OCI image-spec layer.md, "Whiteouts"). */
function hide(directory: CowInode, names: readonly string[], applied: ReadonlySet<string>): void {
  const path = names.join('/')
  const name = names.at(-1) ?? ''
  const there = directory.lookup(name)
  if (!applied.has(path)) removeTree(directory, name)
  else if (there?.kind === 'directory') clear(asCow(there), path, applied)
}

/** A path of the layer, with the directories it is in. */
function note(names: readonly string[], applied: Set<string>): void {
  for (let count = names.length; count > 0; count--) {
    const path = names.slice(0, count).join('/')
    if (applied.has(path)) return
    applied.add(path)
  }
}

function removeTree(directory: Inode, name: string): void {
  const inode = directory.lookup(name)
  if (!inode) return
  if (inode.kind === 'directory') {
    for (const [child] of [...inode.entries()]) removeTree(inode, child)
    directory.removeDirectory(name)
  } else directory.unlink(name)
}

function newNode(entry: LayerEntry): NewNode {
  const { mode, uid, gid } = entry
  switch (entry.kind) {
    case 'symlink':
      return { kind: 'symlink', target: entry.link, mode: 0o777, uid, gid }
    case 'character':
    case 'block':
      return { kind: entry.kind, rdev: entry.device, mode, uid, gid }
    case 'directory':
    case 'fifo':
    case 'file':
      return { kind: entry.kind, mode, uid, gid }
    case 'hardlink':
      throw new Error('a hard link makes no node')
  }
}

function setMetadata(inode: CowInode, entry: LayerEntry): void {
  const { uid, gid, mtime } = entry
  inode.setAttributes({ uid, gid, mtime, atime: mtime, ...(entry.kind === 'symlink' ? {} : { mode: entry.mode }) })
  inode.setExtendedAttributes(entry.attributes)
}

function asCow(inode: Inode): CowInode {
  // A copy-on-write tree holds nothing else.
  return inode as CowInode
}
