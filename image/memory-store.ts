// A store that lives as long as the engine: for tests and short lives.

import { concat } from '../lib/bytes.ts'
import { type Digest, type Digester, portableDigester } from './digest.ts'
import { type Descriptor, ImageError } from './manifest.ts'
import { removableBlobs, requireNeeded, unneededBlobs } from './needed.ts'
import { Measure, MOST_GATHERED, piecesOf } from './pieces.ts'
import { renamed } from './renamed.ts'
import type { BlobSize, CacheRecord, Expected, Store, StoredImage } from './store.ts'

export class MemoryStore implements Store {
  readonly #digester: Digester
  readonly #blobs = new Map<Digest, Uint8Array>()
  readonly #cache = new Map<string, CacheRecord>()
  #images: StoredImage[] = []

  constructor(digester: Digester = portableDigester) {
    this.#digester = digester
  }

  async get(digest: Digest): Promise<Uint8Array | undefined> {
    return this.#blobs.get(digest)
  }

  async has(digest: Digest): Promise<boolean> {
    return this.#blobs.has(digest)
  }

  async put(bytes: Uint8Array): Promise<Digest> {
    const digest = await this.#digester.digest(bytes)
    this.#blobs.set(digest, bytes)
    return digest
  }

  async putStream(source: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize> {
    const measure = new Measure(this.#digester)
    const parts: Uint8Array[] = []
    try {
      for await (const part of source) {
        await measure.take(part)
        if (measure.size > MOST_GATHERED) throw new ImageError(`a blob is larger than ${MOST_GATHERED} bytes`)
        parts.push(part.slice())
      }
      const found = await measure.finish(expected)
      this.#blobs.set(found.digest, concat(parts))
      return found
    } finally {
      measure.cancel()
    }
  }

  async stream(digest: Digest, from = 0): Promise<AsyncIterable<Uint8Array> | undefined> {
    const bytes = this.#blobs.get(digest)
    return bytes && piecesOf(bytes, from)
  }

  async open(digest: Digest): Promise<Uint8Array | undefined> {
    return this.#blobs.get(digest)
  }

  async blobs(): Promise<readonly BlobSize[]> {
    return Array.from(this.#blobs, ([digest, { length }]) => ({ digest, size: length }))
  }

  async discard(digests: readonly Digest[]): Promise<void> {
    for (const digest of await unneededBlobs(this, this.#images, digests)) this.#blobs.delete(digest)
  }

  async images(): Promise<readonly StoredImage[]> {
    return [...this.#images]
  }

  async setName(name: string | undefined, manifest: Descriptor): Promise<void> {
    await requireNeeded(this, manifest)
    this.#images = renamed(this.#images, name, manifest)
  }

  async remove(name: string | undefined, manifest: Digest): Promise<readonly Digest[]> {
    const before = this.#images
    this.#images = before.filter(
      image => image.manifest.digest !== manifest || (name !== undefined && image.name !== name),
    )
    const gone = await removableBlobs(this, before, this.#images, manifest)
    for (const digest of gone) this.#blobs.delete(digest)
    return gone
  }

  async remembered(key: string): Promise<CacheRecord | undefined> {
    const record = this.#cache.get(key)
    return record && (!record.layer || this.#blobs.has(record.layer.digest)) ? record : undefined
  }

  async remember(key: string, record: CacheRecord): Promise<void> {
    this.#cache.set(key, record)
  }

  async steps(): Promise<readonly (readonly [string, CacheRecord])[]> {
    return [...this.#cache]
  }

  async forget(keys: readonly string[] = [...this.#cache.keys()]): Promise<void> {
    for (const key of keys) this.#cache.delete(key)
  }

  async check(): Promise<readonly string[]> {
    return []
  }
}
