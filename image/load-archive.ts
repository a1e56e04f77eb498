// Images as one file, read in every form that docker, podman, skopeo and buildah write: docker's archive, old and new, and an
// OCI layout in a tar, plain or gzip'd.

import { gunzip, isGzip } from '../lib/gzip.ts'
import { readTar } from '../lib/tar.ts'
import { newManifest } from './archive.ts'
import { blobPath, type Digest, type Digester, isDigest, portableDigester } from './digest.ts'
import {
  type Descriptor,
  ImageError,
  type Index,
  isIndex,
  isRecord,
  MEDIA,
  parseIndex,
  parseJson,
  parseManifest,
  toJson,
} from './manifest.ts'
import { parseConfig } from './parse-config.ts'
import { chooseManifest } from './platform.ts'
import { familiarTag, fullName, parseReference } from './reference.ts'
import type { Store } from './store.ts'
import { unpack } from './unpack.ts'

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
      if (names.length === 0)
        throw new ImageError(`the archive holds a path that leads out of it: ${JSON.stringify(path)}`)
      names.pop()
    } else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}

interface Prepared {
  readonly manifest: Descriptor
  /** The manifest's own bytes are among them. */
  readonly blobs: readonly Uint8Array[]
  readonly id: Digest
  /** Full. */
  readonly names: readonly string[]
}

async function loadDocker(store: Store, files: Files, digester: Digester): Promise<Loaded[]> {
  const list = parseJson(requireFile(files, 'manifest.json'), 'manifest.json')
  if (!Array.isArray(list)) throw new ImageError('manifest.json is not a list of images')
  const originals = originalManifests(files)
  const prepared: Prepared[] = []
  for (const entry of list) prepared.push(await prepareDocker(files, entry, originals, digester))
  return keep(store, prepared)
}

/** Manifests that lie beside manifest.json, as docker 25 and cowbox write them: with them an image keeps its digest. */
function originalManifests(files: Files): readonly Uint8Array[] {
  const index = files.get('index.json')
  if (!index) return []
  return parseIndex(index, 'index.json').manifests.flatMap(descriptor => {
    const bytes = isIndex(descriptor) ? undefined : files.get(blobPath(descriptor.digest))
    return bytes ? [bytes] : []
  })
}

async function prepareDocker(
  files: Files,
  entry: unknown,
  originals: readonly Uint8Array[],
  digester: Digester,
): Promise<Prepared> {
  if (!isRecord(entry) || typeof entry.Config !== 'string' || !isTextList(entry.Layers)) {
    throw new ImageError('manifest.json holds an entry that is no image')
  }
  const configBytes = requireFile(files, clean(entry.Config))
  const id = await digester.digest(configBytes)
  const named = /([0-9a-f]{64})(?:\.json)?$/.exec(entry.Config)?.[1]
  if (named && id !== `sha256:${named}`) throw damaged(`config ${entry.Config}`, id)
  const diffIds = parseConfig(configBytes, `config ${entry.Config}`).rootfs.diff_ids
  requireSameCount(`config ${entry.Config}`, diffIds, entry.Layers)
  const layers: Descriptor[] = []
  const blobs: Uint8Array[] = [configBytes]
  for (const [index, path] of entry.Layers.entries()) {
    const bytes = requireFile(files, clean(path))
    layers.push(await prepareLayer(bytes, path, diffIds[index], digester))
    blobs.push(bytes)
  }
  const tags = isTextList(entry.RepoTags) ? entry.RepoTags : []
  const manifestBytes =
    originals.find(bytes => isManifestOf(bytes, id, layers)) ??
    toJson(newManifest({ mediaType: MEDIA.config, digest: id, size: configBytes.length }, layers))
  return {
    manifest: await describeManifest(manifestBytes, digester),
    blobs: [...blobs, manifestBytes],
    id,
    names: tags.map(tag => fullName(parseReference(tag))),
  }
}

function isManifestOf(bytes: Uint8Array, id: Digest, layers: readonly Descriptor[]): boolean {
  const { config, layers: found } = parseManifest(bytes, 'a manifest of index.json')
  return (
    config.digest === id &&
    found.length === layers.length &&
    found.every(({ digest, size }, index) => digest === layers[index]?.digest && size === layers[index]?.size)
  )
}

async function describeManifest(bytes: Uint8Array, digester: Digester): Promise<Descriptor> {
  const { mediaType } = parseManifest(bytes, 'a manifest')
  return { mediaType, digest: await digester.digest(bytes), size: bytes.length }
}

async function prepareLayer(
  bytes: Uint8Array,
  path: string,
  diffId: string | undefined,
  digester: Digester,
): Promise<Descriptor> {
  const tar = await unpack(bytes)
  const found = await digester.digest(tar)
  if (found !== diffId) throw damaged(`layer ${path}`, found, `but its config says ${diffId}`)
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
    if (descriptor.platform?.os === 'unknown') return []
    if (!isIndex(descriptor)) return [descriptor]
    const nested = parseIndex(requireFile(files, blobPath(descriptor.digest)), `index ${descriptor.digest}`)
    const chosen = chooseManifest(nested.manifests)
    return chosen ? [{ ...chosen, ...(descriptor.annotations ? { annotations: descriptor.annotations } : {}) }] : []
  })
}

async function prepareOci(files: Files, descriptor: Descriptor, digester: Digester): Promise<Prepared> {
  const manifestBytes = await verifiedBlob(files, descriptor, digester)
  const { config, layers, mediaType } = parseManifest(manifestBytes, `manifest ${descriptor.digest}`)
  const configBytes = await verifiedBlob(files, config, digester)
  const diffIds = parseConfig(configBytes, `config ${config.digest}`).rootfs.diff_ids
  requireSameCount(`config ${config.digest}`, diffIds, layers)
  const blobs = [manifestBytes, configBytes]
  for (const [index, layer] of layers.entries()) {
    const bytes = await verifiedBlob(files, layer, digester)
    await prepareLayer(bytes, layer.digest, diffIds[index], digester)
    blobs.push(bytes)
  }
  const { digest, size } = descriptor
  return { manifest: { mediaType, digest, size }, blobs, id: config.digest, names: namesOf(descriptor) }
}

/** The specification's annotation may be a tag alone, which names no image; podman and buildah write a whole name there. */
function namesOf({ annotations = {} }: Descriptor): string[] {
  const name = annotations['io.containerd.image.name'] ?? annotations['org.opencontainers.image.ref.name']
  return name && /[:/]/.test(name) && !isDigest(name) ? [fullName(parseReference(name))] : []
}

/** Everything was verified: blobs first, then manifests, and names last. */
async function keep(store: Store, prepared: readonly Prepared[]): Promise<Loaded[]> {
  for (const { blobs } of prepared) for (const bytes of blobs) await store.put(bytes)
  for (const { manifest, names } of prepared) {
    for (const name of names.length === 0 ? [undefined] : names) await store.setName(name, manifest)
  }
  return merged(prepared)
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

async function verifiedBlob(files: Files, { digest, size }: Descriptor, digester: Digester): Promise<Uint8Array> {
  const bytes = requireFile(files, blobPath(digest))
  const found = await digester.digest(bytes)
  if (found !== digest) throw damaged(`blob ${digest}`, found)
  if (bytes.length !== size)
    throw new ImageError(`blob ${digest} has ${bytes.length} bytes, but its descriptor says ${size}`)
  return bytes
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

function requireFile(files: Files, name: string): Uint8Array {
  const bytes = files.get(name)
  if (!bytes) throw new ImageError(`the archive has no ${name}`)
  return bytes
}
