// The words of an awk program (POSIX XCU awk, "Lexical Conventions").

import { decode, encode } from '../../lib/bytes.ts'
import { Failure } from '../applet.ts'
import { scanNumber } from './value.ts'

export type TokenKind =
  | 'number'
  | 'text'
  | 'regex'
  | 'name'
  /** A name with a parenthesis right behind it. */
  | 'function-name'
  | 'keyword'
  | 'builtin'
  | 'sign'
  | 'newline'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  /** The word itself; of a text or a regular expression what stands between its marks. */
  readonly text: string
  readonly number: number
  /** For messages: `cmd. line:1`. */
  readonly place: string
}

const KEYWORDS = new Set(
  (
    'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline ' +
    'print printf'
  ).split(' '),
)

export const BUILTINS: ReadonlySet<string> = new Set(
  (
    'length substr index split sub gsub gensub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper ' +
    'system close fflush systime strftime mktime and or xor lshift rshift compl'
  ).split(' '),
)

/** Longest first. */
const SIGNS = [
  '**=',
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
  '**',
  '==',
  '<=',
  '>=',
  '!=',
  '>>',
  ...'{}()[];,+-*/%^!><|?:~$=',
]

/** Behind these a slash divides. */
const OPERAND_ENDS = new Set([')', ']', '$', '++', '--'])

/** A piece of the program: of -e or the command line, or of a file. */
export interface Source {
  /** `cmd. line`, or the file's name. */
  readonly name: string
  readonly text: string
}

/** The pieces one after another. */
export function readTokens(sources: readonly Source[]): Token[] {
  const tokens = sources.flatMap(source => new Lexer(source).read())
  const place = tokens.at(-1)?.place ?? ''
  return [...tokens, { kind: 'end', text: '', number: 0, place }]
}

class Lexer {
  readonly #name: string
  readonly #source: string
  readonly #tokens: Token[] = []
  #at = 0
  #line = 1

  constructor({ name, text }: Source) {
    this.#name = name
    this.#source = text
  }

