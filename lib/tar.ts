// tar archives (POSIX pax, XCU pax "ustar" and "pax"; GNU's long names and base-256 numbers; old V7).

import { concat, decode, EMPTY, encode } from './bytes.ts'

export type TarKind = 'file' | 'hardlink' | 'symlink' | 'character' | 'block' | 'directory' | 'fifo'

export interface TarHeader {
  /** Without a trailing slash; as it stands in the archive otherwise: the reader of hostile archives must check it. */
  readonly path: string
  readonly kind: TarKind
  /** Permission bits, 0 to 0o7777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint
  /** Target of a symlink, or name of the file a hard link is to. */
  readonly link: string
  readonly userName: string
  readonly groupName: string
  /** major * 256 + minor. */
  readonly device: number
  /** Extended attributes (SCHILY.xattr). */
  readonly attributes: ReadonlyMap<string, Uint8Array>
}

export interface TarEntry extends TarHeader {
  /** A view into the archive. */
  readonly contents: Uint8Array
  /** Where its header begins. */
  readonly offset: number
}

export class TarError extends Error {
  /** Where in the archive. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(`${message} at byte ${offset}`)
    this.name = 'TarError'
    this.offset = offset
  }
}

const BLOCK = 512

/** The entries of a whole archive, contents as views. Throws TarError: a bad header, or an end that comes too soon. */
export function* readTar(archive: Uint8Array): Generator<TarEntry> {
  const reader = new HeaderReader()
  let at = 0
  while (at + BLOCK <= archive.length) {
    const block = archive.subarray(at, at + BLOCK)
    if (isZero(block)) return
    const raw = readRawHeader(block, at)
    const end = at + BLOCK + raw.size
    if (end > archive.length) throw new TarError(`truncated archive: ${quote(raw.path)} needs ${raw.size} bytes`, at)
    const contents = archive.subarray(at + BLOCK, end)
    const header = reader.take(raw, contents, at)
    if (header) {
      if (header.size !== raw.size && header.kind === 'file') throw new TarError('sizes disagree', at)
      yield { ...header, contents: header.kind === 'file' ? contents : EMPTY, offset: at }
    }
    at = end + padding(raw.size)
  }
  if (at < archive.length) throw new TarError('truncated archive: half a header', at)
  if (at === 0 && archive.length > 0) throw new TarError('this is not a tar archive', 0)
  // POSIX ends an archive with two zero blocks; many writers leave them out, and every reader accepts it.
}

/** As readTar, over a stream; each entry's contents are whole. */
export async function* readTarStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = new Gatherer(source)
  const reader = new HeaderReader()
  for (let at = 0; ; ) {
    const block = await bytes.take(BLOCK)
    if (block.length === 0) return
    if (block.length < BLOCK) throw new TarError('truncated archive: half a header', at)
    if (isZero(block)) {
      await bytes.drain()
      return
    }
    const raw = readRawHeader(block, at)
    const contents = await bytes.take(raw.size)
    if (contents.length < raw.size) throw new TarError(`truncated archive: ${quote(raw.path)} needs ${raw.size} bytes`, at)
    await bytes.take(padding(raw.size))
    const header = reader.take(raw, contents, at)
    if (header) yield { ...header, contents: header.kind === 'file' ? contents : EMPTY, offset: at }
    at += BLOCK + raw.size + padding(raw.size)
  }
}

/** Takes exact amounts from a stream of chunks. */
class Gatherer {
  readonly #source: AsyncIterator<Uint8Array>
  #chunk: Uint8Array = EMPTY

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async take(size: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let left = size
    while (left > 0) {
      if (this.#chunk.length === 0) {
        const next = await this.#source.next()
        if (next.done) break
        this.#chunk = next.value
        continue
      }
      const part = this.#chunk.subarray(0, left)
      this.#chunk = this.#chunk.subarray(part.length)
      parts.push(part)
      left -= part.length
    }
    return concat(parts.length === 0 ? [EMPTY] : parts)
  }

