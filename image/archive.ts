// Images as one file, written as docker 25 does: an OCI layout with docker's manifest.json beside it, so that docker, podman
// and skopeo all read it.

import { type NewTarEntry, TAR_END, tarEntry, tarPadding } from '../lib/tar.ts'
import { blobPath, type Digest } from './digest.ts'
import { type Descriptor, ImageError, type Manifest, MEDIA, toJson } from './manifest.ts'
import { gather } from './pieces.ts'
import { familiarTag, parseReference } from './reference.ts'
import type { Image, Store } from './store.ts'

export type ArchiveFormat = 'docker' | 'oci'

/** An image to save, with the names it keeps. */
export interface Saved {
  readonly image: Image
  readonly names: readonly string[]
}

export async function saveArchive(store: Store, images: readonly Saved[], format: ArchiveFormat): Promise<Uint8Array> {
  return gather(archivePieces(store, images, format))
}

/** As saveArchive, in pieces: no layer is in memory as a whole. Throws ImageError: a blob is missing or damaged. */
export async function* archivePieces(
  store: Store,
  images: readonly Saved[],
  format: ArchiveFormat,
): AsyncGenerator<Uint8Array> {
  const sizes = new Map<Digest, number>()
  const index: Descriptor[] = []
  for (const { image, names } of images) {
    const config = await requireBlob(store, image.id)
    for (const { digest, size } of [image.manifest, ...image.layers]) sizes.set(digest, size)
    sizes.set(image.id, config.length)
    index.push(...describe(image, names))
  }
  yield* tarEntry(folder('blobs'))
  yield* tarEntry(folder('blobs/sha256'))
  const sorted = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [digest, size] of sorted) yield* blobPieces(store, digest, size)
  yield* tarEntry(file('index.json', toJson({ schemaVersion: 2, mediaType: MEDIA.index, manifests: index })))
  if (format === 'docker') yield* tarEntry(file('manifest.json', toJson(images.map(dockerEntry))))
  yield* tarEntry(file('oci-layout', toJson({ imageLayoutVersion: '1.0.0' })))
  if (format === 'docker') yield* tarEntry(file('repositories', toJson(repositories(images))))
  yield TAR_END
}

async function* blobPieces(store: Store, digest: Digest, size: number): AsyncGenerator<Uint8Array> {
  const pieces = await store.stream(digest)
  if (!pieces) throw new ImageError(`blob ${digest} is missing`)
  yield* tarEntry({ path: blobPath(digest), kind: 'file', mode: 0o644, size })
  let written = 0
  for await (const piece of pieces) {
    written += piece.length
    yield piece
  }
  if (written !== size) throw new ImageError(`blob ${digest} has ${written} bytes, but its descriptor says ${size}`)
  yield tarPadding(size)
}

async function requireBlob(store: Store, digest: Digest): Promise<Uint8Array> {
  const bytes = await store.get(digest)
  if (!bytes) throw new ImageError(`blob ${digest} is missing`)
  return bytes
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

export function newManifest(config: Descriptor, layers: readonly Descriptor[]): Manifest {
  return { schemaVersion: 2, mediaType: MEDIA.manifest, config, layers }
}

function folder(path: string): NewTarEntry {
  return { path, kind: 'directory', mode: 0o755 }
}

function file(path: string, contents: Uint8Array): NewTarEntry {
  return { path, kind: 'file', mode: 0o644, contents }
}
