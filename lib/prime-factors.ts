// Prime factors of 64-bit numbers: small primes by trial, then Miller-Rabin and Pollard's rho.

/** In order; none of 0 and 1. */
export function primeFactors(number: bigint): bigint[] {
  if (number < 2n) return []
  const factors: bigint[] = []
  let left = number
  for (let prime = 2n; prime < 1000n && prime * prime <= left; prime += prime === 2n ? 1n : 2n) {
    while (left % prime === 0n) {
      factors.push(prime)
      left /= prime
    }
  }
  if (left > 1n) splitInto(left, factors)
  return factors.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function splitInto(number: bigint, factors: bigint[]): void {
  if (number < 1_000_000n || isPrime(number)) {
    factors.push(number)
    return
  }
  const divisor = findDivisor(number)
  splitInto(divisor, factors)
  splitInto(number / divisor, factors)
}

/** These bases decide every number below 2^64. */
const BASES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]

function isPrime(number: bigint): boolean {
  let odd = number - 1n
  let twos = 0
  for (; odd % 2n === 0n; twos++) odd /= 2n
  return BASES.every(base => passes(number, base, odd, twos))
}

function passes(number: bigint, base: bigint, odd: bigint, twos: number): boolean {
  let power = powerOf(base, odd, number)
  if (power === 1n || power === number - 1n) return true
  for (let i = 1; i < twos; i++) {
    power = (power * power) % number
    if (power === number - 1n) return true
  }
  return false
}

function powerOf(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** Of a number that is no prime and has no small factor. Differences are multiplied, so that gcd is taken seldom. */
function findDivisor(number: bigint): bigint {
  for (let step = 1n; ; step++) {
    let slow = 2n
    let fast = 2n
    let divisor = 1n
    while (divisor === 1n) {
      let product = 1n
      const [slowBefore, fastBefore] = [slow, fast]
      for (let i = 0; i < 128; i++) {
        slow = (slow * slow + step) % number
        fast = (fast * fast + step) % number
        fast = (fast * fast + step) % number
        product = (product * absolute(slow - fast)) % number
      }
      divisor = greatestCommon(product, number)
      if (divisor === number) divisor = oneByOne(number, step, slowBefore, fastBefore)
    }
    if (divisor !== number) return divisor
  }
}

function oneByOne(number: bigint, step: bigint, slowStart: bigint, fastStart: bigint): bigint {
  let slow = slowStart
  let fast = fastStart
  for (;;) {
    slow = (slow * slow + step) % number
    fast = (fast * fast + step) % number
    fast = (fast * fast + step) % number
    const divisor = greatestCommon(absolute(slow - fast), number)
    if (divisor !== 1n) return divisor
  }
}

function greatestCommon(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b]
  while (right !== 0n) [left, right] = [right, left % right]
  return left
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}
