/** The Adler-32 sum of zlib (RFC 1950 section 8.2). */
export function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (let at = 0; at < bytes.length; ) {
    // So many steps stay below 2^32.
    for (const end = Math.min(at + 5552, bytes.length); at < end; at++) {
      low += bytes[at]!
      high += low
    }
    low %= 65521
    high %= 65521
  }
  return ((high << 16) | low) >>> 0
}
