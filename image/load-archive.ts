// Images as one file, read in every form that docker, podman, skopeo and buildah write: docker's archive, old and new, and an
// OCI layout in a tar, plain or gzip'd.

import { newManifest } from './archive.ts'
import { ArchiveFiles, cleanPath } from './archive-files.ts'
import type { ImageConfig } from './config.ts'
import { blobPath, type Digest, type Digester, isDigest, portableDigester } from './digest.ts'
import { checkLayers, LayerCheck } from './layer-check.ts'
import { legacyManifest } from './legacy-archive.ts'
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
  requireImage,
  toJson,
} from './manifest.ts'
import { neededBlobs } from './needed.ts'
import { parseConfig } from './parse-config.ts'
import { piecesOf } from './pieces.ts'
import { chooseManifest, formatPlatform, servesPlatform } from './platform.ts'
import { familiarTag, fullName, parseReference } from './reference.ts'
import type { BlobSize, Store } from './store.ts'
import { type Packing, unpackStream } from './unpack.ts'

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
    const prepared = await this.#prepare()
    if (prepared.length === 0) throw new ImageError('the archive holds no image')
    for (const { manifest, names } of prepared) {
      for (const name of names.length === 0 ? [undefined] : names) await this.#store.setName(name, manifest)
    }
    const needed = new Set<Digest>()
    for (const { manifest } of prepared)
      for (const digest of await neededBlobs(this.#store, manifest)) needed.add(digest)
    await this.#files.discard(needed)
    return merged(prepared)
  }

  async #prepare(): Promise<Prepared[]> {
    if (this.#files.has('manifest.json')) {
      return this.#docker(parseJson(await this.#files.require('manifest.json'), 'manifest.json'))
    }
    if (this.#files.has('index.json')) return this.#oci()
    if (this.#files.has('repositories')) return this.#docker(await legacyManifest(this.#files, this.#digester))
    throw new ImageError('this is no image archive: it has neither manifest.json nor index.json')
  }

  async #docker(list: unknown): Promise<Prepared[]> {
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
    // An image without layers, or without names, has null there.
    const paths = isRecord(entry) ? (entry.Layers ?? []) : undefined
    const tags = isRecord(entry) ? (entry.RepoTags ?? []) : undefined
    if (!isRecord(entry) || typeof entry.Config !== 'string' || !isTextList(paths) || !isTextList(tags)) {
      throw new ImageError('manifest.json holds an entry that is no image')
    }
    const names = tags.map(fullTag)
    const configBytes = await this.#files.require(cleanPath(entry.Config))
    const { digest: id } = await this.#files.put(configBytes)
    const named = /([0-9a-f]{64})(?:\.json)?$/.exec(entry.Config)?.[1]
    if (named && id !== `sha256:${named}`) throw damaged(`config ${entry.Config}`, id)
    const config = parseConfig(configBytes, `config ${entry.Config}`)
    this.#requirePlatform(config, `config ${entry.Config}`)
    const diffIds = config.rootfs.diff_ids
    requireSameCount(`config ${entry.Config}`, diffIds, paths)
    const check = new LayerCheck(this.#store, this.#digester)
    const layers: Descriptor[] = []
    for (const [index, path] of paths.entries()) {
      const blob = await this.#files.blob(cleanPath(path))
      layers.push(await this.#layer(blob, await check.take(blob.digest, diffIds[index], `layer ${path}`)))
    }
    const manifestBytes =
      originals.find(bytes => isManifestOf(bytes, id, layers)) ??
      toJson(newManifest({ mediaType: MEDIA.config, digest: id, size: configBytes.length }, layers))
    const { mediaType } = parseManifest(manifestBytes, 'a manifest')
    const manifest = { mediaType, ...(await this.#files.put(manifestBytes)) }
    return { manifest, id, names }
  }

  /** One that was asked for by platform must be for it. */
  #requirePlatform({ os, architecture, variant }: ImageConfig, what: string): void {
    const made = { os, architecture, ...(variant ? { variant } : {}) }
    if (!this.#platform || servesPlatform(made, this.#platform)) return
    throw new ImageError(`${what} is for ${formatPlatform(made)}, not for ${formatPlatform(this.#platform)}`)
  }

  async #layer(blob: BlobSize, packing: Packing | undefined): Promise<Descriptor> {
    if (packing === undefined) return { mediaType: MEDIA.layer, ...blob }
    if (packing === 'gzip') return { mediaType: MEDIA.layerGzip, ...blob }
    if (packing === 'zstd') return { mediaType: MEDIA.layerZstd, ...blob }
    // bzip2 and xz, which docker still reads, but for which OCI has no media type.
    const stream = await this.#store.stream(blob.digest)
    if (!stream) throw new ImageError(`blob ${blob.digest} is missing`)
    return { mediaType: MEDIA.layer, ...(await this.#files.keep(unpackStream(stream))) }
  }

  async #oci(): Promise<Prepared[]> {
    const layout = await this.#files.bytes('oci-layout')
    if (layout) requireLayout(layout)
    const index = parseIndex(await this.#files.require('index.json'), 'index.json')
    const prepared: Prepared[] = []
    for (const descriptor of await this.#flatten(index)) prepared.push(await this.#ociImage(descriptor))
    return prepared
  }

  /** Image manifests of an index; nested indexes give their image for the platform. */
  async #flatten(index: Index): Promise<Descriptor[]> {
    const found: Descriptor[] = []
    for (const descriptor of this.#forPlatform(index.manifests.filter(isImage))) {
      const chosen = await this.#choose(descriptor)
      if (chosen) found.push({ ...chosen, ...(descriptor.annotations ? { annotations: descriptor.annotations } : {}) })
    }
    return found
  }

  /** Of those that have the same name, or none, and are each for a platform, one. */
  #forPlatform(manifests: readonly Descriptor[]): Descriptor[] {
    const alike = (one: Descriptor) =>
      manifests.filter(other => one.platform && other.platform && nameIn(one) === nameIn(other))
    return manifests.filter(one => {
      const same = alike(one)
      return same.length < 2 || chooseManifest(same, this.#platform) === one
    })
  }

  async #choose(descriptor: Descriptor, depth = 0): Promise<Descriptor | undefined> {
    if (!isIndex(descriptor)) return descriptor
    if (depth > MOST_NESTED) throw new ImageError(`index ${descriptor.digest} is nested more than ${MOST_NESTED} times`)
    const { manifests } = parseIndex(await this.#verified(descriptor), `index ${descriptor.digest}`)
    const chosen = chooseManifest(manifests.filter(isImage), this.#platform) ?? manifests.find(isIndex)
    if (!chosen && this.#platform) {
      throw new ImageError(`index ${descriptor.digest} names no image for ${formatPlatform(this.#platform)}`)
    }
    return chosen && this.#choose(chosen, depth + 1)
  }

  async #ociImage(descriptor: Descriptor): Promise<Prepared> {
    const manifestBytes = await this.#verified(descriptor)
    const manifest = parseManifest(manifestBytes, `manifest ${descriptor.digest}`)
    requireImage(manifest, `manifest ${descriptor.digest}`)
    const { config, layers, mediaType } = manifest
    const configBytes = await this.#verified(config)
    const parsed = parseConfig(configBytes, `config ${config.digest}`)
    this.#requirePlatform(parsed, `config ${config.digest}`)
    requireSameCount(`config ${config.digest}`, parsed.rootfs.diff_ids, layers)
    for (const layer of layers) requireBlob(layer, await this.#files.blob(blobPath(layer.digest)))
    await checkLayers(this.#store, layers, parsed.rootfs.diff_ids, this.#digester)
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

function requireLayout(bytes: Uint8Array): void {
  const layout = parseJson(bytes, 'oci-layout')
  const version = isRecord(layout) ? layout.imageLayoutVersion : undefined
  if (version !== '1.0.0') throw new ImageError(`oci-layout has the version ${JSON.stringify(version)}, not 1.0.0`)
}

function fullTag(tag: string): string {
  const reference = parseReference(tag)
  if (reference.digest) throw new ImageError(`manifest.json holds the name ${JSON.stringify(tag)}, which is no tag`)
  return fullName(reference)
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
function namesOf(descriptor: Descriptor): string[] {
  const name = nameIn(descriptor)
  return name !== '' && /[:/]/.test(name) && !isDigest(name) ? [fullName(parseReference(name))] : []
}

/** BuildKit's attestations and other artifacts stand beside images. */
function isImage({ platform, mediaType, ...rest }: Descriptor & { readonly artifactType?: unknown }): boolean {
  if (platform?.os === 'unknown' || rest.artifactType !== undefined) return false
  if (MANIFEST_TYPES.test(mediaType)) return true
  throw new ImageError(`${rest.digest} is ${mediaType}, neither an image nor an index`)
}

const MANIFEST_TYPES =
  /^application\/vnd\.(oci\.image\.(manifest|index)\.v1|docker\.distribution\.manifest\.(list\.)?v[12])\+(json|prettyjws)$/
const MOST_NESTED = 16

function nameIn({ annotations = {} }: Descriptor): string {
  return annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name'] ?? ''
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
