// gzip unpacked by node:zlib in large pieces: through the web's streams it comes in pieces of 16 KiB, which cost twice the
// time.

import type { GunzipStream } from '../../lib/gunzip-stream.ts'

const PIECE = 1 << 20

export const nodeGunzip: GunzipStream = async function* (packed) {
  // Few commands need them: a start must not wait for them.
  const [{ createGunzip }, { pipeline }] = await Promise.all([import('node:zlib'), import('node:stream/promises')])
  const gunzip = createGunzip({ chunkSize: PIECE })
  const feeding = pipeline(packed, gunzip)
  // It fails together with the stream, which tells it.
  feeding.catch(() => undefined)
  yield* gunzip
  await feeding
}
