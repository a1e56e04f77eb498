// An image as registries mostly hold it: each layer packed with gzip. Its config, and so its id, stays; its manifest is
// another.

import { newManifest } from '../archive.ts'
import type { Digest } from '../digest.ts'
import { type Descriptor, ImageError, isIndex, MEDIA, parseManifest, toJson } from '../manifest.ts'
import type { Store } from '../store.ts'
import { packingOf } from '../unpack.ts'

export interface PackedImage {
  readonly manifest: Descriptor
  /** Blobs that were made for it: to be discarded when it has been pushed. */
  readonly made: readonly Digest[]
}

/** What is packed already stays as it is, and so does an image of several platforms. Throws ImageError. */
export async function packImage(store: Store, manifest: Descriptor): Promise<PackedImage> {
  const bytes = isIndex(manifest) ? undefined : await store.get(manifest.digest)
  if (!bytes) return { manifest, made: [] }
  const { config, layers } = parseManifest(bytes, `manifest ${manifest.digest}`)
  const made: Digest[] = []
  try {
    const packed: Descriptor[] = []
    for (const layer of layers) packed.push(await packLayer(store, layer, made))
    if (made.length === 0) return { manifest, made }
    const again = toJson(newManifest({ ...config, mediaType: MEDIA.config }, packed))
    const digest = await store.put(again)
    made.push(digest)
    return { manifest: { mediaType: MEDIA.manifest, digest, size: again.length }, made }
  } catch (error) {
    await store.discard(made)
    throw error
  }
}

async function packLayer(store: Store, layer: Descriptor, made: Digest[]): Promise<Descriptor> {
  const source = await store.stream(layer.digest)
  if (!source) throw new ImageError(`layer ${layer.digest} is missing`)
  const pieces = source[Symbol.asyncIterator]()
  const first = await pieces.next()
  const packing = first.done ? undefined : packingOf(first.value)
  if (first.done || packing !== undefined) {
    await pieces.return?.()
    // Docker's names for layers do not belong in a manifest of OCI.
    const mediaType = packing === 'gzip' ? MEDIA.layerGzip : packing === 'zstd' ? MEDIA.layerZstd : layer.mediaType
    return { ...layer, mediaType }
  }
  const { digest, size } = await store.putStream(gzipPieces(first.value, pieces))
  made.push(digest)
  return { mediaType: MEDIA.layerGzip, digest, size }
}

async function* gzipPieces(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { writable, readable } = new CompressionStream('gzip')
  const writer = writable.getWriter()
  const reader = readable.getReader()
  let failure: unknown
  const feeding = feed().catch(async error => {
    failure = error
    await writer.abort(error).catch(() => undefined)
  })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (value) yield value
      if (done) break
    }
  } catch (error) {
    throw failure ?? error
  }
  await feeding

  async function feed(): Promise<void> {
    await writer.write(first)
    for (let next = await rest.next(); !next.done; next = await rest.next()) await writer.write(next.value)
    await writer.close()
  }
}
