// Manifests, indexes and descriptors (OCI image-spec), and docker's names for the same things.

import { decode, encode } from '../lib/bytes.ts'
import { type Digest, isDigest } from './digest.ts'

export const MEDIA = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  layerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  layerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const

export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly annotations?: Readonly<Record<string, string>>
  readonly platform?: Platform
}

export interface Platform {
  readonly architecture: string
  readonly os: string
  readonly variant?: string
}

export interface Manifest {
  readonly schemaVersion: 2
  readonly mediaType: string
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
  readonly annotations?: Readonly<Record<string, string>>
}

export interface Index {
  readonly schemaVersion: 2
  readonly mediaType?: string
  readonly manifests: readonly Descriptor[]
}

/** An archive or store that is not what it should be: what, and where. */
export class ImageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ImageError'
  }
}

export function isIndex({ mediaType }: Descriptor): boolean {
  return mediaType === MEDIA.index || mediaType === MEDIA.dockerIndex
}

/** JSON as bytes, always the same for the same value. */
export function toJson(value: unknown): Uint8Array {
  return encode(JSON.stringify(value))
}

/** Throws ImageError, as the others here. `what` names it in messages. */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(decode(bytes))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ImageError(`${what} is not JSON: ${error.message}`)
  }
}

export function parseManifest(bytes: Uint8Array, what: string): Manifest {
  const value = parseJson(bytes, what)
  if (isRecord(value) && value.schemaVersion === 1) {
    throw new ImageError(`${what} has schema version 1, which docker dropped in 2024: convert it with skopeo copy`)
  }
  if (
    !isRecord(value) ||
    !isDescriptor(value.config) ||
    !Array.isArray(value.layers) ||
    !value.layers.every(isDescriptor)
  ) {
    throw new ImageError(`${what} is not an image manifest`)
  }
  for (const layer of value.layers) requireOwn(layer, what)
  const mediaType = typeof value.mediaType === 'string' ? value.mediaType : MEDIA.manifest
  return { schemaVersion: 2, mediaType, config: value.config, layers: value.layers }
}

/** A layer that lies somewhere else, as Windows's base layers do (OCI image-spec, "Non-Distributable Layers"). */
function requireOwn(layer: Descriptor & { readonly urls?: unknown }, what: string): void {
  const hasAddress = Array.isArray(layer.urls) && layer.urls.length > 0
  if (!hasAddress && !/foreign|nondistributable/.test(layer.mediaType)) return
  throw new ImageError(`${what}: layer ${layer.digest} is foreign (${layer.mediaType}): it is not part of the image`)
}

export function parseIndex(bytes: Uint8Array, what: string): Index {
  const value = parseJson(bytes, what)
  if (!isRecord(value) || !Array.isArray(value.manifests) || !value.manifests.every(isDescriptor)) {
    throw new ImageError(`${what} is not an image index`)
  }
  return { schemaVersion: 2, manifests: value.manifests }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isDescriptor(value: unknown): value is Descriptor {
  return (
    isRecord(value) &&
    typeof value.mediaType === 'string' &&
    typeof value.digest === 'string' &&
    isDigest(value.digest) &&
    Number.isSafeInteger(value.size) &&
    (value.annotations === undefined || isTextRecord(value.annotations)) &&
    (value.platform === undefined || isPlatform(value.platform))
  )
}

export function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(text => typeof text === 'string')
}

function isPlatform(value: unknown): value is Platform {
  return isRecord(value) && typeof value.architecture === 'string' && typeof value.os === 'string'
}
