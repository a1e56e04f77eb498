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
  const text = decode(bytes)
  // What follows a value into its depth must not run out of stack.
  if (isTooDeep(text)) throw new ImageError(`${what} is nested more than ${MOST_DEPTH} times`)
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ImageError(`${what} is not JSON: ${error.message}`)
  }
}

const MOST_DEPTH = 1000

function isTooDeep(text: string): boolean {
  if (text.length <= MOST_DEPTH) return false
  let depth = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isText) {
      if (unit === 0x5c) at++
      else if (unit === 0x22) isText = false
    } else if (unit === 0x22) isText = true
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > MOST_DEPTH) return true
    } else if (unit === 0x5d || unit === 0x7d) depth--
  }
  return false
}

export function parseManifest(bytes: Uint8Array, what: string): Manifest {
  const value = parseJson(bytes, what)
  if (isRecord(value) && (value.schemaVersion === 1 || 'fsLayers' in value)) {
    throw new ImageError(`${what} has schema version 1, which docker dropped in 2024: convert it with skopeo copy`)
  }
  if (
    !isRecord(value) ||
    value.schemaVersion !== 2 ||
    // What reads as an index to others is none (CVE-2021-41190).
    'manifests' in value ||
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

/** What is kept as an image but is none: signatures, charts, attestations. Throws ImageError. */
export function requireImage({ config, layers }: Manifest, what: string): void {
  if (!CONFIG_TYPES.test(config.mediaType))
    throw new ImageError(`${what} is no image: its config is ${config.mediaType}`)
  for (const { digest, mediaType } of layers) {
    if (!LAYER_TYPES.test(mediaType))
      throw new ImageError(`${what}: layer ${digest} is ${mediaType}, which is no layer here`)
  }
}

const CONFIG_TYPES =
  /^application\/(vnd\.oci\.image\.config\.v1\+json|vnd\.docker\.container\.image\.v1\+json|octet-stream)$/
const LAYER_TYPES =
  /^application\/(vnd\.oci\.image\.layer\.v1\.tar|vnd\.docker\.image\.rootfs\.diff\.tar|x-tar|x-gzip)([.+](gzip|zstd))?$/

/** A layer that lies somewhere else, as Windows's base layers do (OCI image-spec, "Non-Distributable Layers"). */
function requireOwn(layer: Descriptor & { readonly urls?: unknown }, what: string): void {
  const hasAddress = Array.isArray(layer.urls) && layer.urls.length > 0
  if (!hasAddress && !/foreign|nondistributable/.test(layer.mediaType)) return
  throw new ImageError(`${what}: layer ${layer.digest} is foreign (${layer.mediaType}): it is not part of the image`)
}

export function parseIndex(bytes: Uint8Array, what: string): Index {
  const value = parseJson(bytes, what)
  if (
    !isRecord(value) ||
    value.schemaVersion !== 2 ||
    ['config', 'layers', 'fsLayers'].some(key => key in value) ||
    !Array.isArray(value.manifests) ||
    !value.manifests.every(isDescriptor)
  ) {
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
    isSize(value.size) &&
    (value.annotations === undefined || isTextRecord(value.annotations)) &&
    (value.platform === undefined || isPlatform(value.platform))
  )
}

function isSize(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

export function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(text => typeof text === 'string')
}

function isPlatform(value: unknown): value is Platform {
  return isRecord(value) && typeof value.architecture === 'string' && typeof value.os === 'string'
}
