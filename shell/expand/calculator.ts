// Arithmetic expressions compiled to closures (POSIX XCU 2.6.4): 64-bit integers that wrap, C's operators, assignments.

/** A number while it is a safe integer, a bigint beyond. */
export type Integer = number | bigint

export interface Names {
  get(name: string): string | undefined
  set(name: string, value: string): void
}

export type Evaluate = (names: Names) => Integer

/** `message` is ash's. */
export class ArithmeticError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ArithmeticError'
  }
}

/** Throws ArithmeticError, now for a syntax error, later for a division by zero. */
export function compileArithmetic(text: string): Evaluate {
  const parser = new ExpressionParser(text)
  return parser.whole()
}

const TOKEN =
  /\s*(?:(\d+#[0-9A-Za-z@_]+|0[xX][0-9a-fA-F]+|\d+)|([A-Za-z_][A-Za-z0-9_]*)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||[<>=!]=|<<|>>|[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),]))/y

/** Binary operators by how tightly they bind. */
const LEVELS: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]

const DEEPEST = 200

class ExpressionParser {
  readonly #text: string
  #at = 0
  #kind: 'number' | 'name' | 'operator' | 'end' = 'end'
  #token = ''
  #depth = 0

  constructor(text: string) {
    this.#text = text
    this.#next()
  }

  whole(): Evaluate {
    if (this.#kind === 'end') return () => 0
    const value = this.#comma()
    if (!this.#isAtEnd()) throw syntax()
    return value
  }

  #comma(): Evaluate {
    let value = this.#assignment()
    while (this.#take(',')) {
      const [left, right] = [value, this.#assignment()]
      value = names => {
        left(names)
        return right(names)
      }
    }
    return value
  }

  #assignment(): Evaluate {
    if (++this.#depth > DEEPEST) throw syntax()
    try {
      if (this.#kind !== 'name') return this.#conditional()
      const before = [this.#at, this.#token] as const
      const name = this.#token
      this.#next()
      const operator = this.#token
      if (this.#isOperator() && /^(?:[-+*/%&|^]|<<|>>)?=$/.test(operator)) {
        this.#next()
        return assignment(name, operator.slice(0, -1), this.#assignment())
      }
      ;[this.#at, this.#token] = before
      this.#kind = 'name'
      return this.#conditional()
    } finally {
      this.#depth--
    }
  }

  #conditional(): Evaluate {
    const condition = this.#or()
    if (!this.#take('?')) return condition
    const yes = this.#assignment()
    if (!this.#take(':')) throw new ArithmeticError('malformed ?: operator')
    const no = this.#assignment()
    return names => (isTrue(condition(names)) ? yes(names) : no(names))
  }

  #or(): Evaluate {
    let value = this.#and()
    while (this.#take('||')) {
      const [left, right] = [value, this.#and()]
      value = names => (isTrue(left(names)) || isTrue(right(names)) ? 1 : 0)
    }
    return value
  }

  #and(): Evaluate {
    let value = this.#binary(0)
    while (this.#take('&&')) {
      const [left, right] = [value, this.#binary(0)]
      value = names => (isTrue(left(names)) && isTrue(right(names)) ? 1 : 0)
    }
    return value
  }

  #binary(level: number): Evaluate {
    const operators = LEVELS[level]
    if (!operators) return this.#power()
    let value = this.#binary(level + 1)
    while (this.#kind === 'operator' && operators.includes(this.#token)) {
      const operator = this.#token
      this.#next()
      value = binary(operator, value, this.#binary(level + 1))
    }
    return value
  }

  #power(): Evaluate {
    const base = this.#unary()
    if (!this.#take('**')) return base
    return binary('**', base, this.#power())
  }

  #unary(): Evaluate {
    if (++this.#depth > DEEPEST) throw syntax()
    try {
      for (const operator of ['++', '--', '+', '-', '!', '~']) {
        if (this.#take(operator)) return this.#afterPrefix(operator)
      }
      return this.#primary()
    } finally {
      this.#depth--
    }
  }

  #afterPrefix(operator: string): Evaluate {
    if (operator === '++' || operator === '--') {
      if (this.#kind === 'name') {
        const name = this.#token
        this.#next()
        return assignment(name, operator.slice(1), () => 1)
      }
      const operand = this.#unary()
      return operator === '++' ? operand : operand
    }
    const operand = this.#unary()
    switch (operator) {
      case '-':
        return names => normal(-BigInt(operand(names)))
      case '!':
        return names => (isTrue(operand(names)) ? 0 : 1)
      case '~':
        return names => normal(~BigInt(operand(names)))
      default:
        return operand
    }
  }

  #primary(): Evaluate {
    const token = this.#token
    if (this.#take('(')) {
      const value = this.#comma()
      if (!this.#take(')')) throw syntax()
      return value
    }
    if (this.#kind === 'number') {
      const value = parseInteger(token)
      if (value === undefined) throw syntax()
      this.#next()
      return () => value
    }
    if (this.#kind !== 'name') throw syntax()
    this.#next()
    if (this.#take('++')) return postfix(token, '+')
    if (this.#take('--')) return postfix(token, '-')
    return names => valueOf(names, token)
  }

  #isAtEnd(): boolean {
    return this.#kind === 'end'
  }

  #isOperator(): boolean {
    return this.#kind === 'operator'
  }

  #take(token: string): boolean {
    if (!this.#isOperator() || this.#token !== token) return false
    this.#next()
    return true
  }

  #next(): void {
    TOKEN.lastIndex = this.#at
    const match = TOKEN.exec(this.#text)
    if (!match) {
      if (this.#text.slice(this.#at).trim() !== '') throw syntax()
      this.#kind = 'end'
      this.#token = ''
      this.#at = this.#text.length
      return
    }
    const [whole, number, name, operator = ''] = match
    this.#at += whole.length
    this.#kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'operator'
    this.#token = number ?? name ?? operator
  }
}

function syntax(): ArithmeticError {
  return new ArithmeticError('arithmetic syntax error')
}

function isTrue(value: Integer): boolean {
  return typeof value === 'number' ? value !== 0 : value !== 0n
}

function normal(value: bigint): Integer {
  const wrapped = BigInt.asIntN(64, value)
  const number = Number(wrapped)
  return Number.isSafeInteger(number) ? number : wrapped
}

let nesting = 0

function valueOf(names: Names, name: string): Integer {
  const text = names.get(name)
  if (text === undefined || text === '') return 0
  const value = parseInteger(text)
  if (value !== undefined) return value
  if (nesting > 30) throw new ArithmeticError('expression recursion loop detected')
  nesting++
  try {
    return compileArithmetic(text)(names)
  } finally {
    nesting--
  }
}

/** A constant as C writes it, or `base#digits`, with an optional sign. */
function parseInteger(text: string): Integer | undefined {
  const plain = Number(text)
  const code = text.charCodeAt(0)
  if (code >= 49 && code <= 57 && Number.isSafeInteger(plain) && !/[^0-9]/.test(text)) return plain
  const match = /^\s*([-+]?)(?:(\d+)#([0-9A-Za-z@_]+)|0[xX]([0-9a-fA-F]+)|(\d+))\s*$/.exec(text)
  if (!match) return undefined
  const [, sign, base, digits, hex, decimal = ''] = match
  const isOctal = decimal.length > 1 && decimal.startsWith('0')
  const value =
    digits !== undefined
      ? inBase(Number(base), digits)
      : hex !== undefined
        ? BigInt(`0x${hex}`)
        : isOctal
          ? inBase(8, decimal)
          : BigInt(decimal)
  return normal(sign === '-' ? -value : value)
}

function inBase(base: number, digits: string): bigint {
  if (base < 2 || base > 64) throw syntax()
  let value = 0n
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const worth = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'.indexOf(digit)
    if (worth < 0 || worth >= base) throw syntax()
    value = value * BigInt(base) + BigInt(worth)
  }
  return value
}

function assignment(name: string, operator: string, right: Evaluate): Evaluate {
  const compute = operator === '' ? undefined : binary(operator, names => valueOf(names, name), right)
  return names => {
    const value = (compute ?? right)(names)
    names.set(name, String(value))
    return value
  }
}

function postfix(name: string, operator: string): Evaluate {
  const compute = binary(
    operator,
    names => valueOf(names, name),
    () => 1,
  )
  return names => {
    const before = valueOf(names, name)
    names.set(name, String(compute(names)))
    return before
  }
}

function binary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const [quick, exact] = OPERATORS[operator] ?? [undefined, undefined]
  if (!exact) throw syntax()
  return names => {
    const a = left(names)
    const b = right(names)
    if (quick !== undefined && typeof a === 'number' && typeof b === 'number') {
      const value = quick(a, b)
      if (Number.isSafeInteger(value)) return value
    }
    return normal(exact(BigInt(a), BigInt(b)))
  }
}

type Quick = (a: number, b: number) => number
type Exact = (a: bigint, b: bigint) => bigint

const isSmall = (value: number) => value >= 0 && value < 0x40000000

const OPERATORS: Readonly<Record<string, readonly [Quick | undefined, Exact]>> = {
  '+': [(a, b) => a + b, (a, b) => a + b],
  '-': [(a, b) => a - b, (a, b) => a - b],
  '*': [(a, b) => a * b + 0, (a, b) => a * b],
  '/': [(a, b) => (b === 0 ? Number.NaN : Math.trunc(a / b) + 0), (a, b) => a / nonZero(b)],
  '%': [(a, b) => (b === 0 ? Number.NaN : (a % b) + 0), (a, b) => a % nonZero(b)],
  '**': [undefined, (a, b) => power(a, b)],
  '<<': [undefined, (a, b) => a << (b & 63n)],
  '>>': [undefined, (a, b) => a >> (b & 63n)],
  '<': [(a, b) => (a < b ? 1 : 0), (a, b) => (a < b ? 1n : 0n)],
  '<=': [(a, b) => (a <= b ? 1 : 0), (a, b) => (a <= b ? 1n : 0n)],
  '>': [(a, b) => (a > b ? 1 : 0), (a, b) => (a > b ? 1n : 0n)],
  '>=': [(a, b) => (a >= b ? 1 : 0), (a, b) => (a >= b ? 1n : 0n)],
  '==': [(a, b) => (a === b ? 1 : 0), (a, b) => (a === b ? 1n : 0n)],
  '!=': [(a, b) => (a !== b ? 1 : 0), (a, b) => (a !== b ? 1n : 0n)],
  '&': [(a, b) => (isSmall(a) && isSmall(b) ? a & b : Number.NaN), (a, b) => a & b],
  '|': [(a, b) => (isSmall(a) && isSmall(b) ? a | b : Number.NaN), (a, b) => a | b],
  '^': [(a, b) => (isSmall(a) && isSmall(b) ? a ^ b : Number.NaN), (a, b) => a ^ b],
}

function nonZero(value: bigint): bigint {
  if (value === 0n) throw new ArithmeticError('divide by zero')
  return value
}

function power(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new ArithmeticError('exponent less than 0')
  let result = 1n
  let square = base
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = BigInt.asIntN(64, result * square)
    square = BigInt.asIntN(64, square * square)
  }
  return result
}
