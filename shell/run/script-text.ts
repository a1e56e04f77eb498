// The text of a script: of a file as it lies, of a fifo, a pipe or a device all there is to its end.

import { concat, decode } from '../../lib/bytes.ts'
import type { Shell } from '../shell.ts'
import type { Later } from './completion.ts'

/** Throws SysError. */
export function scriptText(shell: Shell, path: string): Later<string> {
  const { proc } = shell
  if (proc.stat(path).kind === 'file') return decode(proc.contentsOf(path))
  return Promise.resolve(proc.open(path, { read: true })).then(fd => readToEnd(shell, fd))
}

/** To the end of what is open there, which is then closed. */
export async function readToEnd(shell: Shell, fd: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const chunk = await shell.proc.read(fd)
      if (chunk.length === 0) return decode(concat(chunks))
      chunks.push(chunk)
      size += chunk.length
      shell.requireRoom(size)
    }
  } finally {
    shell.proc.close(fd)
  }
}
