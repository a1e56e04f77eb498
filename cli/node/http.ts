// HTTP by Node's own modules: soon loaded, nothing held in memory, and every redirect is ours to judge.

import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { HttpError, type HttpRequest, type HttpResponse } from '../../kernel/http.ts'

const MOST_REDIRECTS = 10
/** Without a byte for so long, the other side is gone. */
const SILENCE = 60_000

export async function nodeFetch(request: HttpRequest): Promise<HttpResponse> {
  let current = request
  for (let redirects = 0; ; redirects++) {
    const message = await send(current)
    const { statusCode = 0, headers } = message
    const location = [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined
    if (location === undefined || !isReadOnly(request)) return responseOf(message, current.url)
    message.resume()
    if (redirects >= MOST_REDIRECTS) throw new HttpError(`stopped after ${MOST_REDIRECTS} redirects`)
    current = redirected(current, new URL(location, current.url))
  }
}

function isReadOnly({ method }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Another host must not see who asks; a secure address must not lead to an open one. */
function redirected(request: HttpRequest, to: URL): HttpRequest {
  const from = new URL(request.url)
  if (from.protocol === 'https:' && to.protocol !== 'https:') {
    throw new HttpError(`${request.url} leads to ${to.href}, which is not secure`)
  }
  if (to.protocol !== 'https:' && to.protocol !== 'http:') throw new HttpError(`unsupported protocol in ${to.href}`)
  if (from.host === to.host) return { ...request, url: to.href }
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'authorization')
  return { ...request, url: to.href, headers: Object.fromEntries(headers) }
}

function send({ method, url, headers = {}, body, signal }: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { protocol, host } = new URL(url)
    if (protocol !== 'http:' && protocol !== 'https:') return reject(new HttpError(`unsupported protocol in ${url}`))
    const start = protocol === 'https:' ? requestSecure : requestPlain
    const request = start(url, { method, headers: { 'user-agent': 'cowbox', ...headers } })
    const abort = () => request.destroy(new Error('aborted'))
    signal?.addEventListener('abort', abort, { once: true })
    request.setTimeout(SILENCE, () => request.destroy(new Error(`no answer for ${SILENCE / 1000} seconds`)))
    request.on('response', resolve)
    request.on('error', error => reject(asHttpError(error, host)))
    request.on('close', () => signal?.removeEventListener('abort', abort))
    sendBody(request, body).catch(error => request.destroy(error))
  })
}

async function sendBody(request: ClientRequest, body: HttpRequest['body']): Promise<void> {
  if (body === undefined) request.end()
  else if (body instanceof Uint8Array) request.end(body)
  else {
    for await (const piece of body) {
      if (request.destroyed) return
      if (!request.write(piece)) await drained(request)
    }
    request.end()
  }
}

function drained(request: ClientRequest): Promise<void> {
  return new Promise(resolve => {
    const go = () => {
      request.off('drain', go)
      request.off('close', go)
      resolve()
    }
    request.on('drain', go)
    request.on('close', go)
  })
}

function responseOf(message: IncomingMessage, url: string): HttpResponse {
  const headers = Object.entries(message.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return { status: message.statusCode ?? 0, url, headers: new Map(headers), body: bodyOf(message, new URL(url).host) }
}

async function* bodyOf(message: IncomingMessage, host: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of message) yield new Uint8Array(piece.buffer, piece.byteOffset, piece.length)
  } catch (error) {
    throw asHttpError(error, host)
  }
  if (!message.complete) throw new HttpError(`${host}: the connection was closed too soon`, { isTemporary: true })
}

function asHttpError(error: unknown, host: string): HttpError {
  if (error instanceof HttpError) return error
  // By its shape: jest gives tests an Error of their own, which Node's are no instances of.
  if (typeof error !== 'object' || error === null || !('message' in error)) throw error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return new HttpError(`${host}: ${WORDS.get(code) ?? String(error.message)}`, {
    isPlain: /^(EPROTO|ECONNRESET|ECONNREFUSED|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code),
    isTemporary: ['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code),
  })
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connect: connection refused'],
  ['ENOTFOUND', 'no such host'],
  ['EAI_AGAIN', 'no such host'],
  ['ECONNRESET', 'read: connection reset by peer'],
  ['ETIMEDOUT', 'i/o timeout'],
])
