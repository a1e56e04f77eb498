// Names of images (distribution/reference): `busybox` is docker.io/library/busybox:latest.

import { type Digest, isDigest } from './digest.ts'

export interface Reference {
  /** `docker.io`, `localhost:5000`. */
  readonly domain: string
  /** `library/busybox`. */
  readonly path: string
  readonly tag: string | undefined
  readonly digest: Digest | undefined
}

/** `message` in docker's words. */
export class InvalidReferenceError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'InvalidReferenceError'
  }
}

const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
// distribution/reference: labels of letters, digits and inner hyphens, or an IPv6 address, and a port.
const DOMAIN =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/
const LONGEST_NAME = 255
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

/** Without tag and digest the tag is `latest`. Throws InvalidReferenceError. */
export function parseReference(text: string): Reference {
  if (/^[0-9a-f]{64}$/.test(text)) {
    throw new InvalidReferenceError(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`)
  }
  const at = text.indexOf('@')
  const digest = at === -1 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) throw new InvalidReferenceError('invalid reference format')
  const { name, tag } = splitTag(at === -1 ? text : text.slice(0, at))
  const { domain, path } = splitDomain(name)
  if (path !== path.toLowerCase()) {
    throw new InvalidReferenceError(`invalid reference format: repository name (${path}) must be lowercase`)
  }
  if (!DOMAIN.test(domain) || !NAME.test(path) || (tag !== undefined && !TAG.test(tag))) {
    throw new InvalidReferenceError('invalid reference format')
  }
  if (path.length > LONGEST_NAME) {
    throw new InvalidReferenceError(`repository name must not be more than ${LONGEST_NAME} characters`)
  }
  return { domain, path, tag: tag ?? (digest ? undefined : 'latest'), digest }
}

function splitTag(text: string): { name: string; tag: string | undefined } {
  const colon = text.lastIndexOf(':')
  if (colon === -1 || text.indexOf('/', colon) !== -1) return { name: text, tag: undefined }
  return { name: text.slice(0, colon), tag: text.slice(colon + 1) }
}

function splitDomain(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const isDomain = slash !== -1 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  const domain = isDomain ? first.replace(/^index\.docker\.io$/, 'docker.io') : 'docker.io'
  const rest = isDomain ? name.slice(slash + 1) : name
  return { domain, path: domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest }
}

/** `docker.io/library/busybox:latest`: what a store keeps. */
export function fullName({ domain, path, tag, digest }: Reference): string {
  return `${domain}/${path}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`
}

/** `busybox`: what people read, without the tag. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== 'docker.io') return `${domain}/${path}`
  return path.startsWith('library/') ? path.slice('library/'.length) : path
}

export function familiarTag(reference: Reference): string {
  const tag = reference.tag ? `:${reference.tag}` : ''
  return `${familiarName(reference)}${tag}${reference.digest ? `@${reference.digest}` : ''}`
}
