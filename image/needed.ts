// What an image is made of: its manifest, config and layers.

import { type Digest, isDigest } from './digest.ts'
import { type Descriptor, ImageError, isIndex, parseIndex, parseManifest } from './manifest.ts'
import { parseConfig } from './parse-config.ts'
import type { Store, StoredImage } from './store.ts'

/**
 * The digests of all that a manifest needs, itself first, and of the unpacked layers of it that are there, which make it
 * faster. Throws ImageError: a manifest is missing, or is none. */
export async function neededBlobs(
  store: Pick<Store, 'get' | 'has'>,
  manifest: Descriptor,
): Promise<ReadonlySet<Digest>> {
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
  store: Pick<Store, 'get' | 'has' | 'steps'>,
  images: readonly StoredImage[],
  blobs: readonly Digest[],
): Promise<Digest[]> {
  const needed = new Set<Digest>()
  for (const [, { layer }] of await store.steps()) if (layer) needed.add(layer.digest)
  for (const { manifest } of images) await mark(store, manifest, needed)
  return blobs.filter(digest => !needed.has(digest))
}

/**
 * Of what an image needed, what nobody else needs. Blobs that no image names yet are not looked at: another process may be
 * about to name them. What was left by one that is gone, `discard` takes.
 */
export async function removableBlobs(
  store: Pick<Store, 'get' | 'has' | 'steps'>,
  before: readonly StoredImage[],
  after: readonly StoredImage[],
  manifest: Digest,
): Promise<Digest[]> {
  const removed = before.find(image => image.manifest.digest === manifest)
  if (!removed) return []
  const gone = await unneededBlobs(store, after, await wholeOrManifest(store, removed.manifest))
  const there = await Promise.all(gone.map(digest => store.has(digest)))
  return gone.filter((_, index) => there[index])
}

/** An image that is not whole must be removable too. */
async function wholeOrManifest(store: Pick<Store, 'get' | 'has'>, manifest: Descriptor): Promise<Digest[]> {
  try {
    return [...(await neededBlobs(store, manifest))]
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    return [manifest.digest]
  }
}

async function mark(store: Pick<Store, 'get' | 'has'>, manifest: Descriptor, needed: Set<Digest>): Promise<void> {
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
  for (const digest of await diffIdsOf(store, config.digest)) if (await store.has(digest)) needed.add(digest)
}

/** None of a config that is missing or cannot be read: that is for others to say. */
async function diffIdsOf(store: Pick<Store, 'get'>, config: Digest): Promise<readonly Digest[]> {
  try {
    const bytes = await store.get(config)
    const ids = bytes ? parseConfig(bytes, `config ${config}`).rootfs.diff_ids : []
    return ids.filter(isDigest)
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    return []
  }
}
