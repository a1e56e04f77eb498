// Copying both ways between stdin and stdout and a connection, until the connection ends.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { EMPTY } from '../../lib/bytes.ts'

export interface RelayHow {
  readonly socket: number
  /** Whether the other side can be told that no more comes: of datagrams there is no end. */
  readonly hasEnd: boolean
  /** Ends it when nothing came for so many milliseconds after the end of stdin. */
  readonly idle?: number | undefined
  /** Waits so long before each line that is sent. */
  readonly pause?: number | undefined
  /** Hears of all that passes. */
  readonly onChunk?: (bytes: Uint8Array, direction: 'sent' | 'received') => void
}

/** How many bytes went each way. */
export async function relay(proc: Process, how: RelayHow): Promise<{ sent: number; received: number }> {
  const { socket } = how
  const count = { sent: 0, received: 0 }
  let isOpen = true
  for (;;) {
    const ready = await proc.select(isOpen ? [0, socket] : [socket], isOpen ? undefined : how.idle)
    if (ready.length === 0) return count
    if (ready.includes(socket)) {
      const bytes = await receive(proc, socket)
      if (bytes.length === 0) return count
      count.received += bytes.length
      how.onChunk?.(bytes, 'received')
      await proc.write(1, bytes)
    }
    if (isOpen && ready.includes(0)) {
      const bytes = how.pause === undefined ? await proc.read(0) : await proc.readThrough(0, 10)
      isOpen = bytes.length > 0
      if (!isOpen) end(proc, how)
      count.sent += bytes.length
      how.onChunk?.(bytes, 'sent')
      if (isOpen && how.pause !== undefined) await proc.sleep(how.pause)
      if (isOpen) await proc.write(socket, bytes)
    }
  }
}

/** A connection that broke has ended (busybox: not a word of it). */
async function receive(proc: Process, socket: number): Promise<Uint8Array> {
  try {
    return await proc.read(socket)
  } catch (error) {
    if (error instanceof SysError && BROKEN.has(error.errno)) return EMPTY
    throw error
  }
}

const BROKEN: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EIO'])

/** The other side is told that no more comes; it may have gone already. */
function end(proc: Process, { socket, hasEnd }: RelayHow): void {
  if (!hasEnd) return
  try {
    proc.shutdown(socket, 'write')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}
