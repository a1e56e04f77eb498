// A directory or a file of the host, mounted where a container wants it.

import { EngineError } from '../../engine/errors.ts'
import { SysError } from '../../kernel/errno.ts'
import { HostDirectory } from './host-directory.ts'

/** Throws EngineError `invalid-option`: it cannot be mounted. */
export function openBind(path: string): HostDirectory {
  try {
    return new HostDirectory(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new EngineError('invalid-option', `cannot mount ${path}: ${error.message}`)
  }
}
