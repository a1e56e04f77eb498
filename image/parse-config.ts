// An image's config, looked at field by field: it came from outside, and everything later trusts its types.

import type { History, ImageConfig, RunConfig } from './config.ts'
import { isDigest } from './digest.ts'
import { ImageError, isRecord, isTextRecord, parseJson } from './manifest.ts'

/** What is missing gets the default that the specification names. Fields that are unknown stay. Throws ImageError. */
export function parseConfig(bytes: Uint8Array, what: string): ImageConfig {
  const value = parseJson(bytes, what)
  if (!isRecord(value)) throw new ImageError(`${what} is not an image config`)
  const { rootfs, config, history } = value
  // docker leaves the list out where it is empty.
  const diffIds = isRecord(rootfs) ? (rootfs.diff_ids ?? []) : undefined
  if (!isRecord(rootfs) || !isTextList(diffIds) || !diffIds.every(isDigest)) {
    throw new ImageError(`${what} has no rootfs.diff_ids`)
  }
  if (!isNone(rootfs.type) && rootfs.type !== 'layers') throw new ImageError(`${what}: rootfs.type is not layers`)
  for (const field of ['author', 'variant', 'os', 'architecture'])
    refuseUnless(isTextOrNone, value, field, what, 'a text')
  refuseUnless(isTimeOrNone, value, 'created', what, 'a time')
  if (history !== undefined && history !== null && !isHistory(history)) {
    throw new ImageError(`${what}: history is not a list of records`)
  }
  return {
    // The fields that the type names were looked at, or are set below.
    ...(withoutNulls(value) as Partial<ImageConfig>),
    architecture: typeof value.architecture === 'string' ? value.architecture : 'amd64',
    os: typeof value.os === 'string' ? value.os : 'linux',
    config: parseRunConfig(config, what),
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: isHistory(history) ? history : [],
  }
}

/** The run configuration alone: of an image config, or of what `docker inspect` prints of an image. Throws ImageError. */
export function parseMetadata(bytes: Uint8Array, what: string): RunConfig {
  const value = parseJson(bytes, what)
  const first = Array.isArray(value) ? value[0] : value
  if (!isRecord(first)) throw new ImageError(`${what} is not an image config`)
  const config = first.config ?? first.Config
  if (!isRecord(config)) throw new ImageError(`${what} has no config`)
  return parseRunConfig(config, what)
}

const TEXTS = ['User', 'WorkingDir', 'StopSignal']
const LISTS = ['Env', 'Entrypoint', 'Cmd', 'OnBuild', 'Shell']
const SETS = ['ExposedPorts', 'Volumes']

function parseRunConfig(value: unknown, what: string): RunConfig {
  if (value === undefined || value === null) return {}
  if (!isRecord(value)) throw new ImageError(`${what}: config is not a record`)
  for (const field of TEXTS) refuseUnless(isTextOrNone, value, field, what, 'a text')
  for (const field of LISTS) refuseUnless(isTextListOrNone, value, field, what, 'a list of texts')
  for (const field of SETS) refuseUnless(isRecordOrNone, value, field, what, 'a record')
  refuseUnless(isTextRecordOrNone, value, 'Labels', what, 'a record of texts')
  refuseUnless(isNumberOrNone, value, 'StopTimeout', what, 'a number')
  refuseUnless(isHealthcheckOrNone, value, 'Healthcheck', what, 'a health check')
  return withoutNulls(value)
}

function refuseUnless(
  isRight: (value: unknown) => boolean,
  record: Record<string, unknown>,
  field: string,
  what: string,
  words: string,
): void {
  if (!isRight(record[field])) throw new ImageError(`${what}: ${field} is not ${words}`)
}

/** Go writes empty lists and maps as null. */
function withoutNulls(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null
}

function isTextOrNone(value: unknown): boolean {
  return isNone(value) || typeof value === 'string'
}

/** RFC 3339, as the specification wants it. */
function isTimeOrNone(value: unknown): boolean {
  return isNone(value) || value === '' || (typeof value === 'string' && TIME.test(value))
}

const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

function isNumberOrNone(value: unknown): boolean {
  return isNone(value) || typeof value === 'number'
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

function isTextListOrNone(value: unknown): boolean {
  return isNone(value) || isTextList(value)
}

function isRecordOrNone(value: unknown): boolean {
  return isNone(value) || isRecord(value)
}

function isTextRecordOrNone(value: unknown): boolean {
  return isNone(value) || isTextRecord(value)
}

function isHealthcheckOrNone(value: unknown): boolean {
  if (isNone(value)) return true
  const numbers = ['Interval', 'Timeout', 'StartPeriod', 'StartInterval', 'Retries']
  return isRecord(value) && isTextListOrNone(value.Test) && numbers.every(field => isNumberOrNone(value[field]))
}

function isHistory(value: unknown): value is History[] {
  const texts = ['created', 'created_by', 'author', 'comment']
  return (
    Array.isArray(value) &&
    value.every(
      entry =>
        isRecord(entry) &&
        texts.every(field => isTextOrNone(entry[field])) &&
        (isNone(entry.empty_layer) || typeof entry.empty_layer === 'boolean'),
    )
  )
}
