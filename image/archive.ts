// Images as one file: written as docker 25 does (an OCI layout with docker's manifest.json beside it, so that docker,
// podman and skopeo all read it), read in every form that docker, podman, skopeo and buildah write.

import { gunzip, isGzip } from '../lib/gzip.ts'
import { type NewTarEntry, readTar, writeTar } from '../lib/tar.ts'
import { type Digest, type Digester, isDigest, portableDigester } from './digest.ts'
import {
  type Descriptor,
  ImageError,
  type Index,
  isRecord,
  type Manifest,
  MEDIA,
  parseConfig,
  parseIndex,
  parseJson,
  parseManifest,
  toJson,
} from './manifest.ts'
import { unpackLayer } from './read.ts'
import { familiarTag, fullName, parseReference } from './reference.ts'
import type { Image, Store } from './store.ts'

export type ArchiveFormat = 'docker' | 'oci'

/** An image to save, with the names it keeps. */
export interface Saved {
  readonly image: Image
  readonly names: readonly string[]
}

export async function saveArchive(store: Store, images: readonly Saved[], format: ArchiveFormat): Promise<Uint8Array> {
  const blobs = new Map<Digest, Uint8Array>()
  const index: Descriptor[] = []
  for (const { image, names } of images) {
    for (const { digest } of [image.manifest, ...image.layers]) await take(store, digest, blobs)
    await take(store, image.id, blobs)
    index.push(...describe(image, names))
  }
  const entries: NewTarEntry[] = [folder('blobs'), folder('blobs/sha256')]
  const sorted = [...blobs].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [digest, contents] of sorted) entries.push(file(blobName(digest), contents))
  entries.push(file('index.json', toJson({ schemaVersion: 2, mediaType: MEDIA.index, manifests: index })))
  if (format === 'docker') entries.push(file('manifest.json', toJson(images.map(dockerEntry))))
  entries.push(file('oci-layout', toJson({ imageLayoutVersion: '1.0.0' })))
  if (format === 'docker') entries.push(file('repositories', toJson(repositories(images))))
  return writeTar(entries)
}

function describe({ manifest }: Image, names: readonly string[]): Descriptor[] {
  if (names.length === 0) return [manifest]
  return names.map(name => ({
    ...manifest,
    annotations: {
      'io.containerd.image.name': name,
      'org.opencontainers.image.ref.name': parseReference(name).tag ?? 'latest',
    },
  }))
}

function dockerEntry({ image, names }: Saved) {
  return {
    Config: blobName(image.id),
    RepoTags: names.length === 0 ? null : names.map(name => familiarTag(parseReference(name))),
    Layers: image.layers.map(({ digest }) => blobName(digest)),
  }
}

function repositories(images: readonly Saved[]): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {}
  for (const { image, names } of images) {
    for (const name of names) {
      const [repository = '', tag = 'latest'] = familiarTag(parseReference(name)).split(/:(?=[^/]*$)/)
      found[repository] = { ...found[repository], [tag]: image.layers.at(-1)?.digest.slice(7) ?? image.id.slice(7) }
    }
  }
  return found
}

async function take(store: Store, digest: Digest, blobs: Map<Digest, Uint8Array>): Promise<void> {
  if (blobs.has(digest)) return
  const bytes = await store.get(digest)
  if (!bytes) throw new ImageError(`blob ${digest} is missing`)
  blobs.set(digest, bytes)
}

export interface Loaded {
  readonly id: Digest
  /** Familiar names, with tags. */
  readonly names: readonly string[]
}

/**
 * Reads an archive into the store. Everything is verified before the first name is set, so what is refused leaves no image
 * behind. Throws ImageError, TarError or GzipError.
 */
export async function loadArchive(
  store: Store,
  archive: Uint8Array,
  digester: Digester = portableDigester,
): Promise<Loaded[]> {
  const tar = isGzip(archive) ? await gunzip(archive) : archive
  const files = readFiles(tar)
  if (files.has('manifest.json')) return loadDocker(store, files, digester)
  if (files.has('index.json')) return loadOci(store, files, digester)
  throw new ImageError('this is no image archive: it has neither manifest.json nor index.json')
}

