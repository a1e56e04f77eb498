// Blobs that are made when somebody asks for them: most who hold an image need no more than their digests.

import type { Digest } from '../image/digest.ts'

export class LateBlobs {
  readonly #make: ReadonlyMap<Digest, () => Uint8Array>
  readonly #made = new Map<Digest, Uint8Array>()

  constructor(make: ReadonlyMap<Digest, () => Uint8Array>) {
    this.#make = make
  }

  has(digest: Digest): boolean {
    return this.#make.has(digest)
  }

  keys(): Iterable<Digest> {
    return this.#make.keys()
  }

  /** undefined: no such blob. */
  get(digest: Digest): Uint8Array | undefined {
    const bytes = this.#made.get(digest) ?? this.#make.get(digest)?.()
    if (bytes) this.#made.set(digest, bytes)
    return bytes
  }
}
