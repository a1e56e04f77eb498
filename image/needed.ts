// What an image is made of: its manifest, config and layers.

import type { Digest } from './digest.ts'
import { type Descriptor, ImageError, isIndex, parseIndex, parseManifest } from './manifest.ts'
import type { Store, StoredImage } from './store.ts'

/** The digests of all that a manifest needs, itself first. Throws ImageError: a manifest is missing, or is none. */
export async function neededBlobs(store: Pick<Store, 'get'>, manifest: Descriptor): Promise<ReadonlySet<Digest>> {
  const needed = new Set<Digest>()
  await mark(store, manifest, needed)
  return needed
}

/** Throws ImageError when the store lacks something that a manifest needs. */
export async function requireNeeded(store: Pick<Store, 'get' | 'has'>, manifest: Descriptor): Promise<void> {
  for (const digest of await neededBlobs(store, manifest)) {
    if (!(await store.has(digest)))
      throw new ImageError(`manifest ${manifest.digest} needs blob ${digest}, which is missing`)
  }
}

/** Layers of remembered steps are needed too: they go when the steps are forgotten. */
export async function unneededBlobs(
  store: Pick<Store, 'get' | 'steps'>,
  images: readonly StoredImage[],
  blobs: readonly Digest[],
): Promise<Digest[]> {
  const needed = new Set<Digest>()
  for (const [, { layer }] of await store.steps()) if (layer) needed.add(layer.digest)
  for (const { manifest } of images) await mark(store, manifest, needed)
  return blobs.filter(digest => !needed.has(digest))
}

async function mark(store: Pick<Store, 'get'>, manifest: Descriptor, needed: Set<Digest>): Promise<void> {
  if (needed.has(manifest.digest)) return
  needed.add(manifest.digest)
  const bytes = await store.get(manifest.digest)
  if (!bytes) throw new ImageError(`manifest ${manifest.digest} is missing`)
  if (isIndex(manifest)) {
    for (const child of parseIndex(bytes, `index ${manifest.digest}`).manifests) await mark(store, child, needed)
    return
  }
  const { config, layers } = parseManifest(bytes, `manifest ${manifest.digest}`)
  for (const { digest } of [config, ...layers]) needed.add(digest)
}
