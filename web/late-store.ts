// A store that is still being opened: the terminals need not wait for it.

import type { Digest } from '../image/digest.ts'
import type { Descriptor } from '../image/manifest.ts'
import type { BlobSize, CacheRecord, Expected, Store, StoredImage } from '../image/store.ts'
import type { ByteSource } from '../lib/byte-source.ts'

export class LateStore implements Store {
  readonly #opening: Promise<Store>

  constructor(opening: Promise<Store>) {
    this.#opening = opening
  }

  async get(digest: Digest): Promise<Uint8Array | undefined> {
    return (await this.#opening).get(digest)
  }

  async has(digest: Digest): Promise<boolean> {
    return (await this.#opening).has(digest)
  }

  async put(bytes: Uint8Array): Promise<Digest> {
    return (await this.#opening).put(bytes)
  }

  async putStream(source: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize> {
    return (await this.#opening).putStream(source, expected)
  }

  async stream(digest: Digest, from?: number): Promise<AsyncIterable<Uint8Array> | undefined> {
    return (await this.#opening).stream(digest, from)
  }

  async open(digest: Digest): Promise<ByteSource | undefined> {
    return (await this.#opening).open(digest)
  }

  async blobs(): Promise<readonly BlobSize[]> {
    return (await this.#opening).blobs()
  }

  async discard(digests: readonly Digest[]): Promise<void> {
    return (await this.#opening).discard(digests)
  }

  async images(): Promise<readonly StoredImage[]> {
    return (await this.#opening).images()
  }

  async setName(name: string | undefined, manifest: Descriptor): Promise<void> {
    return (await this.#opening).setName(name, manifest)
  }

  async remove(name: string | undefined, manifest: Digest): Promise<readonly Digest[]> {
    return (await this.#opening).remove(name, manifest)
  }

  async remembered(key: string): Promise<CacheRecord | undefined> {
    return (await this.#opening).remembered(key)
  }

  async remember(key: string, record: CacheRecord): Promise<void> {
    return (await this.#opening).remember(key, record)
  }

  async steps(): Promise<readonly (readonly [key: string, record: CacheRecord])[]> {
    return (await this.#opening).steps()
  }

  async forget(keys?: readonly string[]): Promise<void> {
    return (await this.#opening).forget(keys)
  }

  async check(how?: { readonly repair?: boolean }): Promise<readonly string[]> {
    return (await this.#opening).check(how)
  }
}
