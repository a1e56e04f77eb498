// The conversions of C's printf: integers, reals and texts, by flags, width and precision (POSIX XBD 5).

import { byteLength, decode, encode } from './bytes.ts'

export interface FormatSpec {
  /** Any of `-+ #0`. */
  readonly flags: string
  readonly width: number
  readonly precision?: number | undefined
}

/** `letter`: one of d i u o x X. 64 bits; a value beyond them wraps. */
export function formatInteger(value: bigint, letter: string, spec: FormatSpec): string {
  const isSigned = letter === 'd' || letter === 'i'
  const wrapped = isSigned ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)
  const base = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10
  let digits = (wrapped < 0n ? -wrapped : wrapped).toString(base)
  if (letter === 'X') digits = digits.toUpperCase()
  if (spec.precision !== undefined)
    digits = spec.precision === 0 && wrapped === 0n ? '' : digits.padStart(spec.precision, '0')
  let prefix = isSigned ? sign(wrapped < 0n, spec.flags) : ''
  if (spec.flags.includes('#')) {
    if (base === 16 && wrapped !== 0n) prefix = `0${letter}`
    if (base === 8 && !digits.startsWith('0')) digits = `0${digits}`
  }
  return pad(prefix, digits, spec, spec.precision === undefined)
}

/** `letter`: one of a A e E f F g G. Every digit is exact and ties are rounded to even, as glibc does. */
export function formatReal(value: number, letter: string, spec: FormatSpec): string {
  const isNegative = value < 0 || Object.is(value, -0)
  if ((letter === 'a' || letter === 'A') && Number.isFinite(value)) {
    const text = hexadecimal(Math.abs(value), spec.precision, spec.flags.includes('#'))
    const signs = sign(isNegative, spec.flags)
    return letter === 'A' ? pad(`${signs}0X`, text.toUpperCase(), spec, true) : pad(`${signs}0x`, text, spec, true)
  }
  const text = realText(Math.abs(value), letter.toLowerCase(), spec.precision ?? 6, spec.flags.includes('#'))
  const cased = letter < 'a' ? text.toUpperCase() : text
  return pad(sign(isNegative, spec.flags), cased, spec, Number.isFinite(value))
}

/** The precision is the most characters that are taken. */
export function formatText(text: string, spec: FormatSpec): string {
  const isCut = spec.precision !== undefined && text.length > spec.precision
  return pad('', isCut ? Array.from(text).slice(0, spec.precision).join('') : text, spec, false)
}

/** As formatText, by bytes: printf of the shells and of busybox, in whatever locale. */
export function formatBytes(text: string, spec: FormatSpec): string {
  if (spec.width === 0 && spec.precision === undefined) return text
  const bytes = byteLength(text)
  if (bytes === text.length) return formatText(text, spec)
  const isCut = spec.precision !== undefined && bytes > spec.precision
  const cut = isCut ? decode(encode(text).subarray(0, spec.precision)) : text
  const missing = spec.width - (isCut ? (spec.precision ?? 0) : bytes)
  if (missing <= 0) return cut
  return spec.flags.includes('-') ? cut + ' '.repeat(missing) : ' '.repeat(missing) + cut
}

function pad(prefix: string, body: string, spec: FormatSpec, mayHaveZeros: boolean): string {
  const missing = spec.width - prefix.length - characterCount(body)
  if (missing <= 0) return prefix + body
  if (spec.flags.includes('-')) return prefix + body + ' '.repeat(missing)
  if (mayHaveZeros && spec.flags.includes('0')) return prefix + '0'.repeat(missing) + body
  return ' '.repeat(missing) + prefix + body
}

function characterCount(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0xd800 && code < 0xdc00) count--
  }
  return count
}

function sign(isNegative: boolean, flags: string): string {
  if (isNegative) return '-'
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}

function realText(value: number, letter: string, precision: number, keepsZeros: boolean): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return 'inf'
  if (letter === 'f') return withPoint(fixed(value, precision), precision === 0 && keepsZeros)
  if (letter === 'e') return cExponent(exponential(value, precision), precision === 0 && keepsZeros)
  const digits = precision === 0 ? 1 : precision
  const scientific = exponential(value, digits - 1)
  const power = Number(scientific.slice(scientific.indexOf('e') + 1))
  const isFixed = power >= -4 && power < digits
  const places = digits - 1 - power
  const text = isFixed
    ? withPoint(fixed(value, places), places === 0 && keepsZeros)
    : cExponent(scientific, digits === 1 && keepsZeros)
  return keepsZeros ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
}

function withPoint(text: string, isWanted: boolean): string {
  return isWanted ? `${text}.` : text
}

/** C writes at least two digits of an exponent. */
function cExponent(text: string, hasPoint: boolean): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  return `${withPoint(mantissa, hasPoint)}e${exponent.replace(/^([+-])(\d)$/, '$10$2')}`
}

/** JavaScript writes at most 100 places. */
const PLACES = 100
/** More digits than a double needs to tell an exact tie from a near one. */
const EXTRA = 25
/** Up to here both are to be had from JavaScript. */
const MOST_QUICK = PLACES - EXTRA

