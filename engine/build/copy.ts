// COPY and ADD: what is copied where, and the copying (Dockerfile reference, "COPY").

import { applyLayer } from '../../image/apply.ts'
import { ImageError } from '../../image/manifest.ts'
import { packingOf, unpack } from '../../image/unpack.ts'
import type { CowFileSystem, CowInode } from '../../kernel/vfs/cow.ts'
import type { Inode, NewNode } from '../../kernel/vfs/inode.ts'
import { GzipError } from '../../lib/gzip.ts'
import { parseMode } from '../../lib/mode-string.ts'
import { isTar } from '../../lib/tar.ts'
import { readContents } from '../read-contents.ts'
import type { SourceFile, SourceTree } from './context.ts'
import { patternSource } from './ignore.ts'

export interface CopyPlan {
  /** Destination with the working directory before it; absolute, its trailing slash kept. */
  readonly destination: string
  readonly sources: readonly CopySource[]
  readonly owner: { readonly uid: number; readonly gid: number }
  /** Octal or symbolic; undefined: modes are kept. */
  readonly chmod: string | undefined
  readonly parents: boolean
  readonly exclude: readonly string[]
  /** ADD: archives are unpacked. */
  readonly unpack: boolean
  /** No time is later (SOURCE_DATE_EPOCH). */
  readonly latest: bigint | undefined
}

export type CopySource =
  | { readonly kind: 'tree'; readonly tree: SourceTree; readonly file: SourceFile; readonly written: string }
  /** A here-document, or what was fetched. */
  | {
      readonly kind: 'text'
      readonly name: string
      readonly bytes: Uint8Array
      readonly mode: number
      /** Unpacked when it is an archive (ADD --unpack of a URL). */
      readonly isArchive: boolean
      readonly mtime?: bigint
    }

/** Throws CopyError. */
export async function copyFiles(fs: CowFileSystem, plan: CopyPlan): Promise<void> {
  requireDirectoryFor(fs, plan)
  for (const source of plan.sources) {
    if (source.kind === 'text') await putText(fs, plan, source)
    else await copySource(fs, plan, source)
  }
}

/** The destination alone, with the directories on the way to it. */
export function makeDestination(fs: CowFileSystem, plan: CopyPlan): void {
  new Copier(fs, plan).makeDirectories(plan.destination)
}

export type TreeSource = CopySource & { readonly kind: 'tree' }

async function copySource(fs: CowFileSystem, plan: CopyPlan, source: TreeSource): Promise<void> {
  const { file } = source
  if (plan.unpack && file.inode.kind === 'file') {
    const tar = await archiveOf(readContents(file.inode))
    if (tar) return unpackAt(fs, plan, tar)
  }
  const copier = new Copier(fs, plan)
  if (file.inode.kind === 'directory') {
    const target = plan.parents ? joinPath(plan.destination, pivoted(source)) : plan.destination
    const base = file.path === '' ? 0 : file.path.length + 1
    copier.directory(target, file.inode)
    for (const { path, inode } of filesBelow(source, plan.exclude))
      copier.put(joinPath(target, path.slice(base)), inode)
    return
  }
  if (isExcluded(file.path, plan.exclude)) return
  const name = plan.parents ? pivoted(source) : (file.path.split('/').at(-1) ?? '')
  copier.put(isDirectoryTarget(fs, plan) ? joinPath(plan.destination, name) : plan.destination, file.inode)
}

