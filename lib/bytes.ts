// Text and bytes: UTF-8 in which stray bytes survive, so that encode(decode(b)) is b for every b.

const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const EMPTY = new Uint8Array(0)

/** The text of UTF-8 bytes. A byte that is no part of valid UTF-8 becomes U+DC80..U+DCFF (as Python's surrogateescape). */
export function decode(bytes: Uint8Array): string {
  const length = bytes.length
  if (length <= 64) {
    const text = decodeAscii(bytes)
    if (text !== undefined) return text
  }
  try {
    return strict.decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return decodeEscaping(bytes)
  }
}

/** The bytes of a text: UTF-8, with U+DC80..U+DCFF as the single bytes they stand for. Other lone surrogates become U+FFFD. */
export function encode(text: string): Uint8Array {
  if (text.length <= 64) {
    const bytes = encodeAscii(text)
    if (bytes !== undefined) return bytes
  }
  return /[\udc80-\udcff]/.test(text) ? encodeEscaping(text) : encoder.encode(text)
}

/** How many bytes `encode(text)` has. */
export function byteLength(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return encode(text).length
  return text.length
}

export function isAscii(bytes: Uint8Array): boolean {
  let bits = 0
  for (let i = 0; i < bytes.length; i++) bits |= bytes[i]!
  return bits < 128
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  let size = 0
  for (const chunk of chunks) size += chunk.length
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Order of two byte strings as memcmp gives it: negative, 0 or positive. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Where `needle` begins in `bytes` at or after `from`, or -1. */
export function indexOfBytes(bytes: Uint8Array, needle: Uint8Array, from = 0): number {
  if (needle.length === 0) return from
  const first = needle[0]!
  const last = bytes.length - needle.length
  for (let at = bytes.indexOf(first, from); at !== -1 && at <= last; at = bytes.indexOf(first, at + 1)) {
    let i = 1
    while (i < needle.length && bytes[at + i] === needle[i]) i++
    if (i === needle.length) return at
  }
  return -1
}

function decodeAscii(bytes: Uint8Array): string | undefined {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

function encodeAscii(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return undefined
    bytes[i] = code
  }
  return bytes
}

/** Valid stretches are decoded as they are; each byte that begins no valid sequence is escaped alone. */
function decodeEscaping(bytes: Uint8Array): string {
  const parts: string[] = []
  let start = 0
  let at = 0
  while (at < bytes.length) {
    const width = sequenceLength(bytes, at)
    if (width > 0) {
      at += width
      continue
    }
    if (at > start) parts.push(strict.decode(bytes.subarray(start, at)))
    parts.push(String.fromCharCode(0xdc00 + bytes[at]!))
    start = ++at
  }
  if (at > start) parts.push(strict.decode(bytes.subarray(start, at)))
  return parts.join('')
}

/** The length of the valid UTF-8 sequence at `at`, or 0 (Unicode 15, table 3-7). */
export function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  if (at + width > bytes.length) return 0
  const second = bytes[at + 1]!
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  for (let i = 2; i < width; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0
  return width
}

function encodeEscaping(text: string): Uint8Array {
  const chunks: Uint8Array[] = []
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0xd800 && code <= 0xdbff) {
      const next = text.charCodeAt(i + 1)
      if (next >= 0xdc00 && next <= 0xdfff) i++
      continue
    }
    if (code < 0xdc80 || code > 0xdcff) continue
    if (i > start) chunks.push(encoder.encode(text.slice(start, i)))
    chunks.push(Uint8Array.of(code - 0xdc00))
    start = i + 1
  }
  if (start < text.length) chunks.push(encoder.encode(text.slice(start)))
  return concat(chunks)
}