  get #place(): string {
    return `${this.#name}:${this.#line}`
  }

  read(): Token[] {
    for (;;) {
      this.#skip()
      if (this.#at >= this.#source.length) break
      this.#token()
    }
    this.#add('newline', '\n')
    return this.#tokens
  }

  #add(kind: TokenKind, text: string, number = 0): void {
    this.#tokens.push({ kind, text, number, place: this.#place })
  }

  /** Blanks, comments, and newlines behind a backslash. */
  #skip(): void {
    for (;;) {
      const [space = ''] = /^(?:[ \t\r\f\v]|\\\r?\n)+/.exec(this.#source.slice(this.#at, this.#at + 256)) ?? []
      for (const character of space) if (character === '\n') this.#line++
      this.#at += space.length
      if (space === '' && this.#source[this.#at] === '#') {
        while (this.#at < this.#source.length && this.#source[this.#at] !== '\n') this.#at++
      } else if (space === '') return
    }
  }

  #token(): void {
    const character = this.#source[this.#at]!
    if (character === '\n') {
      this.#at++
      this.#add('newline', '\n')
      this.#line++
    } else if (character === '"') this.#text()
    else if (character === '/' && this.#mayBeRegex()) this.#regex()
    else if (/[0-9]/.test(character) || /^\.[0-9]/.test(this.#source.slice(this.#at, this.#at + 2))) this.#number()
    else if (/[A-Za-z_]/.test(character)) this.#word()
    else this.#sign()
  }

  #mayBeRegex(): boolean {
    const last = this.#tokens.at(-1)
    if (!last) return true
    if (last.kind === 'sign') return !OPERAND_ENDS.has(last.text)
    return last.kind === 'newline' || last.kind === 'keyword'
  }

  #number(): void {
    const rest = this.#source.slice(this.#at, this.#at + 400)
    const hexadecimal = /^0[xX][0-9a-fA-F]+/.exec(rest)
    // busybox: a leading 0 begins an octal number.
    const octal = /^0[0-7]+(?![0-9.eE])/.exec(rest)
    const [text] = hexadecimal ?? octal ?? /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)!
    this.#at += text.length
    this.#add(
      'number',
      text,
      octal ? Number.parseInt(text, 8) : hexadecimal ? Number(text) : scanNumber(text, 0, text.length),
    )
  }

  #word(): void {
    const [name] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.#source.slice(this.#at))!
    this.#at += name.length
    if (KEYWORDS.has(name)) this.#add('keyword', name === 'func' ? 'function' : name)
    else if (BUILTINS.has(name)) this.#add('builtin', name)
    else this.#add(this.#source[this.#at] === '(' ? 'function-name' : 'name', name)
  }

  #sign(): void {
    const sign = SIGNS.find(sign => this.#source.startsWith(sign, this.#at))
    if (sign === undefined) throw unexpected(this.#place)
    this.#at += sign.length
    this.#add('sign', sign === '**' ? '^' : sign === '**=' ? '^=' : sign)
  }

  #text(): void {
    let text = ''
    this.#at++
    for (;;) {
      const character = this.#source[this.#at++]
      if (character === undefined || character === '\n') throw unterminated(this.#place)
      if (character === '"') break
      text += character === '\\' ? this.#escape() : character
    }
    this.#add('text', joinBytes(text))
  }

  #escape(): string {
    const rest = this.#source.slice(this.#at, this.#at + 4)
    const { text, length } = readEscape(rest)
    if (rest[0] === '\n') this.#line++
    this.#at += length
    return text
  }

  /** Up to the next slash that no backslash and no bracket hides. */
  #regex(): void {
    let source = ''
    let isInBracket = false
    this.#at++
    for (;;) {
      const character = this.#source[this.#at++]
      if (character === undefined || character === '\n') throw unexpected(this.#place)
      if (character === '\\') {
        const next = this.#source[this.#at++] ?? ''
        if (next === '\n') this.#line++
        else source += next === '/' ? '/' : `\\${next}`
        continue
      }
      if (character === '/' && !isInBracket) break
      if (character === '[' && !isInBracket) {
        const [opening = ''] = /^\^?\]?/.exec(this.#source.slice(this.#at, this.#at + 2)) ?? []
        // A bracket that nothing closes hides nothing.
        isInBracket = /^[^\n]*?\]/.test(this.#source.slice(this.#at + opening.length))
        source += `[${isInBracket ? opening : ''}`
        if (isInBracket) this.#at += opening.length
        continue
      }
      if (character === '[' && isInBracket) {
        const [named] = /^([:.=])[^\]\n]*?\1\]/.exec(this.#source.slice(this.#at)) ?? []
        source += `[${named ?? ''}`
        this.#at += named?.length ?? 0
        continue
      }
      if (character === ']') isInBracket = false
      source += character
    }
    this.#add('regex', source)
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
  ['/', '/'],
])

/** What stands behind a backslash in a text: its meaning and how long it is. */
export function readEscape(rest: string): { readonly text: string; readonly length: number } {
  const first = rest[0]
  if (first === undefined) return { text: '\\', length: 0 }
  if (first === '\n') return { text: '', length: 1 }
  const known = ESCAPES.get(first)
  if (known !== undefined) return { text: known, length: 1 }
  const octal = /^[0-7]{1,3}/.exec(rest)
  if (octal) return { text: byteText(Number.parseInt(octal[0], 8) & 255), length: octal[0].length }
  const hexadecimal = /^x([0-9a-fA-F]{1,2})/.exec(rest)
  if (hexadecimal) return { text: byteText(Number.parseInt(hexadecimal[1]!, 16)), length: hexadecimal[0].length }
  // A backslash before anything else goes away.
  return { text: first, length: first.length }
}

/** A text with its escapes replaced, for -v and operands. */
export function unescape(text: string): string {
  if (!text.includes('\\')) return text
  let out = ''
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\') {
      out += text[at++]
      continue
    }
    const escape = readEscape(text.slice(at + 1, at + 5))
    out += escape.text
    at += 1 + escape.length
  }
  return joinBytes(out)
}

/** Bytes that were written one by one may make a character together. */
function joinBytes(text: string): string {
  return /[\udc80-\udcff]{2}/.test(text) ? decode(encode(text)) : text
}

/** One byte as it stands in our texts. */
export function byteText(byte: number): string {
  return String.fromCharCode(byte < 128 ? byte : 0xdc00 + byte)
}

export function unexpected(place: string): Failure {
  return new Failure(`${place}: Unexpected token`)
}

function unterminated(place: string): Failure {
  return new Failure(`${place}: Unexpected end of string`)
}
