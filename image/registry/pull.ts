// Pulling: a name becomes an image of the store (distribution "Pulling an Image").

import { HttpError } from '../../kernel/http.ts'
import { EMPTY } from '../../lib/bytes.ts'
import { type Digest, type Digester, isDigest } from '../digest.ts'
import { checkLayers } from '../layer-check.ts'
import {
  type Descriptor,
  ImageError,
  isIndex,
  isRecord,
  type Manifest,
  MEDIA,
  type Platform,
  parseIndex,
  parseJson,
  parseManifest,
  requireImage,
} from '../manifest.ts'
import { parseConfig } from '../parse-config.ts'
import { gatherAtMost } from '../pieces.ts'
import { chooseManifest, DEFAULT_PLATFORM, formatPlatform } from '../platform.ts'
import { fullName, type Reference } from '../reference.ts'
import type { Store } from '../store.ts'
import { answerBytes } from './answer.ts'
import type { RegistryClient } from './client.ts'
import { RegistryError } from './registry-error.ts'
import { sideBySide, type TellTransfer } from './transfer.ts'

export interface PullOptions {
  readonly platform?: Platform
  readonly digester: Digester
  readonly tell?: TellTransfer
}

export interface Pulled {
  /** What the name points to at the registry: an index where it has one. */
  readonly digest: Digest
  readonly manifest: Descriptor
  /** Whether the name pointed to it already. */
  readonly isUpToDate: boolean
}

const ACCEPT = [MEDIA.index, MEDIA.dockerIndex, MEDIA.manifest, MEDIA.dockerManifest].join(', ')
/** docker's own number. */
const AT_ONCE = 3
const MOST_MANIFEST = 4 * 1024 * 1024

/** Throws RegistryError and ImageError; then no name was set. */
export async function pull(
  client: RegistryClient,
  store: Store,
  reference: Reference,
  how: PullOptions,
): Promise<Pulled> {
  client.allow('pull')
  const asked = reference.digest ?? reference.tag ?? 'latest'
  const top = await fetchManifest(client, asked, how.digester)
  const chosen = isIndex(top.descriptor) ? await choose(client, top, how) : top
  const manifest = parseManifest(chosen.bytes, `manifest ${chosen.descriptor.digest}`)
  requireImage(manifest, `manifest ${chosen.descriptor.digest}`)
  const name = fullName(reference)
  const before = (await store.images()).find(image => image.name === name)
  await fetchBlob(client, store, manifest.config, how.tell)
  await requireMatch(store, manifest.config, manifest.layers)
  for (const layer of manifest.layers) how.tell?.({ kind: 'waiting', digest: layer.digest, done: 0, size: layer.size })
  await sideBySide(unique(manifest.layers), AT_ONCE, layer => fetchBlob(client, store, layer, how.tell))
  if (before?.manifest.digest !== chosen.descriptor.digest) await checkFetched(store, manifest, how.digester)
  await store.put(chosen.bytes)
  await store.setName(name, chosen.descriptor)
  const isUpToDate = before?.manifest.digest === chosen.descriptor.digest
  return { digest: top.descriptor.digest, manifest: chosen.descriptor, isUpToDate }
}

/** What cannot be an image here is not kept. */
async function checkFetched(store: Store, { config, layers }: Manifest, digester: Digester): Promise<void> {
  try {
    const bytes = await store.get(config.digest)
    const { rootfs } = parseConfig(bytes ?? EMPTY, `config ${config.digest}`)
    await checkLayers(store, layers, rootfs.diff_ids, digester)
  } catch (error) {
    await store.discard([config, ...layers].map(({ digest }) => digest))
    throw error
  }
}

/** The tags of a repository, page after page. */
export async function listTags(client: RegistryClient): Promise<string[]> {
  client.allow('pull')
  const tags: string[] = []
  const seen = new Set<string>()
  let next: string | undefined = 'tags/list'
  while (next !== undefined) {
    if (seen.has(next)) throw new RegistryError(`the list of tags of ${client.repository} has no end`)
    seen.add(next)
    const response = await client.request(next, { method: 'GET' })
    if (response.status !== 200) return client.refuse(response, `cannot list the tags of ${client.repository}`)
    const page = parseJson(await answerBytes(response), 'the list of tags')
    if (isRecord(page) && Array.isArray(page.tags)) tags.push(...page.tags.filter(tag => typeof tag === 'string'))
    next = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1]
  }
  return tags
}

interface Fetched {
  readonly bytes: Uint8Array
  readonly descriptor: Descriptor
}