type Files = ReadonlyMap<string, Uint8Array>

/** Files by cleaned name; links inside the archive (docker's layers once were) lead to the file they name. */
function readFiles(tar: Uint8Array): Files {
  const files = new Map<string, Uint8Array>()
  const links: [name: string, target: string][] = []
  for (const entry of readTar(tar)) {
    const name = clean(entry.path)
    if (entry.kind === 'file') files.set(name, entry.contents)
    else if (entry.kind === 'hardlink') links.push([name, clean(entry.link)])
    else if (entry.kind === 'symlink') links.push([name, clean(`${name.replace(/[^/]*$/, '')}${entry.link}`)])
  }
  for (const [name, target] of links) {
    const contents = files.get(target)
    if (contents) files.set(name, contents)
  }
  return files
}

function clean(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') {
      if (names.length === 0) throw new ImageError(`the archive holds a path that leads out of it: ${JSON.stringify(path)}`)
      names.pop()
    } else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}

interface Prepared {
  readonly manifest: Manifest
  readonly blobs: readonly Uint8Array[]
  readonly id: Digest
  readonly names: readonly string[]
}

async function loadDocker(store: Store, files: Files, digester: Digester): Promise<Loaded[]> {
  const list = parseJson(requireFile(files, 'manifest.json'), 'manifest.json')
  if (!Array.isArray(list)) throw new ImageError('manifest.json is not a list of images')
  const prepared: Prepared[] = []
  for (const entry of list) prepared.push(await prepareDocker(files, entry, digester))
  return keep(store, prepared)
}

async function prepareDocker(files: Files, entry: unknown, digester: Digester): Promise<Prepared> {
  if (!isRecord(entry) || typeof entry.Config !== 'string' || !Array.isArray(entry.Layers)) {
    throw new ImageError('manifest.json holds an entry that is no image')
  }
  const configBytes = requireFile(files, clean(entry.Config))
  const id = await digester.digest(configBytes)
  const named = /([0-9a-f]{64})(?:\.json)?$/.exec(entry.Config)?.[1]
  if (named && id !== `sha256:${named}`) throw new ImageError(`config ${entry.Config} has the digest ${id}: the archive is damaged`)
  const config = parseConfig(configBytes, `config ${entry.Config}`)
  const diffIds = config.rootfs.diff_ids
  if (diffIds.length !== entry.Layers.length) {
    throw new ImageError(`config ${entry.Config} names ${diffIds.length} layers, manifest.json ${entry.Layers.length}`)
  }
  const layers: Descriptor[] = []
  const blobs: Uint8Array[] = [configBytes]
  for (const [index, path] of entry.Layers.entries()) {
    if (typeof path !== 'string') throw new ImageError('manifest.json names a layer that is no path')
    const bytes = requireFile(files, clean(path))
    layers.push(await prepareLayer(bytes, path, diffIds[index], digester))
    blobs.push(bytes)
  }
  const tags = Array.isArray(entry.RepoTags) ? entry.RepoTags.filter(tag => typeof tag === 'string') : []
  const manifest = newManifest({ mediaType: MEDIA.config, digest: id, size: configBytes.length }, layers)
  return { manifest, blobs, id, names: tags.map(tag => fullName(parseReference(tag))) }
}

async function prepareLayer(
  bytes: Uint8Array,
  path: string,
  diffId: string | undefined,
  digester: Digester,
): Promise<Descriptor> {
  const tar = await unpackLayer(bytes)
  const found = await digester.digest(tar)
  if (found !== diffId) throw new ImageError(`layer ${path} has the digest ${found}, but its config says ${diffId}: the archive is damaged`)
  const isPlain = tar === bytes
  const mediaType = isPlain ? MEDIA.layer : isGzip(bytes) ? MEDIA.layerGzip : MEDIA.layerZstd
  return { mediaType, digest: isPlain ? found : await digester.digest(bytes), size: bytes.length }
}

