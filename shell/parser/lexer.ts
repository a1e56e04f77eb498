import type { Dialect } from '../dialect.ts'
import type { Assignment, HereDocument, Literal, Word, WordPart } from '../syntax.ts'
import type { ShellSyntaxError } from '../syntax-error.ts'
import { type Indexed, readElements } from './array.ts'
import {
  AMPERSAND,
  BACKSLASH,
  BAR,
  CLOSE,
  characters,
  DOUBLE_QUOTE,
  END,
  GREATER,
  HASH,
  isName,
  LESS,
  NEWLINE,
  OPEN,
  SEMICOLON,
  SINGLE_QUOTE,
} from './characters.ts'
import { decodeDollarQuotes } from './dollar-quotes.ts'
import { type Delimiter, readDelimiter, readHereDocument } from './here-document.ts'
import type { Input } from './input.ts'
import { Parts } from './parts.ts'
import { keepSource, sourceOf } from './word-source.ts'
import { type Substitutions, WordReader } from './words.ts'

export type Operator = '&' | '&&' | '|' | '||' | '|&' | ';' | ';;' | ';&' | ';;&' | '(' | ')'
export type TokenKind = 'word' | 'redirection' | 'newline' | 'end' | Operator
export type RedirectionOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<' | '<<-' | '<<<'

/** Tokens (POSIX XCU 2.3), one ahead: `peek` loads the next into the fields, `take` lets it go. */
export class Lexer {
  readonly input: Input
  readonly words: WordReader
  readonly dialect: Dialect
  line = 1
  offset = 0
  /** The text of a word that is one unquoted literal: it may be a reserved word, a name or an alias. */
  text: string | undefined
  operator: RedirectionOperator = '<'
  fd: number | undefined
  /** bash: the name in `{name}>file`. */
  fdVariable: string | undefined
  /** The peeked token comes right after an alias whose value ended in a blank. */
  followsAliasBlank = false
  #standsAfterBlank = false
  #word: Word | undefined
  #kind: TokenKind | undefined
  #documents: PendingDocument[] = []
  #indexed: Indexed | undefined
  /** Between the parentheses of `name=(...)`. */
  isInElements = false
  /** Puts the value of the alias that the peeked word is in its place, if it is one. */
  readonly #replaceAlias: () => boolean

  constructor(input: Input, dialect: Dialect, substitutions: Substitutions, replaceAlias: () => boolean) {
    this.input = input
    this.dialect = dialect
    input.keepsGone = dialect === 'bash'
    this.#replaceAlias = replaceAlias
    this.words = new WordReader(input, dialect, {
      isExtglob: substitutions.isExtglob,
      parenthesized: () => this.#nested(substitutions),
      backquoted: (text, where) => substitutions.backquoted(text, where),
    })
  }

