import { ShellSyntaxError } from '../syntax-error.ts'
import { BACKSLASH, END, NEWLINE } from './characters.ts'

/** Hands the next line, or any number of whole lines, each with its newline; `undefined`: no more, at least for now. */
export interface Source {
  /** `isContinued`: it goes on with a command that has begun. */
  read(isContinued: boolean): string | undefined
}

export interface InputOptions {
  /** The source may have more later (a terminal): what lacks its end is incomplete, even a here-document. */
  readonly partial?: boolean
  readonly line?: number
  readonly offset?: number
  /** How deep the construct lies that this input is the inside of. */
  readonly depth?: number
}

/**
 * The characters still to be read, as a text and an index that the lexer moves along.
 * A text ends where a line ends, so only newlines and what may hold them need `refill`.
 * An alias is put in front of the rest of its line.
 */
export class Input {
  text = ''
  at = 0
  /** What has been read of the command before `text`, where somebody wants it back. */
  gone = ''
  keepsGone = false
  line: number
  readonly partial: boolean
  readonly #source: Source
  #depth: number
  readonly #outerDepth: number
  #base: number
  #end: number
  #later: Piece[] = []
  /** The aliases whose values lie in this text, each up to where `rest` characters are left. */
  #aliases: readonly ActiveAlias[] = []
  /** Where values that end in a blank end, each as the number of characters left. */
  #blankRests: readonly number[] = []
  #mark: Mark | undefined

  constructor(source: Source, how: InputOptions = {}) {
    this.#source = source
    this.partial = how.partial ?? false
    this.line = how.line ?? 1
    this.#base = this.#end = how.offset ?? 0
    this.#depth = this.#outerDepth = how.depth ?? 0
  }

  get offset(): number {
    return this.#base + this.at
  }

  /** The next code unit, past any backslash-newline (POSIX XCU 2.2.1); END when there is none. */
  peek(): number {
    for (;;) {
      if (this.at >= this.text.length && !this.refill()) return END
      const code = this.text.charCodeAt(this.at)
      if (code !== BACKSLASH || this.text.charCodeAt(this.at + 1) !== NEWLINE) return code
      this.skipContinuation()
    }
  }

  /** The code unit so many further on, past any backslash-newline. */
  ahead(count: number): number {
    let at = this.at
    for (let left = count; ; at++) {
      while (this.text.charCodeAt(at) === BACKSLASH && this.text.charCodeAt(at + 1) === NEWLINE) {
        at += 2
        if (at >= this.text.length) this.#extend()
      }
      if (left-- === 0) return at < this.text.length ? this.text.charCodeAt(at) : END
    }
  }

