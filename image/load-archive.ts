// Images as one file, read in every form that docker, podman, skopeo and buildah write: docker's archive, old and new, and an
// OCI layout in a tar, plain or gzip'd.

import { EMPTY } from '../lib/bytes.ts'
import { GzipError } from '../lib/gzip.ts'
import { newManifest } from './archive.ts'
import { ArchiveFiles, cleanPath } from './archive-files.ts'
import type { ImageConfig } from './config.ts'
import { blobPath, type Digest, type Digester, isDigest, portableDigester } from './digest.ts'
import {
  type Descriptor,
  ImageError,
  type Index,
  isIndex,
  isRecord,
  MEDIA,
  type Platform,
  parseIndex,
  parseJson,
  parseManifest,
  toJson,
} from './manifest.ts'
import { parseConfig } from './parse-config.ts'
import { digestOf, piecesOf } from './pieces.ts'
import { chooseManifest, formatPlatform, servesPlatform } from './platform.ts'
import { familiarTag, fullName, parseReference } from './reference.ts'
import type { BlobSize, Store } from './store.ts'
import { type Packing, packingOf, unpack, unpackStream } from './unpack.ts'

export interface Loaded {
  readonly id: Digest
  /** Familiar names, with tags. */
  readonly names: readonly string[]
}

export interface LoadOptions {
  readonly digester?: Digester
  /** Of an index only the image for it; without one that for linux/amd64, or the first. */
  readonly platform?: Platform
}

/**
 * Reads an archive into the store. Everything is verified before the first name is set, and what is refused leaves the store
 * as it was. Of a stream no layer is in memory as a whole. Throws ImageError, TarError or GzipError.
 */
export async function loadArchive(
  store: Store,
  archive: Uint8Array | AsyncIterable<Uint8Array>,
  { digester = portableDigester, platform }: LoadOptions = {},
): Promise<Loaded[]> {
  const files = new ArchiveFiles(store)
  const loader = new Loader(store, files, digester, platform)
  try {
    await files.read(unpackStream(archive instanceof Uint8Array ? piecesOf(archive) : archive))
    return await loader.load()
  } catch (error) {
    await files.discard()
    throw error
  }
}

interface Prepared {
  readonly manifest: Descriptor
  readonly id: Digest
  /** Full. */
  readonly names: readonly string[]
}

class Loader {
  readonly #store: Store
  readonly #files: ArchiveFiles
  readonly #digester: Digester
  readonly #platform: Platform | undefined

  constructor(store: Store, files: ArchiveFiles, digester: Digester, platform: Platform | undefined) {
    this.#store = store
    this.#files = files
    this.#digester = digester
    this.#platform = platform
  }

  async load(): Promise<Loaded[]> {
    const isDocker = this.#files.has('manifest.json')
    if (!isDocker && !this.#files.has('index.json')) {
      throw new ImageError('this is no image archive: it has neither manifest.json nor index.json')
    }
    const prepared = isDocker ? await this.#docker() : await this.#oci()
    for (const { manifest, names } of prepared) {
      for (const name of names.length === 0 ? [undefined] : names) await this.#store.setName(name, manifest)
    }
    return merged(prepared)
  }

  async #docker(): Promise<Prepared[]> {
    const list = parseJson(await this.#files.require('manifest.json'), 'manifest.json')
    if (!Array.isArray(list)) throw new ImageError('manifest.json is not a list of images')
    const originals = await this.#originalManifests()
    const prepared: Prepared[] = []
    for (const entry of list) prepared.push(await this.#dockerImage(entry, originals))
    return prepared
  }

  /** Manifests that lie beside manifest.json, as docker 25 and cowbox write them: with them an image keeps its digest. */
  async #originalManifests(): Promise<readonly Uint8Array[]> {
    const index = await this.#files.bytes('index.json')
    const found: Uint8Array[] = []
    for (const descriptor of index ? parseIndex(index, 'index.json').manifests : []) {
      const bytes = isIndex(descriptor) ? undefined : await this.#files.bytes(blobPath(descriptor.digest))
      if (bytes) found.push(bytes)
    }
    return found
  }

