// Copying a file or a tree: what cp does, and mv across file systems.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { confirm, joinPath, statOf, succeeds } from './refused.ts'

export interface CopyOptions {
  readonly recursive: boolean
  readonly preserve: boolean
  /** When symlinks are followed: never, those that are operands, always. */
  readonly follow: 'never' | 'operands' | 'always'
  readonly force: boolean
  readonly interactive: boolean
  readonly noClobber: boolean
  readonly verbose?: boolean
  readonly link: 'none' | 'hard' | 'symbolic'
  readonly update: boolean
  /** Where files with several names were copied to, by device and inode: their other names become links. */
  readonly links?: Map<string, string>
  readonly name: string
  readonly warn: (message: string) => void
}

/** The directory that is made, which must not be copied into itself. */
type Within = Pick<Stat, 'dev' | 'ino'>

/** Whether all went well. */
export async function copyTree(
  proc: Process,
  from: string,
  to: string,
  how: CopyOptions,
  within?: Within,
): Promise<boolean> {
  const isWell = await copyAny(proc, from, to, how, within)
  if (isWell && how.verbose) await proc.stdout.line(`'${from}' -> '${to}'`)
  return isWell
}

async function copyAny(
  proc: Process,
  from: string,
  to: string,
  how: CopyOptions,
  within: Within | undefined,
): Promise<boolean> {
  const pause = proc.gate()
  if (pause) await pause
  const isFollowed = how.follow === 'always' || (how.follow === 'operands' && within === undefined)
  let source: Stat | undefined
  // busybox: what a link will lead to need not be there.
  if (how.link === 'symbolic' && !statOf(proc, from, { follow: false }))
    return succeeds(how.warn, `can't create symlink '${to}'`, () => proc.symlink(from, to))
  const refusal = how.link === 'hard' ? `can't create '${to}'` : `can't stat '${from}'`
  if (!succeeds(how.warn, refusal, () => (source = isFollowed ? proc.stat(from) : proc.lstat(from)))) return false
  if (!source) return false
  if (isPlaceless(proc, to)) {
    how.warn(`can't stat '${to}': Not a directory`)
    return false
  }
  const target = statOf(proc, to, { follow: source.kind !== 'symlink' })
  if (target && target.dev === source.dev && target.ino === source.ino) {
    how.warn(`'${from}' and '${to}' are the same file`)
    return false
  }
  if (source.kind === 'directory') return copyDirectory(proc, from, to, source, target, how, within)
  if (target) {
    if (how.noClobber) return true
    if (how.update && target.mtime >= source.mtime) return true
    if (target.kind === 'directory') {
      how.warn(`can't create '${to}': Is a directory`)
      return false
    }
    if (how.interactive && !(await confirm(proc, `${how.name}: overwrite '${to}'?`))) return true
  }
  return copyOne(proc, from, to, source, target, how)
}

/** Whether what leads to the path is no directory. */
export function isPlaceless(proc: Process, path: string): boolean {
  try {
    proc.lstat(path)
    return false
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error.errno === 'ENOTDIR'
  }
}

async function copyDirectory(
  proc: Process,
  from: string,
  to: string,
  source: Stat,
  target: Stat | undefined,
  how: CopyOptions,
  within: Within | undefined,
): Promise<boolean> {
  if (!how.recursive) {
    how.warn(`omitting directory '${from}'`)
    return false
  }
  if (target && target.kind !== 'directory') {
    how.warn(`target '${to}' is not a directory`)
    return false
  }
  if (within && within.dev === source.dev && within.ino === source.ino) {
    how.warn(`recursion detected, omitting directory '${from}'`)
    return false
  }
  if (!target && !succeeds(how.warn, `can't create directory '${to}'`, () => proc.mkdir(to, source.mode | 0o700)))
    return false
  const top = within ?? proc.stat(to)
  let isWell = true
  for (const { name } of proc.readDirectory(from)) {
    if (!(await copyTree(proc, joinPath(from, name), joinPath(to, name), how, top))) isWell = false
  }
  if (!target)
    succeeds(how.warn, `can't preserve permissions of '${to}'`, () =>
      proc.chmod(to, how.preserve ? source.mode : source.mode & ~proc.umask),
    )
  if (how.preserve) preserve(proc, to, source, how)
  return isWell
}

