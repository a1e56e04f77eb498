// The functions of bc -l: e, s, c, l, a, j (POSIX XCU bc), by series with digits to spare, cut off at the scale.

import { type Decimal, integerRoot, powerOfTen, rescale, toInteger } from './decimal.ts'

/** Digits beyond those that are wanted. */
const SPARE = 15

/** A number as an integer, `unit` being 1. */
interface Fixed {
  readonly value: bigint
  readonly unit: bigint
}

function fixed(number: Decimal, places: number): Fixed {
  return { value: rescale(number, places).digits, unit: powerOfTen(places) }
}

function result(value: bigint, places: number, scale: number): Decimal {
  return rescale({ digits: value, scale: places }, scale)
}

function magnitude(number: Decimal): number {
  return rescale(number, 0).digits.toString().length
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

export function exponential(number: Decimal, scale: number): Decimal {
  // The result has about 0.44 digits for each unit.
  const size = Math.ceil(Math.abs(toInteger(number)) * 0.4343) + 1
  const places = Math.max(scale, number.scale) + size + SPARE
  const { value, unit } = fixed(number, places)
  const whole = expFixed(absolute(value), unit)
  return result(value < 0n ? (unit * unit) / whole : whole, places, scale)
}

/** Halved until it is small, summed, squared again. */
function expFixed(value: bigint, unit: bigint): bigint {
  let halvings = 8n
  while (value >> halvings > unit) halvings++
  const guard = 1n << (2n * halvings)
  const one = unit * guard
  const small = (value * guard) >> halvings
  let sum = one
  let term = one
  for (let n = 1n; term !== 0n; n++) {
    term = (term * small) / (one * n)
    sum += term
  }
  for (let i = 0n; i < halvings; i++) sum = (sum * sum) / one
  return sum / guard
}

/** 0 and less have no logarithm: bc gives the least number that the scale can write. */
export function logarithm(number: Decimal, scale: number): Decimal {
  if (number.digits <= 0n) return rescale({ digits: 1n - powerOfTen(scale), scale: 0 }, scale)
  const places = Math.max(scale, number.scale) + magnitude(number) + 2 * SPARE
  const { value, unit } = fixed(number, places)
  return result(logFixed(value, unit), places, scale)
}

function logFixed(value: bigint, unit: bigint): bigint {
  // ln x = 2^k ln x^(1/2^k); near 1 the series of artanh is short.
  let near = value
  let roots = 0n
  const isNear = () => absolute(near - unit) * 256n < unit
  while (!isNear()) {
    near = integerRoot(near * unit)
    roots++
  }
  const ratio = ((near - unit) * unit) / (near + unit)
  const square = (ratio * ratio) / unit
  let sum = 0n
  let term = ratio
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n
    term = (term * square) / unit
  }
  return 2n * sum * (1n << roots)
}

export function sine(number: Decimal, scale: number): Decimal {
  const places = Math.max(scale, number.scale) + magnitude(number) + SPARE
  const { value, unit } = fixed(number, places)
  return result(sineFixed(value, unit, places), places, scale)
}

export function cosine(number: Decimal, scale: number): Decimal {
  const places = Math.max(scale, number.scale) + magnitude(number) + SPARE
  const { value, unit } = fixed(number, places)
  return result(sineFixed(value + halfTurn(places) / 2n, unit, places), places, scale)
}

function sineFixed(value: bigint, unit: bigint, places: number): bigint {
  const half = halfTurn(places)
  // Between -pi/2 and pi/2, with the sign that the half turns left out give it.
  const turns = (2n * value + (value < 0n ? -half : half)) / (2n * half)
  const angle = value - turns * half
  const square = (angle * angle) / unit
  let sum = 0n
  let term = angle
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term
    term = -(term * square) / (unit * (n + 1n) * (n + 2n))
  }
  return turns % 2n === 0n ? sum : -sum
}

/** pi, by Machin's formula. */
function halfTurn(places: number): bigint {
  const unit = powerOfTen(places + SPARE)
  return (4n * (4n * inverseTangent(5n, unit) - inverseTangent(239n, unit))) / powerOfTen(SPARE)
}

/** The arc tangent of 1/n. */
function inverseTangent(n: bigint, unit: bigint): bigint {
  let power = unit / n
  let sum = power
  for (let k = 3n; power !== 0n; k += 2n) {
    power = -power / (n * n)
    sum += power / k
  }
  return sum
}

export function arctangent(number: Decimal, scale: number): Decimal {
  const places = Math.max(scale, number.scale) + magnitude(number) + SPARE
  const { value, unit } = fixed(number, places)
  const size = absolute(value)
  const angle =
    size > unit ? halfTurn(places) / 2n - tangentSeries((unit * unit) / size, unit) : tangentSeries(size, unit)
  return result(value < 0n ? -angle : angle, places, scale)
}

/** Halved a few times, then summed. `value` is at most 1. */
function tangentSeries(value: bigint, unit: bigint): bigint {
  let small = value
  let halvings = 0n
  while (small * 32n > unit) {
    small = (small * unit) / (unit + integerRoot(unit * unit + small * small))
    halvings++
  }
  const square = (small * small) / unit
  let sum = 0n
  let term = small
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n
    term = -(term * square) / unit
  }
  return sum * (1n << halvings)
}

/** The Bessel function of integer order. */
export function bessel(order: Decimal, number: Decimal, scale: number): Decimal {
  const whole = toInteger(order)
  const n = Math.abs(whole)
  // Terms grow like e^x before they shrink, and take digits with them.
  const size = Math.ceil(Math.abs(toInteger(number)) * 0.4343) + 2
  const places = Math.max(scale, number.scale) + 2 * size + SPARE
  const { value, unit } = fixed(number, places)
  const half = value / 2n
  let term = unit
  for (let k = 1n; k <= BigInt(n); k++) term = (term * half) / (unit * k)
  const square = (half * half) / unit
  let sum = 0n
  for (let k = 1n; term !== 0n; k++) {
    sum += term
    term = -(term * square) / (unit * k * (k + BigInt(n)))
  }
  return result(whole < 0 && n % 2 === 1 ? -sum : sum, places, scale)
}
