import type { Dialect } from '../dialect.ts'
import type { AndOr, Command, FunctionDefinition, Item, List, Pipeline, Redirection, Statement } from '../syntax.ts'
import { isName } from './characters.ts'
import { type CompoundReader, readCompound } from './compound.ts'
import { Input, type Source } from './input.ts'
import { Lexer, reservedWords, type TokenKind } from './lexer.ts'
import { readRedirection } from './redirection.ts'
import { readSimple } from './simple.ts'
import type { Substitutions } from './words.ts'

export interface GrammarOptions {
  readonly dialect: Dialect
  readonly lookupAlias?: (name: string) => string | undefined
  readonly isExtglob?: () => boolean
}

/** Recursive descent over the tokens: POSIX XCU 2.10.2, with ash's choices of what to call an error. */
export class Grammar implements CompoundReader {
  readonly lexer: Lexer
  readonly dialect: Dialect
  readonly #how: GrammarOptions

  constructor(input: Input, how: GrammarOptions) {
    this.#how = how
    this.dialect = how.dialect
    const substitutions: Substitutions = {
      isExtglob: how.isExtglob ?? (() => false),
      parenthesized: () => this.#parenthesized(),
      backquoted: (text: string, where: { line: number; offset: number; depth: number }) =>
        new Grammar(new Input(textSource(text), where), how).whole(),
    }
    this.lexer = new Lexer(input, how.dialect, substitutions, () => this.substituteAlias())
  }

  /** The items up to and with the newline that ends them. */
  completeCommand(): List {
    const { lexer } = this
    const items: Item[] = []
    this.#commandPosition()
    const { line, offset } = lexer
    if (this.#endsLine()) return { kind: 'list', items, line, offset }
    for (;;) {
      const command = this.andOr()
      const background = this.#separator()
      items.push({ command, background: background === '&' })
      if (this.#endsLine()) return { kind: 'list', items, line, offset }
      if (background === undefined) throw lexer.unexpected()
    }
  }

  #endsLine(): boolean {
    this.#commandPosition()
    const kind = this.lexer.peek()
    if (kind === 'newline') this.lexer.take()
    return kind === 'newline' || kind === 'end'
  }

  /** Everything up to the end of the input: the inside of backquotes. */
  whole(): List {
    const body = this.#items(true)
    if (this.lexer.peek() !== 'end') throw this.lexer.unexpected()
    return body
  }

  #parenthesized(): List {
    const body = this.#items(true)
    if (this.lexer.peek() !== ')') throw this.lexer.unexpected('")"')
    this.lexer.take()
    return body
  }

  list(): List {
    return this.#items(false)
  }

  listOrNothing(): List {
    return this.#items(true)
  }

  /** A compound list: it ends before a word or sign that closes what is around it, which the caller looks for. */
  #items(mayBeEmpty: boolean): List {
    const { lexer } = this
    const items: Item[] = []
    this.#nextCommand()
    const { line, offset } = lexer
    // At the end of the input the caller knows better what is missing.
    if (lexer.peek() !== 'end' && !(mayBeEmpty && this.#isListEnd())) {
      do {
        const command = this.andOr()
        const separator = this.#separator() ?? (lexer.peek() === 'newline' ? ';' : undefined)
        items.push({ command, background: separator === '&' })
        if (separator === undefined) break
        this.#nextCommand()
      } while (!this.#isListEnd())
    }
    return { kind: 'list', items, line, offset }
  }

  #separator(): ';' | '&' | undefined {
    const kind = this.lexer.peek()
    if (kind !== ';' && kind !== '&') return undefined
    this.lexer.take()
    return kind
  }

