// What an awk expression has for a value, and how numbers and texts become one another (POSIX XCU awk, "Expressions in awk").

import { compareBytes, encode } from '../../lib/bytes.ts'
import { formatReal } from '../../lib/format.ts'

/** `undefined` is the uninitialized value: both 0 and the empty text. */
export type Value = number | string | NumericText | undefined

/** Input that looks like a number (POSIX: a numeric string): compares as one, prints as it came. */
export class NumericText {
  readonly text: string
  readonly number: number

  constructor(text: string, number: number) {
    this.text = text
    this.number = number
  }
}

/** A variable or an element of an array. */
export class Cell {
  value: Value = undefined
}

export function increment(cell: Cell): void {
  cell.value = (typeof cell.value === 'number' ? cell.value : toNumber(cell.value)) + 1
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return scanNumber(value, 0, value.length)
  return value === undefined ? 0 : value.number
}

export function toTruth(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  return value !== undefined && value.number !== 0
}

/** Input as a value: a numeric string when all of it is a number, blanks around it aside. */
export function fromInput(source: string, start: number, end: number): string | NumericText {
  const text = source.slice(start, end)
  if (!mayBeNumber(source, start, end)) return text
  const number = scanNumber(source, start, end)
  let at = scan.end
  if (at === start) return text
  while (at < end && isBlank(source.charCodeAt(at))) at++
  return at === end ? new NumericText(text, number) : text
}

function mayBeNumber(source: string, start: number, end: number): boolean {
  if (start >= end) return false
  const code = source.charCodeAt(start)
  // A digit, a sign, a point, or a blank that may stand before one.
  return (code <= 57 && code >= 48) || code === 43 || code === 45 || code === 46 || isBlank(code)
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

/** Where the last number that was scanned ends; its beginning when there was none. */
const scan = { end: 0 }

/** So many decimal digits are exact in a double, with room for one more. */
const MOST_DIGITS = 15

/** The number that a stretch of a text begins with, as strtod reads it; 0 when there is none. */
export function scanNumber(source: string, start: number, end: number): number {
  scan.end = start
  let at = start
  while (at < end && isBlank(source.charCodeAt(at))) at++
  let isNegative = false
  const sign = at < end ? source.charCodeAt(at) : 0
  if (sign === 45 || sign === 43) {
    isNegative = sign === 45
    at++
  }
  const first = at
  let mantissa = 0
  let code = 0
  for (; at < end; at++) {
    code = source.charCodeAt(at) - 48
    if (code < 0 || code > 9) break
    mantissa = mantissa * 10 + code
  }
  let digits = at - first
  let places = 0
  if (at < end && code === -2) {
    const point = ++at
    for (; at < end; at++) {
      code = source.charCodeAt(at) - 48
      if (code < 0 || code > 9) break
      mantissa = mantissa * 10 + code
    }
    places = at - point
    digits += places
  }
  if (digits === 0) return scanWord(source, first, end, isNegative)
  scan.end = at
  if (at < end) {
    // An exponent, or a hexadecimal number.
    const letter = source.charCodeAt(at) | 32
    if (letter === 101 || (letter === 120 && mantissa === 0 && at === first + 1))
      return scanLong(source, first, end, isNegative)
  }
  if (digits > MOST_DIGITS) return scanLong(source, first, end, isNegative)
  const number = places === 0 ? mantissa : mantissa / POWERS[places]!
  return isNegative ? -number : number
}

const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, power) => 10 ** power)

function scanLong(source: string, first: number, end: number, isNegative: boolean): number {
  const text = source.slice(first, end)
  // busybox reads hexadecimal numbers in input too.
  const [taken = ''] = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(text) ?? []
  scan.end = first + taken.length
  const number = Number(taken)
  return isNegative ? -number : number
}

/** differs: `inf` and `nan` are numbers only with a sign before them, so that words of a text are none. */
function scanWord(source: string, first: number, end: number, isNegative: boolean): number {
  const sign = source.charCodeAt(first - 1)
  if (first + 3 > end || first === 0 || (sign !== 43 && sign !== 45)) return 0
  const [word] = /^(?:infinity|inf|nan)(?![a-z0-9_])/i.exec(source.slice(first, Math.min(end, first + 9))) ?? []
  if (word === undefined) return 0
  scan.end = first + word.length
  if (word[0] === 'n' || word[0] === 'N') return Number.NaN
  return isNegative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** Integers are written as such while they fit in 64 bits; others by CONVFMT or OFMT. */
export function integerText(number: number): string | undefined {
  if (!Number.isInteger(number)) return undefined
  if (number < 9007199254740992 && number > -9007199254740992) return String(number)
  return Math.abs(number) < 2 ** 63 ? BigInt(number).toString() : undefined
}

/** `%.Ng` of CONVFMT and OFMT, the form they nearly always have. */
export function generalText(number: number, precision: number): string {
  if (Number.isNaN(number)) return 'nan'
  return formatReal(number, 'g', { flags: '', width: 0, precision })
}

/** Negative, 0 or positive; a comparison with a number and nothing but numbers and numeric strings is one of numbers. */
export function compareValues(a: Value, b: Value, toText: (value: Value) => string): number {
  if (typeof a !== 'string' && typeof b !== 'string') return compareNumbers(toNumber(a), toNumber(b))
  return compareTexts(toText(a), toText(b))
}

/** NaN where one of them is none: then only `!=` holds. */
export function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN
}

/** As their bytes compare. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  // In UTF-16 the order is another one only where there are surrogates: pairs, and our stray bytes.
  const isPlain = !SURROGATE.test(a) && !SURROGATE.test(b)
  return isPlain ? (a < b ? -1 : 1) : compareBytes(encode(a), encode(b))
}

const SURROGATE = /[\ud800-\udfff]/

/** A text that does not keep alive the long one it was cut from. */
export function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
