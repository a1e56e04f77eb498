// The CRC-32 of gzip and zip (RFC 1952 section 8).

import type { IncrementalDigest } from './digest.ts'

export class Crc32 implements IncrementalDigest {
  #state = -1

  update(bytes: Uint8Array): void {
    let state = this.#state
    let at = 0
    // Eight bytes a step, by eight tables.
    for (const end = bytes.length - 7; at < end; at += 8) {
      state ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
      state =
        REFLECTED[1792 + (state & 255)]! ^
        REFLECTED[1536 + ((state >>> 8) & 255)]! ^
        REFLECTED[1280 + ((state >>> 16) & 255)]! ^
        REFLECTED[1024 + (state >>> 24)]! ^
        REFLECTED[768 + bytes[at + 4]!]! ^
        REFLECTED[512 + bytes[at + 5]!]! ^
        REFLECTED[256 + bytes[at + 6]!]! ^
        REFLECTED[bytes[at + 7]!]!
    }
    for (; at < bytes.length; at++) state = (state >>> 8) ^ REFLECTED[(state ^ bytes[at]!) & 255]!
    this.#state = state
  }

  /** The sum so far, unsigned. */
  get value(): number {
    return ~this.#state >>> 0
  }

  finish(): Uint8Array {
    const { value } = this
    return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
  }
}

/** Eight tables of 256: the n-th is for a byte with n bytes after it. */
const REFLECTED = reflectedTables()

function reflectedTables(): Int32Array {
  const tables = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let state = byte
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? 0xedb88320 : 0)
    tables[byte] = state
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256]!
    tables[at] = (before >>> 8) ^ tables[before & 255]!
  }
  return tables
}
