// A store that is an OCI image layout (image-spec image-layout.md): skopeo reads it as it is.
//
// A crash at any moment loses nothing that was reported done: what is written goes to a temporary file, is flushed, and
// then renamed; blobs come before the manifest that needs them, and names, in index.json, last.

import type { ByteSource } from '../lib/byte-source.ts'
import { blobPath, type Digest, type Digester, isDigest, portableDigester } from './digest.ts'
import {
  type Descriptor,
  ImageError,
  isDescriptor,
  isRecord,
  MEDIA,
  parseIndex,
  parseJson,
  toJson,
} from './manifest.ts'
import { neededBlobs, removableBlobs, requireNeeded, unneededBlobs } from './needed.ts'
import { gatherAtMost, Measure, MOST_GATHERED, piecesOf } from './pieces.ts'
import { familiarTag, parseReference } from './reference.ts'
import { isNamed, renamed } from './renamed.ts'
import type { BlobSize, CacheRecord, Expected, Store, StoredImage } from './store.ts'
import { VerifiedBlobs, type VerifiedFiles } from './verified-blobs.ts'

/** The little that a layout needs of a host's files. Paths are relative, with slashes. */
export interface LayoutFiles extends VerifiedFiles {
  exists(path: string): Promise<boolean>
  /** Whole or not at all: temporary file, flush, rename. Makes the directories it needs. */
  writeAtomically(path: string, bytes: Uint8Array): Promise<void>
  /** Names in a directory; none when it is missing. */
  list(path: string): Promise<readonly string[]>
  /** Runs a piece while no other process does. */
  exclusively<T>(piece: () => Promise<T>): Promise<T>
  /** A file that grows in pieces; only whole does it get its name. undefined: this host writes whole files. */
  grow?(directory: string): Promise<GrowingFile>
  /** Pieces of a file, from a byte on. undefined: there is no such file. */
  pieces?(path: string, from: number): Promise<AsyncIterable<Uint8Array> | undefined>
  /** A large file, read where it is asked for. undefined: there is none, or it is better read at once. */
  open?(path: string): Promise<ByteSource | undefined>
  /** undefined: there is no such file. */
  size?(path: string): Promise<number | undefined>
  /** Whether what was thrown says that there is no room left. */
  isFull?(error: unknown): boolean
}

export interface GrowingFile {
  write(bytes: Uint8Array): Promise<void>
  /** Flushed and renamed: from now on it is there, whole. */
  finish(path: string): Promise<void>
  discard(): Promise<void>
}

const NAME = 'io.containerd.image.name'
const REFERENCE = 'org.opencontainers.image.ref.name'
const LAYOUT = { imageLayoutVersion: '1.0.0' }

export class LayoutStore implements Store {
  readonly #files: LayoutFiles
  readonly #digester: Digester
  readonly #verified: VerifiedBlobs

  constructor(files: LayoutFiles, digester: Digester = portableDigester) {
    this.#files = files
    this.#digester = digester
    this.#verified = new VerifiedBlobs(files)
  }

