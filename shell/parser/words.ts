import type { Dialect } from '../dialect.ts'
import type { List, Word } from '../syntax.ts'
import {
  BACKQUOTE,
  BACKSLASH,
  CLOSE,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  characters,
  DOLLAR,
  DOUBLE_QUOTE,
  GREATER,
  isDigit,
  isNameCharacter,
  isNameStart,
  isSpecialParameter,
  LESS,
  NEWLINE,
  nameCharacters,
  OPEN,
  OPEN_BRACE,
  OPEN_BRACKET,
  SINGLE_QUOTE,
  SLASH,
} from './characters.ts'
import { decodeDollarQuotes } from './dollar-quotes.ts'
import { closesTwice } from './double-parenthesis.ts'
import type { Input } from './input.ts'
import { type BraceReader, readBraces } from './parameter.ts'
import { Parts } from './parts.ts'
import { Readings } from './readings.ts'

/** What only the grammar can read: the list inside a substitution. */
export interface Substitutions {
  /** bash: whether `@(a|b)` is a pattern. */
  readonly isExtglob: () => boolean
  /** The list after `$(`, up to and with its `)`. */
  parenthesized(): List
  /** A whole text: the inside of backquotes. */
  backquoted(text: string, where: { line: number; offset: number; depth: number }): List
}

/** Where unquoted text ends. In a brace word only its end or a replacement's `/` does. */
type Stops = 'word' | 'brace' | 'replace' | 'regex' | 'subscript'
/** Where text that is quoted as if in `"..."` ends; in each but `quotes`, `"` has a meaning of its own. */
type QuotedStops = 'quotes' | 'line' | 'brace' | 'arithmetic' | 'strict' | 'brackets' | 'start' | 'length'

/** Reads words: quotes, expansions and their nesting (POSIX XCU 2.2, 2.6). */
export class WordReader implements BraceReader {
  readonly input: Input
  readonly dialect: Dialect
  readonly #substitutions: Substitutions
  readonly #readings = new Readings()
  #isDocument = false

  constructor(input: Input, dialect: Dialect, substitutions: Substitutions) {
    this.input = input
    this.dialect = dialect
    this.#substitutions = substitutions
  }

  /** The rest of a token, up to a blank, a newline or an operator. */
  token(parts: Parts): void {
    this.#unquoted(parts, 'word')
  }

  /** bash: a pattern or regular expression in `[[ ]]`, whose parentheses and what is in them are text. */
  regex(): Word {
    const parts = new Parts(this.input)
    this.#unquoted(parts, 'regex')
    return parts.word()
  }

  /** A pattern or a replacement: its quotes count even when the whole is quoted (POSIX XCU 2.6.2). */
  pattern(stops: 'brace' | 'replace', how: { isAnchored?: boolean } = {}): Word {
    const parts = new Parts(this.input)
    if (stops === 'replace' && !how.isAnchored && this.input.peek() === SLASH) {
      parts.literal('/', false)
      this.input.at++
    }
    this.#unquoted(parts, stops)
    return parts.word()
  }

  /** The word of `${name:-word}`. */
  value(quoted: boolean): Word {
    const parts = new Parts(this.input)
    if (quoted) this.#quoted(parts, 'brace')
    else this.#unquoted(parts, 'brace')
    return parts.word()
  }

  /** bash: what stands between the brackets of `name[index]`, whose `[` has been taken; its `]` is taken, too. */
  subscript(): Word {
    const parts = new Parts(this.input)
    this.#unquoted(parts, 'subscript')
    if (this.input.peek() === CLOSE_BRACKET) this.input.at++
    return parts.word()
  }

  /** A piece of arithmetic in `${name:start:length}`. */
  bound(which: 'start' | 'length'): Word {
    const parts = new Parts(this.input)
    this.#quoted(parts, which)
    return parts.word()
  }

  /** One line of a here-document, with its newline. */
  documentLine(parts: Parts): void {
    this.#isDocument = true
    this.#quoted(parts, 'line')
    this.#isDocument = false
  }

  get isDocument(): boolean {
    return this.#isDocument
  }

