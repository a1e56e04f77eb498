import { Failure } from '../applet.ts'

export interface HttpUrl {
  readonly scheme: 'http' | 'https' | 'ftp'
  /** `user:password`. */
  readonly login: string | undefined
  /** As it was typed, without brackets. */
  readonly host: string
  readonly portText: string
  /** Host and port as they were typed. */
  readonly authority: string
  /** With its leading slash and its query, without a fragment. */
  readonly path: string
}

const PORTS = { http: '80', https: '443', ftp: '21' }

/** Throws Failure `not an http or ftp url: ...`. Without a scheme it is http. */
export function parseUrl(text: string): HttpUrl {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1] ?? 'http'
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ftp') throw new Failure(`not an http or ftp url: ${text}`)
  const rest = text.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, '').replace(/#.*/, '')
  const [before = ''] = rest.split(/[/?]/)
  const at = before.lastIndexOf('@')
  const authority = before.slice(at + 1)
  const [, bracketed, plain = '', portText = PORTS[scheme]] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(authority) ?? []
  const path = rest.slice(before.length)
  return {
    scheme,
    login: at === -1 ? undefined : before.slice(0, at),
    host: bracketed ?? plain,
    portText,
    authority,
    path: path.startsWith('/') ? path : `/${path}`,
  }
}