  async get(digest: Digest): Promise<Uint8Array | undefined> {
    const stamp = await this.#verified.stamp(digest)
    const bytes = await this.#files.read(blobPath(digest))
    if (!bytes || (await this.#verified.has(digest))) return bytes
    const found = await this.#digester.digest(bytes)
    if (found !== digest) {
      throw new ImageError(
        `blob ${digest} is damaged: its contents have the digest ${found}. Remove it with: cowbox system check --repair`,
      )
    }
    await this.#verified.add(digest, stamp)
    return bytes
  }

  has(digest: Digest): Promise<boolean> {
    return this.#files.exists(blobPath(digest))
  }

  async put(bytes: Uint8Array): Promise<Digest> {
    const digest = await this.#digester.digest(bytes)
    await this.#keep(digest, () => this.#files.writeAtomically(blobPath(digest), bytes))
    return digest
  }

  /** What is written under a digest just computed need not be read to be verified. */
  async #keep(digest: Digest, write: () => Promise<void>): Promise<void> {
    if (await this.has(digest)) return
    await write()
    await this.#verified.add(digest, await this.#verified.stamp(digest))
  }

  async putStream(source: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize> {
    const file = await this.#files.grow?.('blobs/sha256')
    if (!file) return this.#putGathered(source, expected)
    const measure = new Measure(this.#digester)
    try {
      for await (const piece of source) {
        await measure.take(piece)
        await file.write(piece)
      }
      const found = await measure.finish(expected)
      if (await this.has(found.digest)) await file.discard()
      else await this.#keep(found.digest, () => file.finish(blobPath(found.digest)))
      return found
    } catch (error) {
      measure.cancel()
      await file.discard()
      throw error
    }
  }

  async #putGathered(source: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize> {
    const bytes = await gatherAtMost(source, MOST_GATHERED, 'a blob')
    const measure = new Measure(this.#digester)
    await measure.take(bytes)
    const found = await measure.finish(expected)
    await this.#keep(found.digest, () => this.#files.writeAtomically(blobPath(found.digest), bytes))
    return found
  }

  async stream(digest: Digest, from = 0): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (!this.#files.pieces) {
      const bytes = await this.get(digest)
      return bytes && piecesOf(bytes, from)
    }
    const stamp = await this.#verified.stamp(digest)
    const pieces = await this.#files.pieces(blobPath(digest), from)
    if (!pieces || from > 0 || (await this.#verified.has(digest))) return pieces
    return this.#verify(digest, pieces, stamp)
  }

  async *#verify(
    digest: Digest,
    pieces: AsyncIterable<Uint8Array>,
    stamp: string | undefined,
  ): AsyncGenerator<Uint8Array> {
    const measure = new Measure(this.#digester)
    try {
      for await (const piece of pieces) {
        await measure.take(piece)
        yield piece
      }
      await measure.finish({ digest })
      await this.#verified.add(digest, stamp)
    } finally {
      measure.cancel()
    }
  }

  async open(digest: Digest): Promise<ByteSource | undefined> {
    // Opened before it is verified: from then on it is this file, whatever becomes of its name.
    const file = await this.#files.open?.(blobPath(digest))
    if (!file) return this.get(digest)
    if (!(await this.#verified.has(digest))) for await (const _ of (await this.stream(digest)) ?? []);
    return file
  }

  async blobs(): Promise<readonly BlobSize[]> {
    const sizes: BlobSize[] = []
    for (const digest of await this.#blobs()) {
      const size = this.#files.size
        ? await this.#files.size(blobPath(digest))
        : (await this.#files.read(blobPath(digest)))?.length
      if (size !== undefined) sizes.push({ digest, size })
    }
    return sizes
  }

  discard(digests: readonly Digest[]): Promise<void> {
    return this.#files.exclusively(async () => {
      const gone = await unneededBlobs(this, await this.images(), digests)
      for (const digest of gone) await this.#removeBlob(digest)
    })
  }

  async #removeBlob(digest: Digest): Promise<void> {
    await this.#files.remove(blobPath(digest))
    await this.#verified.remove(digest)
  }

  async images(): Promise<readonly StoredImage[]> {
    const bytes = await this.#files.read('index.json')
    if (!bytes) return []
    return parseIndex(bytes, 'index.json').manifests.map(toStored)
  }

  async setName(name: string | undefined, manifest: Descriptor): Promise<void> {
    // Nothing is to be written, and nobody to be waited for: a build from the cache makes the same image again.
    if (isNamed(await this.images(), name, manifest)) return requireNeeded(this, manifest)
    return this.#files.exclusively(async () => {
      await requireNeeded(this, manifest)
      await this.#writeIndex(renamed(await this.images(), name, manifest))
    })
  }

  remove(name: string | undefined, manifest: Digest): Promise<readonly Digest[]> {
    return this.#files.exclusively(async () => {
      const images = await this.images()
      const kept = images.filter(
        image => image.manifest.digest !== manifest || (name !== undefined && image.name !== name),
      )
      await this.#writeIndex(kept)
      const gone = await removableBlobs(this, images, kept, manifest)
      for (const digest of gone) await this.#removeBlob(digest)
      return gone
    })
  }

  async remembered(key: string): Promise<CacheRecord | undefined> {
    const bytes = await this.#files.read(cachePath(key))
    const record = bytes && parseCacheRecord(bytes)
    return record && (!record.layer || (await this.has(record.layer.digest))) ? record : undefined
  }

