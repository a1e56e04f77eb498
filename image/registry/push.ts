// Pushing: blobs first, each once, then the manifest under its name (distribution "Pushing An Image").

import { HttpError, type HttpResponse } from '../../kernel/http.ts'
import type { Digest } from '../digest.ts'
import { type Descriptor, ImageError, isIndex, parseIndex, parseManifest } from '../manifest.ts'
import type { Reference } from '../reference.ts'
import type { Store } from '../store.ts'
import { answerBytes } from './answer.ts'
import type { RegistryClient } from './client.ts'
import { RegistryError } from './registry-error.ts'
import { sideBySide, type TellTransfer } from './transfer.ts'

export interface PushOptions {
  readonly tell?: TellTransfer
  /** Another repository of that registry that may have a blob already. */
  readonly elsewhere?: (digest: Digest) => string | undefined
}

const AT_ONCE = 5

/** Throws RegistryError and ImageError. */
export async function push(
  client: RegistryClient,
  store: Store,
  { reference, manifest }: { readonly reference: Reference; readonly manifest: Descriptor },
  how: PushOptions = {},
): Promise<void> {
  client.allow('pull,push')
  await pushManifest(client, store, manifest, reference.tag ?? manifest.digest, how)
}

async function pushManifest(
  client: RegistryClient,
  store: Store,
  { digest, mediaType }: Descriptor,
  name: string,
  how: PushOptions,
): Promise<void> {
  const bytes = await store.get(digest)
  if (!bytes) throw new ImageError(`manifest ${digest} is missing`)
  if (isIndex({ digest, mediaType, size: bytes.length })) {
    for (const child of parseIndex(bytes, `index ${digest}`).manifests) {
      await pushManifest(client, store, child, child.digest, how)
    }
  } else {
    const { config, layers } = parseManifest(bytes, `manifest ${digest}`)
    const blobs = [...new Map([...layers, config].map(blob => [blob.digest, blob])).values()]
    for (const blob of blobs) how.tell?.({ kind: 'waiting', digest: blob.digest, done: 0, size: blob.size })
    await sideBySide(blobs, AT_ONCE, blob => pushBlob(client, store, blob, how))
  }
  const headers = { 'content-type': mediaType }
  const response = await client.request(`manifests/${name}`, { method: 'PUT', headers, body: bytes })
  if (response.status >= 300) await client.refuse(response, `cannot push ${client.repository}:${name}`)
  await answerBytes(response)
}

async function pushBlob(client: RegistryClient, store: Store, blob: Descriptor, how: PushOptions): Promise<void> {
  const { digest, size } = blob
  const tell = how.tell ?? (() => {})
  const there = await client.request(`blobs/${digest}`, { method: 'HEAD' })
  await answerBytes(there)
  if (there.status === 200) return tell({ kind: 'exists', digest, done: size, size })
  const from = how.elsewhere?.(digest)
  if (from !== undefined) client.allow('pull', from)
  const mount = from === undefined ? '' : `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`
  const begun = await client.request(`blobs/uploads/${mount}`, { method: 'POST', headers: { 'content-length': '0' } })
  if (begun.status === 201) {
    await answerBytes(begun)
    return tell({ kind: 'mounted', digest, done: size, size, text: from ?? '' })
  }
  if (begun.status !== 202) await client.refuse(begun, `cannot push blob ${digest}`)
  await answerBytes(begun)
  await upload(client, store, blob, { location: locationOf(begun), tell })
  tell({ kind: 'done', digest, done: size, size })
}

/** Up to here a blob is sent at once, and again as a whole when that fails. */
const SMALL = 4 * 1024 * 1024
const PATIENCE = 5

interface Upload {
  readonly location: string
  readonly tell: TellTransfer
}

async function upload(
  client: RegistryClient,
  store: Store,
  blob: Descriptor,
  { location, tell }: Upload,
): Promise<void> {
  const { digest, size } = blob
  if (size <= SMALL) {
    const bytes = await store.get(digest)
    if (!bytes) throw new ImageError(`blob ${digest} is missing`)
    return finish(client, location, digest, bytes)
  }
  const last = await sendAll(client, store, blob, { location, tell })
  return finish(client, last, digest, new Uint8Array(0))
}

/** In one stream, as docker sends it; from where the registry has it when the connection breaks. Gives the last location. */
async function sendAll(client: RegistryClient, store: Store, blob: Descriptor, how: Upload): Promise<string> {
  const { digest, size } = blob
  let { location } = how
  let from = 0
  for (let failures = 0; ; ) {
    try {
      const response = await sendFrom(client, store, blob, { location, from, tell: how.tell })
      if (response.status === 202) {
        await answerBytes(response)
        return locationOf(response, location)
      }
      if (response.status !== 416 && response.status < 500) await client.refuse(response, `cannot push blob ${digest}`)
      await answerBytes(response)
    } catch (error) {
      if (!(error instanceof HttpError) && !(error instanceof RegistryError && error.status === 0)) throw error
      how.tell({ kind: 'again', digest, done: from, size, text: error.message })
    }
    const state = await client.request(location, { method: 'GET' })
    if (state.status !== 204) await client.refuse(state, `the upload of blob ${digest} was lost`)
    await answerBytes(state)
    const had = Number(/-(\d+)$/.exec(state.headers.get('range') ?? '')?.[1] ?? -1) + 1
    failures = had > from ? 0 : failures + 1
    if (failures >= PATIENCE)
      throw new RegistryError(`cannot push blob ${digest}: the connection breaks again and again`)
    from = had
    location = locationOf(state, location)
  }
}

async function sendFrom(
  client: RegistryClient,
  store: Store,
  { digest, size }: Descriptor,
  { location, from, tell }: Upload & { readonly from: number },
): Promise<HttpResponse> {
  const source = await store.stream(digest, from)
  if (!source) throw new ImageError(`blob ${digest} is missing`)
  const headers = {
    'content-type': 'application/octet-stream',
    'content-length': String(size - from),
    ...(from === 0 ? {} : { 'content-range': `${from}-${size - 1}` }),
  }
  const body = told(source, done => tell({ kind: 'progress', digest, done: from + done, size }))
  return client.request(location, { method: 'PATCH', headers, body })
}

async function* told(source: AsyncIterable<Uint8Array>, tell: (done: number) => void): AsyncGenerator<Uint8Array> {
  let done = 0
  for await (const piece of source) {
    yield piece
    done += piece.length
    tell(done)
  }
}

async function finish(client: RegistryClient, location: string, digest: Digest, body: Uint8Array): Promise<void> {
  const url = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(body.length) }
  const response = await client.request(url, { method: 'PUT', headers, body })
  if (response.status !== 201) await client.refuse(response, `cannot push blob ${digest}`)
  await answerBytes(response)
}

/** Where an upload goes on. */
function locationOf({ headers, url }: HttpResponse, otherwise?: string): string {
  const location = headers.get('location') ?? otherwise
  if (location === undefined) throw new RegistryError('the registry does not say where to send a blob')
  return new URL(location, url).href
}
