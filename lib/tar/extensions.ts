// What headers say of the entries after them: pax records (POSIX XCU pax), and GNU's long names.

import type { ByteSource } from '../byte-source.ts'
import { concat, decode, EMPTY } from '../bytes.ts'
import { quote, stripSlash, TarError, type TarHeader } from './entry.ts'
import { type HeaderBlock, NO_ATTRIBUTES } from './header-block.ts'
import { hasInlineMap, paxSparse, requireFit, type Sparse, type SparseMap } from './sparse.ts'

/** An empty value takes a global one back (POSIX XCU pax "pax Header Block"). */
type Records = Map<string, Uint8Array>

/** A header, and how what is stored makes a sparse file. Its size is that of the whole file. */
export interface Taken {
  readonly header: TarHeader
  readonly sparse: Sparse | undefined
}

/** How much is stored of an entry, and a map that stood in its header. */
export interface Stored {
  readonly size: number
  readonly map?: SparseMap | undefined
}

export class Extensions {
  readonly #global: Records = new Map()
  #next: Records = new Map()
  #longName: string | undefined
  #longLink: string | undefined

  /** How long the contents after this header are: pax may know better, for what is too large for its field. */
  sizeOf(block: HeaderBlock, at: number): number {
    if (!'07'.includes(block.type)) return block.size
    return this.#number(this.#records(), 'size', block.size, at)
  }

  /** Whether the next file's contents begin with the map of a sparse file. */
  get hasInlineMap(): boolean {
    return hasInlineMap(this.#records())
  }

  /**
   * The header of a real entry; undefined for one that only speaks of the next. `stored`: all of what speaks of the next, and
   * of a file what its map may stand in; `size`: how much is stored.
   */
  take(block: HeaderBlock, stored: ByteSource, at: number, how: Stored): Taken | undefined {
    const contents = 'gxLK'.includes(block.type) ? stored.subarray(0, stored.length) : EMPTY
    switch (block.type) {
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
      case 'V':
        // The archive's label is no entry.
        return undefined
      case 'S':
      case '0':
      case '7':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
        return this.#finish(block, stored, at, how)
      default:
        throw new TarError(`${quote(block.path)} has the unknown type ${quote(block.type)}`, at)
    }
  }

  #records(): Records {
    const records = new Map([...this.#global, ...this.#next])
    for (const [key, value] of records) if (value.length === 0) records.delete(key)
    return records
  }

  #finish(block: HeaderBlock, stored: ByteSource, at: number, { size, map }: Stored): Taken {
    const records = this.#records()
    const text = (key: string) => (records.has(key) ? decode(records.get(key)!) : undefined)
    const isFile = block.kind === 'file'
    const sparse = !isFile ? undefined : map ? { map, start: 0 } : paxSparse(records, stored, at)
    const name = text('GNU.sparse.name') ?? text('path') ?? this.#longName ?? block.path
    const link = text('linkpath') ?? this.#longLink ?? block.link
    if (name.includes('\0') || link.includes('\0')) throw new TarError('an extended header holds a name with a NUL', at)
    if (sparse) requireFit(sparse, size, name, at)
    const mtime = text('mtime')
    const header: TarHeader = {
      path: stripSlash(name),
      kind: block.kind,
      mode: block.mode,
      uid: this.#number(records, 'uid', block.uid, at),
      gid: this.#number(records, 'gid', block.gid, at),
      size: !isFile ? 0 : sparse ? sparse.map.size : size,
      mtime: mtime === undefined ? block.mtime : readTime(mtime, at),
      link,
      userName: text('uname') ?? block.userName,
      groupName: text('gname') ?? block.groupName,
      device: block.device,
      attributes: readAttributes(records),
    }
    this.#next = new Map()
    this.#longName = undefined
    this.#longLink = undefined
    return { header, sparse }
  }

  #number(records: Records, key: string, otherwise: number, at: number): number {
    const value = records.get(key)
    if (!value) return otherwise
    const text = decode(value)
    if (!/^\d{1,15}$/.test(text)) throw new TarError(`an extended header has the ${key} ${quote(text)}`, at)
    return Number(text)
  }
}

/** `LENGTH KEY=VALUE\n`, the length counting itself. */
function readPax(contents: Uint8Array, at: number): Records {
  const records: Records = new Map()
  for (let from = 0; from < contents.length; ) {
    const blank = contents.indexOf(32, from)
    const digits = blank === -1 ? '' : decode(contents.subarray(from, blank))
    const end = from + Number(digits)
    const equals = contents.indexOf(61, blank)
    if (
      !/^\d{1,15}$/.test(digits) ||
      end > contents.length ||
      equals === -1 ||
      equals >= end ||
      contents[end - 1] !== 10
    ) {
      throw new TarError('an extended header cannot be read', at)
    }
    const key = decode(contents.subarray(blank + 1, equals))
    const value = contents.subarray(equals + 1, end - 1)
    // Version 0.0 of sparse files repeats its keys, one pair a piece: here they are the list that 0.1 has.
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') appendTo(records, 'GNU.sparse.map', value)
    else records.set(key, value)
    from = end
  }
  return records
}

function appendTo(records: Records, key: string, value: Uint8Array): void {
  const before = records.get(key)
  records.set(key, before ? concat([before, Uint8Array.of(44), value]) : value)
}

function readAttributes(records: Records): ReadonlyMap<string, Uint8Array> {
  const prefix = 'SCHILY.xattr.'
  const found = [...records].filter(([key]) => key.startsWith(prefix))
  return found.length === 0 ? NO_ATTRIBUTES : new Map(found.map(([key, value]) => [key.slice(prefix.length), value]))
}

/** Seconds with a fraction, exactly. */
function readTime(text: string, at: number): bigint {
  const found = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text)
  if (!found) throw new TarError(`an extended header has the mtime ${quote(text)}`, at)
  const [, sign, whole = '0', fraction = ''] = found
  const nanoseconds = BigInt(whole) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  return sign ? -nanoseconds : nanoseconds
}

function stripNul(text: string): string {
  const end = text.indexOf('\0')
  return end === -1 ? text : text.slice(0, end)
}
