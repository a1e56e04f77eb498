// HTTP as a host lends it: pulling, pushing, ADD of a URL. Redirects are followed, credentials not to another host.

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** A stream is sent in chunks as it comes, and only once: what must be repeated is given whole. */
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  /** Where it came from in the end. */
  readonly url: string
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** Must be read to its end, or left early by `return`, which closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/** Throws HttpError: no answer came at all. Any status is an answer. */
export type Fetch = (request: HttpRequest) => Promise<HttpResponse>

export interface HttpFailure {
  /** The other side does not speak TLS, or nobody vouches for it: a plain connection may do. */
  readonly isPlain?: boolean
  /** The connection broke: the same may go well the next time. */
  readonly isTemporary?: boolean
}

/** There was no answer, or not all of it. `message` as Go's http says it: `127.0.0.1:5000: connect: connection refused`. */
export class HttpError extends Error {
  readonly isPlain: boolean
  readonly isTemporary: boolean

  constructor(message: string, { isPlain = false, isTemporary = false }: HttpFailure = {}) {
    super(message)
    this.name = 'HttpError'
    this.isPlain = isPlain
    this.isTemporary = isTemporary
  }
}
