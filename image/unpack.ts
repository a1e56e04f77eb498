// What is packed, by its first bytes: media types and names are often wrong.

import { concat } from '../lib/bytes.ts'
import { gunzip } from '../lib/gzip.ts'
import { ImageError } from './manifest.ts'

/** Throws GzipError or ImageError: what is damaged, too large, or packed in a way that cannot be read here. */
export async function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  const packing = packingOf(bytes)
  switch (packing) {
    case undefined:
      return bytes
    case 'gzip':
      return gunzip(bytes)
    case 'zstd':
      return unpackZstd(bytes)
    case 'bzip2':
    case 'xz':
      throw new ImageError(`${packing} data cannot be unpacked here: unpack it first, or pack it with gzip or zstd`)
  }
}

export type Packing = 'gzip' | 'zstd' | 'bzip2' | 'xz'

const MAGIC: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
]

/** undefined: it is not packed, as far as its first bytes tell. */
export function packingOf(bytes: Uint8Array): Packing | undefined {
  return MAGIC.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0]
}

/** As for gzip: beyond it is a bomb. */
const MOST = 2 ** 31
const SLICE = 1 << 16

async function unpackZstd(bytes: Uint8Array): Promise<Uint8Array> {
  // Few layers need it: a start must not wait for it.
  const { Decompress } = await import('fzstd')
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Decompress(part => {
    parts.push(part)
    size += part.length
  })
  for (let at = 0; at < bytes.length; at += SLICE) {
    pushZstd(() => stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length))
    if (size > MOST) throw new ImageError(`the zstd data unpacks to more than ${MOST} bytes`)
  }
  return concat(parts)
}

/** The library throws plain errors. */
function pushZstd(push: () => void): void {
  try {
    push()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new ImageError(`damaged zstd data: ${error.message}`)
  }
}