  #unquoted(parts: Parts, stops: Stops): void {
    const { input } = this
    const table = unquotedTables[stops]
    let open = 0
    // Where what is quoted or an expansion ended: the `@` in `\@(` and in `$@(` begins no pattern.
    let settled = -1
    for (;;) {
      if (input.at >= input.text.length && !input.refill()) {
        if (open > 0 && stops !== 'subscript') throw input.incomplete(UNCLOSED)
        return
      }
      const text = span(input, table)
      if (text !== '') parts.literal(text, false)
      if (input.at >= input.text.length) continue
      const code = input.text.charCodeAt(input.at)
      switch (code) {
        case BACKSLASH:
          this.#backslash(parts)
          settled = input.at
          break
        case SINGLE_QUOTE:
          input.at++
          parts.literal(this.#singleQuoted(), true)
          break
        case DOUBLE_QUOTE:
          this.#doubleQuotes(parts)
          break
        case DOLLAR:
          // In a regular expression a lone `$` is its anchor, so there it stays unquoted.
          this.#dollar(parts, false, stops !== 'regex')
          settled = input.at
          break
        case BACKQUOTE:
          this.#backquotes(parts, false)
          break
        case LESS:
        case GREATER:
          if (open > 0 || stops === 'subscript') {
            input.at++
            parts.literal(String.fromCharCode(code), false)
            break
          }
          if (input.text.charCodeAt(input.at + 1) !== OPEN) return
          this.#processSubstitution(parts, code === LESS ? '<' : '>')
          break
        case NEWLINE:
          if (open === 0 && (stops === 'word' || stops === 'regex')) return
          input.at++
          input.line++
          parts.literal('\n', false)
          break
        default: {
          if (open === 0 && !this.#opens(code, stops, settled)) return
          if (code === OPEN || code === OPEN_BRACKET) open++
          if (code === CLOSE || code === CLOSE_BRACKET) open--
          input.at++
          parts.literal(String.fromCharCode(code), false)
        }
      }
    }
  }

  /** What would end unquoted text begins a group instead: of a regular expression, of bash's `@(a|b)`, of a subscript. */
  #opens(code: number, stops: Stops, settled: number): boolean {
    if (stops === 'subscript') return code === OPEN_BRACKET
    if (code !== OPEN) return false
    if (stops === 'regex') return true
    const before = this.input.text.charAt(this.input.at - 1)
    return (
      stops === 'word' &&
      this.input.at !== settled &&
      EXTGLOB.includes(before) &&
      before !== '' &&
      this.#substitutions.isExtglob()
    )
  }

