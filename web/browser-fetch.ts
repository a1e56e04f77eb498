// HTTP by the browser: it follows redirects itself, and a registry or server must allow this page (CORS).

import { HttpError, type HttpRequest, type HttpResponse } from '../kernel/http.ts'

export async function browserFetch({ method, url, headers = {}, body, signal }: HttpRequest): Promise<HttpResponse> {
  const given = Object.entries(headers).filter(([name]) => !FORBIDDEN.has(name.toLowerCase()))
  const controller = new AbortController()
  signal?.addEventListener('abort', () => controller.abort(), { once: true })
  const init = { method, headers: given, signal: controller.signal, credentials: 'omit' } as const
  const sent = body === undefined ? undefined : await whole(body)
  try {
    const response = await fetch(url, sent ? { ...init, body: sent } : init)
    return {
      status: response.status,
      url: response.url || url,
      headers: new Map(response.headers),
      body: piecesOf(response, url),
    }
  } catch (error) {
    throw asHttpError(error, url)
  }
}

/** The browser sets these itself. */
const FORBIDDEN = new Set(['content-length', 'user-agent', 'host'])

/** Browsers send streams only over HTTP/2, and not all of them. */
async function whole(body: NonNullable<HttpRequest['body']>): Promise<Blob> {
  const parts: BlobPart[] = []
  // A copy: the page's own memory, which no thread shares.
  if (body instanceof Uint8Array) parts.push(new Uint8Array(body))
  else for await (const part of body) parts.push(new Uint8Array(part))
  return new Blob(parts)
}

async function* piecesOf({ body }: Response, url: string): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (!reader) return
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (error) {
    throw asHttpError(error, url)
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** The browser does not say why: for want of a connection, or because the server does not allow this page. */
function asHttpError(error: unknown, url: string): HttpError {
  if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error
  const { host } = new URL(url)
  return new HttpError(`${host} cannot be reached from this page (no connection, or it does not allow it: CORS)`, {
    isPlain: true,
  })
}