function fixed(value: number, places: number): string {
  if (value >= 1e21) return BigInt(value).toString() + (places > 0 ? `.${'0'.repeat(places)}` : '')
  if (places <= MOST_QUICK) {
    const rounded = value.toFixed(places)
    return mayBeTie(value, places) ? toEven(rounded, value.toFixed(places + EXTRA), places) : rounded
  }
  const digits = scaled(value, places)
    .toString()
    .padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function exponential(value: number, places: number): string {
  if (places <= MOST_QUICK) return quickExponential(value, places)
  if (value === 0) return `0.${'0'.repeat(places)}e+0`
  let power = Number(value.toExponential(PLACES).split('e')[1])
  let digits = scaled(value, places - power).toString()
  // All nines round up to one more digit.
  if (digits.length > places + 1) digits = scaled(value, places - ++power).toString()
  return `${digits[0]}.${digits.slice(1)}e${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

function quickExponential(value: number, places: number): string {
  const rounded = value.toExponential(places)
  const [mantissa = '', roundedExponent = ''] = rounded.split('e')
  if (!mayBeTie(value, places - Number(roundedExponent))) return rounded
  const [exact = '', exponent = ''] = value.toExponential(places + EXTRA).split('e')
  const isSame = exponent === roundedExponent
  return `${isSame ? toEven(mantissa, exact, places) : mantissa}e${roundedExponent}`
}

/** Whether value * 10^places may lie in the middle of two integers: then twice that is an odd integer, and computed exactly. */
function mayBeTie(value: number, places: number): boolean {
  if (Math.abs(places) > 22) return true
  const doubled = 2 * (places < 0 ? value / 10 ** -places : value * 10 ** places)
  return doubled >= 2 ** 53 || doubled % 2 === 1
}

/** value * 10^places, rounded to an integer, ties to even. */
function scaled(value: number, places: number): bigint {
  const { mantissa, exponent } = parts(value)
  const top = mantissa * 10n ** BigInt(Math.max(places, 0)) * 2n ** BigInt(Math.max(exponent, 0))
  return divideToEven(top, 10n ** BigInt(Math.max(-places, 0)) * 2n ** BigInt(Math.max(-exponent, 0)))
}

function divideToEven(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom
  const rest = 2n * (top % bottom)
  const isUp = rest > bottom || (rest === bottom && (quotient & 1n) === 1n)
  return isUp ? quotient + 1n : quotient
}

/** mantissa * 2^exponent is the value, which is finite and not negative. */
function parts(value: number): { mantissa: bigint; exponent: number } {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0]!
  const biased = Number(bits >> 52n)
  const fraction = bits & ((1n << 52n) - 1n)
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 }
}

/** C's %a without its 0x: one digit before the point, 0 for what is too small for a 1. */
function hexadecimal(value: number, precision: number | undefined, keepsPoint: boolean): string {
  const { mantissa, exponent } = parts(value)
  const places = Math.min(precision ?? 13, 13)
  const rounded = divideToEven(mantissa, 1n << BigInt(4 * (13 - places)))
  const digits = rounded.toString(16).padStart(places + 1, '0')
  const fraction = precision === undefined ? digits.slice(1).replace(/0+$/, '') : digits.slice(1).padEnd(precision, '0')
  const power = value === 0 ? 0 : exponent + 52
  return `${digits[0]}${fraction !== '' || keepsPoint ? '.' : ''}${fraction}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

/** JavaScript rounds a tie up: where the digit before it was even, it stays. */
function toEven(rounded: string, exact: string, places: number): string {
  const point = exact.indexOf('.')
  const end = places === 0 ? point : point + 1 + places
  if (point === -1 || !/^\.?50*$/.test(exact.slice(end))) return rounded
  const kept = exact.slice(0, end)
  return Number(kept.at(-1)) % 2 === 0 ? kept : rounded
}

/** A conversion as it stands in a format; `*` is taken from an operand. */
export interface Conversion {
  readonly flags: string
  readonly width: number | '*' | undefined
  readonly precision: number | '*' | undefined
  /** One of diouxXeEfFgGaAcsb%; '' where the format has something else behind its percent sign. */
  readonly letter: string
  /** All of it, from the percent sign. */
  readonly text: string
}

/** Without a letter to convert by, a percent sign stands alone. */
const CONVERSION = /%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh?|ll?|[LqjzZt])?([diouxXeEfFgGaAcsb%])|%/g

/** The plain texts and the conversions of a format, in order. */
export function parseFormat(format: string): readonly (string | Conversion)[] {
  const pieces: (string | Conversion)[] = []
  let copied = 0
  for (const match of format.matchAll(CONVERSION)) {
    if (match.index > copied) pieces.push(format.slice(copied, match.index))
    const [text, flags = '', width, precision, letter = ''] = match
    pieces.push({ flags, width: count(width), precision: precision === '' ? 0 : count(precision), letter, text })
    copied = match.index + text.length
  }
  if (copied < format.length) pieces.push(format.slice(copied))
  return pieces
}

function count(text: string | undefined): number | '*' | undefined {
  if (text === undefined || text === '') return undefined
  return text === '*' ? '*' : Number(text)
}