async function copyOne(
  proc: Process,
  from: string,
  to: string,
  source: Stat,
  target: Stat | undefined,
  how: CopyOptions,
): Promise<boolean> {
  /** In place of what is there, but only when that was asked for (busybox). */
  const made = (prefix: string, make: () => void, isReplacing = false) => {
    if (target && !how.force && !how.interactive && !isReplacing) {
      how.warn(`can't create '${to}': File exists`)
      return false
    }
    return succeeds(how.warn, `${prefix} '${to}'`, () => {
      if (target) proc.unlink(to)
      make()
    })
  }
  if (how.link === 'hard') return made("can't create link", () => proc.link(from, to))
  if (how.link === 'symbolic') return made("can't create symlink", () => proc.symlink(from, to))
  const identity = `${source.dev}:${source.ino}`
  const first = source.nlink > 1 ? how.links?.get(identity) : undefined
  if (first !== undefined) return made("can't create link", () => proc.link(first, to))
  if (source.nlink > 1) how.links?.set(identity, to)
  let isWell: boolean
  switch (source.kind) {
    case 'symlink':
      // busybox 1.37: a link takes the place of another.
      isWell = made("can't create symlink", () => proc.symlink(proc.readlink(from), to), target?.kind === 'symlink')
      break
    case 'file':
      isWell = await copyContents(proc, from, to, source, how)
      break
    case 'directory':
      return false
    default: {
      if (!how.recursive) return copyContents(proc, from, to, source, how)
      const { kind, mode, rdev } = source
      isWell = made("can't create", () => proc.mknod(to, kind, mode, rdev))
    }
  }
  if (isWell && how.preserve) preserve(proc, to, source, how)
  return isWell
}

async function copyContents(proc: Process, from: string, to: string, source: Stat, how: CopyOptions): Promise<boolean> {
  let input: number
  let output: number
  try {
    input = await proc.open(from)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    how.warn(`can't open '${from}': ${error.message}`)
    return false
  }
  try {
    output = await create(proc, to, source.mode, how)
  } catch (error) {
    proc.close(input)
    if (!(error instanceof SysError)) throw error
    how.warn(`can't create '${to}': ${error.message}`)
    return false
  }
  try {
    for (;;) {
      const chunk = await proc.read(input)
      if (chunk.length === 0) return true
      await proc.write(output, chunk)
      const pause = proc.gate()
      if (pause) await pause
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    how.warn(`write error: ${error.message}`)
    return false
  } finally {
    proc.close(input)
    proc.close(output)
  }
}

async function create(proc: Process, path: string, mode: number, how: CopyOptions): Promise<number> {
  const flags = { write: true, create: true, truncate: true }
  try {
    return await proc.open(path, flags, mode)
  } catch (error) {
    if (!(error instanceof SysError) || !how.force || !statOf(proc, path, { follow: false })) throw error
    proc.unlink(path)
    return await proc.open(path, flags, mode)
  }
}

/** Owner first: changing it takes setuid away. Who may not give files away keeps them, silently, as cp does. */
function preserve(proc: Process, path: string, source: Stat, how: CopyOptions): void {
  const follow = source.kind !== 'symlink'
  try {
    proc.chown(path, { uid: source.uid, gid: source.gid }, { follow })
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EPERM') throw error
  }
  if (follow) succeeds(how.warn, `can't preserve permissions of '${path}'`, () => proc.chmod(path, source.mode))
  succeeds(how.warn, `can't preserve times of '${path}'`, () =>
    proc.utimes(path, { atime: source.atime, mtime: source.mtime }, { follow }),
  )
}
