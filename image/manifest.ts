// Manifests, indexes and descriptors (OCI image-spec), and docker's names for the same things.

import { decode, encode } from '../lib/bytes.ts'
import type { ImageConfig } from './config.ts'
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
  readonly platform?: { readonly architecture: string; readonly os: string; readonly variant?: string }
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

/** JSON as bytes, always the same for the same value. */
export function toJson(value: unknown): Uint8Array {
  return encode(JSON.stringify(value))
}

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
  if (!isRecord(value) || !isDescriptor(value.config) || !Array.isArray(value.layers) || !value.layers.every(isDescriptor)) {
    throw new ImageError(`${what} is not an image manifest`)
  }
  const mediaType = typeof value.mediaType === 'string' ? value.mediaType : MEDIA.manifest
  return { schemaVersion: 2, mediaType, config: value.config, layers: value.layers }
}

export function parseIndex(bytes: Uint8Array, what: string): Index {
  const value = parseJson(bytes, what)
  if (!isRecord(value) || !Array.isArray(value.manifests) || !value.manifests.every(isDescriptor)) {
    throw new ImageError(`${what} is not an image index`)
  }
  return { schemaVersion: 2, manifests: value.manifests }
}

/** What is missing gets the default that the specification names. */
export function parseConfig(bytes: Uint8Array, what: string): ImageConfig {
  const value = parseJson(bytes, what)
  if (!isRecord(value)) throw new ImageError(`${what} is not an image config`)
  const { rootfs, config } = value
  if (!isRecord(rootfs) || !Array.isArray(rootfs.diff_ids) || !rootfs.diff_ids.every(id => typeof id === 'string')) {
    throw new ImageError(`${what} has no rootfs.diff_ids`)
  }
  // The fields were looked at as far as they are needed to read layers; the rest is shown as it came.
  return {
    ...(value as Partial<ImageConfig>),
    architecture: typeof value.architecture === 'string' ? value.architecture : 'amd64',
    os: typeof value.os === 'string' ? value.os : 'linux',
    config: isRecord(config) ? config : {},
    rootfs: { type: 'layers', diff_ids: rootfs.diff_ids },
    history: Array.isArray(value.history) ? value.history : [],
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDescriptor(value: unknown): value is Descriptor {
  return (
    isRecord(value) &&
    typeof value.digest === 'string' &&
    isDigest(value.digest) &&
    typeof value.size === 'number' &&
    (value.mediaType === undefined || typeof value.mediaType === 'string')
  )
}
