// readlink -f and realpath: the absolute path; the last name may be missing.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'

/** undefined: more than the last name is missing, or links run in a circle. */
export function canonicalPath(proc: Process, path: string, depth = 0): string | undefined {
  try {
    return proc.realpath(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno !== 'ENOENT' || path === '' || depth > 40) return undefined
  }
  const trimmed = path.replace(/\/+$/, '')
  const link = linkOf(proc, trimmed)
  const slash = trimmed.lastIndexOf('/')
  // busybox: a name by itself must be there; a path's last name need not.
  if (slash === -1 && link === undefined && depth === 0) return undefined
  const directory = slash === -1 ? '.' : trimmed.slice(0, slash) || '/'
  if (link !== undefined) return canonicalPath(proc, link.startsWith('/') ? link : `${directory}/${link}`, depth + 1)
  try {
    const real = proc.realpath(directory)
    return `${real === '/' ? '' : real}/${trimmed.slice(slash + 1)}`
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function linkOf(proc: Process, path: string): string | undefined {
  try {
    return proc.readlink(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
