// One repository of a registry, asked over HTTP (distribution "HTTP API V2"): finds the scheme, answers challenges, tries again.

import type { Clock } from '../../kernel/clock.ts'
import { type Fetch, HttpError, type HttpRequest, type HttpResponse } from '../../kernel/http.ts'
import { decode } from '../../lib/bytes.ts'
import { isRecord } from '../manifest.ts'
import { answerBytes } from './answer.ts'
import { basicHeader, type Challenge, fetchToken, parseChallenge } from './authorization.ts'
import { type Credentials, type Login, loginName } from './credentials.ts'
import { RegistryError } from './registry-error.ts'

export interface ClientOptions {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly credentials?: Credentials
  /** A certificate that nobody vouches for, or none at all, will do. By default only for this machine. */
  readonly isInsecure?: boolean
}

/** How often a request is sent that got no answer, or that the registry could not serve just now. */
const TRIES = 4
const FIRST_PAUSE = 250

export class RegistryClient {
  /** `docker.io`. */
  readonly domain: string
  /** `library/busybox`. */
  readonly repository: string
  readonly #how: ClientOptions
  readonly #host: string
  readonly #isInsecure: boolean
  #base: Promise<string> | undefined
  #authorization: string | undefined
  readonly #scopes = new Set<string>()

  constructor(domain: string, repository: string, how: ClientOptions) {
    this.domain = domain
    this.repository = repository
    this.#how = how
    this.#host = domain === 'docker.io' ? 'registry-1.docker.io' : domain
    this.#isInsecure = how.isInsecure ?? isLocal(domain)
  }

  /** What may be done: `pull`, `push`; of another repository too, to mount its blobs. */
  allow(actions: string, repository = this.repository): void {
    this.#scopes.add(`repository:${repository}:${actions}`)
    this.#authorization = undefined
  }

  /** `path` below /v2/NAME/, or a whole address that the registry gave. Any status but 401 and 5xx is handed on. */
  async request(path: string, how: Omit<HttpRequest, 'url'>): Promise<HttpResponse> {
    for (let tries = 1; ; tries++) {
      const failure = await this.#attempt(path, how)
      if (!('error' in failure)) return failure
      if (tries >= TRIES || !isRepeatable(how)) throw failure.error
      await this.#pause(FIRST_PAUSE * 2 ** (tries - 1))
    }
  }

  /** Throws RegistryError with what the registry says of it. */
  async refuse(response: HttpResponse, what: string): Promise<never> {
    const { status } = response
    const text = decode(await answerBytes(response))
    throw new RegistryError(`${what}: ${errorText(text) || `unexpected status ${status}`}`, status)
  }

  async #attempt(path: string, how: Omit<HttpRequest, 'url'>): Promise<HttpResponse | { error: Error }> {
    try {
      const response = await this.#send(path, how)
      if (response.status === 401) return await this.#answer(response, path, how)
      if (response.status < 500 && response.status !== 429) return response
      const text = decode(await answerBytes(response))
      const message = `${this.#host}: ${errorText(text) || `unexpected status ${response.status}`}`
      return { error: new RegistryError(message, response.status) }
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      const refused = new RegistryError(error.message)
      if (error.isTemporary) return { error: refused }
      throw refused
    }
  }

  /** The challenge answered, and the request once more. */
  async #answer(
    refused: HttpResponse,
    path: string,
    how: Omit<HttpRequest, 'url'>,
  ): Promise<HttpResponse | { error: Error }> {
    const challenge = parseChallenge(refused.headers.get('www-authenticate') ?? '')
    if (!challenge) return this.refuse(refused, this.#host)
    await answerBytes(refused)
    this.#authorization = await this.#authorize(challenge)
    // A stream is gone: who sent it knows from where to send it again.
    if (!isRepeatable(how)) return { error: new RegistryError('the token has expired') }
    const response = await this.#send(path, how)
    if (response.status !== 401) return response
    return this.refuse(response, `pull access denied for ${this.repository}, or login is needed`)
  }

  async #authorize(challenge: Challenge): Promise<string> {
    const login: Login | undefined = await this.#how.credentials?.(loginName(this.domain))
    if (challenge.scheme === 'basic') {
      if (!login) throw new RegistryError(`no basic auth credentials for ${this.domain}: log in first`, 401)
      return basicHeader(login)
    }
    if (challenge.scheme !== 'bearer')
      throw new RegistryError(`${this.#host} asks for ${challenge.scheme}, which is not known here`)
    const scopes = this.#scopes.size > 0 ? [...this.#scopes] : [`repository:${this.repository}:pull`]
    return `Bearer ${await fetchToken({ fetch: this.#how.fetch, challenge, scopes, login })}`
  }

  async #send(path: string, how: Omit<HttpRequest, 'url'>): Promise<HttpResponse> {
    this.#base ??= this.#findBase()
    const base = await this.#base
    const url = /^https?:\/\//.test(path)
      ? path
      : base + (path.startsWith('/') ? path : `/v2/${this.repository}/${path}`)
    const isOurs = new URL(url).host === new URL(base).host
    const authorization = this.#authorization === undefined || !isOurs ? {} : { authorization: this.#authorization }
    return this.#how.fetch({ ...how, url, headers: { ...how.headers, ...authorization } })
  }

  /** This machine's registries mostly speak no TLS (docker: 127.0.0.0/8 is among the insecure registries). */
  async #findBase(): Promise<string> {
    const secure = `https://${this.#host}`
    if (!this.#isInsecure) return secure
    try {
      await answerBytes(await this.#how.fetch({ method: 'GET', url: `${secure}/v2/` }))
      return secure
    } catch (error) {
      if (!(error instanceof HttpError) || !error.isPlain) throw error
      return `http://${this.#host}`
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise(resolve => this.#how.clock.alarm(ms, resolve))
  }
}

function isRepeatable({ body }: Omit<HttpRequest, 'url'>): boolean {
  return body === undefined || body instanceof Uint8Array
}

function isLocal(domain: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(domain)
}

/** `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}` as docker shows it. */
function errorText(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    const errors = isRecord(value) && Array.isArray(value.errors) ? value.errors.filter(isRecord) : []
    return errors
      .map(
        ({ code, message }) =>
          `${String(code ?? '')
            .toLowerCase()
            .replace(/_/g, ' ')}: ${message}`,
      )
      .join('; ')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return ''
  }
}
