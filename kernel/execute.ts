// How a path becomes a program (execve(2)): the x bit, then the executable formats in order.

import { SysError } from './errno.ts'
import type { Process } from './process.ts'
import type { LoadedProgram } from './program.ts'
import type { Location } from './vfs/mount.ts'
import { EXECUTE, requireAccess } from './vfs/permission.ts'
import type { Stat } from './vfs/stat.ts'
import { pathOf, type Viewer, walkToParent } from './vfs/walk.ts'

/** What was executed, and by which path. */
export interface Executable {
  readonly location: Location
  readonly path: string
  readonly viewer: Viewer
}

/** The absolute path without symlinks, as /proc/PID/exe shows it. */
export function executablePath({ path, viewer }: Executable, root: Location): string {
  const { directory, name, target } = walkToParent(viewer, path, { follow: true })
  const folder = pathOf({ ...viewer, root }, directory)
  return `${folder === '/' ? '' : folder}/${name}${target ? '' : ' (deleted)'}`
}

/** Linux follows at most so many `#!` in a row. */
const INTERPRETERS = 4

/** How much of a file the formats see first. */
const HEAD = 256

/**
 * Throws EACCES (no x bit, a directory, a device), ENOENT, ENOEXEC (no format knows it), ELOOP (too many interpreters),
 * and what the formats refuse by.
 */
export function loadExecutable(proc: Process, path: string, argv: readonly string[], depth = 0): LoadedProgram {
  if (depth > INTERPRETERS) throw new SysError('ELOOP')
  const location = proc.locate(path)
  requireExecutable(proc, location.inode.stat())
  const contents = () => proc.contentsOf(path)
  const head = proc.contentsOf(path, HEAD)
  let isScript = false
  const interpreter = (file: string, words: readonly string[]) => {
    isScript = true
    return loadExecutable(proc, file, words, depth + 1)
  }
  for (const format of proc.kernel.formats) {
    const loaded = format.load({ path, argv, head, contents, interpreter })
    if (!loaded) continue
    // A script is run by its interpreter, which has said so.
    if (!isScript) proc.executable = { location, path, viewer: proc.viewer }
    return loaded
  }
  throw new SysError('ENOEXEC')
}

function requireExecutable(proc: Process, stat: Stat): void {
  if (stat.kind !== 'file') throw new SysError('EACCES')
  requireAccess(stat, proc.credentials, EXECUTE)
}
