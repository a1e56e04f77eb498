// How a registry wants to be asked (distribution "Token Authentication Specification", RFC 7235).

import type { Fetch } from '../../kernel/http.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { isRecord, parseJson } from '../manifest.ts'
import { answerBytes } from './answer.ts'
import type { Login } from './credentials.ts'
import { RegistryError } from './registry-error.ts'

export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  readonly parameters: ReadonlyMap<string, string>
}

/** `Bearer realm="https://auth/token",service="registry",scope="repository:x:pull"`; undefined: it is none. */
export function parseChallenge(text: string): Challenge | undefined {
  const [, scheme, rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*))?$/.exec(text) ?? []
  if (!scheme) return undefined
  const found = rest.matchAll(/([A-Za-z_]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)
  const parameters = new Map(
    Array.from(found, ([, key = '', quoted, plain = '']) => [
      key.toLowerCase(),
      quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
    ]),
  )
  return { scheme: scheme.toLowerCase(), parameters }
}

export function basicHeader({ username, password }: Login): string {
  return `Basic ${btoa(String.fromCharCode(...encode(`${username}:${password}`)))}`
}

export interface TokenRequest {
  readonly fetch: Fetch
  readonly challenge: Challenge
  /** `repository:library/busybox:pull`. */
  readonly scopes: readonly string[]
  readonly login: Login | undefined
}

/** Throws RegistryError. */
export async function fetchToken({ fetch, challenge, scopes, login }: TokenRequest): Promise<string> {
  const realm = challenge.parameters.get('realm')
  const service = challenge.parameters.get('service')
  if (realm === undefined || !/^https?:\/\//.test(realm)) {
    throw new RegistryError('the registry asks for a token, but does not say where to get one')
  }
  const response = login?.identityToken
    ? await fetch({ method: 'POST', url: realm, headers: FORM, body: encode(refreshForm(login, service, scopes)) })
    : await fetch({
        method: 'GET',
        url: tokenUrl(realm, service, scopes, login),
        headers: login ? { authorization: basicHeader(login) } : {},
      })
  const body = await answerBytes(response)
  if (response.status !== 200) {
    const why = response.status === 401 || response.status === 403 ? 'incorrect username or password' : decode(body)
    throw new RegistryError(`unauthorized: ${why.slice(0, 200)}`, response.status)
  }
  const answer = parseJson(body, `the token of ${realm}`)
  const token = isRecord(answer) ? (answer.token ?? answer.access_token) : undefined
  if (typeof token !== 'string') throw new RegistryError(`${realm} gave no token`)
  return token
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

function tokenUrl(realm: string, service: string | undefined, scopes: readonly string[], login: Login | undefined) {
  const query = [
    ...(service === undefined ? [] : [`service=${encodeURIComponent(service)}`]),
    ...scopes.map(scope => `scope=${encodeURIComponent(scope)}`),
    ...(login ? [`account=${encodeURIComponent(login.username)}`] : []),
  ]
  return `${realm}${realm.includes('?') ? '&' : '?'}${query.join('&')}`
}

/** OAuth 2 (distribution "oauth.md"): what has a refresh token sends it in the body. */
function refreshForm(login: Login, service: string | undefined, scopes: readonly string[]): string {
  return [
    'grant_type=refresh_token',
    `refresh_token=${encodeURIComponent(login.identityToken ?? '')}`,
    'client_id=cowbox',
    `service=${encodeURIComponent(service ?? '')}`,
    `scope=${encodeURIComponent(scopes.join(' '))}`,
  ].join('&')
}