  /** Reads on without leaving what is being read. */
  #extend(): void {
    const piece = this.#later.pop() ?? this.#read()
    if (piece === undefined) {
      if (this.partial) throw this.incomplete('syntax error: unexpected end of file')
      return
    }
    const more = piece.text.slice(piece.at)
    this.text += more
    this.#aliases = this.#aliases.map(alias => ({ name: alias.name, rest: alias.rest + more.length }))
    this.#blankRests = this.#blankRests.map(rest => rest + more.length)
  }

  skipContinuation(): void {
    this.at += 2
    this.line++
    if (this.partial && this.at >= this.text.length && !this.refill()) {
      throw this.incomplete('syntax error: unexpected end of file')
    }
  }

  /** Called at the end of the text: gets the next one, or answers false. */
  refill(): boolean {
    // A newline would have asked: what is left lies behind a backslash-newline.
    const isAfterBlank = this.#blankRests.length > 0
    do {
      const piece = this.#later.pop() ?? this.#read()
      if (piece === undefined) return false
      if (this.keepsGone) this.gone += this.text
      this.text = piece.text
      this.at = piece.at
      this.#base = piece.base
      this.#aliases = piece.aliases
      this.#blankRests = isAfterBlank ? [...piece.blankRests, piece.text.length - piece.at] : piece.blankRests
    } while (this.at >= this.text.length)
    return true
  }

  #read(): Piece | undefined {
    const isContinued = this.#mark !== undefined && this.#end > this.#mark.offset
    const text = this.#source.read(isContinued)
    if (text === undefined) return undefined
    const piece = { text, at: 0, base: this.#end, aliases: [], blankRests: [] }
    this.#end += text.length
    this.#mark?.taken.push(text)
    return piece
  }

  /** The word that just ended here becomes the alias's value. */
  substitute(name: string, value: string): void {
    const lineEnd = this.text.indexOf('\n', this.at)
    const end = lineEnd < 0 ? this.text.length : lineEnd + 1
    const shift = this.text.length - end
    const isLater = (blankRest: number) => blankRest < shift
    if (shift > 0) this.#putBack(end, this.#blankRests.filter(isLater))
    const rest = end - this.at
    this.#aliases = [...this.#aliases.map(alias => ({ name: alias.name, rest: alias.rest - shift })), { name, rest }]
    const blankRests = this.#blankRests.filter(blankRest => !isLater(blankRest)).map(blankRest => blankRest - shift)
    this.#blankRests = /[ \t]$/.test(value) ? [...blankRests, rest] : blankRests
    this.#base = this.offset - value.length
    this.text = value + this.text.slice(this.at, end)
    this.at = 0
  }

  #putBack(at: number, blankRests: readonly number[]): void {
    this.#later.push({ text: this.text, at, base: this.#base, aliases: this.#aliases, blankRests })
  }

  /** No alias is replaced within its own value (POSIX XCU 2.3.1). `at` is where the word ends. */
  isWithinAlias(name: string): boolean {
    const left = this.text.length - this.at
    return this.#aliases.some(alias => alias.name === name && left >= alias.rest)
  }

  /** Whether the next token follows a value that ended in a blank: then it may be an alias, too. Asked once a token. */
  passesAliasBlank(): boolean {
    if (this.#blankRests.length === 0) return false
    const left = this.text.length - this.at
    const ahead = this.#blankRests.filter(rest => left > rest)
    if (ahead.length === this.#blankRests.length) return false
    this.#blankRests = ahead
    return true
  }

  /** Remembers this place for `rewind`. */
  mark(): void {
    this.gone = ''
    this.#depth = this.#outerDepth
    this.#mark = {
      text: this.text,
      at: this.at,
      offset: this.offset,
      line: this.line,
      base: this.#base,
      end: this.#end,
      later: [...this.#later],
      aliases: this.#aliases,
      blankRests: this.#blankRests,
      taken: [],
    }
  }

  /** Back to the mark, with all that was read since to be read again. */
  rewind(): void {
    const mark = this.#mark
    if (mark === undefined) return
    this.gone = ''
    this.text = mark.text
    this.at = mark.at
    this.line = mark.line
    this.#base = mark.base
    this.#later = mark.later
    if (mark.taken.length > 0) {
      this.#later.unshift({ text: mark.taken.join(''), at: 0, base: mark.end, aliases: [], blankRests: [] })
    }
    this.#aliases = mark.aliases
    this.#blankRests = mark.blankRests
    this.#mark = undefined
  }

  /** Drops the rest of the line, after an error. */
  skipLine(): void {
    if (this.at > 0 && this.text.charCodeAt(this.at - 1) === NEWLINE) return
    const end = this.text.indexOf('\n', this.at)
    this.at = end < 0 ? this.text.length : end + 1
    if (end >= 0) this.line++
  }

  get depth(): number {
    return this.#depth
  }

  /** Every construct that holds others passes here, so that no script can overflow the JavaScript stack. */
  enter(): void {
    if (++this.#depth > DEEPEST) throw this.error('syntax error: nesting too deep')
  }

  leave(): void {
    this.#depth--
  }

  /** The line that is being read. */
  get sourceLine(): string {
    const start = this.#lineStart
    const end = this.text.indexOf('\n', Math.max(this.at - 1, start))
    return this.text.slice(start, end < 0 ? undefined : end)
  }

  get #lineStart(): number {
    return this.text.lastIndexOf('\n', this.at - 2) + 1
  }

  /** `length`: of what was read last, which is wrong. */
  error(message: string, length = 1): ShellSyntaxError {
    const { line, offset, sourceLine } = this
    const column = Math.max(0, this.at - this.#lineStart - length)
    return new ShellSyntaxError(message, { line, offset, sourceLine, column })
  }

  incomplete(message: string): ShellSyntaxError {
    return new ShellSyntaxError(message, this, true)
  }
}

/** Far more than anybody writes; the parser needs some 2 KB of JavaScript stack for each. */
const DEEPEST = 200

interface ActiveAlias {
  readonly name: string
  readonly rest: number
}

interface Piece {
  readonly text: string
  readonly at: number
  readonly base: number
  readonly aliases: readonly ActiveAlias[]
  readonly blankRests: readonly number[]
}

interface Mark {
  readonly text: string
  readonly at: number
  readonly offset: number
  readonly line: number
  readonly base: number
  readonly end: number
  readonly later: Piece[]
  readonly aliases: readonly ActiveAlias[]
  readonly blankRests: readonly number[]
  readonly taken: string[]
}
