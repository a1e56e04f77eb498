// Numbers as bc and dc read and write them, in any base.

import { CalculationError, type Decimal, powerOfTen, rescale } from './decimal.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** A digit that is no digit of the base counts as its highest; alone, but for zeros before it, it is what it is. */
export function parseDecimal(text: string, base: number): Decimal {
  const point = text.indexOf('.')
  const whole = point === -1 ? text : text.slice(0, point)
  const fraction = point === -1 ? '' : text.slice(point + 1)
  const all = whole + fraction
  if (base === 10 && /^[0-9]*$/.test(all)) return { digits: BigInt(all || '0'), scale: fraction.length }
  if (/^0*.$/.test(all)) return scaled(BigInt(DIGITS.indexOf(all.at(-1) ?? '0')), fraction.length, base)
  let digits = 0n
  const factor = BigInt(base)
  for (const character of all) digits = digits * factor + BigInt(Math.min(DIGITS.indexOf(character), base - 1))
  return scaled(digits, fraction.length, base)
}

/** `digits` divided by the base so many times, to as many decimal places. */
function scaled(digits: bigint, places: number, base: number): Decimal {
  if (places === 0 || base === 10) return { digits, scale: places }
  return { digits: (digits * powerOfTen(places)) / BigInt(base) ** BigInt(places), scale: places }
}

export function formatDecimal(value: Decimal, base: number): string {
  if (value.digits === 0n) return '0'
  const sign = value.digits < 0n ? '-' : ''
  const size = value.digits < 0n ? -value.digits : value.digits
  return sign + (base === 10 ? decimalText(size, value.scale) : otherText(size, value.scale, base))
}

function decimalText(size: bigint, scale: number): string {
  const text = size.toString()
  if (scale === 0) return text
  const padded = text.padStart(scale, '0')
  return `${padded.slice(0, padded.length - scale)}.${padded.slice(padded.length - scale)}`
}

/** Behind the point come as many digits as are needed to tell apart what the decimal places do. */
function otherText(size: bigint, scale: number, base: number): string {
  const unit = powerOfTen(scale)
  let text = wholeText(size / unit, base)
  if (scale === 0) return text
  text += '.'
  let rest = size % unit
  const factor = BigInt(base)
  let isFirst = true
  for (let reached = 1n; reached < unit; reached *= factor) {
    rest *= factor
    text += digitText(rest / unit, base, isFirst)
    rest %= unit
    isFirst = false
  }
  return text
}

function wholeText(value: bigint, base: number): string {
  if (value === 0n) return ''
  if (base <= 16) return value.toString(base).toUpperCase()
  const digits: bigint[] = []
  const factor = BigInt(base)
  for (let rest = value; rest > 0n; rest /= factor) digits.push(rest % factor)
  return digits
    .reverse()
    .map(digit => digitText(digit, base))
    .join('')
}

/** Above base 16 a digit is a decimal number behind a blank, which the point takes the place of. */
function digitText(digit: bigint, base: number, isBehindPoint = false): string {
  if (base <= 16) return DIGITS[Number(digit)]!
  const width = String(base - 1).length
  return `${isBehindPoint ? '' : ' '}${digit.toString().padStart(width, '0')}`
}

/** Throws CalculationError unless it lies between. */
export function settingOf(value: Decimal, name: string, least: number, most: number): number {
  const { digits } = rescale(value, 0)
  if (digits < BigInt(least) || digits > BigInt(most)) {
    throw new CalculationError(`bad ${name}; must be [${least},${most}]`)
  }
  return Number(digits)
}

/** Text of which no line is longer than `width`: the rest of it goes on behind a backslash. */
export class Wrapper {
  #column = 0
  readonly #width: number

  /** `width` 0: lines have no end. */
  constructor(width: number) {
    this.#width = width
  }

  /** A number. */
  fold(text: string): string {
    if (this.#width === 0) return text
    let out = ''
    for (const character of text) {
      if (this.#column >= this.#width - 2) {
        out += '\\\n'
        this.#column = 0
      }
      out += character
      this.#column++
    }
    return out
  }

  /** Other text, which is not folded but takes its place. */
  pass(text: string): string {
    const newline = text.lastIndexOf('\n')
    this.#column = newline === -1 ? this.#column + text.length : text.length - newline - 1
    return text
  }
}