  async drain(): Promise<void> {
    while (!(await this.#source.next()).done);
  }
}

interface RawHeader extends TarHeader {
  readonly type: string
}

function readRawHeader(block: Uint8Array, at: number): RawHeader {
  const sum = readNumber(block, 148, 8, at)
  if (sum !== checksum(block)) {
    throw new TarError(at === 0 ? 'this is not a tar archive' : 'a header has a wrong checksum', at)
  }
  const isUstar = readText(block, 257, 5) === 'ustar'
  const prefix = isUstar && block[262] === 0 ? readText(block, 345, 155) : ''
  const name = readText(block, 0, 100)
  const path = prefix === '' ? name : `${prefix}/${name}`
  const type = String.fromCharCode(block[156] || 0x30)
  const size = readNumber(block, 124, 12, at)
  return {
    type,
    path: stripSlash(path),
    kind: kindOf(type, path),
    mode: readNumber(block, 100, 8, at) & 0o7777,
    uid: readNumber(block, 108, 8, at),
    gid: readNumber(block, 116, 8, at),
    size: '123456'.includes(type) ? 0 : size,
    mtime: BigInt(readNumber(block, 136, 12, at)) * 1_000_000_000n,
    link: readText(block, 157, 100),
    userName: isUstar ? readText(block, 265, 32) : '',
    groupName: isUstar ? readText(block, 297, 32) : '',
    device: isUstar && (type === '3' || type === '4') ? readNumber(block, 329, 8, at) * 256 + readNumber(block, 337, 8, at) : 0,
    attributes: NONE,
  }
}

const NONE: ReadonlyMap<string, Uint8Array> = new Map()

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

/** Keeps what pax and GNU headers say of the entries after them. */
class HeaderReader {
  readonly #global = new Map<string, Uint8Array>()
  #next = new Map<string, Uint8Array>()
  #longName: string | undefined
  #longLink: string | undefined

  /** The header of a real entry; undefined for one that only speaks of the next. */
  take(raw: RawHeader, contents: Uint8Array, at: number): TarHeader | undefined {
    switch (raw.type) {
      case 'g':
        for (const [key, value] of readPax(contents, at)) this.#global.set(key, value)
        return undefined
      case 'x':
        this.#next = readPax(contents, at)
        return undefined
      case 'L':
        this.#longName = stripNul(decode(contents))
        return undefined
      case 'K':
        this.#longLink = stripNul(decode(contents))
        return undefined
      case 'S':
        throw new TarError(`${quote(raw.path)} is stored as a sparse file (GNU), which cannot be read here`, at)
      case '0':
      case '7':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
        return this.#finish(raw, at)
      default:
        throw new TarError(`${quote(raw.path)} has the unknown type ${quote(raw.type)}`, at)
    }
  }

  #finish(raw: RawHeader, at: number): TarHeader {
    const pax = new Map([...this.#global, ...this.#next])
    const text = (key: string) => (pax.has(key) ? decode(pax.get(key)!) : undefined)
    if (text('GNU.sparse.major') !== undefined || text('GNU.sparse.map') !== undefined) {
      throw new TarError(`${quote(raw.path)} is stored as a sparse file (GNU), which cannot be read here`, at)
    }
    const number = (key: string, otherwise: number) => (pax.has(key) ? Number(text(key)) : otherwise)
    const header: TarHeader = {
      path: stripSlash(text('path') ?? this.#longName ?? raw.path),
      kind: raw.kind,
      mode: raw.mode,
      uid: number('uid', raw.uid),
      gid: number('gid', raw.gid),
      size: raw.kind === 'file' ? number('size', raw.size) : 0,
      mtime: text('mtime') === undefined ? raw.mtime : readTime(text('mtime') ?? '0'),
      link: text('linkpath') ?? this.#longLink ?? raw.link,
      userName: text('uname') ?? raw.userName,
      groupName: text('gname') ?? raw.groupName,
      device: raw.device,
      attributes: readAttributes(pax),
    }
    this.#next = new Map()
    this.#longName = undefined
    this.#longLink = undefined
    return header
  }
}

/** `LENGTH KEY=VALUE\n`, the length counting itself. */
function readPax(contents: Uint8Array, at: number): Map<string, Uint8Array> {
  const records = new Map<string, Uint8Array>()
  for (let from = 0; from < contents.length; ) {
    const blank = contents.indexOf(32, from)
    const length = blank === -1 ? Number.NaN : Number(decode(contents.subarray(from, blank)))
    const end = from + length
    const equals = contents.indexOf(61, blank)
    if (!(length > 0) || end > contents.length || equals === -1 || equals >= end || contents[end - 1] !== 10) {
      throw new TarError('an extended header cannot be read', at)
    }
    records.set(decode(contents.subarray(blank + 1, equals)), contents.subarray(equals + 1, end - 1))
    from = end
  }
  return records
}

function readAttributes(pax: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Uint8Array> {
  const found = [...pax].filter(([key]) => key.startsWith('SCHILY.xattr.'))
  return found.length === 0 ? NONE : new Map(found.map(([key, value]) => [key.slice('SCHILY.xattr.'.length), value]))
}

/** Seconds with a fraction, exactly. */
function readTime(text: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text) ?? []
  const nanoseconds = BigInt(whole) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0') || '0')
  return sign ? -nanoseconds : nanoseconds
}

function readText(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length)
  const end = field.indexOf(0)
  return decode(end === -1 ? field : field.subarray(0, end))
}

/** Octal digits, or GNU's base 256 when the first bit is set. */
function readNumber(block: Uint8Array, at: number, length: number, offset: number): number {
  if (block[at]! & 0x80) {
    let value = BigInt(block[at]! & 0x40 ? -1 : 0)
    value = (value << 6n) | BigInt(block[at]! & 0x3f)
    for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(block[at + i]!)
    return Number(value)
  }
  const text = readText(block, at, length).trim()
  if (text === '') return 0
  if (!/^[0-7]+$/.test(text)) throw new TarError('a header holds a number that is none', offset)
  return Number.parseInt(text, 8)
}

function checksum(block: Uint8Array): number {
  let sum = 8 * 32
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += block[i]!
  return sum
}

function isZero(block: Uint8Array): boolean {
  for (const byte of block) if (byte !== 0) return false
  return true
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

function stripSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path
}

function stripNul(text: string): string {
  const end = text.indexOf('\0')
  return end === -1 ? text : text.slice(0, end)
}

function quote(text: string): string {
  return JSON.stringify(text)
}

/** What a writer must know; the rest has a default. */
export type NewTarEntry = Pick<TarHeader, 'path' | 'kind' | 'mode'> &
  Partial<Omit<TarHeader, 'path' | 'kind' | 'mode' | 'size'>> & { readonly contents?: Uint8Array; readonly size?: number }

/**
 * The blocks of one entry: ustar when it fits, with a pax header before it when not. The same entry gives the same bytes.
 * With `size` instead of `contents`, the caller writes so many bytes, and padding, after it.
 */
export function tarEntry(entry: NewTarEntry): Uint8Array[] {
  const size = entry.kind === 'file' ? (entry.contents?.length ?? entry.size ?? 0) : 0
  const path = encode(entry.kind === 'directory' && entry.path !== '/' ? `${entry.path}/` : entry.path)
  const link = encode(entry.link ?? '')
  const pax = paxRecords(entry, path, link, size)
  const blocks: Uint8Array[] = []
  if (pax.length > 0) {
    const records = concat(pax)
    const name = encode(`PaxHeaders.0/${decode(path).split('/').filter(Boolean).at(-1) ?? ''}`).subarray(0, 100)
    blocks.push(header({ name, type: 'x', size: records.length, mode: 0o644 }), ...padded(records))
  }
  blocks.push(
    header({
      ...splitPath(path),
      type: TYPES[entry.kind],
      size,
      mode: entry.mode,
      uid: entry.uid ?? 0,
      gid: entry.gid ?? 0,
      seconds: Number((entry.mtime ?? 0n) / 1_000_000_000n),
      link: link.subarray(0, 100),
      userName: entry.userName ?? '',
      groupName: entry.groupName ?? '',
      device: entry.device ?? 0,
      isDevice: entry.kind === 'character' || entry.kind === 'block',
    }),
  )
  if (entry.contents && size > 0) blocks.push(...padded(entry.contents))
  return blocks
}

/** The two zero blocks that end an archive. */
export const TAR_END = new Uint8Array(2 * BLOCK)

/** The zero bytes that fill the last block of contents. */
export function tarPadding(size: number): Uint8Array {
  return new Uint8Array(padding(size))
}

export function writeTar(entries: Iterable<NewTarEntry>): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const entry of entries) blocks.push(...tarEntry(entry))
  blocks.push(TAR_END)
  return concat(blocks)
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

/** Above this a number does not fit its octal field. */
const MAX_ID = 0o7777777
const MAX_SIZE = 0o77777777777

function paxRecords(entry: NewTarEntry, path: Uint8Array, link: Uint8Array, size: number): Uint8Array[] {
  const records: Uint8Array[] = []
  const add = (key: string, value: Uint8Array | string) =>
    void records.push(paxRecord(key, typeof value === 'string' ? encode(value) : value))
  if (!fits(path)) add('path', path)
  if (link.length > 100) add('linkpath', link)
  if (size > MAX_SIZE) add('size', String(size))
  if ((entry.uid ?? 0) > MAX_ID) add('uid', String(entry.uid))
  if ((entry.gid ?? 0) > MAX_ID) add('gid', String(entry.gid))
  const mtime = entry.mtime ?? 0n
  if (mtime < 0n || mtime % 1_000_000_000n !== 0n) add('mtime', timeText(mtime))
  for (const [name, value] of [...(entry.attributes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
    add(`SCHILY.xattr.${name}`, value)
  }
  return records
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
  const fraction = String(absolute % 1_000_000_000n).padStart(9, '0').replace(/0+$/, '')
  return `${sign}${absolute / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}`
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
  return at === undefined ? { name: path.subarray(0, 100) } : { name: path.subarray(at + 1), prefix: path.subarray(0, at) }
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
  readonly userName?: string
  readonly groupName?: string
  readonly device?: number
  readonly isDevice?: boolean
}

function header(fields: HeaderFields): Uint8Array {
  const block = new Uint8Array(BLOCK)
  block.set(fields.name, 0)
  octal(block, 100, 8, fields.mode)
  octal(block, 108, 8, Math.min(fields.uid ?? 0, MAX_ID))
  octal(block, 116, 8, Math.min(fields.gid ?? 0, MAX_ID))
  octal(block, 124, 12, Math.min(fields.size, MAX_SIZE))
  octal(block, 136, 12, Math.max(0, fields.seconds ?? 0))
  block[156] = fields.type.charCodeAt(0)
  block.set(fields.link ?? EMPTY, 157)
  block.set(encode('ustar\x0000'), 257)
  block.set(encode(fields.userName ?? '').subarray(0, 31), 265)
  block.set(encode(fields.groupName ?? '').subarray(0, 31), 297)
  const device = fields.device ?? 0
  octal(block, 329, 8, fields.isDevice ? Math.floor(device / 256) : 0)
  octal(block, 337, 8, fields.isDevice ? device % 256 : 0)
  block.set(fields.prefix ?? EMPTY, 345)
  octal(block, 148, 7, checksum(block))
  block[155] = 32
  return block
}

function octal(block: Uint8Array, at: number, length: number, value: number): void {
  block.set(encode(value.toString(8).padStart(length - 1, '0')), at)
}

function padded(contents: Uint8Array): Uint8Array[] {
  return contents.length % BLOCK === 0 ? [contents] : [contents, tarPadding(contents.length)]
}
