// An rpm package: its lead, its signature, its header with tags, and the cpio archive behind them (LSB, package file format).

import { decode } from '../lib/bytes.ts'
import { Failure } from './applet.ts'

const LEAD = 96
const ENTRY = 16

export interface RpmFile {
  readonly path: string
  readonly isConfig: boolean
  readonly isDocument: boolean
  readonly user: string
  readonly group: string
}

type Value = readonly string[] | readonly number[]

export class RpmPackage {
  readonly #tags: ReadonlyMap<number, Value>
  /** Packed. */
  readonly payload: Uint8Array

  /** Throws Failure `invalid RPM header magic in 'x'`. */
  constructor(name: string, bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const wrong = () => new Failure(`invalid RPM header magic in '${name}'`)
    if (bytes.length < LEAD) throw new Failure('short read')
    if (bytes.length < LEAD + ENTRY || view.getUint32(0) !== 0xedabeedb) throw wrong()
    const endOf = (at: number) => {
      if (at + ENTRY > bytes.length || view.getUint32(at) >>> 8 !== 0x8eade8) throw wrong()
      return at + ENTRY + ENTRY * view.getUint32(at + 8) + view.getUint32(at + 12)
    }
    // The signature fills up to eight bytes.
    const header = Math.ceil(endOf(LEAD) / 8) * 8
    const end = endOf(header)
    if (end > bytes.length) throw wrong()
    this.#tags = readTags(bytes.subarray(header, end))
    this.payload = bytes.subarray(end)
  }

  /** undefined: not said. */
  text(tag: number): string | undefined {
    const [value] = this.#tags.get(tag) ?? []
    return value === undefined ? undefined : String(value)
  }

  number(tag: number): number {
    return Number(this.#tags.get(tag)?.[0] ?? 0)
  }

  get files(): RpmFile[] {
    const list = (tag: number) => this.#tags.get(tag) ?? []
    const folders = list(TAGS.directoryNames)
    const indexes = list(TAGS.directoryIndexes)
    const flags = list(TAGS.fileFlags)
    return list(TAGS.baseNames).map((base, at) => ({
      path: `${folders[Number(indexes[at])] ?? ''}${base}`,
      isConfig: (Number(flags[at]) & 1) !== 0,
      isDocument: (Number(flags[at]) & 2) !== 0,
      user: String(list(TAGS.fileUsers)[at] ?? 'root'),
      group: String(list(TAGS.fileGroups)[at] ?? 'root'),
    }))
  }
}

export const TAGS = {
  name: 1000,
  version: 1001,
  release: 1002,
  summary: 1004,
  description: 1005,
  buildTime: 1006,
  buildHost: 1007,
  size: 1009,
  vendor: 1011,
  license: 1014,
  group: 1016,
  url: 1020,
  fileFlags: 1037,
  fileUsers: 1039,
  fileGroups: 1040,
  sourceRpm: 1044,
  prefixes: 1098,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
} as const

function readTags(header: Uint8Array): Map<number, Value> {
  const view = new DataView(header.buffer, header.byteOffset, header.length)
  const count = view.getUint32(8)
  const store = ENTRY + ENTRY * count
  const tags = new Map<number, Value>()
  for (let at = 0; at < count; at++) {
    const entry = ENTRY + ENTRY * at
    const part = (index: number) => view.getUint32(entry + 4 * index)
    const value = readValue(header, view, { type: part(1), at: store + part(2), length: part(3) })
    if (value) tags.set(part(0), value)
  }
  return tags
}

/** undefined: of a kind that nobody here asks for. */
function readValue(
  header: Uint8Array,
  view: DataView,
  { type, at, length }: { readonly type: number; readonly at: number; readonly length: number },
): Value | undefined {
  if (type === 3 || type === 4) {
    const width = type === 3 ? 2 : 4
    if (at + width * length > header.length) return undefined
    return Array.from({ length }, (_, i) => (width === 2 ? view.getUint16(at + 2 * i) : view.getUint32(at + 4 * i)))
  }
  if (type !== 6 && type !== 8 && type !== 9) return undefined
  const values: string[] = []
  let start = at
  for (let i = 0; i < length; i++) {
    const end = header.indexOf(0, start)
    if (end === -1) return undefined
    values.push(decode(header.subarray(start, end)))
    start = end + 1
  }
  return values
}
