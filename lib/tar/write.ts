// Writing archives: ustar where it suffices, a pax header before an entry that it does not; the same entry gives the same
// bytes.

import { concat, decode, EMPTY, encode } from '../bytes.ts'
import { majorOf, minorOf } from '../device-number.ts'
import { BLOCK, paddingOf, type TarHeader, type TarKind } from './entry.ts'
import { checksum } from './header-block.ts'

/** What a writer must know; the rest has a default. */
export type NewTarEntry = Pick<TarHeader, 'path' | 'kind' | 'mode'> &
  Partial<Omit<TarHeader, 'path' | 'kind' | 'mode' | 'size'>> & {
    readonly contents?: Uint8Array
    readonly size?: number
  }

export function writeTar(entries: Iterable<NewTarEntry>): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const entry of entries) blocks.push(...tarEntry(entry))
  blocks.push(TAR_END)
  return concat(blocks)
}

/** The blocks of one entry. With `size` instead of `contents`, the caller writes so many bytes, and padding, after it. */
export function tarEntry(entry: NewTarEntry): Uint8Array[] {
  const size = entry.kind === 'file' ? (entry.contents?.length ?? entry.size ?? 0) : 0
  const path = encode(entry.kind === 'directory' && entry.path !== '/' ? `${entry.path}/` : entry.path)
  const link = encode(entry.link ?? '')
  const records = concat(paxRecords(entry, path, link, size))
  const isDevice = entry.kind === 'character' || entry.kind === 'block'
  const blocks = records.length === 0 ? [] : paxHeader(path, records)
  blocks.push(
    header({
      ...splitPath(path),
      type: TYPES[entry.kind],
      size,
      mode: entry.mode,
      uid: entry.uid ?? 0,
      gid: entry.gid ?? 0,
      seconds: Number((entry.mtime ?? 0n) / SECOND),
      link,
      userName: encode(entry.userName ?? ''),
      groupName: encode(entry.groupName ?? ''),
      device: isDevice ? (entry.device ?? 0) : 0,
    }),
  )
  if (entry.contents && size > 0) blocks.push(...padded(entry.contents))
  return blocks
}

/** The two zero blocks that end an archive. */
export const TAR_END = new Uint8Array(2 * BLOCK)

/** The zero bytes that fill the last block of contents. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array(paddingOf(size))
}

const TYPES: Readonly<Record<TarKind, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
}

/** Above these a number or a text does not fit its field. */
const MAX_ID = 0o7777777
const MAX_SIZE = 0o77777777777
const MAX_LINK = 100
const MAX_OWNER = 31

const SECOND = 1_000_000_000n

function paxHeader(path: Uint8Array, records: Uint8Array): Uint8Array[] {
  const last = decode(path).split('/').filter(Boolean).at(-1) ?? ''
  const name = encode(`PaxHeaders.0/${last}`).subarray(0, 100)
  return [header({ name, type: 'x', size: records.length, mode: 0o644 }), ...padded(records)]
}

function paxRecords(entry: NewTarEntry, path: Uint8Array, link: Uint8Array, size: number): Uint8Array[] {
  const { uid = 0, gid = 0, userName = '', groupName = '', mtime = 0n } = entry
  const records: [key: string, value: Uint8Array | string][] = []
  if (!fits(path)) records.push(['path', path])
  if (link.length > MAX_LINK) records.push(['linkpath', link])
  if (size > MAX_SIZE) records.push(['size', String(size)])
  if (uid > MAX_ID) records.push(['uid', String(uid)])
  if (gid > MAX_ID) records.push(['gid', String(gid)])
  if (encode(userName).length > MAX_OWNER) records.push(['uname', userName])
  if (encode(groupName).length > MAX_OWNER) records.push(['gname', groupName])
  if (mtime < 0n || mtime % SECOND !== 0n || mtime / SECOND > MAX_SIZE) records.push(['mtime', timeText(mtime)])
  const attributes = [...(entry.attributes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of attributes) records.push([`SCHILY.xattr.${name}`, value])
  return records.map(([key, value]) => paxRecord(key, typeof value === 'string' ? encode(value) : value))
}

function paxRecord(key: string, value: Uint8Array): Uint8Array {
  const rest = concat([encode(` ${key}=`), value, encode('\n')])
  let length = rest.length + 1
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return concat([encode(String(length)), rest])
}

function timeText(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : ''
  const absolute = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const fraction = String(absolute % SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '')
  return `${sign}${absolute / SECOND}${fraction === '' ? '' : `.${fraction}`}`
}

function fits(path: Uint8Array): boolean {
  return path.length <= 100 || splitAt(path) !== undefined
}

/** Where a long path may be cut into prefix and name. */
function splitAt(path: Uint8Array): number | undefined {
  for (let at = path.length - 2; at > 0; at--) {
    if (path[at] === 47 && at <= 155 && path.length - at - 1 <= 100) return at
  }
  return undefined
}

function splitPath(path: Uint8Array): { name: Uint8Array; prefix?: Uint8Array } {
  if (path.length <= 100) return { name: path }
  const at = splitAt(path)
  return at === undefined ? { name: path } : { name: path.subarray(at + 1), prefix: path.subarray(0, at) }
}

interface HeaderFields {
  readonly name: Uint8Array
  readonly prefix?: Uint8Array
  readonly type: string
  readonly size: number
  readonly mode: number
  readonly uid?: number
  readonly gid?: number
  readonly seconds?: number
  readonly link?: Uint8Array
  readonly userName?: Uint8Array
  readonly groupName?: Uint8Array
  readonly device?: number
}

/** What does not fit is cut here, and whole in the pax header before. */
function header(fields: HeaderFields): Uint8Array {
  const { prefix = EMPTY, uid = 0, gid = 0, seconds = 0, link = EMPTY, device = 0 } = fields
  const block = new Uint8Array(BLOCK)
  block.set(fields.name.subarray(0, 100), 0)
  octal(block, 100, 8, fields.mode)
  octal(block, 108, 8, Math.min(uid, MAX_ID))
  octal(block, 116, 8, Math.min(gid, MAX_ID))
  octal(block, 124, 12, Math.min(fields.size, MAX_SIZE))
  octal(block, 136, 12, Math.min(Math.max(0, seconds), MAX_SIZE))
  block[156] = fields.type.charCodeAt(0)
  block.set(link.subarray(0, MAX_LINK), 157)
  block.set(USTAR, 257)
  block.set((fields.userName ?? EMPTY).subarray(0, MAX_OWNER), 265)
  block.set((fields.groupName ?? EMPTY).subarray(0, MAX_OWNER), 297)
  octal(block, 329, 8, majorOf(device))
  octal(block, 337, 8, minorOf(device))
  block.set(prefix, 345)
  octal(block, 148, 7, checksum(block))
  block[155] = 32
  return block
}

const USTAR = encode('ustar\x0000')

/** Digits to the field's end but one, which stays NUL. */
function octal(block: Uint8Array, from: number, length: number, value: number): void {
  let rest = value
  for (let at = from + length - 2; at >= from; at--) {
    block[at] = 48 + (rest % 8)
    rest = Math.floor(rest / 8)
  }
}

function padded(contents: Uint8Array): Uint8Array[] {
  return contents.length % BLOCK === 0 ? [contents] : [contents, tarPadding(contents.length)]
}