  async #dockerImage(entry: unknown, originals: readonly Uint8Array[]): Promise<Prepared> {
    if (!isRecord(entry) || typeof entry.Config !== 'string' || !isTextList(entry.Layers)) {
      throw new ImageError('manifest.json holds an entry that is no image')
    }
    const configBytes = await this.#files.require(cleanPath(entry.Config))
    const { digest: id } = await this.#files.put(configBytes)
    const named = /([0-9a-f]{64})(?:\.json)?$/.exec(entry.Config)?.[1]
    if (named && id !== `sha256:${named}`) throw damaged(`config ${entry.Config}`, id)
    const config = parseConfig(configBytes, `config ${entry.Config}`)
    this.#requirePlatform(config, `config ${entry.Config}`)
    const diffIds = config.rootfs.diff_ids
    requireSameCount(`config ${entry.Config}`, diffIds, entry.Layers)
    const layers: Descriptor[] = []
    for (const [index, path] of entry.Layers.entries()) {
      layers.push(await this.#layer(await this.#files.blob(cleanPath(path)), path, diffIds[index]))
    }
    const tags = isTextList(entry.RepoTags) ? entry.RepoTags : []
    const manifestBytes =
      originals.find(bytes => isManifestOf(bytes, id, layers)) ??
      toJson(newManifest({ mediaType: MEDIA.config, digest: id, size: configBytes.length }, layers))
    const { mediaType } = parseManifest(manifestBytes, 'a manifest')
    const manifest = { mediaType, ...(await this.#files.put(manifestBytes)) }
    return { manifest, id, names: tags.map(tag => fullName(parseReference(tag))) }
  }

  /** One that was asked for by platform must be for it. */
  #requirePlatform({ os, architecture, variant }: ImageConfig, what: string): void {
    const made = { os, architecture, ...(variant ? { variant } : {}) }
    if (!this.#platform || servesPlatform(made, this.#platform)) return
    throw new ImageError(`${what} is for ${formatPlatform(made)}, not for ${formatPlatform(this.#platform)}`)
  }

  /** Its diff id is verified. */
  async #layer({ digest, size }: BlobSize, path: string, diffId: string | undefined): Promise<Descriptor> {
    const { packing, found } = await this.#diffIdOf(digest)
    if (found !== diffId) throw damaged(`layer ${path}`, found, `but its config says ${diffId}`)
    if (packing === 'bzip2' || packing === 'xz') {
      throw new ImageError(`layer ${path} is packed with ${packing}, for which OCI has no media type`)
    }
    const mediaType = packing === undefined ? MEDIA.layer : packing === 'gzip' ? MEDIA.layerGzip : MEDIA.layerZstd
    return { mediaType, digest, size }
  }

  async #diffIdOf(digest: Digest): Promise<{ packing: Packing | undefined; found: Digest }> {
    const packing = packingOf(await firstPiece(await this.#stream(digest)))
    if (packing === undefined) return { packing, found: digest }
    try {
      return { packing, found: await digestOf(unpackStream(await this.#stream(digest)), this.#digester) }
    } catch (error) {
      // Several gzip members in one file: not every host's stream reads them.
      if (!(error instanceof GzipError)) throw error
      const bytes = await this.#store.get(digest)
      return { packing, found: await this.#digester.digest(await unpack(bytes ?? EMPTY)) }
    }
  }

  async #stream(digest: Digest): Promise<AsyncIterable<Uint8Array>> {
    const stream = await this.#store.stream(digest)
    if (!stream) throw new ImageError(`blob ${digest} is missing`)
    return stream
  }

  async #oci(): Promise<Prepared[]> {
    const index = parseIndex(await this.#files.require('index.json'), 'index.json')
    const prepared: Prepared[] = []
    for (const descriptor of await this.#flatten(index)) prepared.push(await this.#ociImage(descriptor))
    return prepared
  }

  /** Image manifests of an index; nested indexes give their image for the platform. */
  async #flatten(index: Index): Promise<Descriptor[]> {
    const found: Descriptor[] = []
    for (const descriptor of index.manifests) {
      if (descriptor.platform?.os === 'unknown') continue
      if (!isIndex(descriptor)) {
        found.push(descriptor)
        continue
      }
      const nested = parseIndex(await this.#files.require(blobPath(descriptor.digest)), `index ${descriptor.digest}`)
      const chosen = chooseManifest(nested.manifests, this.#platform)
      if (!chosen && this.#platform) {
        throw new ImageError(`index ${descriptor.digest} names no image for ${formatPlatform(this.#platform)}`)
      }
      if (chosen) found.push({ ...chosen, ...(descriptor.annotations ? { annotations: descriptor.annotations } : {}) })
    }
    return found
  }

  async #ociImage(descriptor: Descriptor): Promise<Prepared> {
    const manifestBytes = await this.#verified(descriptor)
    const { config, layers, mediaType } = parseManifest(manifestBytes, `manifest ${descriptor.digest}`)
    const configBytes = await this.#verified(config)
    const parsed = parseConfig(configBytes, `config ${config.digest}`)
    this.#requirePlatform(parsed, `config ${config.digest}`)
    requireSameCount(`config ${config.digest}`, parsed.rootfs.diff_ids, layers)
    for (const [index, layer] of layers.entries()) {
      const blob = await this.#files.blob(blobPath(layer.digest))
      requireBlob(layer, blob)
      await this.#layer(blob, layer.digest, parsed.rootfs.diff_ids[index])
    }
    const { digest, size } = descriptor
    return { manifest: { mediaType, digest, size }, id: config.digest, names: namesOf(descriptor) }
  }

  async #verified(descriptor: Descriptor): Promise<Uint8Array> {
    const name = blobPath(descriptor.digest)
    requireBlob(descriptor, await this.#files.blob(name))
    return this.#files.require(name)
  }
}

function requireBlob({ digest, size }: Descriptor, found: BlobSize): void {
  if (found.digest !== digest) throw damaged(`blob ${digest}`, found.digest)
  if (found.size !== size)
    throw new ImageError(`blob ${digest} has ${found.size} bytes, but its descriptor says ${size}`)
}

async function firstPiece(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const piece of stream) return piece
  return EMPTY
}

function isManifestOf(bytes: Uint8Array, id: Digest, layers: readonly Descriptor[]): boolean {
  const { config, layers: found } = parseManifest(bytes, 'a manifest of index.json')
  return (
    config.digest === id &&
    found.length === layers.length &&
    found.every(({ digest, size }, index) => digest === layers[index]?.digest && size === layers[index]?.size)
  )
}

/** The specification's annotation may be a tag alone, which names no image; podman and buildah write a whole name there. */
function namesOf({ annotations = {} }: Descriptor): string[] {
  const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name']
  return name && /[:/]/.test(name) && !isDigest(name) ? [fullName(parseReference(name))] : []
}

/** An index lists an image once for every name. */
function merged(prepared: readonly Prepared[]): Loaded[] {
  const names = new Map<Digest, string[]>()
  for (const image of prepared) {
    const familiar = image.names.map(name => familiarTag(parseReference(name)))
    names.set(image.id, [...(names.get(image.id) ?? []), ...familiar])
  }
  return [...names].map(([id, all]) => ({ id, names: all }))
}

function damaged(what: string, found: Digest, words = ''): ImageError {
  return new ImageError(`${what} has the digest ${found}${words ? `, ${words}` : ''}: the archive is damaged`)
}

function requireSameCount(what: string, diffIds: readonly string[], layers: readonly unknown[]): void {
  if (diffIds.length !== layers.length) {
    throw new ImageError(`${what} names ${diffIds.length} layers, but its manifest ${layers.length}`)
  }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}
