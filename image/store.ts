// Where images are kept: blobs by digest, names that point to manifests, and what builds remember.

import type { ByteSource } from '../lib/byte-source.ts'
import type { ImageConfig } from './config.ts'
import type { Digest } from './digest.ts'
import type { Descriptor } from './manifest.ts'

/** A named (or unnamed) image of a store. */
export interface StoredImage {
  /** Full name with tag; undefined: it has none (`<none>`). */
  readonly name: string | undefined
  readonly manifest: Descriptor
}

/**
 * Contract, checked by `test/conformance/store.ts`:
 * `get` throws ImageError when the bytes do not have their digest; undefined: no such blob.
 * `put` returns when the bytes are safe; the same bytes twice is no error. They are given away: nobody may change them.
 * `setName` returns when the name is safe, and throws ImageError, changing nothing, when the store lacks something that the
 * manifest needs. A name points to one manifest; one that loses its last name stays as `<none>` until `remove`.
 * `putStream` as `put`, of what comes in pieces; throws ImageError, keeping nothing, when it is not what was expected.
 * `stream` gives a blob in pieces and throws ImageError at its end when they do not have its digest (from the beginning only).
 * `open` throws as `get`, before anything of it is read.
 * `discard` removes blobs that no image and no remembered step needs. `forget` without keys forgets every step.
 * `remove` of what is not there changes nothing. `remembered` answers undefined when the layer is not there any more.
 * What the host's files refuse comes as the host's own error; then nothing is half-written.
 */
export interface Store {
  get(digest: Digest): Promise<Uint8Array | undefined>
  has(digest: Digest): Promise<boolean>
  put(bytes: Uint8Array): Promise<Digest>
  putStream(source: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize>
  /** From a byte on. undefined: no such blob. */
  stream(digest: Digest, from?: number): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Whole, or to be read where it is asked for: how a host that has files does it with a large one. undefined: no such blob. */
  open(digest: Digest): Promise<ByteSource | undefined>
  blobs(): Promise<readonly BlobSize[]>
  discard(digests: readonly Digest[]): Promise<void>
  images(): Promise<readonly StoredImage[]>
  setName(name: string | undefined, manifest: Descriptor): Promise<void>
  /** Takes a name away, or with undefined the manifest with all its names; blobs nobody needs any more go too. */
  remove(name: string | undefined, manifest: Digest): Promise<readonly Digest[]>
  /** What a build step gave the last time. */
  remembered(key: string): Promise<CacheRecord | undefined>
  remember(key: string, record: CacheRecord): Promise<void>
  /** Every step that is remembered. */
  steps(): Promise<readonly (readonly [key: string, record: CacheRecord])[]>
  forget(keys?: readonly string[]): Promise<void>
  /** What is damaged or missing, a line each. With `repair` it is removed, and images that are no longer whole are not listed. */
  check(how?: { readonly repair?: boolean }): Promise<readonly string[]>
}

export interface BlobSize {
  readonly digest: Digest
  readonly size: number
}

/** What a blob is known to be before it is read. */
export interface Expected {
  readonly digest?: Digest
  readonly size?: number
}

export interface CacheRecord {
  /** The layer that the step made; undefined: it made none. */
  readonly layer: Descriptor | undefined
  readonly diffId: Digest | undefined
  /** When it was made (RFC 3339): an image out of the cache is the same image. */
  readonly created?: string
}

/** An image, read. */
export interface Image {
  /** The digest of its config: docker's image id. */
  readonly id: Digest
  readonly manifest: Descriptor
  readonly config: ImageConfig
  readonly layers: readonly Descriptor[]
}
