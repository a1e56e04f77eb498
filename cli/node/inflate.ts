// DEFLATE undone by node:zlib, in threads beside the program.

import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { Crc32 } from '../../lib/crc32.ts'
import { InflateError } from '../../lib/inflate.ts'
import type { InflateStream } from '../../lib/inflate-stream.ts'
import { hasCode } from './host-error.ts'

/** What is larger, malloc takes from the system each time anew, whose pages cost more than what is written to them. */
const PIECE = 1 << 16

export const nodeInflate: InflateStream = async function* (next) {
  const inflate = createInflateRaw({ chunkSize: PIECE })
  const fed = { size: 0, last: new Uint8Array(0) }
  const feeding = feed(inflate, next, fed)
  // What `next` throws ends the stream, which tells it.
  feeding.catch(error => inflate.destroy(error))
  const sum = newSum()
  try {
    for await (const piece of inflate) {
      sum.update(piece)
      yield piece
    }
  } catch (error) {
    throw asInflateError(error)
  }
  await feeding
  return { rest: fed.last.subarray(fed.last.length - (fed.size - inflate.bytesWritten)), crc: sum.value }
}

/** zlib's own, which is five times as fast as ours, where this Node lends it (20.15). */
function newSum(): Pick<Crc32, 'update' | 'value'> {
  if (typeof crc32 !== 'function') return new Crc32()
  let value = 0
  return {
    update(piece) {
      value = crc32(piece, value)
    },
    get value() {
      return value
    },
  }
}

/** Until the end of the source or of the stream in it: then some bytes are left. */
async function feed(
  inflate: InflateRaw,
  next: () => Promise<Uint8Array>,
  fed: { size: number; last: Uint8Array },
): Promise<void> {
  while (inflate.bytesWritten === fed.size) {
    const chunk = await next()
    if (chunk.length === 0) {
      inflate.end()
      return
    }
    fed.size += chunk.length
    fed.last = chunk
    await new Promise<void>((resolve, reject) => inflate.write(chunk, error => (error ? reject(error) : resolve())))
  }
}

function asInflateError(error: unknown): unknown {
  if (hasCode(error, 'Z_BUF_ERROR')) return new InflateError('unexpected end of file')
  return hasCode(error, 'Z_DATA_ERROR') ? new InflateError('corrupted data') : error
}
