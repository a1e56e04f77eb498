// zlib's CRC-32, taken from the end of what its gzip writes: Node 20 has no function for it.

import { gzipSync } from 'node:zlib'

export function crc32(bytes: Uint8Array): number {
  return gzipSync(bytes).readUInt32LE(gzipSync(bytes).length - 8)
}