  peek(): TokenKind {
    if (this.#kind !== undefined) return this.#kind
    this.#kind = this.#load()
    while (this.followsAliasBlank && this.#kind === 'word' && this.#replaceAlias()) this.#kind = this.#load()
    return this.#kind
  }

  take(): void {
    const kind = this.peek()
    this.#kind = undefined
    if (kind === 'newline' && this.#documents.length > 0) this.#readDocuments()
  }

  /** Forgets the token that was peeked: the input was rewound. */
  drop(): void {
    this.#kind = undefined
  }

  /** An alias's value has taken the peeked word's place, and its first word stands where that stood. */
  replaced(value: string): void {
    this.#kind = undefined
    this.#standsAfterBlank = this.followsAliasBlank && value.trim() !== ''
  }

  reset(): void {
    this.#kind = undefined
    this.#documents = []
  }

  /** The word that was peeked. */
  get word(): Word {
    return (this.#word ??= this.#plainWord())
  }

  /** The body of `$(`: tokens of its own, and here-documents that begin at its own newlines. */
  #nested(substitutions: Substitutions): ReturnType<Substitutions['parenthesized']> {
    const { line, offset } = this
    const outer = this.#documents
    const { isInElements } = this
    const indexed = this.#indexed
    this.#documents = []
    this.#kind = undefined
    this.isInElements = false
    let left = this.#documents
    try {
      const body = substitutions.parenthesized()
      left = this.#documents
      return body
    } finally {
      this.isInElements = isInElements
      this.#indexed = indexed
      this.#documents = [...outer, ...left]
      this.#kind = undefined
      this.line = line
      this.offset = offset
    }
  }

  #load(): TokenKind {
    const { input } = this
    const code = skipBlanks(input)
    this.line = input.line
    this.offset = input.offset
    this.followsAliasBlank = input.passesAliasBlank() || this.#standsAfterBlank
    this.#standsAfterBlank = false
    switch (code) {
      case END:
        return 'end'
      case NEWLINE:
        input.at++
        input.line++
        return 'newline'
      case AMPERSAND:
        return this.#ampersand()
      case BAR:
        input.at++
        if (this.#accept('|')) return '||'
        return this.dialect === 'bash' && this.#accept('&') ? '|&' : '|'
      case SEMICOLON:
        return this.#semicolon()
      case OPEN:
        input.at++
        return '('
      case CLOSE:
        input.at++
        return ')'
      case LESS:
      case GREATER:
        if (input.text.charCodeAt(input.at + 1) === OPEN) return this.#loadWord()
        return this.#redirection(code)
      default:
        return this.#loadWord()
    }
  }

  #accept(character: string): boolean {
    if (this.input.peek() !== character.charCodeAt(0)) return false
    this.input.at++
    return true
  }

  #ampersand(): TokenKind {
    this.input.at++
    if (this.#accept('&')) return '&&'
    if (!this.#accept('>')) return '&'
    // differs: ash stumbles over `&>>`.
    this.operator = this.#accept('>') ? '&>>' : '&>'
    this.fd = undefined
    this.fdVariable = undefined
    return 'redirection'
  }

  #semicolon(): TokenKind {
    this.input.at++
    if (this.#accept('&')) return ';&'
    if (!this.#accept(';')) return ';'
    return this.dialect === 'bash' && this.#accept('&') ? ';;&' : ';;'
  }

  #redirection(code: number, fd?: number, fdVariable?: string): TokenKind {
    this.input.at++
    this.fd = fd
    this.fdVariable = fdVariable
    this.operator = code === LESS ? this.#less() : this.#greater()
    return 'redirection'
  }

  #less(): RedirectionOperator {
    if (this.#accept('&')) return '<&'
    if (this.#accept('>')) return '<>'
    if (!this.#accept('<')) return '<'
    if (this.dialect === 'bash' && this.#accept('<')) return '<<<'
    return this.#accept('-') ? '<<-' : '<<'
  }

  #greater(): RedirectionOperator {
    if (this.#accept('&')) return '>&'
    if (this.#accept('|')) return '>|'
    return this.#accept('>') ? '>>' : '>'
  }

  /** Most words are one unquoted literal that ends where a blank or an operator is: their Word is made when asked for. */
  #loadWord(): TokenKind {
    const { input } = this
    if (this.dialect === 'bash' && this.#beginsIndexed()) return this.#loadIndexed()
    const { text, at: start } = input
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < 128 && wordTable[code] !== 0) break
    }
    const code = text.charCodeAt(at)
    if (at > start && at < text.length && wordTable[code] === 1) {
      input.at = at
      return this.#endWord(text.slice(start, at), code)
    }
    const place = input.gone.length + start
    const parts = new Parts(input)
    this.words.token(parts)
    const plain = parts.plain
    if (plain === undefined || parts.isEmpty) return this.#setWord(this.#withSource(parts.word(), place))
    return this.#endWord(plain, input.peek())
  }

  /** bash: a subscript may hold blanks and quotes, where `name[...]=` is an assignment, or `[...]=` an element's. */
  #beginsIndexed(): boolean {
    this.#indexed = undefined
    const { text, at } = this.input
    SUBSCRIPTED.lastIndex = at
    const name = SUBSCRIPTED.exec(text)?.[0]
    if (name === undefined || (name === '[' && !this.isInElements)) return false
    const end = endOfSubscript(text, at + name.length)
    return text[end] === '=' || text.startsWith('+=', end)
  }

  #loadIndexed(): TokenKind {
    const { input } = this
    const { line, offset } = input
    const place = input.gone.length + input.at
    const bracket = input.text.indexOf('[', input.at)
    const name = input.text.slice(input.at, bracket)
    input.at = bracket + 1
    const index = this.words.subscript()
    const append = this.#accept('+')
    this.#accept('=')
    const parts = new Parts(input)
    this.words.token(parts)
    const value = parts.word()
    this.#indexed = { name, index, value, append }
    const text = (text: string) => ({ kind: 'literal', text, quoted: false }) as const
    const whole = [text(`${name}[`), ...index.parts, text(append ? ']+=' : ']='), ...value.parts]
    return this.#setWord(this.#withSource({ parts: joined(whole), line, offset }, place))
  }

  #withSource(word: Word, start: number): Word {
    if (this.dialect === 'ash') return word
    const { at, gone, text } = this.input
    const source = gone === '' ? text.slice(start, at) : (gone + text).slice(start, gone.length + at)
    return keepSource(word, withoutDollarQuotes(source))
  }

  /** bash: the peeked word as an element's assignment, `[index]=value`. */
  get indexed(): Indexed | undefined {
    return this.peek() === 'word' ? this.#indexed : undefined
  }

  #setWord(word: Word): TokenKind {
    this.#word = word
    this.text = undefined
    return 'word'
  }

  /** Digits right before `<` or `>` are a file descriptor (POSIX XCU 2.10.1 rule 2). */
  #endWord(text: string, next: number): TokenKind {
    if ((next === LESS || next === GREATER) && /^[0-9]{1,9}$/.test(text)) return this.#redirection(next, Number(text))
    if (this.dialect === 'bash' && (next === LESS || next === GREATER) && /^\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(text)) {
      return this.#redirection(next, undefined, text.slice(1, -1))
    }
    this.#word = undefined
    this.text = text
    return 'word'
  }

