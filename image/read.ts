// From a manifest in a store to an image and its layers' archives.

import { type Digest, type Digester, portableDigester } from './digest.ts'
import { type Descriptor, ImageError, isIndex, type Platform, parseIndex, parseManifest } from './manifest.ts'
import { parseConfig } from './parse-config.ts'
import { chooseManifest, formatPlatform } from './platform.ts'
import type { Image, Store } from './store.ts'
import { unpack } from './unpack.ts'

/**
 * Throws ImageError when a blob is missing or wrong. An index gives the image for the platform; without one asked for, that
 * for linux/amd64, or its first.
 */
export async function readImage(store: Pick<Store, 'get'>, manifest: Descriptor, platform?: Platform): Promise<Image> {
  const bytes = await requireBlob(store, manifest.digest, 'manifest')
  if (isIndex(manifest)) {
    const { manifests } = parseIndex(bytes, `index ${manifest.digest}`)
    const chosen = chooseManifest(manifests, platform)
    if (!chosen) {
      const what = platform ? `no image for ${formatPlatform(platform)}` : 'no image'
      throw new ImageError(`index ${manifest.digest} names ${what}`)
    }
    return readImage(store, chosen, platform)
  }
  const { config, layers } = parseManifest(bytes, `manifest ${manifest.digest}`)
  const parsed = parseConfig(await requireBlob(store, config.digest, 'config'), `config ${config.digest}`)
  if (parsed.rootfs.diff_ids.length !== layers.length) {
    throw new ImageError(
      `config ${config.digest} names ${parsed.rootfs.diff_ids.length} layers, its manifest ${layers.length}`,
    )
  }
  return { id: config.digest, manifest, config: parsed, layers }
}

/** A layer's plain tar. With a diff id, it is verified. */
export async function readLayer(
  store: Pick<Store, 'get'>,
  layer: Descriptor,
  diffId: string | undefined,
  digester: Digester = portableDigester,
): Promise<Uint8Array> {
  const tar = await unpack(await requireBlob(store, layer.digest, 'layer'))
  if (diffId !== undefined && diffId !== layer.digest) {
    const found = await digester.digest(tar)
    if (found !== diffId)
      throw new ImageError(`layer ${layer.digest} has the diff id ${found}, but its config says ${diffId}`)
  }
  return tar
}

async function requireBlob(store: Pick<Store, 'get'>, digest: Digest, what: string): Promise<Uint8Array> {
  const bytes = await store.get(digest)
  if (!bytes) throw new ImageError(`${what} ${digest} is missing`)
  return bytes
}
