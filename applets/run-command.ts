// Running another program by its name, as execvp(3) finds it.

import { SysError } from '../kernel/errno.ts'
import type { Body, Process, SpawnOptions } from '../kernel/process.ts'

const DEFAULT_PATH = '/sbin:/usr/sbin:/bin:/usr/bin'

/**
 * Replaces the program of `proc`. Throws SysError when there is none: ENOENT, or EACCES when all that was found may
 * not be run. A file that no format knows is given to the shell (POSIX execvp).
 */
export function execCommand(proc: Process, argv: readonly string[]): never {
  const [name = ''] = argv
  if (name.includes('/')) return execFile(proc, name, argv)
  let refusal = new SysError('ENOENT')
  for (const directory of (proc.env.get('PATH') ?? DEFAULT_PATH).split(':')) {
    try {
      return execFile(proc, directory === '' ? name : `${directory}/${name}`, argv)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno !== 'ENOENT' && error.errno !== 'ENOTDIR' && error.errno !== 'EACCES') throw error
      if (error.errno === 'EACCES') refusal = error
    }
  }
  throw refusal
}

function execFile(proc: Process, path: string, argv: readonly string[]): never {
  try {
    return proc.exec(path, argv)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'ENOEXEC') throw error
    return proc.exec('/bin/sh', ['sh', path, ...argv.slice(1)])
  }
}

export interface Started {
  readonly child: Process
  /** Set once the program could not be run: known when the child has ended. */
  readonly refusal: SysError | undefined
}

/** Forks and runs a program. Where it cannot be run the child ends with 127 (not found) or 126, and says nothing. */
export function startCommand(
  proc: Process,
  argv: readonly string[],
  how: SpawnOptions & { readonly prepare?: (child: Process) => void } = {},
): Started {
  let refusal: SysError | undefined
  const body: Body = child => {
    how.prepare?.(child)
    try {
      return execCommand(child, argv)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      refusal = error
      return error.errno === 'ENOENT' ? 127 : 126
    }
  }
  const child = proc.fork(body, how)
  return {
    child,
    get refusal() {
      return refusal
    },
  }
}
