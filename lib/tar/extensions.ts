// What headers say of the entries after them: pax records (POSIX XCU pax), and GNU's long names.

import { concat, decode, EMPTY } from '../bytes.ts'
import { quote, stripSlash, TarError, type TarHeader } from './entry.ts'
import { type HeaderBlock, NO_ATTRIBUTES } from './header-block.ts'
import { expandSparse, paxSparse, type SparseMap } from './sparse.ts'

/** An empty value takes a global one back (POSIX XCU pax "pax Header Block"). */
type Records = Map<string, Uint8Array>

/** A header, and what its entry holds: a sparse file's holes are filled. */
export type Taken = TarHeader & { readonly contents: Uint8Array }

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

  /** Whether the next file is stored as pieces with a map, which only its contents tell. */
  get isSparse(): boolean {
    return [...this.#global.keys(), ...this.#next.keys()].some(key => key.startsWith('GNU.sparse.'))
  }

  /** The header of a real entry; undefined for one that only speaks of the next. */
  take(block: HeaderBlock, contents: Uint8Array, at: number, map?: SparseMap): Taken | undefined {
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
        return this.#finish(block, contents, at, map)
      default:
        throw new TarError(`${quote(block.path)} has the unknown type ${quote(block.type)}`, at)
    }
  }

  #records(): Records {
    const records = new Map([...this.#global, ...this.#next])
    for (const [key, value] of records) if (value.length === 0) records.delete(key)
    return records
  }

  #finish(block: HeaderBlock, stored: Uint8Array, at: number, map: SparseMap | undefined): Taken {
    const records = this.#records()
    const text = (key: string) => (records.has(key) ? decode(records.get(key)!) : undefined)
    const sparse = map ? { map, data: stored } : paxSparse(records, stored, at)
    const name = text('GNU.sparse.name') ?? text('path') ?? this.#longName ?? block.path
    const contents = sparse ? expandSparse(sparse.data, sparse.map, name, at) : stored
    const mtime = text('mtime')
    const header: Taken = {
      contents: block.kind === 'file' ? contents : EMPTY,
      path: stripSlash(name),
      kind: block.kind,
      mode: block.mode,
      uid: this.#number(records, 'uid', block.uid, at),
      gid: this.#number(records, 'gid', block.gid, at),
      size: block.kind === 'file' ? contents.length : 0,
      mtime: mtime === undefined ? block.mtime : readTime(mtime, at),
      link: text('linkpath') ?? this.#longLink ?? block.link,
      userName: text('uname') ?? block.userName,
      groupName: text('gname') ?? block.groupName,
      device: block.device,
      attributes: readAttributes(records),
    }
    this.#next = new Map()
    this.#longName = undefined
    this.#longLink = undefined
    return header
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
