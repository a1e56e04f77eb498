// One header block as it stands (POSIX XCU pax "ustar"; GNU's base-256 numbers; old V7), before what other headers say of it.

import { decode } from '../bytes.ts'
import { deviceOf } from '../device-number.ts'
import { BLOCK, stripSlash, TarError, type TarHeader, type TarKind } from './entry.ts'

export interface HeaderBlock extends TarHeader {
  /** The type flag; NUL is '0'. */
  readonly type: string
}

/** Throws TarError. */
export function readHeaderBlock(block: Uint8Array, at: number): HeaderBlock {
  if (!hasRightChecksum(block)) {
    const header = readText(block, 257, 5) === 'ustar' ? 'checksum' : 'magic'
    throw new TarError(at === 0 ? 'this is not a tar archive' : 'a header has a wrong checksum', at, header)
  }
  const isUstar = readText(block, 257, 5) === 'ustar'
  // GNU's own format ends its magic with a blank, and uses the place of the prefix for other things.
  const prefix = isUstar && block[262] === 0 ? readText(block, 345, 155) : ''
  const name = readText(block, 0, 100)
  const path = prefix === '' ? name : `${prefix}/${name}`
  const type = String.fromCharCode(block[156] || 0x30)
  const isDevice = type === '3' || type === '4'
  return {
    type,
    path: stripSlash(path),
    kind: kindOf(type, path),
    mode: readNumber(block, 100, 8, at) & 0o7777,
    uid: readCount(block, 108, 8, at),
    gid: readCount(block, 116, 8, at),
    // What is no file has no contents, whatever its size says.
    size: '123456'.includes(type) ? 0 : readCount(block, 124, 12, at),
    mtime: BigInt(readNumber(block, 136, 12, at)) * 1_000_000_000n,
    link: readText(block, 157, 100),
    userName: isUstar ? readText(block, 265, 32) : '',
    groupName: isUstar ? readText(block, 297, 32) : '',
    device: isUstar && isDevice ? deviceOf(readCount(block, 329, 8, at), readCount(block, 337, 8, at)) : 0,
    attributes: NO_ATTRIBUTES,
  }
}

export const NO_ATTRIBUTES: ReadonlyMap<string, Uint8Array> = new Map()

export function isZero(block: Uint8Array): boolean {
  for (const byte of block) if (byte !== 0) return false
  return true
}

/** The sum of all bytes, those of the sum itself as blanks. */
export function checksum(block: Uint8Array): number {
  let sum = 8 * 32
  for (let i = 0; i < BLOCK; i++) sum += block[i]!
  for (let i = 148; i < 156; i++) sum -= block[i]!
  return sum
}

/** Whether bytes begin with a header: what has no zero for a name and the right sum is one. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && hasRightChecksum(bytes.subarray(0, BLOCK))
}

function hasRightChecksum(block: Uint8Array): boolean {
  const expected = octalAt(block, 148, 8)
  if (expected === undefined || block[148] === 0) return false
  const sum = checksum(block)
  return sum === expected || sum - 256 * countHigh(block) === expected
}

/** Some old writers summed signed bytes. */
function countHigh(block: Uint8Array): number {
  let high = 0
  for (let i = 0; i < BLOCK; i++) if ((i < 148 || i >= 156) && block[i]! > 127) high++
  return high
}

function kindOf(type: string, path: string): TarKind {
  switch (type) {
    case '1':
      return 'hardlink'
    case '2':
      return 'symlink'
    case '3':
      return 'character'
    case '4':
      return 'block'
    case '5':
      return 'directory'
    case '6':
      return 'fifo'
    default:
      // V7 had no type for directories: a name that ends in a slash is one.
      return path.endsWith('/') && type === '0' ? 'directory' : 'file'
  }
}

function readText(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length)
  const end = field.indexOf(0)
  return decode(end === -1 ? field : field.subarray(0, end))
}

/** A number that can be no less than zero. */
function readCount(block: Uint8Array, at: number, length: number, offset: number): number {
  const value = readNumber(block, at, length, offset)
  if (value < 0 || !Number.isSafeInteger(value)) throw new TarError('a header holds a number out of range', offset)
  return value
}

/** Octal digits, or GNU's base 256 when the first bit is set. */
function readNumber(block: Uint8Array, at: number, length: number, offset: number): number {
  const first = block[at]!
  if (first & 0x80) {
    let value = first & 0x40 ? -1n : 0n
    value = (value << 6n) | BigInt(first & 0x3f)
    for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(block[at + i]!)
    return Number(value)
  }
  const value = octalAt(block, at, length)
  if (value === undefined) throw new TarError('a header holds a number that is none', offset)
  return value
}

/** Octal digits between blanks, up to a NUL; nothing is 0. undefined: something else is there. */
function octalAt(block: Uint8Array, from: number, length: number): number | undefined {
  const end = from + length
  let at = from
  while (at < end && block[at] === 32) at++
  let value = 0
  for (; at < end; at++) {
    const digit = block[at]! - 48
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  while (at < end && block[at] === 32) at++
  return at === end || block[at] === 0 ? value : undefined
}
