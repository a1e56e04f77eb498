// Waits until files, or what is in directories, change.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'

const EVERY = 300

export async function sleepUntilChange(proc: Process, paths: readonly string[]): Promise<void> {
  const look = () => paths.map(path => signature(proc, path)).join('\n')
  await proc.stdout.line('Waiting for changes...')
  // What is printed may itself go to a file that is looked at.
  await proc.stdout.flush()
  const before = look()
  while (look() === before) await proc.sleep(EVERY)
}

/** The times and sizes of all that is there; '' for what is no file of the host (an image's name). */
function signature(proc: Process, path: string): string {
  try {
    const { kind, mtime, size } = proc.stat(path)
    const own = `${path} ${mtime} ${size}`
    if (kind !== 'directory') return own
    const inside = proc.readDirectory(path).map(({ name }) => signature(proc, `${path}/${name}`))
    return [own, ...inside].join('\n')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return ''
  }
}
