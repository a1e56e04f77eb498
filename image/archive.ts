// Images as one file, written as docker 25 does: an OCI layout with docker's manifest.json beside it, so that docker, podman
// and skopeo all read it.

import { type NewTarEntry, writeTar } from '../lib/tar.ts'
import { blobPath, type Digest } from './digest.ts'
import { type Descriptor, ImageError, type Manifest, MEDIA, toJson } from './manifest.ts'
import { familiarTag, parseReference } from './reference.ts'
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
  for (const [digest, contents] of sorted) entries.push(file(blobPath(digest), contents))
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
    Config: blobPath(image.id),
    RepoTags: names.length === 0 ? null : names.map(name => familiarTag(parseReference(name))),
    Layers: image.layers.map(({ digest }) => blobPath(digest)),
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

export function newManifest(config: Descriptor, layers: readonly Descriptor[]): Manifest {
  return { schemaVersion: 2, mediaType: MEDIA.manifest, config, layers }
}

function folder(path: string): NewTarEntry {
  return { path, kind: 'directory', mode: 0o755 }
}

function file(path: string, contents: Uint8Array): NewTarEntry {
  return { path, kind: 'file', mode: 0o644, contents }
}
