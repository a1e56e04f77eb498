// cpio archives in the "new ASCII" format (magic 070701, or 070702 with sums), as Linux's initramfs has them.

import { decode, encode } from './bytes.ts'
import { ChunkReader } from './chunk-reader.ts'

export interface CpioHeader {
  readonly ino: number
  /** With the bits of its type. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  /** Seconds. */
  readonly mtime: number
  readonly size: number
  /** major * 256 + minor. */
  readonly dev: number
  readonly rdev: number
  readonly name: string
}

export interface CpioEntry extends CpioHeader {
  readonly contents: Uint8Array
}

export class CpioError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CpioError'
  }
}

const HEADER = 110
const TRAILER = 'TRAILER!!!'
const MOST_NAME = 65536

/** Throws CpioError in busybox's words. `count` is told how many bytes were read. */
export async function* readCpio(
  source: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void = () => {},
): AsyncGenerator<CpioEntry> {
  const reader = new ChunkReader(source)
  let isFirst = true
  const take = async (size: number) => {
    const bytes = await reader.take(size)
    count(bytes.length)
    if (bytes.length < size) throw new CpioError('short read')
    return bytes
  }
  for (;;) {
    // busybox: nothing at all is an empty archive.
    if (isFirst && (await reader.peek(1)).length === 0) return
    isFirst = false
    const header = decode(await take(HEADER))
    if (!/^07070[12]/.test(header)) throw new CpioError('unsupported cpio format, use newc or crc')
    const field = (index: number) => Number.parseInt(header.slice(6 + 8 * index, 14 + 8 * index), 16)
    const nameSize = field(11)
    if (!(nameSize > 0 && nameSize <= MOST_NAME)) throw new CpioError('bad cpio header')
    const padded = nameSize + ((4 - ((HEADER + nameSize) % 4)) % 4)
    const name = decode((await take(padded)).subarray(0, nameSize - 1))
    if (name === TRAILER) return reader.drain()
    const size = field(6)
    const contents = (await take(size)).slice()
    await take((4 - (size % 4)) % 4)
    const rest = { ino: field(0), mode: field(1), uid: field(2), gid: field(3), nlink: field(4), mtime: field(5) }
    yield { ...rest, size, dev: field(7) * 256 + field(8), rdev: field(9) * 256 + field(10), name, contents }
  }
}

export function cpioHeader(header: CpioHeader): Uint8Array {
  const name = encode(`${header.name}\0`)
  const { ino, mode, uid, gid, nlink, mtime, size, dev, rdev } = header
  const fields = [ino, mode, uid, gid, nlink, mtime, size, dev >> 8, dev & 255, rdev >> 8, rdev & 255, name.length, 0]
  const text = `070701${fields.map(field => (field >>> 0).toString(16).toUpperCase().padStart(8, '0')).join('')}`
  const bytes = new Uint8Array(HEADER + name.length + ((4 - ((HEADER + name.length) % 4)) % 4))
  bytes.set(encode(text))
  bytes.set(name, HEADER)
  return bytes
}

export function cpioPadding(size: number): Uint8Array {
  return new Uint8Array((4 - (size % 4)) % 4)
}

export function cpioTrailer(): Uint8Array {
  const zero = { ino: 0, mode: 0, uid: 0, gid: 0, mtime: 0, size: 0, dev: 0, rdev: 0 }
  return cpioHeader({ ...zero, nlink: 1, name: TRAILER })
}
