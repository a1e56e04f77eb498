// Decimal numbers of any length, with the scales that POSIX XCU bc gives to results. Digits beyond a scale are cut off, not rounded.

/** `digits` divided by 10 to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint
  /** How many digits stand behind the point. */
  readonly scale: number
}

/** What cannot be computed, in busybox's words. */
export class CalculationError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CalculationError'
  }
}

/** Past so many digits a result is refused: it could not be held. */
const MOST_DIGITS = 50_000_000

export const ZERO: Decimal = { digits: 0n, scale: 0 }
export const ONE: Decimal = { digits: 1n, scale: 0 }

export function integer(value: number | bigint): Decimal {
  return { digits: BigInt(value), scale: 0 }
}

export function truth(value: boolean): Decimal {
  return value ? ONE : ZERO
}

export function isZero({ digits }: Decimal): boolean {
  return digits === 0n
}

/** The same value with another scale: zeros are added, digits are cut off. */
export function rescale({ digits, scale }: Decimal, wanted: number): Decimal {
  if (wanted === scale) return { digits, scale }
  if (wanted > scale) return { digits: digits * powerOfTen(wanted - scale), scale: wanted }
  return { digits: digits / powerOfTen(scale - wanted), scale: wanted }
}

export function powerOfTen(places: number): bigint {
  if (places > MOST_DIGITS) throw new CalculationError('number too big')
  return 10n ** BigInt(places)
}

export function negate({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale }
}

/** busybox: what has 0 added stays as it was, with its own scale. */
export function add(a: Decimal, b: Decimal): Decimal {
  if (isZero(b)) return a
  if (isZero(a)) return b
  const scale = Math.max(a.scale, b.scale)
  return { digits: rescale(a, scale).digits + rescale(b, scale).digits, scale }
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b))
}

export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const exact = { digits: a.digits * b.digits, scale: a.scale + b.scale }
  return rescale(exact, Math.min(exact.scale, Math.max(scale, a.scale, b.scale)))
}

export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  if (isZero(b)) throw new CalculationError('divide by zero')
  const shift = scale + b.scale - a.scale
  const top = shift >= 0 ? a.digits * powerOfTen(shift) : a.digits
  const bottom = shift >= 0 ? b.digits : b.digits * powerOfTen(-shift)
  return { digits: top / bottom, scale }
}

/** What the division to `scale` leaves over. */
export function remainder(a: Decimal, b: Decimal, scale: number): Decimal {
  const quotient = divide(a, b, scale)
  const product = { digits: quotient.digits * b.digits, scale: quotient.scale + b.scale }
  return rescale(subtract(a, product), Math.max(scale + b.scale, a.scale))
}

/** The exponent is an integer. */
export function power(base: Decimal, exponent: Decimal, scale: number): Decimal {
  const whole = rescale(exponent, 0)
  if (rescale(whole, exponent.scale).digits !== exponent.digits) throw new CalculationError('not an integer')
  const times = whole.digits < 0n ? -whole.digits : whole.digits
  const size = base.digits < 0n ? -base.digits : base.digits
  if (times > 999_999_999n || (size > 1n && Number(times) * size.toString().length > MOST_DIGITS))
    throw new CalculationError('number too big')
  // busybox: 0 to a negative power is 0.
  if (whole.digits < 0n && isZero(base)) return rescale(ZERO, scale)
  const exact = { digits: base.digits ** times, scale: base.scale * Number(times) }
  if (whole.digits < 0n) return divide(ONE, exact, scale)
  return rescale(exact, Math.min(exact.scale, Math.max(scale, base.scale)))
}

export function squareRoot(value: Decimal, scale: number): Decimal {
  if (value.digits < 0n) throw new CalculationError('negative number')
  const wanted = Math.max(scale, value.scale)
  return { digits: integerRoot(rescale(value, 2 * wanted).digits), scale: wanted }
}

/** The largest integer whose square is not more (Newton). */
export function integerRoot(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const [left, right] = [rescale(a, scale).digits, rescale(b, scale).digits]
  return left < right ? -1 : left > right ? 1 : 0
}

/** bc's length(): the digits that count, without zeros before them; of 0 its scale, but at least 1. */
export function lengthOf({ digits, scale }: Decimal): number {
  if (digits === 0n) return Math.max(scale, 1)
  return (digits < 0n ? -digits : digits).toString().length
}

/** An integer that fits in a number, for subscripts and settings; fractions are cut off. */
export function toInteger(value: Decimal): number {
  return Number(rescale(value, 0).digits)
}
