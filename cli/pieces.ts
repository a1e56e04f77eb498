// Files and streams of the command line in pieces, so that an archive is never in memory as a whole.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { Refusal } from './context.ts'

const PIECE = 1 << 18

/** A file, or stdin. Throws Refusal: it cannot be opened. */
export async function* readPieces(proc: Process, path: string | undefined): AsyncGenerator<Uint8Array> {
  const fd = path === undefined ? 0 : await openAt(proc, path, { read: true })
  try {
    for (;;) {
      const piece = await proc.read(fd, PIECE)
      if (piece.length === 0) return
      yield piece
    }
  } finally {
    if (path !== undefined) proc.close(fd)
  }
}

/** Into a file, or stdout. What cannot be finished does not stay. */
export async function writePieces(
  proc: Process,
  path: string | undefined,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (path === undefined) {
    for await (const piece of pieces) await proc.write(1, piece)
    return
  }
  const temporary = `${path}.tmp-${proc.pid}-${proc.kernel.host.now().toString(36).replace('.', '')}`
  const fd = await openAt(proc, temporary, { write: true, create: true, truncate: true })
  try {
    for await (const piece of pieces) await proc.write(fd, piece)
  } catch (error) {
    proc.close(fd)
    proc.unlink(temporary)
    throw error
  }
  proc.close(fd)
  proc.rename(temporary, path)
}

async function openAt(proc: Process, path: string, how: Parameters<Process['open']>[1]): Promise<number> {
  try {
    return await proc.open(path, how)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Refusal(`open ${path}: ${error.message.slice(0, 1).toLowerCase()}${error.message.slice(1)}`)
  }
}
