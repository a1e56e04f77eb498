// A registry in memory, as the distribution API says, that can ask for a login, break connections and give wrong bytes.

import { createHash } from 'node:crypto'
import { HttpError, type HttpRequest, type HttpResponse } from '../../kernel/http.ts'
import { concat, decode, encode } from '../../lib/bytes.ts'

export class FakeRegistry {
  /** `repository digest` and `repository:tag`. */
  readonly blobs = new Map<string, Uint8Array>()
  readonly manifests = new Map<string, { bytes: Uint8Array; type: string }>()
  readonly asked: string[] = []
  readonly #uploads = new Map<string, Uint8Array[]>()
  auth: 'none' | 'basic' | 'bearer' = 'none'
  /** After so many bytes of a body the connection breaks; each time once. */
  breaks: number[] = []
  takesRanges = true

  readonly fetch = async (request: HttpRequest): Promise<HttpResponse> => {
    const url = new URL(request.url)
    this.asked.push(`${request.method} ${url.pathname}${url.search}`)
    if (url.protocol === 'https:' && url.hostname === 'localhost') throw new HttpError('no TLS here', { isPlain: true })
    if (url.pathname === '/token') return this.#token(request, url)
    if (!this.#isAllowed(request)) return respond(request, 401, { 'www-authenticate': this.#challenge(url) })
    return this.#answer(request, url)
  }

  #token(request: HttpRequest, url: URL): HttpResponse {
    if (request.headers?.authorization !== `Basic ${btoa('me:secret')}`) return respond(request, 401)
    return respond(request, 200, {}, encode(JSON.stringify({ token: `token for ${url.searchParams.getAll('scope')}` })))
  }

  #challenge(url: URL): string {
    return this.auth === 'basic' ? 'Basic realm="x"' : `Bearer realm="${url.origin}/token",service="fake"`
  }

  #isAllowed({ headers = {} }: HttpRequest): boolean {
    const given = headers.authorization ?? ''
    if (this.auth === 'basic') return given === `Basic ${btoa('me:secret')}`
    return this.auth === 'none' || given.startsWith('Bearer token for repository:')
  }

  async #answer(request: HttpRequest, url: URL): Promise<HttpResponse> {
    if (url.pathname === '/v2/') return respond(request, 200)
    const [, repository = '', kind, name = ''] = /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.*)$/.exec(url.pathname) ?? []
    if (kind === 'tags') return this.#tags(request, repository, url)
    if (kind === 'manifests') return this.#manifest(request, repository, name)
    return name.startsWith('uploads/') ? this.#upload(request, url, repository) : this.#blob(request, repository, name)
  }

  /** A page of one. */
  #tags(request: HttpRequest, repository: string, url: URL): HttpResponse {
    const all = [...this.manifests.keys()].filter(key => key.startsWith(`${repository}:`) && !key.includes('sha256'))
    const tags = all.map(key => key.slice(repository.length + 1))
    const at = tags.indexOf(url.searchParams.get('last') ?? '') + 1
    const link = at + 1 < tags.length ? { link: `</v2/${repository}/tags/list?last=${tags[at]}>; rel="next"` } : {}
    return respond(request, 200, link, encode(JSON.stringify({ tags: tags.slice(at, at + 1) })))
  }

  async #manifest(request: HttpRequest, repository: string, name: string): Promise<HttpResponse> {
    if (request.method === 'PUT') {
      const bytes = await bodyOf(request)
      const made = { bytes, type: request.headers?.['content-type'] ?? '' }
      this.manifests.set(`${repository}:${name}`, made)
      this.manifests.set(`${repository}:${digestOf(bytes)}`, made)
      return respond(request, 201)
    }
    const found = this.manifests.get(`${repository}:${name}`)
    if (!found) {
      const error = { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }
      return respond(request, 404, {}, encode(JSON.stringify(error)))
    }
    return respond(request, 200, { 'content-type': found.type }, found.bytes)
  }

  #blob(request: HttpRequest, repository: string, digest: string): HttpResponse {
    const bytes = this.blobs.get(`${repository} ${digest}`)
    if (!bytes) return respond(request, 404)
    if (request.method === 'HEAD') return respond(request, 200)
    const from = this.takesRanges ? Number(/bytes=(\d+)-/.exec(request.headers?.range ?? '')?.[1] ?? 0) : 0
    const answer = respond(request, from > 0 ? 206 : 200, {}, bytes.subarray(from))
    return { ...answer, body: this.#broken(bytes.subarray(from)) }
  }

  async *#broken(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    const end = this.breaks.shift()
    yield bytes.subarray(0, end)
    if (end !== undefined) throw new HttpError('connection reset by peer', { isTemporary: true })
  }

  async #upload(request: HttpRequest, url: URL, repository: string): Promise<HttpResponse> {
    if (request.method === 'POST') {
      const [mount, from] = [url.searchParams.get('mount'), url.searchParams.get('from')]
      const there = this.blobs.get(`${from} ${mount}`)
      if (there) {
        this.blobs.set(`${repository} ${mount}`, there)
        return respond(request, 201)
      }
      const id = `${this.#uploads.size}`
      this.#uploads.set(id, [])
      return respond(request, 202, { location: `/v2/${repository}/blobs/uploads/${id}?state=1` })
    }
    const parts = this.#uploads.get(url.pathname.split('/').at(-1) ?? '')!
    const size = () => parts.reduce((sum, part) => sum + part.length, 0)
    if (request.method === 'GET') return respond(request, 204, { range: `0-${size() - 1}` })
    await this.#receive(request, parts)
    if (request.method === 'PATCH') return respond(request, 202, { range: `0-${size() - 1}` })
    const digest = url.searchParams.get('digest') ?? ''
    const bytes = concat(parts)
    if (digestOf(bytes) !== digest) return respond(request, 400)
    this.blobs.set(`${repository} ${digest}`, bytes)
    return respond(request, 201)
  }

  async #receive(request: HttpRequest, parts: Uint8Array[]): Promise<void> {
    const bytes = await bodyOf(request)
    const end = request.method === 'PATCH' ? this.breaks.shift() : undefined
    parts.push(bytes.slice(0, end))
    if (end !== undefined) throw new HttpError('connection reset by peer', { isTemporary: true })
  }
}

async function bodyOf({ body }: HttpRequest): Promise<Uint8Array> {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array(0)
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return concat(parts)
}

function respond(
  { url }: HttpRequest,
  status: number,
  headers: Record<string, string> = {},
  body: Uint8Array = new Uint8Array(0),
): HttpResponse {
  return {
    status,
    url,
    headers: new Map(Object.entries(headers)),
    body: (async function* () {
      yield body
    })(),
  }
}

export function digestOf(bytes: Uint8Array): `sha256:${string}` {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? decode(bytes) : ''
}