async function fetchManifest(client: RegistryClient, asked: string, digester: Digester): Promise<Fetched> {
  const response = await client.request(`manifests/${asked}`, { method: 'GET', headers: { accept: ACCEPT } })
  if (response.status !== 200) return client.refuse(response, `manifest for ${client.repository}:${asked} not found`)
  const bytes = await gatherAtMost(response.body, MOST_MANIFEST, `the manifest of ${asked}`)
  const digest = await digester.digest(bytes)
  if (isDigest(asked) && digest !== asked) {
    throw new ImageError(`manifest verification failed for digest ${asked}: it has the digest ${digest}`)
  }
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  return { bytes, descriptor: { mediaType: mediaTypeOf(bytes, mediaType), digest, size: bytes.length } }
}

/** What it says of itself counts more than what it was sent as. */
function mediaTypeOf(bytes: Uint8Array, sent: string): string {
  const value = parseJson(bytes, 'the manifest')
  const own = isRecord(value) ? value.mediaType : undefined
  const known: readonly unknown[] = [MEDIA.index, MEDIA.dockerIndex, MEDIA.manifest, MEDIA.dockerManifest]
  return typeof own === 'string' && known.includes(own) ? own : sent
}

async function choose(client: RegistryClient, { bytes, descriptor }: Fetched, how: PullOptions): Promise<Fetched> {
  const { manifests } = parseIndex(bytes, `index ${descriptor.digest}`)
  const wanted = how.platform ?? DEFAULT_PLATFORM
  const chosen = chooseManifest(manifests, wanted)
  if (!chosen)
    throw new RegistryError(`no matching manifest for ${formatPlatform(wanted)} in the manifest list entries`)
  const found = await fetchManifest(client, chosen.digest, how.digester)
  return isIndex(found.descriptor) ? choose(client, found, how) : found
}

async function requireMatch(store: Store, config: Descriptor, layers: readonly Descriptor[]): Promise<void> {
  const bytes = await store.get(config.digest)
  if (!bytes) throw new ImageError(`config ${config.digest} is missing`)
  const { rootfs } = parseConfig(bytes, `config ${config.digest}`)
  if (rootfs.diff_ids.length === layers.length) return
  throw new ImageError(`config ${config.digest} names ${rootfs.diff_ids.length} layers, its manifest ${layers.length}`)
}

function unique(layers: readonly Descriptor[]): Descriptor[] {
  return [...new Map(layers.map(layer => [layer.digest, layer])).values()]
}

/** Straight into the store, and verified there; from where it broke off when the connection does. */
async function fetchBlob(
  client: RegistryClient,
  store: Store,
  { digest, size }: Descriptor,
  tell: TellTransfer = () => {},
): Promise<void> {
  if (await store.has(digest)) return tell({ kind: 'exists', digest, done: size, size })
  await store.putStream(resumed(client, digest, size, tell), { digest, size })
  tell({ kind: 'done', digest, done: size, size })
}

/** So many times without a byte more is the end. */
const PATIENCE = 5

async function* resumed(
  client: RegistryClient,
  digest: Digest,
  size: number,
  tell: TellTransfer,
): AsyncGenerator<Uint8Array> {
  let done = 0
  for (let failures = 0; done < size || size === 0; ) {
    const before = done
    try {
      for await (const piece of await openBlob(client, digest, done)) {
        done += piece.length
        if (done > size) throw new ImageError(`blob ${digest} is larger than the ${size} bytes its descriptor says`)
        yield piece
        tell({ kind: 'progress', digest, done, size })
      }
      if (size === 0) return
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      if (!error.isTemporary) throw new RegistryError(error.message)
      failures = done === before ? failures + 1 : 0
      if (failures >= PATIENCE) throw new RegistryError(error.message)
      tell({ kind: 'again', digest, done, size, text: error.message })
      continue
    }
    failures = done === before ? failures + 1 : 0
    if (done < size && failures >= PATIENCE)
      throw new RegistryError(`blob ${digest} ends after ${done} of ${size} bytes`)
  }
}

async function openBlob(client: RegistryClient, digest: Digest, from: number): Promise<AsyncIterable<Uint8Array>> {
  const headers = from === 0 ? {} : { range: `bytes=${from}-` }
  const response = await client.request(`blobs/${digest}`, { method: 'GET', headers })
  if (response.status === 206 || (response.status === 200 && from === 0)) return response.body
  // Not every registry gives a part: what was had already is passed over.
  if (response.status === 200) return skip(response.body, from)
  return client.refuse(response, `blob ${digest}`)
}

async function* skip(body: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const piece of body) {
    if (left < piece.length) yield piece.subarray(left)
    left = Math.max(0, left - piece.length)
  }
}