  #isListEnd(): boolean {
    const kind = this.lexer.peek()
    if (kind === 'word') return this.lexer.text !== undefined && closers.has(this.lexer.text)
    return kind === 'end' || kind === ')' || kind === ';;' || kind === ';&' || kind === ';;&'
  }

  andOr(): Statement {
    const { lexer } = this
    const first = this.pipeline()
    let kind = lexer.peek()
    if (kind !== '&&' && kind !== '||') return first
    const rest: { operator: '&&' | '||'; command: Command | Pipeline }[] = []
    while (kind === '&&' || kind === '||') {
      lexer.take()
      this.#nextCommand()
      rest.push({ operator: kind, command: this.pipeline() })
      kind = lexer.peek()
    }
    const andOr: AndOr = { kind: 'and-or', first, rest, line: first.line, offset: first.offset }
    return andOr
  }

  pipeline(): Command | Pipeline {
    const { lexer } = this
    this.#commandPosition()
    const { line, offset } = lexer
    const before = this.#timed()
    const negated = this.#negated()
    const timed = before ?? this.#timed()
    const commands = [timed !== undefined && this.#isPipelineEnd() ? nothing(line, offset) : this.command()]
    for (let kind = lexer.peek(); kind === '|' || kind === '|&'; kind = lexer.peek()) {
      if (kind === '|&') commands.push(withErrorOutput(commands.pop()!))
      lexer.take()
      this.#nextCommand()
      commands.push(this.command())
    }
    if (commands.length === 1 && !negated && timed === undefined) return commands[0]!
    return { kind: 'pipeline', negated, commands, ...(timed && { timed }), line, offset }
  }

  /** bash: `time` may stand alone. */
  #isPipelineEnd(): boolean {
    return PIPELINE_ENDS.has(this.lexer.peek())
  }

  #timed(): 'time' | 'time -p' | undefined {
    if (this.dialect === 'ash' || !this.acceptWord('time')) return undefined
    if (this.lexer.peek() !== 'word' || this.lexer.text !== '-p') return 'time'
    this.lexer.take()
    return 'time -p'
  }

  /** ash takes one `!`, bash any number. */
  #negated(): boolean {
    let negated = false
    while (this.acceptWord('!')) {
      negated = !negated
      if (this.dialect === 'ash') break
    }
    return negated
  }

  command(): Command {
    const { lexer } = this
    this.#commandPosition()
    const kind = lexer.peek()
    if (kind === '(') return readCompound(this)
    if (kind !== 'word' && kind !== 'redirection') throw lexer.unexpected()
    if (kind === 'word' && lexer.text !== undefined && reservedWords[this.dialect].has(lexer.text)) {
      if (lexer.text === 'function') return this.#functionWord()
      // After `|` it is the utility.
      return lexer.text === 'time' ? readSimple(this) : readCompound(this)
    }
    return readSimple(this)
  }

  #functionWord(): FunctionDefinition {
    const { lexer } = this
    const { line, offset } = lexer
    lexer.take()
    this.skipNewlines()
    if (lexer.peek() !== 'word') throw lexer.unexpected('word')
    const name = lexer.text
    lexer.take()
    if (lexer.peek() !== '(' || this.#isSubshellBody()) return this.#functionBody(name, line, offset, true)
    return this.functionDefinition(name, line, offset)
  }

  /** bash: `function name (list)`, where other shells want `()` first. */
  #isSubshellBody(): boolean {
    const { text, at } = this.lexer.input
    return this.dialect === 'bash' && !/^[ \t]*\)/.test(text.slice(at, at + 40))
  }

  /** From the `(` on. A special built-in's name is refused, as every name is that is none (POSIX XCU 2.9.5). */
  functionDefinition(name: string | undefined, line: number, offset: number): FunctionDefinition {
    this.lexer.take()
    if (this.lexer.peek() !== ')') throw this.lexer.unexpected('")"', { isWordOnly: true })
    this.lexer.take()
    return this.#functionBody(name, line, offset, false)
  }

  #functionBody(name: string | undefined, line: number, offset: number, isCompound: boolean): FunctionDefinition {
    const { lexer } = this
    if (!this.#isFunctionName(name)) throw lexer.input.error('syntax error: bad function name')
    this.#nextCommand()
    if (isCompound && lexer.peek() === 'word' && !reservedWords[this.dialect].has(lexer.text ?? '')) {
      throw lexer.unexpected()
    }
    lexer.input.enter()
    const body = this.command()
    lexer.input.leave()
    return { kind: 'function', name, body, line, offset }
  }

  #isFunctionName(name: string | undefined): name is string {
    if (name === undefined) return false
    return this.dialect === 'bash' || (isName(name) && !specialBuiltins.has(name))
  }

  redirections(): Redirection[] {
    const redirections: Redirection[] = []
    while (this.lexer.peek() === 'redirection') redirections.push(readRedirection(this.lexer))
    return redirections
  }

  skipNewlines(): void {
    while (this.lexer.peek() === 'newline') this.lexer.take()
  }

  acceptWord(word: string): boolean {
    if (this.lexer.peek() !== 'word' || this.lexer.text !== word) return false
    this.lexer.take()
    return true
  }

  expectWord(word: string): void {
    if (!this.acceptWord(word)) throw this.lexer.unexpected(`"${word}"`)
  }

  /** Where a command may begin, an alias is replaced, again and again, unless it is a reserved word. */
  #commandPosition(): void {
    while (this.lexer.peek() === 'word' && this.substituteAlias()) {
      // A value may be blank or begin with a newline (POSIX XCU 2.3.1).
    }
  }

  /** The same after newlines, which may also come from a value. */
  #nextCommand(): void {
    do {
      this.skipNewlines()
      this.#commandPosition()
    } while (this.lexer.peek() === 'newline')
  }

  /**
   * Past newlines to one of these reserved words, which are the only ones that mean anything here: any other word right
   * after an alias's blank may be an alias (POSIX XCU 2.3.1).
   */
  seekWord(...words: readonly string[]): boolean {
    const { lexer } = this
    do {
      this.skipNewlines()
      if (lexer.peek() !== 'word' || lexer.text === undefined) return false
      if (words.includes(lexer.text)) return true
    } while (this.replaceAfterBlank())
    return false
  }

  /** Where no reserved word means anything. */
  replaceAfterBlank(): boolean {
    const { lexer } = this
    return lexer.peek() === 'word' && lexer.followsAliasBlank && this.substituteAlias({ isReservedToo: true })
  }

  /** Replaces the peeked word when it is an alias's name. A function's name before `(` is replaced, too. */
  substituteAlias(how: { isReservedToo?: boolean } = {}): boolean {
    const { lexer } = this
    const name = lexer.text
    const { lookupAlias } = this.#how
    if (lookupAlias === undefined || name === undefined) return false
    if (!how.isReservedToo && reservedWords[this.dialect].has(name)) return false
    if (lexer.input.isWithinAlias(name)) return false
    const value = lookupAlias(name)
    if (value === undefined) return false
    lexer.replaced(value)
    lexer.input.substitute(name, value)
    return true
  }
}

const PIPELINE_ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'end',
  'newline',
  ';',
  '&',
  '&&',
  '||',
  ')',
  ';;',
  ';&',
  ';;&',
])

/** What `time` alone takes the time of. */
function nothing(line: number, offset: number): Command {
  return { kind: 'simple', assignments: [], words: [], redirections: [], line, offset }
}

export function textSource(text: string): Source {
  let rest: string | undefined = text === '' ? undefined : text
  return {
    read() {
      const all = rest
      rest = undefined
      return all
    },
  }
}

const closers = new Set(['}', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'then'])

const specialBuiltins = new Set(
  '. : [ [[ break continue eval exec exit export local readonly return set shift source times trap unset'.split(' '),
)

/** bash: `a |& b` is `a 2>&1 | b`. */
function withErrorOutput(command: Command): Command {
  if (command.kind === 'function') return command
  const { line, offset } = command
  const target = { parts: [{ kind: 'literal', text: '1', quoted: false }], line, offset } as const
  const duplication = { kind: 'duplicate', fd: 2, operator: '>&', target, line, offset } as const
  return { ...command, redirections: [...command.redirections, duplication] }
}
