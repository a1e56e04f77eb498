// Small files that several processes read: each is there whole or not at all.

import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { hasCode } from './host-error.ts'
import { isAlive, thisProcess } from './host-process.ts'

let serial = 0

/** Names its process, so that others can tell what was left by one that is dead. */
export function temporaryName(path: string): string {
  began ??= thisProcess().began
  return `${path}.tmp-${process.pid}${began === '' ? '' : `.${began}`}-${serial++}`
}

let began: string | undefined

/** Whether a name is that of a temporary file whose process is gone: a pid alone may be somebody else's by now. */
export function isLeftover(name: string): boolean {
  const [, pid, start = ''] = /\.tmp-(\d+)(?:\.(\d+))?-\d+$/.exec(name) ?? []
  return pid !== undefined && !isAlive({ pid: Number(pid), began: start })
}

/** Not flushed: after a power cut it may be the old one. What must outlive that goes through LayoutFiles. */
export function writeWhole(path: string, contents: string | Uint8Array, mode = 0o666): void {
  const temporary = temporaryName(path)
  try {
    writeFileSync(temporary, contents, { mode })
    renameSync(temporary, path)
  } catch (error) {
    removeIfThere(temporary)
    throw error
  }
}

/**
 * As writeWhole, for what only saves work: for a moment it may be missing. A rename over a file that is there makes ext4
 * write its bytes to the disk at once (auto_da_alloc), which takes longer than all else in a step of a build.
 */
export function writeNoteWhole(path: string, contents: Uint8Array): void {
  removeIfThere(path)
  writeWhole(path, contents)
}

/** undefined: it is not there, or holds no JSON (a power cut). What it holds, this program wrote: the caller says its type. */
export function parseJsonFile<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

export function removeIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
}
