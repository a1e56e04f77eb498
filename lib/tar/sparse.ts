// Sparse files as GNU tar stores them: only what is not a hole, and a map of where it belongs (GNU tar manual, "Storing
// Sparse Files": the old format in the header, and the versions 0.0, 0.1 and 1.0 in pax records).

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

/** What pax records say; undefined: it is no sparse file. Version 1.0 has its map before the contents. */
export function paxSparse(
  records: ReadonlyMap<string, Uint8Array>,
  contents: Uint8Array,
  at: number,
): { readonly map: SparseMap; readonly data: Uint8Array } | undefined {
  const text = (key: string) => (records.has(key) ? decode(records.get(key)!) : undefined)
  const size = text('GNU.sparse.realsize') ?? text('GNU.sparse.size')
  if (size === undefined) return undefined
  const list = text('GNU.sparse.map')
  if (list !== undefined) return { map: { size: number(size, at), pieces: pairs(list.split(','), at) }, data: contents }
  if (text('GNU.sparse.major') !== '1') throw new TarError('a sparse map cannot be read', at)
  const lines: string[] = []
  let end = 0
  for (let wanted = 1; lines.length < wanted; ) {
    const newline = contents.indexOf(10, end)
    if (newline === -1) throw new TarError('a sparse map cannot be read', at)
    lines.push(decode(contents.subarray(end, newline)))
    end = newline + 1
    if (lines.length === 1) wanted = 1 + 2 * number(lines[0]!, at)
  }
  const data = contents.subarray(Math.ceil(end / BLOCK) * BLOCK)
  return { map: { size: number(size, at), pieces: pairs(lines.slice(1), at) }, data }
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

/** The whole file, holes as zeros. */
export function expandSparse(data: Uint8Array, { size, pieces }: SparseMap, name: string, at: number): Uint8Array {
  if (size > MOST) throw new TarError(`${quote(name)} is a sparse file of ${size} bytes, which is too large`, at)
  const whole = new Uint8Array(size)
  let from = 0
  for (const [offset, length] of pieces) {
    if (offset + length > size || from + length > data.length)
      throw new TarError(`the sparse map of ${quote(name)} does not fit`, at)
    whole.set(data.subarray(from, from + length), offset)
    from += length
  }
  return whole
}