  /** Outside quotes a backslash quotes any character; at the end of the input it stands for itself. */
  #backslash(parts: Parts): void {
    const { input } = this
    const code = input.text.codePointAt(input.at + 1)
    if (code === NEWLINE) {
      input.skipContinuation()
      return
    }
    input.at++
    if (code === undefined) {
      parts.literal('\\', true)
      return
    }
    const character = String.fromCodePoint(code)
    input.at += character.length
    parts.literal(character, true)
  }

  #singleQuoted(): string {
    const { input } = this
    let value = ''
    for (;;) {
      if (input.at >= input.text.length && !input.refill()) throw input.incomplete(UNTERMINATED)
      const end = input.text.indexOf("'", input.at)
      const piece = input.text.slice(input.at, end < 0 ? input.text.length : end)
      input.at += piece.length
      input.line += countNewlines(piece)
      value += piece
      if (end < 0) continue
      input.at++
      return value
    }
  }

  #dollarQuoted(): string {
    const { input } = this
    let raw = ''
    for (;;) {
      if (input.at >= input.text.length && !input.refill()) throw input.incomplete(UNTERMINATED)
      raw += span(input, dollarQuoteTable)
      if (input.at >= input.text.length) continue
      const code = input.text.charCodeAt(input.at)
      const length = code === BACKSLASH ? 2 : 1
      const piece = input.text.slice(input.at, input.at + length)
      input.at += piece.length
      if (code === SINGLE_QUOTE) return decodeDollarQuotes(raw, this.dialect)
      input.line += countNewlines(piece)
      raw += piece
    }
  }

  #doubleQuotes(parts: Parts): void {
    this.input.at++
    if (this.input.peek() === DOUBLE_QUOTE) parts.literal('', true)
    this.#quoted(parts, 'quotes')
  }

  #quoted(parts: Parts, stops: QuotedStops): void {
    const { input } = this
    const table = quotedTables[stops]
    let open = 0
    let questions = 0
    for (;;) {
      if (input.at >= input.text.length && !input.refill()) {
        this.#unterminated(stops)
        return
      }
      const text = span(input, table)
      if (text !== '') parts.literal(text, true)
      // bash: a colon that a `?` waits for is the expression's.
      if (stops === 'start' && this.dialect === 'bash') questions += text.split('?').length - 1
      if (input.at >= input.text.length) continue
      const code = input.text.charCodeAt(input.at)
      switch (code) {
        case BACKSLASH:
          this.#quotedBackslash(parts, stops)
          break
        case DOLLAR:
          this.#dollar(parts, true)
          break
        case BACKQUOTE:
          this.#backquotes(parts, true)
          break
        case NEWLINE:
          input.at++
          input.line++
          parts.literal('\n', true)
          if (stops === 'line') return
          break
        case DOUBLE_QUOTE:
          if (stops === 'quotes') {
            input.at++
            return
          }
          // Quotes inside quotes, as in "${x:-"a}b"}", hold the brace back and mean nothing more (ash).
          input.at++
          this.#quoted(parts, 'quotes')
          break
        case OPEN:
        case OPEN_BRACKET:
          open++
          input.at++
          parts.literal(String.fromCharCode(code), true)
          break
        case CLOSE_BRACKET:
          if (open === 0) return
          open--
          input.at++
          parts.literal(']', true)
          break
        case CLOSE:
          // ash: a `)` too many is left to the arithmetic, whose end is the first `))`.
          if (open === 0 && (stops === 'arithmetic' || stops === 'strict')) {
            if (input.ahead(1) === CLOSE) return
            if (stops === 'strict') this.#unterminated(stops)
          }
          if (open > 0) open--
          input.at++
          parts.literal(')', true)
          break
        case COLON:
          if (open === 0 && questions === 0) return
          questions--
          input.at++
          parts.literal(':', true)
          break
        default:
          return
      }
    }
  }

  /** In quotes a backslash quotes only what would be special there (POSIX XCU 2.2.3, 2.7.4). */
  #quotedBackslash(parts: Parts, stops: QuotedStops): void {
    const { input } = this
    const code = input.text.charCodeAt(input.at + 1)
    if (code === NEWLINE) {
      input.skipContinuation()
      return
    }
    const quotes = code === DOLLAR || code === BACKQUOTE || code === BACKSLASH
    const more = code === DOUBLE_QUOTE ? stops !== 'line' : code === CLOSE_BRACE && stops === 'brace'
    input.at++
    if (!quotes && !more) {
      parts.literal('\\', true)
      return
    }
    input.at++
    parts.literal(String.fromCharCode(code), true)
  }

  #unterminated(stops: QuotedStops): void {
    if (stops === 'quotes') throw this.input.incomplete(UNTERMINATED)
    if (stops === 'arithmetic' || stops === 'strict') throw this.input.incomplete("syntax error: missing '))'")
    if (stops === 'brackets') throw this.input.incomplete("syntax error: missing ']'")
  }

  /** `$` and what it begins; a `$` that begins nothing is itself. */
  #dollar(parts: Parts, quoted: boolean, quotesLone = true): void {
    const { input } = this
    const { line, offset } = input
    input.at++
    const code = input.peek()
    if (isNameStart(code)) {
      parts.add({ kind: 'parameter', name: this.name(), quoted, line, offset })
    } else if (isDigit(code) || isSpecialParameter(code)) {
      input.at++
      parts.add({ kind: 'parameter', name: String.fromCharCode(code), quoted, line, offset })
    } else if (code === OPEN_BRACE) {
      input.at++
      input.enter()
      parts.add(readBraces(this, quoted, { line, offset }))
      input.leave()
    } else if (code === OPEN) {
      input.at++
      this.#parenthesis(parts, quoted, { line, offset })
    } else if (code === OPEN_BRACKET && this.dialect === 'bash') {
      // The old form of $((...)).
      input.at++
      parts.add({ kind: 'arithmetic', expression: this.#bracketed(), quoted, line, offset })
    } else if (code === SINGLE_QUOTE && !quoted) {
      input.at++
      parts.literal(this.#dollarQuoted(), true)
    } else if (!(code === DOUBLE_QUOTE && !quoted && this.dialect === 'bash')) {
      // A `$` means nothing to patterns and splitting, so it may as well be quoted, which keeps it apart from what follows.
      parts.literal('$', quotesLone)
    }
  }

  /** A name, or the digits of a positional parameter in braces. */
  name(): string {
    const { input } = this
    let name = ''
    while (isNameCharacter(input.peek())) name += span(input, otherThanName)
    return name
  }

  #parenthesis(parts: Parts, quoted: boolean, where: { line: number; offset: number }): void {
    const { input } = this
    input.enter()
    const body = input.peek() === OPEN ? this.#doubleParenthesis() : this.#substitutions.parenthesized()
    if ('parts' in body) parts.add({ kind: 'arithmetic', expression: body, quoted, ...where })
    else parts.add({ kind: 'command-substitution', body, quoted, ...where })
    input.leave()
  }

  /** `$((` begins a command substitution where no arithmetic can be read (POSIX XCU 2.6.3). */
  #doubleParenthesis(): Word | List {
    const { input } = this
    const arithmetic = (stops: 'arithmetic' | 'strict') => {
      input.at++
      return this.arithmetic(stops)
    }
    if (closesTwice(input.text, input.at + 1)) return arithmetic('arithmetic')
    return this.#readings.first<Word | List>(input, [
      () => arithmetic('strict'),
      () => this.#substitutions.parenthesized(),
      () => arithmetic('arithmetic'),
    ])
  }

  /** The expression after `((`, up to and with its `))`. */
  arithmetic(stops: 'arithmetic' | 'strict' = 'arithmetic'): Word {
    const parts = new Parts(this.input)
    this.#quoted(parts, stops)
    this.input.at++
    this.input.peek()
    this.input.at++
    return parts.word()
  }

  /** bash: the expression after `$[`, up to and with its `]`. */
  #bracketed(): Word {
    const parts = new Parts(this.input)
    this.#quoted(parts, 'brackets')
    this.input.at++
    return parts.word()
  }

  #processSubstitution(parts: Parts, operator: '<' | '>'): void {
    const { input } = this
    const { line, offset } = input
    input.at += 2
    input.enter()
    parts.add({ kind: 'process-substitution', operator, body: this.#substitutions.parenthesized(), line, offset })
    input.leave()
  }

  /** The old form: one level of backslashes is undone, then the text is parsed by itself (POSIX XCU 2.6.3). */
  #backquotes(parts: Parts, quoted: boolean): void {
    const { input } = this
    const { line, offset } = input
    input.at++
    const text = this.#backquotedText(quoted)
    input.enter()
    const body = this.#substitutions.backquoted(text, { line, offset: offset + 1, depth: input.depth })
    parts.add({ kind: 'command-substitution', body, quoted, line, offset })
    input.leave()
  }

  #backquotedText(quoted: boolean): string {
    const { input } = this
    let text = ''
    for (;;) {
      if (input.at >= input.text.length && !input.refill()) {
        throw input.incomplete('syntax error: EOF in backquote substitution')
      }
      text += span(input, backquoteTable)
      if (input.at >= input.text.length) continue
      const code = input.text.charCodeAt(input.at++)
      if (code === BACKQUOTE) return text
      if (code === NEWLINE) input.line++
      const next = code === BACKSLASH ? input.text.charCodeAt(input.at) : 0
      const undone = next === DOLLAR || next === BACKQUOTE || next === BACKSLASH || (quoted && next === DOUBLE_QUOTE)
      text += String.fromCharCode(undone ? next : code)
      if (undone) input.at++
    }
  }
}

