// The words of an arithmetic expression: numbers, names and signs, with blanks between them.

import { ArithmeticError, type Integer, wrap } from './int64.ts'

const NUMBER = /0[xX][0-9A-Fa-f]+|[1-9][0-9]*#[0-9A-Za-z@_]*|[0-9]+/y
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const GLUED = /[0-9A-Za-z_#]/

export class Scanner {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#skipBlanks()
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  /** Where the scanner stands, to come back to. */
  get position(): number {
    return this.#at
  }

  back(position: number): void {
    this.#at = position
  }

  peek(sign: string): boolean {
    return this.#text.startsWith(sign, this.#at)
  }

  take(sign: string): boolean {
    if (!this.peek(sign)) return false
    this.#at += sign.length
    this.#skipBlanks()
    return true
  }

  takeName(): string | undefined {
    return this.#word(NAME)
  }

  takeNumber(): Integer | undefined {
    const word = this.#word(NUMBER)
    return word === undefined ? undefined : numberOf(word)
  }

  /** The raw text up to the bracket that closes one just taken. */
  takeSubscript(): string {
    const start = this.#at
    for (let depth = 1; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '[') depth++
      if (this.#text[this.#at] !== ']' || --depth > 0) continue
      const subscript = this.#text.slice(start, this.#at).trim()
      this.#at++
      this.#skipBlanks()
      return subscript
    }
    throw syntaxError()
  }

  #word(shape: RegExp): string | undefined {
    shape.lastIndex = this.#at
    const word = shape.exec(this.#text)?.[0]
    if (word === undefined) return undefined
    this.#at += word.length
    if (GLUED.test(this.#text[this.#at] ?? '')) throw syntaxError()
    this.#skipBlanks()
    return word
  }

  #skipBlanks(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 32 && (code < 9 || code > 13)) return
    }
  }
}

export function syntaxError(): ArithmeticError {
  return new ArithmeticError('arithmetic syntax error')
}

const MOST_UNSIGNED = 2n ** 64n - 1n

/** C's constants, and `base#digits` (bash, ash). Up to 2^64-1 they wrap; ash takes a larger one for 0. */
function numberOf(word: string): Integer {
  const sharp = word.indexOf('#')
  if (sharp !== -1) return inBase(word.slice(sharp + 1), Number(word.slice(0, sharp)))
  const isOctal = word.length > 1 && word[0] === '0' && word[1] !== 'x' && word[1] !== 'X'
  if (isOctal && /[89]/.test(word)) throw syntaxError()
  if (!isOctal && word.length < 15) return Number(word)
  const value = BigInt(isOctal ? `0o${word}` : word)
  return value > MOST_UNSIGNED ? 0 : wrap(value)
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'

function inBase(digits: string, base: number): Integer {
  if (base < 2 || base > 64) throw syntaxError()
  let value = 0n
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const weight = DIGITS.indexOf(digit)
    if (weight >= base) throw syntaxError()
    value = BigInt.asIntN(64, value * BigInt(base) + BigInt(weight))
  }
  return wrap(value)
}
