// Content digests as OCI writes them (image-spec descriptor.md): `sha256:` and 64 hexadecimal digits.

import { toHex } from '../lib/digest.ts'
import { Sha256, sha256Hex } from '../lib/sha256.ts'

export type Digest = `sha256:${string}`

export function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text)
}

/** Where an OCI layout keeps a blob. */
export function blobPath(digest: Digest): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`
}

/** Computes digests. A host may hand in a faster one; all give the same. */
export interface Digester {
  digest(bytes: Uint8Array): Digest | Promise<Digest>
  /** Of many pieces, in their order: faster than each by itself. undefined: this host has nothing better. */
  many?(pieces: readonly Uint8Array[]): Promise<readonly Digest[]>
  /** A digest over pieces as they come. undefined: this host has none of its own. */
  start?(): DigestStream
}

export interface DigestStream {
  /** The piece may be changed when it has resolved. */
  update(bytes: Uint8Array): void | Promise<void>
  finish(): Digest | Promise<Digest>
  /** There will be no more pieces, and no digest. Idempotent, and nothing after `finish`. */
  cancel(): void
}

/** In TypeScript, at once: for small things, and where the host has nothing faster. */
export const portableDigester = {
  digest: (bytes: Uint8Array): Digest => `sha256:${sha256Hex(bytes)}`,
  start: (): DigestStream => new PortableStream(),
}

export async function digestMany(digester: Digester, pieces: readonly Uint8Array[]): Promise<readonly Digest[]> {
  return digester.many?.(pieces) ?? Promise.all(pieces.map(piece => digester.digest(piece)))
}

export function startDigest(digester: Digester): DigestStream {
  return digester.start?.() ?? portableDigester.start()
}

class PortableStream implements DigestStream {
  readonly #hash = new Sha256()

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  finish(): Digest {
    return `sha256:${toHex(this.#hash.finish())}`
  }

  cancel(): void {}
}

/** The first twelve digits: what docker shows. */
export function shortId(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12)
}