  #plainWord(): Word {
    const { line, offset, text } = this
    return { parts: [{ kind: 'literal', text: text ?? '', quoted: false }], line, offset }
  }

  /** The peeked word as an assignment, if its unquoted beginning is `name=`; it is taken. */
  takeAssignment(): Assignment | undefined {
    if (this.text !== undefined && !this.text.includes('=')) return undefined
    const { word } = this
    const first = word.parts[0]
    if (first?.kind !== 'literal' || first.quoted) return undefined
    const assignment = this.#indexed ? indexedAssignment(word, this.#indexed) : scalar(word, first, this.dialect)
    if (assignment === undefined) return undefined
    const isArray = this.startsArray && assignment.value.parts.length === 0
    this.take()
    return isArray ? { ...assignment, elements: readElements(this) } : assignment
  }

  /** bash: the peeked word ends in `=` and a `(` follows at once. */
  get startsArray(): boolean {
    const { input } = this
    if (this.dialect !== 'bash' || input.text.charCodeAt(input.at) !== OPEN) return false
    const last = this.word.parts.at(-1)
    return last?.kind === 'literal' && !last.quoted && last.text.endsWith('=')
  }

  /** bash: the right side of `==` or `=~`, in which parentheses and bars are text. */
  pattern(): Word | undefined {
    const code = skipBlanks(this.input)
    if (code === END || code === NEWLINE || code === CLOSE) return undefined
    const place = this.input.gone.length + this.input.at
    return this.#withSource(this.words.regex(), place)
  }

  /** The word after `<<`, of which only the quotes mean anything; nothing if no word is there. */
  delimiter(): Delimiter | undefined {
    for (;;) {
      const code = skipBlanks(this.input)
      if (code === END || (code < 128 && endsDelimiter[code] === 1)) return undefined
      if (!this.input.passesAliasBlank()) return readDelimiter(this.input, this.dialect)
      const { at } = this.input
      if (this.#loadWord() === 'word' && this.#replaceAlias()) continue
      this.input.at = at
      return readDelimiter(this.input, this.dialect)
    }
  }

  /** The body is read at the next newline and put into the document, which until then is being made. */
  expectDocument(document: PendingDocument): void {
    this.#documents.push(document)
  }

  #readDocuments(): void {
    const documents = this.#documents
    this.#documents = []
    for (const document of documents) document.body = readHereDocument(this.words, document)
  }

  /** `isWordOnly` where ash does not look for reserved words, and so calls one a word. */
  unexpected(expected?: string, how: { isWordOnly?: boolean } = {}): ShellSyntaxError {
    const kind = this.peek()
    const found = kind === 'word' && how.isWordOnly ? 'word' : this.#describe(kind)
    const message = `syntax error: unexpected ${found}${expected ? ` (expecting ${expected})` : ''}`
    return kind === 'end' ? this.input.incomplete(message) : this.input.error(message, this.#lengthOf(kind))
  }

  /** Of the token that was read last; what a word has quoted is longer. */
  #lengthOf(kind: TokenKind): number {
    if (kind === 'word') return this.text?.length ?? 1
    return kind === 'newline' || kind === 'redirection' ? 1 : kind.length
  }

  #describe(kind: TokenKind): string {
    switch (kind) {
      case 'end':
        return 'end of file'
      case 'newline':
      case 'redirection':
        return kind
      case 'word':
        return this.text !== undefined && reservedWords[this.dialect].has(this.text) ? `"${this.text}"` : 'word'
      default:
        // ash of today knows no `;&`: it reads `;` and stumbles over the `&`.
        return kind === ';&' && this.dialect === 'ash' ? '"&"' : `"${kind}"`
    }
  }
}

function scalar(word: Word, first: Literal, dialect: Dialect): Assignment | undefined {
  const equals = first.text.indexOf('=')
  const append = dialect === 'bash' && first.text[equals - 1] === '+'
  const name = first.text.slice(0, append ? equals - 1 : equals)
  if (equals < 0 || !isName(name)) return undefined
  const rest = first.text.slice(equals + 1)
  const parts = rest === '' ? word.parts.slice(1) : [{ ...first, text: rest }, ...word.parts.slice(1)]
  const { line, offset } = word
  const value = { parts, line, offset: offset + equals + 1 }
  const source = sourceOf(word)
  if (source !== undefined) keepSource(value, source.slice(source.indexOf('=') + 1))
  return { name, value, ...(append && { append }), line, offset }
}

