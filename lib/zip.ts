// zip archives: members by the central directory (PKWARE's APPNOTE), or one local header after another without it.

import { decode } from './bytes.ts'
import { bunzip2Stream } from './bzip2/decode.ts'
import { DecompressionError } from './decompression-error.ts'
import { Inflate, InflateError } from './inflate.ts'
import { LzmaDecoder, parseProperties } from './lzma/decoder.ts'
import { unxzStream } from './lzma/xz.ts'

export interface ZipMember {
  readonly name: string
  readonly method: number
  readonly flags: number
  readonly packedSize: number
  readonly size: number
  readonly crc: number
  /** As DOS has them. */
  readonly date: number
  readonly time: number
  /** Unix mode with its type; undefined: it was made elsewhere. */
  readonly mode: number | undefined
  /** Where its local header is. */
  readonly offset: number
}

export class ZipError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ZipError'
  }
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** A flag: the sizes stand behind the contents. */
const STREAMED = 8

/** Throws ZipError in busybox's words. */
export function* readZip(bytes: Uint8Array): Generator<ZipMember> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 4) throw new ZipError('short read')
  const start = centralStart(view)
  // Without a central directory there is only what stands before each member.
  if (start === undefined || start + 4 > bytes.length) return yield* localMembers(bytes, view)
  // busybox: whatever stands in it, only its end ends it.
  for (let at = start; littleEndian(view, at) !== END; ) {
    if (at + 46 > bytes.length) throw new ZipError('short read')
    const nameSize = view.getUint16(at + 28, true)
    const offset = view.getUint32(at + 42, true)
    // busybox: the local header counts, whatever its first bytes are, and the directory only for what that leaves out.
    if (offset + 30 > bytes.length) throw new ZipError('short read')
    const isStreamed = (view.getUint16(offset + 6, true) & STREAMED) !== 0
    yield {
      ...localHeader(bytes, view, offset),
      ...(isStreamed ? sizes(view, at + 16) : {}),
      mode: bytes[at + 5] === 3 ? view.getUint16(at + 40, true) : undefined,
    }
    at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

function localHeader(bytes: Uint8Array, view: DataView, at: number): ZipMember {
  return {
    name: decode(bytes.subarray(at + 30, at + 30 + view.getUint16(at + 26, true))),
    flags: view.getUint16(at + 6, true),
    method: view.getUint16(at + 8, true),
    time: view.getUint16(at + 10, true),
    date: view.getUint16(at + 12, true),
    ...sizes(view, at + 14),
    mode: undefined,
    offset: at,
  }
}

function sizes(view: DataView, at: number): Pick<ZipMember, 'crc' | 'packedSize' | 'size'> {
  return {
    crc: view.getUint32(at, true),
    packedSize: view.getUint32(at + 4, true),
    size: view.getUint32(at + 8, true),
  }
}

/**
 * What the last end record says that can be meant: one that points behind itself is passed over. Behind it is a comment of at
 * most 65535 bytes. busybox: of a record that is cut off the missing bytes are zeros.
 */
function centralStart(view: DataView): number | undefined {
  for (let at = view.byteLength - 4; at >= Math.max(0, view.byteLength - 22 - 65535); at--) {
    if (view.getUint32(at, true) !== END) continue
    const start = littleEndian(view, at + 16)
    if (start < at) return start
  }
  return undefined
}

/** Four bytes; those beyond the end are zeros. */
function littleEndian(view: DataView, at: number): number {
  let value = 0
  for (let byte = 3; byte >= 0; byte--)
    value = value * 256 + (at + byte < view.byteLength ? view.getUint8(at + byte) : 0)
  return value
}

function* localMembers(bytes: Uint8Array, view: DataView): Generator<ZipMember> {
  let isFound = false
  for (let at = 0; ; ) {
    if (at + 4 > bytes.length) {
      if (isFound) return
      throw new ZipError('short read')
    }
    const magic = view.getUint32(at, true)
    if (isFound && (magic === CENTRAL || magic === END)) break
    // busybox: what is no header is passed over until one comes, or the end.
    if (magic !== LOCAL) {
      at++
      continue
    }
    if (at + 30 > bytes.length) throw new ZipError('short read')
    const member = localHeader(bytes, view, at)
    if (member.flags & STREAMED) throw new ZipError('zip flag 8 (streaming) is not supported')
    isFound = true
    yield member
    at += 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true) + member.packedSize
  }
}

/** The contents, piece by piece. Throws ZipError and DecompressionError. */
export async function* zipContents(bytes: Uint8Array, member: ZipMember): AsyncGenerator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const { offset, packedSize, method, flags } = member
  if (flags & 1) throw new ZipError('zip flag 1 (encryption) is not supported')
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const packed = bytes.subarray(start, start + packedSize)
  // busybox: what is packed knows where it ends.
  if (packed.length < packedSize && method === 0) throw new ZipError('short read')
  switch (method) {
    case 0:
      yield packed
      return
    case 8:
      return yield* inflated(packed)
    case 12:
      return yield* bunzip2Stream(once(packed))
    case 14:
      return yield* lzma(packed, member.size)
    case 95:
      return yield* unxzStream(once(packed))
    default:
      throw new ZipError(`unsupported method ${method}`)
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const PIECE = 65536

function* inflated(packed: Uint8Array): Generator<Uint8Array> {
  const inflate = new Inflate()
  try {
    for (let at = 0; !inflate.isDone; at += PIECE) {
      const piece = packed.subarray(at, at + PIECE)
      yield inflate.push(piece, at + PIECE >= packed.length)
    }
  } catch (error) {
    if (!(error instanceof InflateError)) throw error
    throw new DecompressionError('corrupted data')
  }
}

/** Two bytes of version, two of the size of the properties, and those. */
function* lzma(packed: Uint8Array, size: number): Generator<Uint8Array> {
  const properties = parseProperties(packed[4] ?? 255)
  if (packed.length < 14 || packed[2] !== 5 || !properties) throw new DecompressionError('corrupted data')
  const view = new DataView(packed.buffer, packed.byteOffset)
  const decoder = new LzmaDecoder(Math.min(view.getUint32(5, true), 2 ** 30))
  decoder.resetState(properties)
  decoder.startRange(packed.subarray(9, 14))
  yield* decoder.decode(packed.subarray(14), size, true)
  if (decoder.total < size) throw new DecompressionError('corrupted data')
}
