// Blobs in pieces, so that a large one is never in memory as a whole.

import { concat } from '../lib/bytes.ts'
import { type Digest, type Digester, type DigestStream, startDigest } from './digest.ts'
import { ImageError } from './manifest.ts'
import type { BlobSize, Expected } from './store.ts'

/** How large a piece is where we choose. */
export const PIECE = 1 << 20

export async function* piecesOf(bytes: Uint8Array, from = 0): AsyncGenerator<Uint8Array> {
  for (let at = from; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

/** What one stretch of memory holds in every host. */
export const MOST_GATHERED = 2 ** 31

export async function gather(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return concat(parts)
}

/** As gather, of what somebody else sends. Throws ImageError beyond `most` bytes. */
export async function gatherAtMost(source: AsyncIterable<Uint8Array>, most: number, what: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of source) {
    size += part.length
    if (size > most) throw new ImageError(`${what} is larger than ${most} bytes`)
    parts.push(part)
  }
  return concat(parts)
}

/** Measures what passes. */
export class Measure {
  readonly #digest: DigestStream
  size = 0

  constructor(digester: Digester) {
    this.#digest = startDigest(digester)
  }

  /** The piece may be changed when it has resolved. */
  async take(piece: Uint8Array): Promise<void> {
    await this.#digest.update(piece)
    this.size += piece.length
  }

  /** For one that ends early. */
  cancel(): void {
    this.#digest.cancel()
  }

  /** Throws ImageError: it is something else. */
  async finish({ digest, size }: Expected = {}): Promise<BlobSize> {
    const found = await this.#digest.finish()
    if (size !== undefined && size !== this.size) {
      throw new ImageError(`blob ${digest ?? found} has ${this.size} bytes, but its descriptor says ${size}`)
    }
    if (digest !== undefined && digest !== found) {
      throw new ImageError(`blob ${digest} is damaged: its contents have the digest ${found}`)
    }
    return { digest: found, size: this.size }
  }
}

/** The digest of a stream, read to its end. */
export async function digestOf(source: AsyncIterable<Uint8Array>, digester: Digester): Promise<Digest> {
  const measure = new Measure(digester)
  try {
    for await (const piece of source) await measure.take(piece)
    return (await measure.finish()).digest
  } finally {
    measure.cancel()
  }
}