/** --parents keeps the source's directories, from `/./` on when it has one. */
function pivoted({ file, written }: TreeSource): string {
  const pivot = written.indexOf('/./')
  return pivot === -1 ? file.path : file.path.slice(written.slice(0, pivot).replace(/^\/|^\.\//, '').length + 1)
}

/** What is copied of a directory, itself left out. */
export function* filesBelow({ tree, file }: TreeSource, exclude: readonly string[]): Generator<SourceFile> {
  if (file.inode.kind !== 'directory') return
  for (const found of tree.walk(file)) if (!isExcluded(found.path, exclude)) yield found
}

function isExcluded(path: string, exclude: readonly string[]): boolean {
  return exclude.some(pattern => new RegExp(`^${patternSource(pattern)}(?:/.*)?$`, 's').test(path))
}

/** A trailing slash, or a directory that is there already. */
function isDirectoryTarget(fs: CowFileSystem, { destination, parents }: CopyPlan): boolean {
  return parents || destination.endsWith('/') || lookup(fs, destination)?.kind === 'directory'
}

/** docker's classic builder and the Dockerfile reference ask for it; BuildKit lets the last file win. */
function requireDirectoryFor(fs: CowFileSystem, plan: CopyPlan): void {
  const files = plan.sources.filter(source => source.kind === 'text' || source.file.inode.kind !== 'directory')
  if (plan.sources.length < 2 || files.length === 0 || isDirectoryTarget(fs, plan)) return
  throw new CopyError(
    'When using COPY with more than one source file, the destination must be a directory and end with a /',
  )
}

async function putText(
  fs: CowFileSystem,
  plan: CopyPlan,
  source: CopySource & { readonly kind: 'text' },
): Promise<void> {
  const tar = source.isArchive ? await archiveOf(source.bytes) : undefined
  if (tar) return unpackAt(fs, plan, tar)
  const path = isDirectoryTarget(fs, plan) ? joinPath(plan.destination, source.name) : plan.destination
  new Copier(fs, plan).contents(path, source.bytes, source.mode, source.mtime)
}

/** A tar archive, plain or packed, by its contents; undefined: it is none. */
async function archiveOf(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  if (isTar(bytes)) return bytes
  if (packingOf(bytes) === undefined) return undefined
  try {
    const plain = await unpack(bytes)
    return isTar(plain) ? plain : undefined
  } catch (error) {
    // What only begins like something packed is copied as it is, as by docker.
    if (error instanceof GzipError || error instanceof ImageError) return undefined
    throw error
  }
}

function unpackAt(fs: CowFileSystem, plan: CopyPlan, tar: Uint8Array): void {
  const target = new Copier(fs, plan).makeDirectories(plan.destination.replace(/\/+$/, ''))
  applyLayer(fs, tar, target)
}

class Copier {
  readonly #fs: CowFileSystem
  readonly #plan: CopyPlan

  constructor(fs: CowFileSystem, plan: CopyPlan) {
    this.#fs = fs
    this.#plan = plan
  }

  /** The directory a copied directory becomes: a new one gets its mode, one that is there keeps its own. */
  directory(path: string, source: Inode): void {
    const isNew = !lookup(this.#fs, path)
    const made = this.makeDirectories(path.replace(/\/+$/, ''))
    if (isNew) this.#finish(made, source.stat().mode, source.stat().mtime)
  }

  put(path: string, source: Inode): void {
    const { mode, mtime, rdev } = source.stat()
    if (source.kind === 'directory') return this.directory(path, source)
    if (source.kind === 'file') {
      this.contents(path, readContents(source), mode, mtime)
      return
    }
    if (source.kind === 'socket') return
    const { uid, gid } = this.#plan.owner
    const node: NewNode =
      source.kind === 'symlink'
        ? { kind: 'symlink', target: source.readlink(), mode: 0o777, uid, gid }
        : source.kind === 'fifo'
          ? { kind: 'fifo', mode, uid, gid }
          : { kind: source.kind, mode, uid, gid, rdev }
    const made = this.#replace(path, node)
    made.setAttributes({ mtime: this.#clamp(mtime) })
  }

  contents(path: string, bytes: Uint8Array, mode: number, mtime?: bigint): void {
    const { uid, gid } = this.#plan.owner
    const made = this.#replace(path, { kind: 'file', mode, uid, gid })
    made.setContents(bytes)
    this.#finish(made, mode, mtime ?? this.#fs.now())
  }

  makeDirectories(path: string): CowInode {
    let directory = this.#fs.root
    const names = path.split('/').filter(name => name !== '')
    for (const name of names) directory = this.#enter(directory, name)
    return directory
  }

  #enter(directory: CowInode, name: string): CowInode {
    const next = follow(this.#fs, directory, name)
    if (next?.kind === 'directory') return next
    if (next) throw new CopyError(`mkdir ${name}: not a directory`)
    const { uid, gid } = this.#plan.owner
    return directory.create(name, { kind: 'directory', mode: 0o755, uid, gid })
  }

  #replace(path: string, node: NewNode): CowInode {
    const at = path.lastIndexOf('/')
    const directory = this.makeDirectories(path.slice(0, Math.max(0, at)))
    const name = path.slice(at + 1)
    const there = directory.lookup(name)
    if (there?.kind === 'directory') throw new CopyError(`cannot copy to non-directory: ${path}`)
    if (there) directory.unlink(name)
    return directory.create(name, node)
  }

  #finish(made: CowInode, mode: number, mtime: bigint): void {
    const { uid, gid } = this.#plan.owner
    const isDirectory = made.kind === 'directory'
    const { chmod } = this.#plan
    const chosen = chmod === undefined ? mode : parseMode(chmod, { mode, isDirectory })
    if (chosen === undefined) throw new CopyError(`invalid chmod parameter: '${chmod}'`)
    made.setAttributes({ uid, gid, mode: chosen, mtime: this.#clamp(mtime) })
  }

  #clamp(time: bigint): bigint {
    const { latest } = this.#plan
    return latest !== undefined && time > latest ? latest : time
  }
}

/** Copying cannot be done: a file is where a directory should be, or the reverse. */
export class CopyError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CopyError'
  }
}

function lookup(fs: CowFileSystem, path: string): CowInode | undefined {
  let inode: CowInode | undefined = fs.root
  for (const name of path.split('/').filter(part => part !== '')) {
    if (inode?.kind !== 'directory') return undefined
    inode = follow(fs, inode, name)
  }
  return inode
}

/** A name in a directory, symlinks followed inside the tree. */
function follow(fs: CowFileSystem, directory: CowInode, name: string, depth = 0): CowInode | undefined {
  if (name === '..') return asCow(directory.parent())
  const inode = directory.lookup(name)
  if (inode?.kind !== 'symlink' || depth > 40) return inode && asCow(inode)
  const target = inode.readlink()
  let at: CowInode | undefined = target.startsWith('/') ? fs.root : directory
  for (const part of target.split('/').filter(piece => piece !== '' && piece !== '.')) {
    at = at?.kind === 'directory' ? follow(fs, at, part, depth + 1) : undefined
  }
  return at
}

function joinPath(directory: string, name: string): string {
  return name === '' ? directory : `${directory.replace(/\/+$/, '')}/${name}`
}

function asCow(inode: Inode): CowInode {
  // A copy-on-write tree holds nothing else.
  return inode as CowInode
}