const EXTGLOB = '?*+@!'

/** Of bash's `@(a|b)`, or of a group of a regular expression. */
const UNCLOSED = 'syntax error: unexpected end of file (expecting ")")'

const UNTERMINATED = 'syntax error: unterminated quoted string'

const unquotedTables = {
  word: characters(' \t\n"\'`$\\|&;<>()'),
  brace: characters('\n"\'`$\\}'),
  replace: characters('\n"\'`$\\}/'),
  regex: characters(' \t\n"\'`$\\()'),
  subscript: characters('\n"\'`$\\[]'),
} as const satisfies Record<Stops, Uint8Array>

const quotedTables = {
  quotes: characters('\n"`$\\'),
  line: characters('\n`$\\'),
  brace: characters('\n"`$\\}'),
  arithmetic: characters('\n`$\\()'),
  strict: characters('\n`$\\()'),
  brackets: characters('\n`$\\[]'),
  start: characters('\n"`$\\}:()'),
  length: characters('\n"`$\\}()'),
} as const satisfies Record<QuotedStops, Uint8Array>

const dollarQuoteTable = characters("'\\\n")
const backquoteTable = characters('`\\\n')
const otherThanName = nameCharacters.map(member => 1 - member)

/** The text up to the next character in the table, or to the end of the input's text. */
function span(input: Input, table: Uint8Array): string {
  const { text, at: start } = input
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 128 ? table[code] === 1 : table === otherThanName) break
  }
  input.at = at
  return text.slice(start, at)
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}
