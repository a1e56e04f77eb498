// Becoming another program, for those that have prepared something for it.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { Failure } from './applet.ts'
import { execCommand } from './run-command.ts'

/** Replaces the process's program. Where that fails: `can't execute 'x': ...`, with status 127 or 126. */
export function execOrFail(proc: Process, argv: readonly string[]): never {
  try {
    return execCommand(proc, argv)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't execute '${argv[0]}': ${error.message}`, error.errno === 'ENOENT' ? 127 : 126)
  }
}
