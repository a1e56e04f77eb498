// The words of a bc program (POSIX XCU bc, "Lexical Conventions").

import { CalculationError } from './decimal.ts'

export type TokenKind = 'number' | 'name' | 'keyword' | 'string' | 'sign' | 'newline' | 'end'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Where it begins. */
  readonly at: number
}

/** The text ends in the middle of something: more lines are needed. */
export class Incomplete extends Error {
  constructor() {
    super('incomplete')
    this.name = 'Incomplete'
  }
}

const KEYWORDS = new Set(
  'auto break continue define else for halt ibase if last length limits obase print quit read return scale sqrt while'.split(
    ' ',
  ),
)

/** Longest first. */
const SIGNS = [
  '&&',
  '||',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '==',
  '<=',
  '>=',
  '!=',
  ...'+-*/%^=<>!(){}[],;.',
]

const NAME = /[a-z][a-z0-9_]*/y
const NUMBER = /[0-9A-Z]*(?:\.[0-9A-Z]*)?/y
const DIGIT = /[0-9A-Z]/

export interface Reading {
  /** Nothing comes behind the text. */
  readonly isFinal: boolean
  /** Told of what POSIX does not have. */
  readonly extension: (message: string) => void
}

export class Lexer {
  readonly #text: string
  readonly #how: Reading
  #at: number

  constructor(text: string, from: number, how: Reading) {
    this.#text = text
    this.#at = from
    this.#how = how
  }

  get at(): number {
    return this.#at
  }

  /** Throws CalculationError in busybox's words, or Incomplete. */
  next(): Token {
    this.#skip()
    const at = this.#at
    const character = this.#text[at]
    if (character === undefined) return { kind: 'end', text: '', at }
    if (character === '\n') return this.#token('newline', 1)
    if (character === '"') return this.#string()
    const following = this.#text[at + 1] ?? ''
    if (DIGIT.test(character) || (character === '.' && DIGIT.test(following))) return this.#number()
    NAME.lastIndex = at
    const [name] = NAME.exec(this.#text) ?? []
    if (name !== undefined) return this.#token(KEYWORDS.has(name) ? 'keyword' : 'name', name.length)
    const sign = SIGNS.find(sign => this.#text.startsWith(sign, at))
    if (sign === undefined) throw new CalculationError(`bad character '${character}'`)
    return this.#token('sign', sign.length)
  }

  #token(kind: TokenKind, length: number): Token {
    const at = this.#at
    this.#at += length
    return { kind, text: this.#text.slice(at, at + length), at }
  }

  #skip(): void {
    for (;;) {
      const character = this.#text[this.#at]
      if (character === ' ' || character === '\t' || character === '\r') this.#at++
      else if (character === '\\' && this.#text[this.#at + 1] === '\n') this.#at += 2
      else if (character === '#') this.#lineComment()
      else if (character === '/' && this.#text[this.#at + 1] === '*') this.#comment()
      else return
    }
  }

  #lineComment(): void {
    this.#how.extension("'#' script comments")
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at++
  }

  #comment(): void {
    const end = this.#text.indexOf('*/', this.#at + 2)
    if (end === -1) throw this.#unterminated('comment')
    this.#at = end + 2
  }

  #string(): Token {
    const at = this.#at
    const end = this.#text.indexOf('"', at + 1)
    if (end === -1) throw this.#unterminated('string')
    this.#at = end + 1
    return { kind: 'string', text: this.#text.slice(at + 1, end), at }
  }

  /** It may go on on the next line, behind a backslash. */
  #number(): Token {
    const at = this.#at
    NUMBER.lastIndex = at
    let [text = ''] = NUMBER.exec(this.#text) ?? []
    this.#at += text.length
    for (;;) {
      const character = this.#text[this.#at] ?? ''
      if (DIGIT.test(character) || (character === '.' && !text.includes('.'))) {
        text += character
        this.#at++
      } else if (character === '\\' && this.#text[this.#at + 1] === '\n') this.#at += 2
      else return { kind: 'number', text, at }
    }
  }

  #unterminated(what: string): Error {
    return this.#how.isFinal ? new CalculationError(`unterminated ${what}`) : new Incomplete()
  }
}
