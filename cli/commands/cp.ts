import { tarEntryOf } from '../../image/diff.ts'
import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { type CowFileSystem, CowInode } from '../../kernel/vfs/cow.ts'
import type { Inode } from '../../kernel/vfs/inode.ts'
import { type NewTarEntry, readTar, writeTar } from '../../lib/tar.ts'
import { command, Refusal, requireContainer } from '../context.ts'
import { writeFile } from '../create-options.ts'
import { boolean } from '../flags.ts'

/** docker cp: the rules of its reference page for files, directories and `/.`. */
export default command({
  name: 'cp',
  about: 'Copy files/folders between a container and the local filesystem',
  operands: 'CONTAINER:SRC_PATH DEST_PATH|- | SRC_PATH|- CONTAINER:DEST_PATH',
  least: 2,
  most: 2,
  flags: {
    archive: boolean('-a --archive', 'Archive mode (copy all uid/gid information)'),
    followLink: boolean('-L --follow-link', 'Always follow symbol link in SRC_PATH'),
    quiet: boolean('-q --quiet', 'Suppress the progress output (there is none)'),
  },
  async main({ engine, proc, flags, operands: [from = '', to = ''] }) {
    const source = splitName(from)
    const target = splitName(to)
    if (source.container !== undefined && target.container !== undefined)
      throw new Refusal('copying between containers is not supported')
    if (source.container === undefined && target.container === undefined)
      throw new Refusal('must specify at least one container source')
    if (source.container !== undefined) {
      const handle = await requireContainer(engine, source.container)
      const { root } = await handle.files()
      return copyOut(proc, root, source, target.path, flags.followLink)
    }
    const handle = await requireContainer(engine, target.container ?? '')
    const { root } = await handle.files()
    const { directory, tar } = await packLocal(proc, source.path, root, target.path, flags)
    try {
      await handle.putArchive(directory, tar)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Refusal(`Could not find the file ${directory} in container ${target.container}`)
    }
  },
})

interface Place {
  readonly container: string | undefined
  readonly path: string
}

/** A colon after a path's slash or dot belongs to the path. */
function splitName(text: string): Place {
  const colon = text.indexOf(':')
  if (colon < 1 || /^[./]/.test(text)) return { container: undefined, path: text }
  return { container: text.slice(0, colon), path: text.slice(colon + 1) || '/' }
}

function find(root: CowFileSystem, path: string, follow: boolean): CowInode | undefined {
  let inode: Inode = root.root
  const rest = path.split('/').filter(name => name !== '' && name !== '.')
  for (let links = 0; rest.length > 0; ) {
    const name = rest.shift()!
    if (inode.kind !== 'directory') return undefined
    const next: Inode | undefined = name === '..' ? inode.parent() : inode.lookup(name)
    if (!next) return undefined
    if (next.kind === 'symlink' && (rest.length > 0 || follow) && links++ < 40) {
      const target = next.readlink()
      if (target.startsWith('/')) inode = root.root
      rest.unshift(...target.split('/').filter(part => part !== '' && part !== '.'))
    } else inode = next
  }
  return inode instanceof CowInode ? inode : undefined
}

async function copyOut(
  proc: Process,
  root: CowFileSystem,
  source: Place,
  target: string,
  follow: boolean,
): Promise<void> {
  const inode = find(root, source.path, follow)
  if (!inode) throw new Refusal(`Could not find the file ${source.path} in container ${source.container}`)
  const name = baseName(source.path)
  if (target === '-') {
    await proc.write(1, writeTar(entriesOf(inode, name)))
    return
  }
  const isThere = kindOf(proc, target)
  const isContents = /(^|\/)\.$/.test(source.path)
  if (inode.kind !== 'directory') {
    const path = isThere === 'directory' || target.endsWith('/') ? `${target.replace(/\/+$/, '')}/${name}` : target
    return unpackLocal(proc, [...entriesOf(inode, name)], path)
  }
  if (isThere !== undefined && isThere !== 'directory') throw new Refusal(`cannot copy directory to file: ${target}`)
  const path = isThere === 'directory' && !isContents ? `${target.replace(/\/+$/, '')}/${name}` : target
  return unpackLocal(proc, [...entriesOf(inode, name)], path)
}

function* entriesOf(inode: CowInode, path: string): Generator<NewTarEntry> {
  const entry = tarEntryOf(inode, path)
  if (entry) yield entry
  if (inode.kind !== 'directory') return
  for (const [name, child] of inode.entries()) if (child instanceof CowInode) yield* entriesOf(child, `${path}/${name}`)
}

/** The first entry becomes `path`; the others lie below it. */
function unpackLocal(proc: Process, entries: readonly NewTarEntry[], path: string): void {
  const base = entries[0]?.path.length ?? 0
  for (const entry of entries) {
    const place = path + entry.path.slice(base)
    if (entry.kind === 'directory') {
      if (kindOf(proc, place) !== 'directory') proc.mkdir(place)
    } else if (entry.kind === 'symlink') proc.symlink(entry.link ?? '', place)
    else if (entry.kind === 'file') {
      writeFile(proc, place, entry.contents ?? new Uint8Array(0))
      proc.chmod(place, entry.mode)
    } else if (entry.kind === 'fifo') proc.mknod(place, 'fifo', entry.mode)
  }
}

async function packLocal(
  proc: Process,
  source: string,
  root: CowFileSystem,
  target: string,
  flags: { readonly archive: boolean; readonly followLink: boolean },
): Promise<{ directory: string; tar: Uint8Array }> {
  if (source === '-') {
    const tar = await proc.stdin.all()
    // Reading it to its end is what finds an archive that is damaged.
    for (const _ of readTar(tar));
    return { directory: target, tar }
  }
  const kind = kindOf(proc, source)
  if (kind === undefined) throw new Refusal(`lstat ${source}: no such file or directory`)
  const there = find(root, target, true)
  const isContents = /(^|\/)\.$/.test(source)
  const goesInside = there?.kind === 'directory' && !isContents
  if (kind === 'directory' && there && there.kind !== 'directory')
    throw new Refusal(`cannot copy a directory to a file: ${target}`)
  const directory = goesInside || (isContents && there) ? target : parentOf(target)
  const name = goesInside ? baseName(source) : isContents && there ? '.' : baseName(target)
  return { directory, tar: writeTar(localEntries(proc, source, name, flags)) }
}

function* localEntries(
  proc: Process,
  path: string,
  name: string,
  flags: { readonly archive: boolean; readonly followLink: boolean },
): Generator<NewTarEntry> {
  const stat = flags.followLink ? proc.stat(path) : proc.lstat(path)
  const ids = flags.archive ? { uid: stat.uid, gid: stat.gid } : { uid: 0, gid: 0 }
  const common = { path: name, mode: stat.mode, mtime: stat.mtime, ...ids }
  if (stat.kind === 'symlink') yield { ...common, kind: 'symlink', link: proc.readlink(path) }
  if (stat.kind === 'file') yield { ...common, kind: 'file', contents: proc.contentsOf(path) }
  if (stat.kind !== 'directory') return
  if (name !== '.') yield { ...common, kind: 'directory' }
  for (const entry of proc.readDirectory(path))
    yield* localEntries(proc, `${path}/${entry.name}`, `${name}/${entry.name}`, flags)
}

function kindOf(proc: Process, path: string) {
  try {
    return proc.stat(path).kind
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function baseName(path: string): string {
  return (
    path
      .split('/')
      .filter(part => part !== '' && part !== '.')
      .at(-1) ?? '.'
  )
}

function parentOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  return trimmed.slice(0, trimmed.lastIndexOf('/')) || '/'
}