async function loadOci(store: Store, files: Files, digester: Digester): Promise<Loaded[]> {
  const prepared: Prepared[] = []
  for (const descriptor of flatten(parseIndex(requireFile(files, 'index.json'), 'index.json'), files)) {
    prepared.push(await prepareOci(files, descriptor, digester))
  }
  return keep(store, prepared)
}

/** Image manifests of an index; nested indexes give their image for linux/amd64, or their first. */
function flatten(index: Index, files: Files): Descriptor[] {
  return index.manifests.flatMap(descriptor => {
    if (descriptor.mediaType !== MEDIA.index && descriptor.mediaType !== MEDIA.dockerIndex) return [descriptor]
    const nested = parseIndex(requireBlob(files, descriptor.digest), `index ${descriptor.digest}`).manifests
    const chosen =
      nested.find(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64') ?? nested[0]
    return chosen ? [{ ...chosen, ...(descriptor.annotations ? { annotations: descriptor.annotations } : {}) }] : []
  })
}

async function prepareOci(files: Files, descriptor: Descriptor, digester: Digester): Promise<Prepared> {
  const manifestBytes = await verifiedBlob(files, descriptor.digest, digester)
  const manifest = parseManifest(manifestBytes, `manifest ${descriptor.digest}`)
  const configBytes = await verifiedBlob(files, manifest.config.digest, digester)
  const config = parseConfig(configBytes, `config ${manifest.config.digest}`)
  const blobs = [manifestBytes, configBytes]
  for (const [index, layer] of manifest.layers.entries()) {
    const bytes = await verifiedBlob(files, layer.digest, digester)
    await prepareLayer(bytes, layer.digest, config.rootfs.diff_ids[index], digester)
    blobs.push(bytes)
  }
  const name = descriptor.annotations?.['io.containerd.image.name'] ?? descriptor.annotations?.['org.opencontainers.image.ref.name']
  return { manifest, blobs, id: manifest.config.digest, names: name && !isDigest(name) ? [fullName(parseReference(name))] : [] }
}

async function keep(store: Store, prepared: readonly Prepared[]): Promise<Loaded[]> {
  const loaded: Loaded[] = []
  for (const { manifest, blobs, id, names } of prepared) {
    for (const bytes of blobs) await store.put(bytes)
    const bytes = toJson(manifest)
    const descriptor = { mediaType: manifest.mediaType, digest: await store.put(bytes), size: bytes.length }
    for (const name of names.length === 0 ? [undefined] : names) await store.setName(name, descriptor)
    loaded.push({ id, names: names.map(name => familiarTag(parseReference(name))) })
  }
  return loaded
}

export function newManifest(config: Descriptor, layers: readonly Descriptor[]): Manifest {
  return { schemaVersion: 2, mediaType: MEDIA.manifest, config, layers }
}

async function verifiedBlob(files: Files, digest: Digest, digester: Digester): Promise<Uint8Array> {
  const bytes = requireBlob(files, digest)
  const found = await digester.digest(bytes)
  if (found !== digest) throw new ImageError(`blob ${digest} has the digest ${found}: the archive is damaged`)
  return bytes
}

function requireBlob(files: Files, digest: Digest): Uint8Array {
  return requireFile(files, blobName(digest))
}

function requireFile(files: Files, name: string): Uint8Array {
  const bytes = files.get(name)
  if (!bytes) throw new ImageError(`the archive has no ${name}`)
  return bytes
}

function blobName(digest: Digest): string {
  return `blobs/sha256/${digest.slice('sha256:'.length)}`
}

function folder(path: string): NewTarEntry {
  return { path, kind: 'directory', mode: 0o755 }
}

function file(path: string, contents: Uint8Array): NewTarEntry {
  return { path, kind: 'file', mode: 0o644, contents }
}
