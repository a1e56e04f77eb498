// gzip unpacked by node:zlib in large pieces: through the web's streams it comes in pieces of 16 KiB, which cost twice the
// time.

import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { GunzipStream } from '../../lib/gunzip-stream.ts'

const PIECE = 1 << 20

export const nodeGunzip: GunzipStream = async function* (packed) {
  const gunzip = createGunzip({ chunkSize: PIECE })
  const feeding = pipeline(packed, gunzip)
  // It fails together with the stream, which tells it.
  feeding.catch(() => undefined)
  yield* gunzip
  await feeding
}