function indexedAssignment({ line, offset }: Word, { name, index, value, append }: Indexed): Assignment {
  return { name, index, value, ...(append && { append }), line, offset }
}

/** bash keeps `$'...'` as what it means, in single quotes. */
function withoutDollarQuotes(text: string): string {
  // Within an expansion quotes begin anew, and stay as they are.
  if (!text.includes("$'") || /[`([]|\$\{/.test(text)) return text
  return text.replace(DOLLAR_QUOTES, (piece, inner?: string) =>
    inner === undefined ? piece : `'${decodeDollarQuotes(inner, 'bash').replaceAll("'", "'\\''")}'`,
  )
}

/** Other quotes, in which it means nothing, and `$'...'`. */
const DOLLAR_QUOTES = /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|\$'((?:\\[\s\S]|[^'\\])*)'/g

/** Neighbouring literals of the same quoting are one. */
function joined(parts: readonly WordPart[]): WordPart[] {
  const all: WordPart[] = []
  for (const part of parts) {
    const last = all.at(-1)
    if (part.kind === 'literal' && last?.kind === 'literal' && last.quoted === part.quoted) {
      all[all.length - 1] = { ...last, text: last.text + part.text }
    } else {
      all.push(part)
    }
  }
  return all
}

const SUBSCRIPTED = /(?:[A-Za-z_][A-Za-z0-9_]*)?\[/y

/** Behind the bracket that closes a subscript; quotes and brackets within are passed over. */
function endOfSubscript(text: string, start: number): number {
  return endOfGroup(text, start, ']')
}

/** Behind the `close` that ends what begins at `start`, which may hold quotes and expansions; or the end of the text. */
function endOfGroup(text: string, start: number, close: string, isQuoted = false): number {
  const open = OPENERS[close]
  let at = start
  // In `case x in a)` the parenthesis ends a pattern.
  let cases = 0
  while (at < text.length) {
    const character = text[at]!
    if (character === close && cases === 0) return at + 1
    if (close === ')' && isWordAt(text, 'case', at)) cases++
    if (cases > 0 && isWordAt(text, 'esac', at)) cases--
    if (character === '\n' && close === ']') return text.length
    if (character === '\\') at += 2
    else if (character === "'" && !isQuoted) at = endOfSingleQuotes(text, at)
    else if (character === '"') at = endOfGroup(text, at + 1, '"', true)
    else if (character === '$' && text[at + 1] === '(') at = endOfGroup(text, at + 2, ')')
    else if (character === '$' && text[at + 1] === '{') at = endOfGroup(text, at + 2, '}', isQuoted)
    else if (character === open) at = endOfGroup(text, at + 1, close, isQuoted)
    else at++
  }
  return text.length
}

function isWordAt(text: string, word: string, at: number): boolean {
  return text.startsWith(word, at) && /[\s;&|(]/.test(text[at - 1] ?? ' ') && /[\s;&|)]/.test(text[at + 4] ?? ' ')
}

const OPENERS: Readonly<Record<string, string>> = { ']': '[', ')': '(' }

function endOfSingleQuotes(text: string, start: number): number {
  const end = text.indexOf("'", start + 1)
  return end < 0 ? text.length : end + 1
}

/** A here-document whose body is still to come. */
export type PendingDocument = { -readonly [Key in keyof HereDocument]: HereDocument[Key] }

/** 1 where a plain word ends, 2 where quoting, an expansion or a comment's sign calls for a closer look. */
const wordTable = characters(' \t\n|&;)')
for (const code of [SINGLE_QUOTE, DOUBLE_QUOTE, BACKSLASH]) wordTable[code] = 2
for (const character of '$`<>(') wordTable[character.charCodeAt(0)] = 2

const endsDelimiter = characters('\n|&;<>()')

const POSIX_RESERVED = '! { } case do done elif else esac fi for function if in then until while'

export const reservedWords = {
  ash: new Set(POSIX_RESERVED.split(' ')),
  bash: new Set(`${POSIX_RESERVED} [[ ]] coproc select time`.split(' ')),
} as const satisfies Record<Dialect, ReadonlySet<string>>

function skipBlanks(input: Input): number {
  for (;;) {
    const code = input.peek()
    if (code === 32 || code === 9) input.at++
    else if (code === HASH) skipComment(input)
    else return code
  }
}

function skipComment(input: Input): void {
  const end = input.text.indexOf('\n', input.at)
  input.at = end < 0 ? input.text.length : end
}
