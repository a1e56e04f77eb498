// The functions of bc -l: e, s, c, l, a, j (POSIX XCU bc). Each digit is the one that bc's own library gives: the same series
// with the same scales on the way, so that the last digits agree too, where more spare digits would give others.

import {
  add,
  compare,
  type Decimal,
  divide,
  integer,
  isZero,
  lengthOf,
  multiply,
  negate,
  ONE,
  power,
  powerOfTen,
  rescale,
  squareRoot,
  subtract,
  toInteger,
} from './decimal.ts'
import { parseDecimal } from './number-text.ts'

const TWO = integer(2)
const TENTH_OF_TWO: Decimal = { digits: 2n, scale: 1 }
const HALF: Decimal = { digits: 5n, scale: 1 }

export function exponential(number: Decimal, scale: number): Decimal {
  const size = magnitude(number)
  // The result has about 0.44 digits for each unit.
  const places = 6 + scale + toInteger(multiply({ digits: 44n, scale: 2 }, size, scale))
  const { small, halvings } = halved(size)
  let sum = add(small, ONE)
  let top = small
  let bottom = ONE
  for (let n = 2, term = ONE; !isZero(term); n++) {
    top = multiply(top, small, places)
    bottom = multiply(bottom, integer(n), places)
    term = divide(top, bottom, places)
    sum = add(sum, term)
  }
  for (let i = 0; i < halvings; i++) sum = multiply(sum, sum, places)
  return number.digits < 0n ? divide(ONE, sum, scale) : divide(sum, ONE, scale)
}

/** At most 1, with a digit more for each halving. */
function halved(number: Decimal): { small: Decimal; halvings: number } {
  let small = number
  let halvings = 0
  for (let scale = number.scale + 1; compare(small, ONE) > 0; scale++, halvings++) small = divide(small, TWO, scale)
  return { small, halvings }
}

/** 0 and less have no logarithm: bc gives the least number that the scale can write. */
export function logarithm(number: Decimal, scale: number): Decimal {
  if (number.digits <= 0n) return rescale({ digits: 1n - powerOfTen(scale), scale: 0 }, scale)
  const places = scale + 6
  // ln x = 2^k ln x^(1/2^k); near 1 the series of artanh is short.
  let near = number
  let factor = TWO
  while (compare(near, TWO) >= 0 || compare(near, HALF) <= 0) {
    near = squareRoot(near, places)
    factor = add(factor, factor)
  }
  const ratio = divide(subtract(near, ONE), add(near, ONE), places)
  const square = multiply(ratio, ratio, places)
  let sum = ratio
  let rising = ratio
  for (let n = 3, term = ONE; !isZero(term); n += 2) {
    rising = multiply(rising, square, places)
    term = divide(rising, integer(n), places)
    sum = add(sum, term)
  }
  return divide(multiply(sum, factor, places), ONE, scale)
}

export function sine(number: Decimal, scale: number): Decimal {
  if (number.digits < 0n) return negate(sine(negate(number), scale))
  const eighth = arctangent(ONE, Math.floor((11 * scale) / 10) + 2)
  const turns = divide(add(divide(number, eighth, 0), TWO), integer(4), 0)
  const rest = subtract(number, multiply(multiply(integer(4), turns, 0), eighth, eighth.scale))
  const angle = turns.digits % 2n === 0n ? rest : negate(rest)
  const places = scale + 2
  const square = negate(multiply(angle, angle, places))
  let sum = angle
  for (let n = 3, term = angle; !isZero(term); n += 2) {
    term = multiply(term, divide(square, integer(n * (n - 1)), places), places)
    sum = add(sum, term)
  }
  return divide(sum, ONE, scale)
}

export function cosine(number: Decimal, scale: number): Decimal {
  const places = Math.floor((12 * scale) / 10)
  const quarter = multiply(TWO, arctangent(ONE, places), places)
  return divide(sine(add(quarter, number), places), ONE, scale)
}

/** Of 1 and of 0.2, to the 64 digits that serve most scales. */
const OF_ONE = parseDecimal('.7853981633974483096156608458198757210492923498437764552437361480', 10)
const OF_FIFTH = parseDecimal('.1973955598498807583700497651947902934475851037878521015176889402', 10)
const MOST_KNOWN = 64

export function arctangent(number: Decimal, scale: number): Decimal {
  const size = magnitude(number)
  const angle = knownAngle(size, scale) ?? angleOf(size, scale)
  return divide(number.digits < 0n ? negate(angle) : angle, ONE, scale)
}

function knownAngle(size: Decimal, scale: number): Decimal | undefined {
  if (scale > MOST_KNOWN) return undefined
  if (compare(size, ONE) === 0) return OF_ONE
  return compare(size, TENTH_OF_TWO) === 0 ? OF_FIFTH : undefined
}

/** Brought below 0.2 by the addition theorem, a step of atan(0.2) at a time; then the series. */
function angleOf(size: Decimal, scale: number): Decimal {
  const isLarge = compare(size, TENTH_OF_TWO) > 0
  const step = isLarge ? arctangent(TENTH_OF_TWO, scale + 5) : integer(0)
  const places = scale + 3
  let small = size
  let steps = 0
  for (; compare(small, TENTH_OF_TWO) > 0; steps++) {
    const bottom = add(ONE, multiply(TENTH_OF_TWO, small, places))
    small = divide(subtract(small, TENTH_OF_TWO), bottom, places)
  }
  const square = negate(multiply(small, small, places))
  let sum = small
  let rising = small
  for (let n = 3, term = ONE; !isZero(term); n += 2) {
    rising = multiply(rising, square, places)
    term = divide(rising, integer(n), places)
    sum = add(sum, term)
  }
  return add(multiply(integer(steps), step, scale), sum)
}

/** The Bessel function of integer order. */
export function bessel(order: Decimal, number: Decimal, scale: number): Decimal {
  const whole = toInteger(order)
  const n = Math.abs(whole)
  const working = Math.floor((15 * scale) / 10)
  let factorial = ONE
  for (let i = 2; i <= n; i++) factorial = multiply(factorial, integer(i), 0)
  const powers = divide(power(number, integer(n), working), power(TWO, integer(n), working), working)
  const first = divide(powers, factorial, working)
  const places = working + lengthOf(first) - first.scale
  const square = divide(negate(multiply(number, number, places)), integer(4), places)
  let sum = ONE
  for (let i = 1, term = ONE; !isZero(term); i++) {
    term = divide(divide(multiply(term, square, places), integer(i), places), integer(n + i), places)
    sum = add(sum, term)
  }
  const signed = whole < 0 && n % 2 === 1 ? negate(first) : first
  return divide(multiply(signed, sum, scale), ONE, scale)
}

function magnitude(number: Decimal): Decimal {
  return number.digits < 0n ? negate(number) : number
}