  async remember(key: string, record: CacheRecord): Promise<void> {
    const bytes = toJson(record)
    // It only saves work: one that is lost or torn is none.
    if (this.#files.writeNote) await this.#files.writeNote(cachePath(key), bytes)
    else await this.#files.writeAtomically(cachePath(key), bytes)
  }

  async steps(): Promise<readonly (readonly [string, CacheRecord])[]> {
    const found: (readonly [string, CacheRecord])[] = []
    for (const name of await this.#files.list('cache')) {
      const bytes = name.endsWith('.json') ? await this.#files.read(`cache/${name}`) : undefined
      const record = bytes && parseCacheRecord(bytes)
      if (record) found.push([name.slice(0, -'.json'.length), record])
    }
    return found
  }

  async forget(keys?: readonly string[]): Promise<void> {
    const gone = keys?.map(cachePath) ?? (await this.#files.list('cache')).map(name => `cache/${name}`)
    for (const path of gone) await this.#files.remove(path)
  }

  /** Blobs whose contents do not have their digest, and images that lack one. With `repair` both are removed. */
  check(how: { readonly repair?: boolean } = {}): Promise<string[]> {
    return this.#files.exclusively(async () => {
      const damaged = await this.#damagedBlobs()
      if (how.repair) for (const digest of damaged) await this.#removeBlob(digest)
      const images = await this.images()
      const problems = await Promise.all(images.map(({ manifest }) => this.#problemOf(manifest, damaged)))
      if (how.repair && problems.some(problem => problem !== undefined)) {
        await this.#writeIndex(images.filter((_, index) => problems[index] === undefined))
      }
      return [
        ...damaged.map(digest => `blob ${digest} is damaged`),
        ...images.flatMap(({ name, manifest }, index) =>
          problems[index] === undefined ? [] : [`image ${name ?? manifest.digest}: ${problems[index]}`],
        ),
      ]
    })
  }

  async #damagedBlobs(): Promise<Digest[]> {
    const damaged: Digest[] = []
    for (const digest of await this.#blobs()) if (!(await this.#isSound(digest))) damaged.push(digest)
    return damaged
  }

  async #isSound(digest: Digest): Promise<boolean> {
    // Read anew, whatever was remembered.
    await this.#verified.remove(digest)
    try {
      for await (const _ of (await this.stream(digest)) ?? []);
      return true
    } catch (error) {
      if (!(error instanceof ImageError)) throw error
      return false
    }
  }

  async #problemOf(manifest: Descriptor, damaged: readonly Digest[]): Promise<string | undefined> {
    try {
      for (const digest of await neededBlobs(this, manifest)) {
        if (damaged.includes(digest)) return `its blob ${digest} is damaged`
        if (!(await this.has(digest))) return `its blob ${digest} is missing`
      }
      return undefined
    } catch (error) {
      if (!(error instanceof ImageError)) throw error
      return error.message
    }
  }

  async #writeIndex(images: readonly StoredImage[]): Promise<void> {
    if (!(await this.#files.exists('oci-layout'))) await this.#files.writeAtomically('oci-layout', toJson(LAYOUT))
    const manifests = images.map(toDescriptor)
    const bytes = toJson({ schemaVersion: 2, mediaType: MEDIA.index, manifests })
    await this.#evenWhenFull(() => this.#files.writeAtomically('index.json', bytes))
  }

  /** Who frees a full disk must be able to say so: what only saves work makes room. */
  async #evenWhenFull(write: () => Promise<void>): Promise<void> {
    for (const spare of ['verified', 'cache']) {
      try {
        return await write()
      } catch (error) {
        if (!this.#files.isFull?.(error)) throw error
        for (const name of await this.#files.list(spare)) await this.#files.remove(`${spare}/${name}`)
      }
    }
    await write()
  }

  async #blobs(): Promise<Digest[]> {
    const names = await this.#files.list('blobs/sha256')
    return names.map(name => `sha256:${name}` as const).filter(isDigest)
  }
}

function toStored({ annotations, ...manifest }: Descriptor): StoredImage {
  return { name: annotations?.[NAME], manifest }
}

function toDescriptor({ name, manifest }: StoredImage): Descriptor {
  if (name === undefined) return manifest
  // Not the tag alone: several images are `latest`, and skopeo chooses by this (`oci:STORE:box:latest`).
  return { ...manifest, annotations: { [NAME]: name, [REFERENCE]: familiarTag(parseReference(name)) } }
}

function cachePath(key: string): string {
  return `cache/${key.replace(/^sha256:/, '')}.json`
}

/** undefined: it is none. What only saves work must never be in its way. */
function parseCacheRecord(bytes: Uint8Array): CacheRecord | undefined {
  try {
    const record = parseJson(bytes, 'a record of the build cache')
    return isCacheRecord(record) ? record : undefined
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    return undefined
  }
}

function isCacheRecord(value: unknown): value is CacheRecord {
  if (!isRecord(value)) return false
  const { layer, diffId, created } = value
  return (
    (created === undefined || typeof created === 'string') &&
    (layer === undefined || isDescriptor(layer)) &&
    (diffId === undefined || (typeof diffId === 'string' && isDigest(diffId)))
  )
}
