// Whole gzip files (RFC 1952). The host's own streams do the work where they can; what they refuse or differ in (several
// members, padding, damage) is read here, so that every host gives the same answer.

import { concat } from './bytes.ts'
import { Crc32 } from './crc32.ts'
import { Inflate, InflateError } from './inflate.ts'

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Damaged data, or data that ends too soon. */
export class GzipError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GzipError'
  }
}

/** Throws GzipError. */
export async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  const unpacked = await pass(bytes, new DecompressionStream('gzip'))
  // The last word of a file with one member is its size (mod 2^32): anything else is looked at closely.
  return unpacked && unpacked.length % 2 ** 32 === lastWord(bytes) ? unpacked : gunzipMembers(bytes)
}

/**
 * All members, one behind the other, at once. Zeros after the last are padding, as for gzip; anything else is an error.
 * Throws GzipError.
 */
export function gunzipMembers(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let rest = bytes
  do {
    const { contents, after } = readMember(rest, bytes.length - rest.length)
    parts.push(contents)
    rest = after
  } while (isGzip(rest))
  if (rest.some(byte => byte !== 0))
    throw new GzipError(`trailing garbage after the gzip data at byte ${bytes.length - rest.length}`)
  return concat(parts)
}

/** The same bytes give the same result in every host: no name, no time, and Unix as the system, as busybox writes it. */
export async function gzip(bytes: Uint8Array, level: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 = 6): Promise<Uint8Array> {
  // Its tables are made when it is loaded, which a start must not wait for.
  const { gzipSync } = await import('fflate')
  return gzipSync(bytes, { level, mtime: 0 })
}

const HEADER = 10
const TRAILER = 8

function readMember(bytes: Uint8Array, at: number): { contents: Uint8Array; after: Uint8Array } {
  if (!isGzip(bytes)) throw new GzipError(`not gzip data at byte ${at}`)
  const start = headerLength(bytes)
  const inflate = new Inflate()
  let contents: Uint8Array
  try {
    contents = inflate.push(bytes.subarray(start), true)
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    throw new GzipError(`damaged gzip data: ${error.message}`)
  }
  const { rest } = inflate
  if (rest.length < TRAILER) throw endsTooSoon()
  const crc = new Crc32()
  crc.update(contents)
  const view = new DataView(rest.buffer, rest.byteOffset, TRAILER)
  if (view.getUint32(0, true) !== crc.value) throw new GzipError('damaged gzip data: the checksum is wrong')
  if (view.getUint32(4, true) !== contents.length % 2 ** 32)
    throw new GzipError('damaged gzip data: the length is wrong')
  return { contents, after: rest.subarray(TRAILER) }
}

/** RFC 1952 section 2.3: extra field, name, comment and header checksum are passed over. */
function headerLength(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0
  if (bytes.length < HEADER) throw endsTooSoon()
  if (bytes[2] !== 8 || flags & 0xe0) throw new GzipError('damaged gzip data: an unknown method or flag')
  let at = HEADER
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  for (const flag of [8, 16]) if (flags & flag) at = endOfText(bytes, at)
  if (flags & 2) at += 2
  if (at > bytes.length) throw endsTooSoon()
  return at
}

function endOfText(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(0, at)
  if (end === -1) throw endsTooSoon()
  return end + 1
}

function endsTooSoon(): GzipError {
  return new GzipError('damaged gzip data: unexpected end of file')
}

function lastWord(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true)
}

const CHUNK = 1 << 20

/** undefined: the host refuses it. */
async function pass(bytes: Uint8Array, stream: TransformPair): Promise<Uint8Array | undefined> {
  const writer = stream.writable.getWriter()
  const [feeding, collecting] = await Promise.allSettled([feed(writer, bytes), collect(stream.readable.getReader())])
  return feeding.status === 'fulfilled' && collecting.status === 'fulfilled' ? collecting.value : undefined
}

async function feed(writer: WritableStreamWriter, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += CHUNK) await writer.write(bytes.subarray(at, at + CHUNK))
  await writer.close()
}

async function collect(reader: ReadableStreamReader): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for (;;) {
    const { done, value } = await reader.read()
    if (value) chunks.push(value)
    if (done) return concat(chunks)
  }
}
