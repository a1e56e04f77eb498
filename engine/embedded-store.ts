// The embedded base image laid under a store: it is there without being written, until something that stands on it is.

import type { Digest } from '../image/digest.ts'
import type { Descriptor } from '../image/manifest.ts'
import { piecesOf } from '../image/pieces.ts'
import type { BlobSize, CacheRecord, Expected, Store, StoredImage } from '../image/store.ts'
import type { ByteSource } from '../lib/byte-source.ts'
import type { BaseImage } from '../rootfs/build.ts'
import { EngineError } from './errors.ts'

export class EmbeddedStore implements Store {
  readonly #below: Store
  readonly #name: string
  readonly #base: () => BaseImage

  constructor(below: Store, name: string, base: () => BaseImage) {
    this.#below = below
    this.#name = name
    this.#base = base
  }

  async get(digest: Digest): Promise<Uint8Array | undefined> {
    return this.#base().blobs.get(digest) ?? this.#below.get(digest)
  }

  async has(digest: Digest): Promise<boolean> {
    return this.#base().blobs.has(digest) || this.#below.has(digest)
  }

  put(bytes: Uint8Array): Promise<Digest> {
    return this.#below.put(bytes)
  }

  putStream(source: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize> {
    return this.#below.putStream(source, expected)
  }

  async stream(digest: Digest, from = 0): Promise<AsyncIterable<Uint8Array> | undefined> {
    const embedded = this.#base().blobs.get(digest)
    return embedded ? piecesOf(embedded, from) : this.#below.stream(digest, from)
  }

  async open(digest: Digest): Promise<ByteSource | undefined> {
    return this.#base().blobs.get(digest) ?? this.#below.open(digest)
  }

  blobs(): Promise<readonly BlobSize[]> {
    return this.#below.blobs()
  }

  discard(digests: readonly Digest[]): Promise<void> {
    return this.#below.discard(digests)
  }

  async images(): Promise<readonly StoredImage[]> {
    const stored = await this.#below.images()
    if (stored.some(({ name }) => name === this.#name)) return stored
    return [...stored, { name: this.#name, manifest: this.#base().manifest }]
  }

  /** The layout must be whole for whoever reads it: what is named is written first. */
  async setName(name: string | undefined, manifest: Descriptor): Promise<void> {
    if (manifest.digest === this.#base().manifest.digest) await this.materialize()
    await this.#below.setName(name, manifest)
  }

  async remove(name: string | undefined, manifest: Digest): Promise<readonly Digest[]> {
    const isStored = (await this.#below.images()).some(image => image.manifest.digest === manifest)
    if (isStored) return this.#below.remove(name, manifest)
    throw new EngineError('in-use', `${this.#name.replace(/^.*\//, '')} is built into cowbox and cannot be removed`)
  }

  remembered(key: string): Promise<CacheRecord | undefined> {
    return this.#below.remembered(key)
  }

  remember(key: string, record: CacheRecord): Promise<void> {
    return this.#below.remember(key, record)
  }

  steps(): Promise<readonly (readonly [string, CacheRecord])[]> {
    return this.#below.steps()
  }

  forget(keys?: readonly string[]): Promise<void> {
    return this.#below.forget(keys)
  }

  check(how?: { readonly repair?: boolean }): Promise<readonly string[]> {
    return this.#below.check(how)
  }

  /** Writes the embedded image's blobs to the store below: images that are built on it need its layer there. */
  async materialize(): Promise<void> {
    await this.keepBelow([...this.#base().blobs.keys()])
  }

  /** Of these, the embedded ones that the store below lacks are written to it. */
  async keepBelow(digests: readonly Digest[]): Promise<void> {
    const { blobs } = this.#base()
    for (const digest of digests.filter(each => blobs.has(each))) {
      const isThere = await this.#below.has(digest)
      const bytes = isThere ? undefined : blobs.get(digest)
      if (bytes) await this.#below.put(bytes)
    }
  }
}
