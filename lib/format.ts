// The conversions of C's printf: integers, reals and texts, by flags, width and precision (POSIX XBD 5).

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

/** `letter`: one of e E f F g G. Ties are rounded to even, as glibc does. */
export function formatReal(value: number, letter: string, spec: FormatSpec): string {
  const isNegative = value < 0 || Object.is(value, -0)
  const text = realText(Math.abs(value), letter.toLowerCase(), spec.precision ?? 6, spec.flags.includes('#'))
  const cased = letter < 'a' ? text.toUpperCase() : text
  return pad(sign(isNegative, spec.flags), cased, spec, Number.isFinite(value))
}

/** The precision is the most characters that are taken. */
export function formatText(text: string, spec: FormatSpec): string {
  const isCut = spec.precision !== undefined && text.length > spec.precision
  return pad('', isCut ? Array.from(text).slice(0, spec.precision).join('') : text, spec, false)
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
  const text = isFixed ? fixed(value, digits - 1 - power) : cExponent(scientific, false)
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

function fixed(value: number, places: number): string {
  if (value >= 1e21) return BigInt(value).toString() + (places > 0 ? `.${'0'.repeat(places)}` : '')
  const shown = Math.min(places, PLACES)
  const rounded = toEven(value.toFixed(shown), value.toFixed(Math.min(PLACES, shown + EXTRA)), shown)
  return rounded + '0'.repeat(places - shown)
}

function exponential(value: number, places: number): string {
  const shown = Math.min(places, PLACES)
  const [exact = '', exponent = ''] = value.toExponential(Math.min(PLACES, shown + EXTRA)).split('e')
  const [mantissa = '', roundedExponent = ''] = value.toExponential(shown).split('e')
  const isSame = exponent === roundedExponent
  return `${isSame ? toEven(mantissa, exact, shown) : mantissa}${'0'.repeat(places - shown)}e${roundedExponent}`
}

/** JavaScript rounds a tie up: where the digit before it was even, it stays. */
function toEven(rounded: string, exact: string, places: number): string {
  const point = exact.indexOf('.')
  const end = places === 0 ? point : point + 1 + places
  if (point === -1 || !/^\.?50*$/.test(exact.slice(end))) return rounded
  const kept = exact.slice(0, end)
  return Number(kept.at(-1)) % 2 === 0 ? kept : rounded
}
