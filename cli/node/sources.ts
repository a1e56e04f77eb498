// The file systems of binds and volumes.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { EngineError } from '../../engine/errors.ts'
import { SysError } from '../../kernel/errno.ts'
import type { FileSystem } from '../../kernel/vfs/inode.ts'
import { HostDirectory } from './host-directory.ts'
import type { StateFolder } from './state-folder.ts'

export function openSource(folder: StateFolder, type: 'bind' | 'volume', source: string): FileSystem {
  const path = type === 'bind' ? source : join(folder.volumes, source)
  if (type === 'volume') mkdirSync(path, { recursive: true })
  try {
    return new HostDirectory(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new EngineError('invalid-option', `cannot mount ${source}: ${error.message}`)
  }
}
