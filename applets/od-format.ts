// The output types of od: how a number of so many bytes is shown, with the blanks before it.

import { formatReal } from '../lib/format.ts'
import { Failure } from './applet.ts'

export interface Format {
  readonly size: number
  /** All of its few texts are of one width. */
  readonly isEven?: true
  show(view: DataView, at: number): string
}

/** One `-t` argument: several types may follow one another. */
export function parseTypes(types: string): Format[] {
  const formats: Format[] = []
  for (let at = 0; at < types.length; ) {
    const kind = types[at++]!
    if (kind === 'a' || kind === 'c') {
      formats.push(kind === 'a' ? NAMED : CHARACTER)
      continue
    }
    if (!'douxf'.includes(kind)) throw new Failure(`invalid character '${kind}' in type string '${types}'`)
    const [word] = /^(?:\d+|[CSILFD]?)/.exec(types.slice(at)) ?? ['']
    at += word.length
    formats.push(kind === 'f' ? floatFormat(word, types) : integerFormat(kind, word, types))
  }
  return formats
}

const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, '': 4 }
const WIDTHS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
}

function integerFormat(kind: string, word: string, types: string): Format {
  const size = SIZES[word] ?? Number(word)
  const width = WIDTHS[kind]![size]
  if (width === undefined) {
    throw new Failure(`invalid type string '${types}'; ${size}-byte integral type is not supported`)
  }
  const radix = kind === 'o' ? 8 : kind === 'x' ? 16 : 10
  const fill = radix === 10 ? ' ' : '0'
  const read = kind === 'd' ? readSigned : readUnsigned
  if (size <= 2)
    return {
      size,
      isEven: true,
      show: remembered(size, value => ` ${value.toString(radix).padStart(width, fill)}`, read),
    }
  return { size, show: (view, at) => ` ${read(view, at, size).toString(radix).padStart(width, fill)}` }
}

/** There are few numbers of one or two bytes: the text of each is made once. */
function remembered(
  size: number,
  textOf: (value: number | bigint) => string,
  read: (view: DataView, at: number, size: number) => number | bigint,
): Format['show'] {
  const texts: (string | undefined)[] = []
  return (view, at) => {
    const index = size === 1 ? view.getUint8(at) : view.getUint16(at, true)
    return (texts[index] ??= textOf(read(view, at, size)))
  }
}

function readUnsigned(view: DataView, at: number, size: number): number | bigint {
  if (size === 1) return view.getUint8(at)
  if (size === 2) return view.getUint16(at, true)
  return size === 4 ? view.getUint32(at, true) : view.getBigUint64(at, true)
}

function readSigned(view: DataView, at: number, size: number): number | bigint {
  if (size === 1) return view.getInt8(at)
  if (size === 2) return view.getInt16(at, true)
  return size === 4 ? view.getInt32(at, true) : view.getBigInt64(at, true)
}

function floatFormat(word: string, types: string): Format {
  const size = word === 'F' || word === '4' ? 4 : 8
  if (!['', 'F', 'D', 'L', '4', '8'].includes(word))
    throw new Failure(`invalid type string '${types}'; ${word}-byte floating point type is not supported`)
  if (size === 4) return { size, show: (view, at) => ` ${scientific(view.getFloat32(at, true), 7).padStart(15)}` }
  return { size, show: (view, at) => ` ${scientific(view.getFloat64(at, true), 15).padStart(23)}` }
}

/** busybox 1.37: C's %.{precision}e. */
function scientific(value: number, precision: number): string {
  return formatReal(value, 'e', { flags: '', width: 0, precision })
}

const NAMES =
  'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
    ' ',
  )

/** Bit 7 is not looked at (POSIX). */
const NAMED: Format = {
  size: 1,
  show(view, at) {
    const byte = view.getUint8(at) & 127
    const name = byte === 127 ? 'del' : (NAMES[byte] ?? String.fromCharCode(byte))
    return name.padStart(4)
  },
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0, '\\0'],
  [7, '\\a'],
  [8, '\\b'],
  [12, '\\f'],
  [10, '\\n'],
  [13, '\\r'],
  [9, '\\t'],
  [11, '\\v'],
])

const CHARACTER: Format = {
  size: 1,
  show(view, at) {
    const byte = view.getUint8(at)
    const isPrintable = byte >= 32 && byte < 127
    const text = ESCAPES.get(byte) ?? (isPrintable ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
    return text.padStart(4)
  },
}
