// docker build --output: the image in the store, in an archive or pushed, or its files in a directory or an archive.

import type { BuildResult } from '../engine/build/options.ts'
import { readContents } from '../engine/read-contents.ts'
import { archivePieces } from '../image/archive.ts'
import { treeTar } from '../image/diff.ts'
import { piecesOf } from '../image/pieces.ts'
import { fullName, parseReference } from '../image/reference.ts'
import type { Store } from '../image/store.ts'
import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { Refusal } from './context.ts'
import { writeFile } from './create-options.ts'
import { writePieces } from './pieces.ts'

export interface BuildOutput {
  readonly type: 'image' | 'docker' | 'oci' | 'local' | 'tar' | 'cacheonly'
  /** A path, or `-`; undefined: the store. */
  readonly destination: string | undefined
  readonly names: readonly string[]
  readonly push: boolean
}

/** `type=local,dest=out`, or a path alone, or `-`. Throws Refusal. */
export function parseOutput(text: string): BuildOutput {
  if (!text.includes('=')) {
    return { type: text === '-' ? 'tar' : 'local', destination: text, names: [], push: false }
  }
  const fields = new Map(splitFields(text).map(splitPair))
  const unknown = [...fields.keys()].find(key => !KNOWN.has(key))
  if (unknown !== undefined) throw new Refusal(`invalid output: ${unknown} is not done by this version: ${text}`)
  const type = fields.get('type') ?? ''
  const destination = fields.get('dest')
  const push = type === 'registry' || /^(?:true|1)$/.test(fields.get('push') ?? '')
  const names = (fields.get('name') ?? '').split(',').filter(name => name !== '')
  const known = type === 'registry' ? 'image' : type
  if (!isType(known)) throw new Refusal(`unsupported output type ${JSON.stringify(type)}`)
  if ((known === 'local' || known === 'tar') && destination === undefined) {
    throw new Refusal(`dest is required for ${known} output`)
  }
  return { type: known, destination, names, push }
}

const KNOWN = new Set(['type', 'dest', 'name', 'push'])

function isType(text: string): text is BuildOutput['type'] {
  return ['image', 'docker', 'oci', 'local', 'tar', 'cacheonly'].includes(text)
}

/** What the builder must keep for the outputs: an image of the store, its blobs alone, or nothing. */
export function keptFor(outputs: readonly BuildOutput[]): 'image' | 'blobs' | 'nothing' {
  if (outputs.length === 0) return 'image'
  const images = outputs.filter(({ type }) => type === 'image' || type === 'docker' || type === 'oci')
  if (images.length === 0) return 'nothing'
  return images.some(isStored) ? 'image' : 'blobs'
}

function isStored({ type, destination }: BuildOutput): boolean {
  return type === 'image' || (type === 'docker' && destination === undefined)
}

/** Of files and archives: what goes to the store is there already. */
export async function writeOutput(
  { proc, store }: { readonly proc: Process; readonly store: Store },
  output: BuildOutput,
  result: BuildResult,
  tags: readonly string[],
): Promise<void> {
  const { type, destination = '-' } = output
  if (isStored(output) || type === 'cacheonly') return
  if (type === 'local') {
    writeTree(proc, await result.tree(), destination)
    return
  }
  if (destination === '-' && proc.terminal(1)) {
    throw new Refusal('output to a terminal is not done: name a file (dest=)')
  }
  const pieces = type === 'tar' ? piecesOf(treeTar(await result.tree())) : archiveOf(store, type, result, tags)
  await writePieces(proc, destination === '-' ? undefined : destination, pieces)
}

function archiveOf(
  store: Store,
  type: 'docker' | 'oci' | 'image',
  { image }: BuildResult,
  tags: readonly string[],
): AsyncIterable<Uint8Array> {
  if (!image) throw new Error('an archive needs an image')
  const names = tags.map(tag => fullName(parseReference(tag)))
  return archivePieces(store, [{ image, names }], type === 'oci' ? 'oci' : 'docker')
}

/** The files as this user's own: owners and devices are the image's business. */
function writeTree(proc: Process, tree: CowFileSystem, path: string): void {
  makeDirectory(proc, path)
  const links = new Map<number, string>()
  writeDirectory(proc, tree.root, path, links)
}

function writeDirectory(proc: Process, directory: Inode, path: string, links: Map<number, string>): void {
  for (const [name, inode] of directory.entries()) {
    const place = `${path.replace(/\/+$/, '')}/${name}`
    const { mode, mtime, nlink, ino } = inode.stat()
    const first = links.get(ino)
    if (inode.kind === 'directory') {
      makeDirectory(proc, place)
      writeDirectory(proc, inode, place, links)
      proc.chmod(place, mode)
      proc.utimes(place, { atime: mtime, mtime })
      continue
    }
    removeOld(proc, place)
    if (first !== undefined) proc.link(first, place)
    else if (inode.kind === 'symlink') proc.symlink(inode.readlink(), place)
    else if (inode.kind === 'file') {
      writeFile(proc, place, readContents(inode))
      proc.chmod(place, mode)
      proc.utimes(place, { atime: mtime, mtime })
    } else if (inode.kind === 'fifo') proc.mknod(place, 'fifo', mode)
    if (nlink > 1) links.set(ino, place)
  }
}

function makeDirectory(proc: Process, path: string): void {
  const kind = kindOf(proc, path)
  if (kind === 'directory') return
  if (kind !== undefined) throw new Refusal(`cannot write to ${path}: not a directory`)
  const parent = path.replace(/\/+$/, '').replace(/\/?[^/]*$/, '')
  if (parent !== '' && kindOf(proc, parent) === undefined) makeDirectory(proc, parent)
  proc.mkdir(path)
}

function removeOld(proc: Process, path: string): void {
  const kind = kindOf(proc, path)
  if (kind === 'directory') throw new Refusal(`cannot replace the directory ${path}`)
  if (kind !== undefined) proc.unlink(path)
}

function kindOf(proc: Process, path: string) {
  try {
    return proc.lstat(path).kind
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

/** CSV as Go reads it: a field in double quotes may hold commas. */
export function splitFields(text: string): string[] {
  return [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)]
    .map(([, quoted, plain = '']) => (quoted === undefined ? plain : quoted.replace(/""/g, '"')))
    .filter(field => field !== '')
}

export function splitPair(text: string): [string, string] {
  const at = text.indexOf('=')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
