// printf and sprintf (POSIX XCU awk, "Formatted output").

import { type Conversion, formatInteger, formatReal, formatText, parseFormat } from '../../lib/format.ts'
import { Failure } from '../applet.ts'
import { byteText } from './lexer.ts'
import { toNumber, type Value } from './value.ts'

export type ToText = (value: Value) => string
/** A format that has been read: gives the text for its values. */
export type Formatter = (values: readonly Value[], toText: ToText) => string

/** So many formats are kept. */
const MOST_KEPT = 200
const kept = new Map<string, Formatter>()

export function sprintf(format: string, values: readonly Value[], toText: ToText): string {
  let formatter = kept.get(format)
  if (!formatter) {
    formatter = formatPieces(format)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(format, formatter)
  }
  return formatter(values, toText)
}

export function formatPieces(format: string): Formatter {
  const pieces = parseFormat(format).map(readPiece)
  return (values, toText) => {
    let out = ''
    let next = 0
    const take = () => values[next++]
    for (const piece of pieces) out += typeof piece === 'string' ? piece : convert(piece, take, toText)
    return out
  }
}

function readPiece(piece: string | Conversion): string | Conversion {
  if (typeof piece === 'string') return piece
  if (piece.letter === '%') return '%'
  return piece.letter === '' || piece.letter === 'b' ? '%' : piece
}

function convert(conversion: Conversion, take: () => Value, toText: ToText): string {
  const { letter } = conversion
  let { flags } = conversion
  let width = conversion.width === '*' ? Math.trunc(toNumber(take())) : (conversion.width ?? 0)
  if (width < 0) {
    flags += '-'
    width = -width
  }
  const asked = conversion.precision === '*' ? Math.trunc(toNumber(take())) : conversion.precision
  const precision = asked === undefined || asked < 0 ? undefined : asked
  if (width > MOST_PLACES || (precision ?? 0) > MOST_PLACES) throw new Failure('out of memory')
  const value = take()
  const spec = { flags, width, precision }
  switch (letter) {
    case 's':
      return width === 0 && precision === undefined ? toText(value) : formatText(toText(value), spec)
    case 'c':
      return formatText(characterOf(value, toText), { flags, width })
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
      return integer(toNumber(value), letter, spec)
    default:
      return formatReal(toNumber(value), letter, spec)
  }
}

const MOST_PLACES = 100_000_000

/** A number is the character's code, below 256 the byte itself (busybox); a text gives its first. */
function characterOf(value: Value, toText: ToText): string {
  if (typeof value === 'string' || value === undefined) {
    const point = toText(value).codePointAt(0)
    // busybox 1.37, as C: of nothing it is the byte that ends it.
    return point === undefined ? '\0' : String.fromCodePoint(point)
  }
  const code = Math.trunc(toNumber(value))
  if (!(code >= 256) || code > 0x10ffff) return byteText(Number.isFinite(code) ? code & 255 : 0)
  return String.fromCodePoint(code)
}

const LARGEST = 2 ** 63

function integer(
  number: number,
  letter: string,
  spec: { readonly flags: string; readonly width: number; readonly precision: number | undefined },
): string {
  const isSigned = letter === 'd' || letter === 'i'
  const whole = Math.trunc(number)
  if (isSigned && spec.width === 0 && spec.precision === undefined && spec.flags === '' && Number.isSafeInteger(whole))
    return String(whole)
  if (Number.isNaN(whole)) return formatReal(whole, 'f', spec)
  // Beyond 64 bits: the nearest that fits.
  const most = isSigned ? 2n ** 63n - 1n : 2n ** 64n - 1n
  if (whole >= (isSigned ? LARGEST : 2 * LARGEST)) return formatInteger(most, letter, spec)
  if (whole < -LARGEST) return formatInteger(-(2n ** 63n), letter, spec)
  return formatInteger(BigInt(whole), letter, spec)
}
