// Which blobs no image needs any more.

import type { Digest } from './digest.ts'
import { type Descriptor, ImageError, MEDIA, parseIndex, parseManifest } from './manifest.ts'
import type { Store, StoredImage } from './store.ts'

export async function unneededBlobs(
  store: Pick<Store, 'get'>,
  images: readonly StoredImage[],
  blobs: readonly Digest[],
): Promise<Digest[]> {
  const needed = new Set<Digest>()
  for (const { manifest } of images) await mark(store, manifest, needed)
  return blobs.filter(digest => !needed.has(digest))
}

async function mark(store: Pick<Store, 'get'>, manifest: Descriptor, needed: Set<Digest>): Promise<void> {
  if (needed.has(manifest.digest)) return
  needed.add(manifest.digest)
  const bytes = await store.get(manifest.digest)
  if (!bytes) throw new ImageError(`manifest ${manifest.digest} is missing`)
  if (manifest.mediaType === MEDIA.index || manifest.mediaType === MEDIA.dockerIndex) {
    for (const child of parseIndex(bytes, `index ${manifest.digest}`).manifests) await mark(store, child, needed)
    return
  }
  const { config, layers } = parseManifest(bytes, `manifest ${manifest.digest}`)
  for (const { digest } of [config, ...layers]) needed.add(digest)
}
