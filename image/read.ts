// From a manifest in a store to an image and its layers' archives.

import { concat } from '../lib/bytes.ts'
import { gunzip, isGzip } from '../lib/gzip.ts'
import { type Digest, type Digester, portableDigester } from './digest.ts'
import { chooseManifest, type Descriptor, ImageError, isIndex, parseIndex, parseManifest } from './manifest.ts'
import { parseConfig } from './parse-config.ts'
import type { Image, Store } from './store.ts'

/** Throws ImageError when a blob is missing or wrong. An index gives the image for linux/amd64, or its first. */
export async function readImage(store: Pick<Store, 'get'>, manifest: Descriptor): Promise<Image> {
  const bytes = await requireBlob(store, manifest.digest, 'manifest')
  if (isIndex(manifest)) {
    const { manifests } = parseIndex(bytes, `index ${manifest.digest}`)
    const chosen = chooseManifest(manifests)
    if (!chosen) throw new ImageError(`index ${manifest.digest} names no image`)
    return readImage(store, chosen)
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
  const tar = await unpackLayer(await requireBlob(store, layer.digest, 'layer'))
  if (diffId !== undefined && diffId !== layer.digest) {
    const found = await digester.digest(tar)
    if (found !== diffId)
      throw new ImageError(`layer ${layer.digest} has the diff id ${found}, but its config says ${diffId}`)
  }
  return tar
}

/** gzip and zstd by their magic numbers; media types are often wrong. Throws GzipError or ImageError. */
export async function unpackLayer(bytes: Uint8Array): Promise<Uint8Array> {
  if (isGzip(bytes)) return gunzip(bytes)
  return isZstd(bytes) ? unpackZstd(bytes) : bytes
}

function isZstd(bytes: Uint8Array): boolean {
  return bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd
}

/** As for gzip: beyond it is a bomb. */
const MOST = 2 ** 31
const SLICE = 1 << 16

async function unpackZstd(bytes: Uint8Array): Promise<Uint8Array> {
  // Few layers need it: a start must not wait for it.
  const { Decompress } = await import('fzstd')
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Decompress(part => {
    parts.push(part)
    size += part.length
  })
  for (let at = 0; at < bytes.length; at += SLICE) {
    pushZstd(() => stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length))
    if (size > MOST) throw new ImageError(`the zstd data unpacks to more than ${MOST} bytes`)
  }
  return concat(parts)
}

/** The library throws plain errors. */
function pushZstd(push: () => void): void {
  try {
    push()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new ImageError(`damaged zstd data: ${error.message}`)
  }
}

async function requireBlob(store: Pick<Store, 'get'>, digest: Digest, what: string): Promise<Uint8Array> {
  const bytes = await store.get(digest)
  if (!bytes) throw new ImageError(`${what} ${digest} is missing`)
  return bytes
}
