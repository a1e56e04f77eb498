// 64-bit signed integers that wrap: numbers while they are safe integers, bigints beyond.

/** A number exactly when it is a safe integer, so that equal integers are equal values. */
export type Integer = number | bigint

/** `message` is what busybox's ash says. */
export class ArithmeticError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ArithmeticError'
  }
}

const LEAST_SAFE = BigInt(Number.MIN_SAFE_INTEGER)
const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** The low 64 bits of any integer, as a signed one. */
export function wrap(value: bigint): Integer {
  const wrapped = BigInt.asIntN(64, value)
  return wrapped >= LEAST_SAFE && wrapped <= MOST_SAFE ? Number(wrapped) : wrapped
}

export type BinaryOperator = keyof typeof BINARY

/** Two operands that are evaluated already. */
export const BINARY = {
  '+': (a: Integer, b: Integer): Integer => {
    if (typeof a === 'number' && typeof b === 'number') {
      const sum = a + b
      if (Number.isSafeInteger(sum)) return sum
    }
    return wrap(BigInt(a) + BigInt(b))
  },
  '-': (a: Integer, b: Integer): Integer => {
    if (typeof a === 'number' && typeof b === 'number') {
      const difference = a - b
      if (Number.isSafeInteger(difference)) return difference
    }
    return wrap(BigInt(a) - BigInt(b))
  },
  '*': (a: Integer, b: Integer): Integer => {
    if (typeof a === 'number' && typeof b === 'number') {
      const product = a * b
      // Adding 0 makes a zero of a negative factor plain.
      if (Number.isSafeInteger(product)) return product + 0
    }
    return wrap(BigInt(a) * BigInt(b))
  },
  '/': (a: Integer, b: Integer): Integer => {
    if (b === 0) throw new ArithmeticError('divide by zero')
    if (typeof a === 'number' && typeof b === 'number') return Math.trunc(a / b) + 0
    return wrap(BigInt(a) / BigInt(b))
  },
  '%': (a: Integer, b: Integer): Integer => {
    if (b === 0) throw new ArithmeticError('divide by zero')
    if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0
    return wrap(BigInt(a) % BigInt(b))
  },
  '**': (a: Integer, b: Integer): Integer => power(a, b),
  '<<': (a: Integer, b: Integer): Integer => {
    const by = shiftCount(b)
    if (typeof a === 'number' && by < 32) {
      const shifted = a * 2 ** by
      if (Number.isSafeInteger(shifted)) return shifted
    }
    return wrap(BigInt(a) << BigInt(by))
  },
  '>>': (a: Integer, b: Integer): Integer => {
    const by = shiftCount(b)
    return isInt32(a) ? a >> Math.min(by, 31) : wrap(BigInt(a) >> BigInt(by))
  },
  '&': (a: Integer, b: Integer): Integer => (isInt32(a) && isInt32(b) ? a & b : wrap(BigInt(a) & BigInt(b))),
  '^': (a: Integer, b: Integer): Integer => (isInt32(a) && isInt32(b) ? a ^ b : wrap(BigInt(a) ^ BigInt(b))),
  '|': (a: Integer, b: Integer): Integer => (isInt32(a) && isInt32(b) ? a | b : wrap(BigInt(a) | BigInt(b))),
  '<': (a: Integer, b: Integer): Integer => (a < b ? 1 : 0),
  '<=': (a: Integer, b: Integer): Integer => (a <= b ? 1 : 0),
  '>': (a: Integer, b: Integer): Integer => (a > b ? 1 : 0),
  '>=': (a: Integer, b: Integer): Integer => (a >= b ? 1 : 0),
  '==': (a: Integer, b: Integer): Integer => (a === b ? 1 : 0),
  '!=': (a: Integer, b: Integer): Integer => (a === b ? 0 : 1),
} as const

export function negate(value: Integer): Integer {
  return typeof value === 'number' ? 0 - value : wrap(-value)
}

export function complement(value: Integer): Integer {
  return typeof value === 'number' ? BINARY['-'](-1, value) : wrap(~value)
}

function isInt32(value: Integer): value is number {
  return typeof value === 'number' && (value | 0) === value
}

/** What a 64-bit machine makes of a shift count: its low six bits. */
function shiftCount(by: Integer): number {
  return isInt32(by) ? by & 63 : Number(BigInt(by) & 63n)
}

function power(base: Integer, exponent: Integer): Integer {
  if (exponent < 0) throw new ArithmeticError('exponent less than 0')
  const direct = Number(base) ** Number(exponent)
  if (Number.isSafeInteger(direct)) return direct + 0
  let result = 1n
  let square = BigInt(base)
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asIntN(64, result * square)
    square = BigInt.asIntN(64, square * square)
  }
  return wrap(result)
}
