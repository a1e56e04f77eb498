// Sparse files as GNU tar stores them: only what is not a hole, and a map of where it belongs (GNU tar manual, "Storing
// Sparse Files": the old format in the header, and the versions 0.0, 0.1 and 1.0 in pax records).

import type { ByteSource } from '../byte-source.ts'
import { decode } from '../bytes.ts'
import { BLOCK, quote, TarError } from './entry.ts'

export interface SparseMap {
  readonly size: number
  readonly pieces: readonly (readonly [offset: number, length: number])[]
}

/** A map may promise any size: no more than this is made. */
const MOST = 2 ** 30

/** Whether a block of the map follows this one (the header, or such a block). */
export function hasMoreMap(block: Uint8Array, isHeader: boolean): boolean {
  return block[isHeader ? 482 : 504] === 1
}

/** The old format: four pieces in the header, 21 in each block after it. */
export function oldSparseMap(header: Uint8Array, more: readonly Uint8Array[], at: number): SparseMap {
  const pieces: [number, number][] = []
  const read = (block: Uint8Array, from: number, count: number) => {
    for (let i = 0; i < count; i++) {
      const start = from + 24 * i
      if (block[start + 12] === 0) return
      pieces.push([fieldAt(block, start, at), fieldAt(block, start + 12, at)])
    }
  }
  read(header, 386, 4)
  for (const block of more) read(block, 0, 21)
  return { size: fieldAt(header, 483, at), pieces }
}

function fieldAt(block: Uint8Array, from: number, at: number): number {
  const field = block.subarray(from, from + 12)
  if (field[0]! & 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0)
  const text = decode(field).replace(/[\0 ].*$/s, '')
  if (!/^[0-7]*$/.test(text)) throw new TarError('a sparse map cannot be read', at)
  return Number.parseInt(text || '0', 8)
}

/** What is stored of a sparse file: from `start` on its pieces, one after another. */
export interface Sparse {
  readonly map: SparseMap
  readonly start: number
}

/** What pax records say; undefined: it is no sparse file. Version 1.0 has its map before the contents. */
export function paxSparse(
  records: ReadonlyMap<string, Uint8Array>,
  stored: ByteSource,
  at: number,
): Sparse | undefined {
  const text = (key: string) => (records.has(key) ? decode(records.get(key)!) : undefined)
  const size = text('GNU.sparse.realsize') ?? text('GNU.sparse.size')
  if (size === undefined) return undefined
  const list = text('GNU.sparse.map')
  if (list !== undefined) return { map: { size: number(size, at), pieces: pairs(list.split(','), at) }, start: 0 }
  const lines = hasInlineMap(records) ? inlineMap(stored, at) : undefined
  if (!lines) throw new TarError('a sparse map cannot be read', at)
  return { map: { size: number(size, at), pieces: pairs(lines.numbers, at) }, start: lines.end }
}

/** Whether the map stands before the contents (version 1.0). */
export function hasInlineMap(records: ReadonlyMap<string, Uint8Array>): boolean {
  const major = records.get('GNU.sparse.major')
  return major !== undefined && decode(major) === '1' && !records.has('GNU.sparse.map')
}

/** A map of more than a million pieces is none that anybody writes. */
const MOST_MAP = 32 << 20

/** A count and so many pairs of numbers, a line each, up to a whole block. undefined: it goes on beyond what is at hand. */
export function inlineMap(
  stored: ByteSource,
  at: number,
): { readonly numbers: readonly string[]; readonly end: number } | undefined {
  const most = Math.min(stored.length, MOST_MAP)
  for (let size = Math.min(BLOCK, most); ; size = Math.min(2 * size, most)) {
    const text = stored.subarray(0, size)
    const first = text.indexOf(10)
    const wanted = first === -1 ? Number.POSITIVE_INFINITY : 1 + 2 * number(decode(text.subarray(0, first)), at)
    let end = 0
    let found = 0
    for (; found < wanted; found++) {
      const newline = text.indexOf(10, end)
      if (newline === -1) break
      end = newline + 1
    }
    if (found === wanted) {
      const numbers = decode(text.subarray(first + 1, end))
        .split('\n')
        .slice(0, -1)
      return { numbers, end: Math.ceil(end / BLOCK) * BLOCK }
    }
    if (size === most) return undefined
  }
}

function pairs(numbers: readonly string[], at: number): [number, number][] {
  const found: [number, number][] = []
  for (let i = 0; i + 1 < numbers.length; i += 2) found.push([number(numbers[i]!, at), number(numbers[i + 1]!, at)])
  return found
}

function number(text: string, at: number): number {
  if (!/^\d{1,15}$/.test(text)) throw new TarError('a sparse map cannot be read', at)
  return Number(text)
}

/** Throws TarError: pieces that overlap, lie outside of the file, or are more than what is stored (as Go's reader does). */
export function requireFit({ map: { size, pieces }, start }: Sparse, stored: number, name: string, at: number): void {
  let [end, left] = [0, stored - start]
  for (const [offset, length] of pieces) {
    left -= length
    if (offset < end || offset + length > size || left < 0)
      throw new TarError(`the sparse map of ${quote(name)} does not fit`, at)
    end = offset + length
  }
}

/** The whole file, holes as zeros. */
export function expandSparse(stored: Uint8Array, sparse: Sparse, name: string, at: number): Uint8Array {
  requireFit(sparse, stored.length, name, at)
  const { size } = sparse.map
  if (size > MOST) throw new TarError(`${quote(name)} is a sparse file of ${size} bytes, which is too large`, at)
  return new SparseBytes(stored, sparse).subarray()
}

/** A sparse file of which only what is asked for is made. */
export class SparseBytes implements ByteSource {
  readonly length: number
  readonly #stored: ByteSource
  readonly #pieces: readonly (readonly [offset: number, length: number, at: number])[]

  /** The map must fit. */
  constructor(stored: ByteSource, { map, start }: Sparse) {
    this.#stored = stored
    this.length = map.size
    let at = start
    this.#pieces = map.pieces.map(([offset, length]) => {
      at += length
      return [offset, length, at - length] as const
    })
  }

  subarray(from = 0, to = this.length): Uint8Array {
    const end = Math.min(to, this.length)
    const bytes = new Uint8Array(Math.max(0, end - from))
    for (let index = this.#firstAfter(from); index < this.#pieces.length; index++) {
      const [offset, length, at] = this.#pieces[index]!
      if (offset >= end) break
      const [first, last] = [Math.max(offset, from), Math.min(offset + length, end)]
      if (first < last) bytes.set(this.#stored.subarray(at + first - offset, at + last - offset), first - from)
    }
    return bytes
  }

  /** The first piece that ends after a position: they are in order. */
  #firstAfter(position: number): number {
    let [low, high] = [0, this.#pieces.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const [offset, length] = this.#pieces[middle]!
      if (offset + length <= position) low = middle + 1
      else high = middle
    }
    return low
  }
}
