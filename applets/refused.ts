// Calls that may be refused, in commands that report and go on.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { Failure } from './applet.ts'

/** Whether the piece went well; a refusal is warned of as `prefix: message`. */
export function succeeds(warn: (message: string) => void, prefix: string, piece: () => unknown): boolean {
  try {
    piece()
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`${prefix}: ${error.message}`)
    return false
  }
}

/** undefined: there is no such file, or it may not be looked at. */
export function statOf(proc: Process, path: string, how: { readonly follow?: boolean } = {}): Stat | undefined {
  try {
    return how.follow === false ? proc.lstat(path) : proc.stat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

/** Throws Failure `can't stat 'x': ...`. */
export function statOrFail(proc: Process, path: string): Stat {
  try {
    return proc.stat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't stat '${path}': ${error.message}`)
  }
}

/** A question on stderr; the answer begins with y. */
export async function confirm(proc: Process, question: string, gap = ' '): Promise<boolean> {
  await proc.stderr.write(question + gap)
  await proc.stderr.flush()
  const answer = await proc.readThrough(0, 10)
  return answer[0] === 0x79 || answer[0] === 0x59
}

export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' ? (path === '' ? '' : '/') : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`
}
