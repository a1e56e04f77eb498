// What a tree changed over the layers below it: for `diff`, and as a layer's archive.

import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { equalBytes } from '../lib/bytes.ts'
import { type NewTarEntry, type TarKind, writeTar } from '../lib/tar.ts'

export interface Change {
  /** Added, changed, deleted: docker's letters. */
  readonly kind: 'A' | 'C' | 'D'
  /** Absolute. */
  readonly path: string
}

interface Found extends Change {
  /** undefined: deleted. */
  readonly inode: CowInode | undefined
}

/** By path. A directory in which something changed counts as changed itself, as in docker's diff. */
export function changes(base: CowFileSystem, tree: CowFileSystem): Change[] {
  return compare(base, tree).map(({ kind, path }) => ({ kind, path }))
}

/** The changes as a layer: the same changes give the same bytes. `latest`: no time is later (SOURCE_DATE_EPOCH). */
export function layerTar(base: CowFileSystem, tree: CowFileSystem, latest?: bigint): Uint8Array {
  return writeTar(layerEntries([...changedRoot(base, tree), ...compare(base, tree)], latest))
}

/** The root is in a layer when its mode or owner changed; its time changes with every new name in it. */
function changedRoot(base: CowFileSystem, tree: CowFileSystem): Found[] {
  const [old, now] = [base.root.stat(), tree.root.stat()]
  const isSame = old.mode === now.mode && old.uid === now.uid && old.gid === now.gid
  return isSame ? [] : [{ kind: 'C', path: '/.', inode: tree.root }]
}

/** The whole tree as an archive. */
export function treeTar(tree: CowFileSystem, latest?: bigint): Uint8Array {
  const all: Found[] = []
  addAll(tree.root, '', all)
  return writeTar(layerEntries(all, latest))
}

/** Without the root itself. */
function compare(base: CowFileSystem, tree: CowFileSystem): Found[] {
  const found: Found[] = []
  compareDirectory(base.root, tree.root, '', base.layers, found)
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** Whether anything in it changed. */
function compareDirectory(before: CowInode, after: CowInode, path: string, layers: number, found: Found[]): boolean {
  const count = found.length
  const hasSameNames = before.ino === after.ino && after.fs.isUnchangedSince(after.ino, layers)
  for (const [name, ino] of after.links) {
    if (hasSameNames && !mayDiffer(after.fs, ino, layers)) continue
    compareName(before.lookup(name), after.fs.handle(ino), `${path}/${name}`, layers, found)
  }
  if (hasSameNames) return found.length > count
  for (const [name] of before.entries()) {
    if (!after.lookup(name)) found.push({ kind: 'D', path: `${path}/${name}`, inode: undefined })
  }
  return found.length > count
}

/** Of a large image a step changes little: no inode is made of the rest. */
function mayDiffer(fs: CowFileSystem, ino: number, layers: number): boolean {
  return !fs.isUnchangedSince(ino, layers) || fs.node(ino)?.kind === 'directory'
}

function compareName(below: Inode | undefined, after: CowInode, path: string, layers: number, found: Found[]): void {
  if (!below) {
    found.push({ kind: 'A', path, inode: after })
    if (after.kind === 'directory') addAll(after, path, found)
    return
  }
  const before = asCow(below)
  const isSame = before.ino === after.ino && !isChanged(before, after, layers)
  if (before.kind === 'directory' && after.kind === 'directory') {
    if (compareDirectory(before, after, path, layers, found) || !isSame) found.push({ kind: 'C', path, inode: after })
    return
  }
  if (isSame) return
  found.push({ kind: 'C', path, inode: after })
  if (after.kind === 'directory') addAll(after, path, found)
}

/**
 * The same inode, before and after. That it gained or lost another name is no change of this one: of three hundred names of
 * one file, only the one that was removed is told.
 */
function isChanged(before: CowInode, after: CowInode, layers: number): boolean {
  if (after.fs.isUnchangedSince(after.ino, layers)) return false
  const [old, now] = [before.stat(), after.stat()]
  if (old.nlink === now.nlink || after.kind === 'directory') return true
  const isAlike = old.mode === now.mode && old.uid === now.uid && old.gid === now.gid && old.mtime === now.mtime
  return !isAlike || !equalAttributes(before, after) || !equalBytes(before.readAll(), after.readAll())
}

function equalAttributes({ attributes: old }: CowInode, { attributes: now }: CowInode): boolean {
  return old.size === now.size && [...old].every(([name, value]) => equalBytes(value, now.get(name) ?? MISSING))
}

/** Longer than a value may be (xattr(7)), so equal to none. */
const MISSING = new Uint8Array(65537)

function addAll(directory: CowInode, path: string, found: Found[]): void {
  for (const [name, inode] of directory.entries()) {
    const child = `${path}/${name}`
    found.push({ kind: 'A', path: child, inode: asCow(inode) })
    if (inode.kind === 'directory') addAll(asCow(inode), child, found)
  }
}

function* layerEntries(found: readonly Found[], latest: bigint | undefined): Generator<NewTarEntry> {
  const linked = new Map<number, string>()
  for (const { path, inode } of found) {
    const name = path.slice(1)
    if (!inode) {
      const slash = name.lastIndexOf('/') + 1
      yield {
        path: `${name.slice(0, slash)}.wh.${name.slice(slash)}`,
        kind: 'file',
        mode: 0,
        contents: new Uint8Array(0),
      }
      continue
    }
    const first = linked.get(inode.ino)
    const entry = tarEntryOf(inode, name, latest)
    // A socket has no place in an archive.
    if (!entry) continue
    if (first !== undefined) yield { ...entry, kind: 'hardlink', link: first, contents: new Uint8Array(0) }
    else {
      if (inode.kind !== 'directory' && inode.stat().nlink > 1) linked.set(inode.ino, name)
      yield entry
    }
  }
}

/** undefined: what it is has no place in an archive. */
export function tarEntryOf(inode: CowInode, path: string, latest?: bigint): NewTarEntry | undefined {
  if (inode.kind === 'socket') return undefined
  const { mode, uid, gid, mtime, rdev } = inode.stat()
  const kind: TarKind = inode.kind
  const isLater = latest !== undefined && mtime > latest
  return {
    path,
    kind,
    mode,
    uid,
    gid,
    // Whole seconds, as docker and BuildKit write layers: the rest would be a pax header for every file.
    mtime: wholeSeconds(isLater ? latest : mtime),
    link: inode.kind === 'symlink' ? inode.readlink() : '',
    device: rdev,
    attributes: inode.attributes,
    ...(inode.kind === 'file' ? { contents: inode.readAll() } : {}),
  }
}

const SECOND = 1_000_000_000n

function wholeSeconds(time: bigint): bigint {
  const rest = ((time % SECOND) + SECOND) % SECOND
  return time - rest
}

export function asCow(inode: Inode): CowInode {
  // A copy-on-write tree holds nothing else.
  return inode as CowInode
}
