// From a manifest in a store to an image and its layers' archives.

import type { ByteSource } from '../lib/byte-source.ts'
import { GzipError } from '../lib/gzip.ts'
import { type Digest, type Digester, isDigest, portableDigester } from './digest.ts'
import { type Descriptor, ImageError, isIndex, type Platform, parseIndex, parseManifest } from './manifest.ts'
import { parseConfig } from './parse-config.ts'
import { chooseManifest, formatPlatform } from './platform.ts'
import type { Image, Store } from './store.ts'
import { packingOf, unpack, unpackStream } from './unpack.ts'

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
  return unpackLayer(await requireBlob(store, layer.digest, 'layer'), layer, diffId, digester)
}

/**
 * As readLayer, but of a large layer only what is asked for is read, where the store can: a packed one is unpacked into the
 * store once, as the blob of its diff id, which lives as long as an image that names it.
 */
export async function openLayer(
  store: Store,
  layer: Descriptor,
  diffId: string | undefined,
  digester: Digester = portableDigester,
): Promise<ByteSource> {
  const plain = diffId !== undefined && isDigest(diffId) ? diffId : undefined
  const unpacked = plain && (await store.open(plain))
  if (unpacked) return unpacked
  const packed = await store.open(layer.digest)
  if (!packed) throw new ImageError(`layer ${layer.digest} is missing`)
  if (packed instanceof Uint8Array) return unpackLayer(packed, layer, diffId, digester)
  if (plain === undefined || packingOf(packed.subarray(0, 8)) === undefined) {
    return readLayer(store, layer, diffId, digester)
  }
  await unpackInto(store, layer, plain)
  return (await store.open(plain)) ?? readLayer(store, layer, diffId, digester)
}

async function unpackInto(store: Store, { digest }: Descriptor, diffId: Digest): Promise<void> {
  try {
    const packed = await store.stream(digest)
    if (packed) await store.putStream(unpackStream(packed), { digest: diffId })
  } catch (error) {
    // Several gzip members in one file: not every host's stream reads them, but readLayer does.
    if (!(error instanceof GzipError)) throw error
  }
}

async function unpackLayer(
  bytes: Uint8Array,
  layer: Descriptor,
  diffId: string | undefined,
  digester: Digester,
): Promise<Uint8Array> {
  const tar = await unpack(bytes)
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
