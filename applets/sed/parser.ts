// Reads a sed script (POSIX XCU sed, with GNU's addresses and one-line texts as busybox has them).

import { compileRegex, RegexError } from '../../lib/regex/index.ts'
import { Failure } from '../applet.ts'
import {
  type Action,
  type Address,
  type Command,
  type EndAddress,
  type Pattern,
  type ReplacementPart,
  type Script,
  SIMPLE_LETTERS,
  type SimpleLetter,
  type Substitution,
} from './script.ts'

/** Throws Failure. */
export function parseScript(source: string, syntax: 'basic' | 'extended'): Script {
  return new Parser(source, syntax).parse()
}

class Parser {
  readonly #source: string
  readonly #syntax: 'basic' | 'extended'
  #at = 0
  readonly #commands: Command[] = []
  readonly #labels = new Map<string, number>()
  readonly #blocks: number[] = []
  readonly #files = new Set<string>()

  constructor(source: string, syntax: 'basic' | 'extended') {
    this.#source = source
    this.#syntax = syntax
  }

  parse(): Script {
    for (;;) {
      this.#skip(/[\s;]/)
      if (this.#peek() === '') break
      this.#command()
    }
    if (this.#blocks.length > 0) throw new Failure("unmatched '{'")
    for (const command of this.#commands) this.#link(command)
    return { commands: this.#commands, outputFiles: this.#files, needles: findNeedles(this.#commands) }
  }

  #link(command: Command): void {
    const { action } = command
    if (action.kind !== 'branch' && action.kind !== 'branchIf' && action.kind !== 'branchUnless') return
    const target = action.label === '' ? this.#commands.length : this.#labels.get(action.label)
    if (target === undefined) throw new Failure(`can't find label for jump to '${action.label}'`)
    command.target = target
  }

  #command(): void {
    const from = this.#address()
    const to = from ? this.#endAddress() : undefined
    this.#skip(/\s/)
    let isNegated = false
    while (this.#peek() === '!') {
      isNegated = true
      this.#at++
      this.#skip(/[\s]/)
    }
    const letter = this.#next()
    if (letter === '') throw new Failure('missing command')
    if (letter === '}') {
      this.#closeBlock(from)
      return
    }
    if (letter === '#') {
      if (from) throw new Failure("comments don't accept any addresses")
      this.#skipLine()
      return
    }
    if (letter === ':') {
      if (from) throw new Failure(": doesn't want any addresses")
      const label = this.#word(/[^\n;]/).trim()
      // busybox: a label without a name is none.
      if (label === '') return
      this.#labels.set(label, this.#commands.length)
      return
    }
    const action = this.#action(letter)
    if (action.kind === 'block') this.#blocks.push(this.#commands.length)
    const needsLast = from?.kind === 'last' || to?.kind === 'last'
    const state = { target: 0, isActive: false, isOver: false, lastLine: undefined }
    this.#commands.push({ from, to, isNegated, action, needsLast, ...state })
    if (action.kind !== 'block') this.#endOfCommand(action)
  }

  #closeBlock(address: Address | undefined): void {
    if (address) throw new Failure("} doesn't want any addresses")
    const start = this.#blocks.pop()
    if (start === undefined) throw new Failure("unexpected '}'")
    this.#commands[start]!.target = this.#commands.length
  }

  /** After most commands there may only be `;`, `}`, a comment or the end of the line. */
  #endOfCommand(action: Action): void {
    if (action.kind === 'append' || action.kind === 'insert' || action.kind === 'change') return
    this.#skip(/[ \t\r]/)
    const next = this.#peek()
    if (next === '' || next === '\n' || next === ';' || next === '}' || next === '#') return
    throw new Failure('extra characters after command')
  }

  // --- addresses -----------------------------------------------------------------------------------------------------

  #address(): Address | undefined {
    const next = this.#peek()
    if (/\d/.test(next)) {
      const line = this.#number()
      if (this.#peek() !== '~') return { kind: 'line', line }
      this.#at++
      return { kind: 'step', first: line, step: this.#number() }
    }
    if (next === '$') {
      this.#at++
      return { kind: 'last' }
    }
    if (next !== '/' && next !== '\\') return undefined
    this.#at++
    const delimiter = next === '/' ? '/' : this.#next()
    const source = this.#delimited(delimiter, 'regex')
    const flags = this.#regexFlags()
    return { kind: 'pattern', pattern: this.#pattern(source, flags), literal: literalOf(source, flags) }
  }

  #endAddress(): EndAddress | undefined {
    this.#skip(/[ \t]/)
    if (this.#peek() !== ',') return undefined
    this.#at++
    this.#skip(/[ \t]/)
    const sign = this.#peek()
    if (sign === '+' || sign === '~') {
      this.#at++
      const number = this.#number()
      return sign === '+' ? { kind: 'count', count: number } : { kind: 'multiple', multiple: number }
    }
    const address = this.#address()
    if (!address) throw new Failure('no address after comma')
    return address
  }

  #regexFlags(): string {
    return this.#word(/[IM]/)
  }

  #pattern(source: string, flags: string): Pattern {
    if (source === '') return undefined
    try {
      const how = { syntax: this.#syntax, ignoreCase: /[Ii]/.test(flags), newline: /[Mm]/.test(flags) }
      return compileRegex(source, how)
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      throw new Failure(`bad regex '${source}': ${error.message}`)
    }
  }

  // --- commands ------------------------------------------------------------------------------------------------------

  #action(letter: string): Action {
    if (SIMPLE_LETTERS.includes(letter)) {
      // One of the letters in SIMPLE_LETTERS, which are those of SimpleLetter.
      return { kind: 'simple', letter: letter as SimpleLetter }
    }
    switch (letter) {
      case '{':
        return { kind: 'block' }
      case 's':
        return { kind: 'substitute', substitution: this.#substitution() }
      case 'y':
        return { kind: 'translate', table: this.#translation() }
      case 'a':
        return { kind: 'append', text: this.#text() }
      case 'i':
        return { kind: 'insert', text: this.#text() }
      case 'c':
        return { kind: 'change', text: this.#text() }
      case 'r':
        return { kind: 'readFile', file: this.#fileName() }
      case 'R':
        return { kind: 'readLine', file: this.#fileName() }
      case 'w':
        return { kind: 'writeFile', file: this.#outputFile() }
      case 'W':
        return { kind: 'writeFirst', file: this.#outputFile() }
      case 'b':
        return { kind: 'branch', label: this.#label() }
      case 't':
        return { kind: 'branchIf', label: this.#label() }
      case 'T':
        return { kind: 'branchUnless', label: this.#label() }
      case 'q':
        return { kind: 'quit', status: this.#optionalNumber() ?? 0 }
      case 'Q':
        return { kind: 'quitSilently', status: this.#optionalNumber() ?? 0 }
      case 'l':
        return { kind: 'list', width: this.#optionalNumber() }
      case 'e':
        return { kind: 'execute', command: this.#restOfLine() }
      default:
        throw new Failure(`unsupported command ${letter}`)
    }
  }

  #substitution(): Substitution {
    const delimiter = this.#next()
    if (delimiter === '' || delimiter === '\n' || delimiter === '\\') throw new Failure('bad substitution')
    const source = this.#delimited(delimiter, 'regex')
    const replacement = this.#delimited(delimiter, 'replacement')
    let flags = ''
    let occurrence = 1
    let file: string | undefined
    for (;;) {
      const next = this.#peek()
      if (/\d/.test(next)) {
        occurrence = this.#number()
        // busybox: of a number and g the later one counts.
        flags = flags.replaceAll('g', '')
        if (occurrence === 0) throw new Failure("number option to `s' command may not be zero")
      } else if (next !== '' && 'gpiIeMm'.includes(next)) flags += this.#next()
      else if (next === 'w') {
        this.#at++
        file = this.#outputFile()
        break
      } else break
    }
    const next = this.#peek()
    if (!/^[\s;}#]?$/.test(next)) throw new Failure('bad option in substitution expression')
    return {
      pattern: this.#pattern(source, flags.replace(/[gpe]/g, '')),
      literal: literalOf(source, flags.replace(/[gpe]/g, '')),
      parts: replacementParts(replacement),
      occurrence: flags.includes('g') ? 1 : occurrence,
      isGlobal: flags.includes('g'),
      prints: flags.includes('p'),
      executes: flags.includes('e'),
      file,
    }
  }

  #translation(): ReadonlyMap<string, string> {
    const delimiter = this.#next()
    const from = [...unescapeSet(this.#delimited(delimiter, 'set'))]
    const to = [...unescapeSet(this.#delimited(delimiter, 'set'))]
    if (from.length !== to.length) throw new Failure("strings for 'y' command have different lengths")
    const table = new Map<string, string>()
    for (const [index, character] of from.entries()) if (!table.has(character)) table.set(character, to[index]!)
    return table
  }

  /**
   * What stands before the next delimiter that no backslash and, in a regular expression, no bracket hides.
   * `\n` is a newline (POSIX), `\D` the delimiter itself.
   */
  #delimited(delimiter: string, kind: Delimited): string {
    let text = ''
    const isRegex = kind === 'regex'
    for (;;) {
      const character = this.#next()
      if (character === '') throw new Failure(`unmatched '${delimiter}'`)
      if (character === delimiter) return text
      if (character === '\\') {
        const next = this.#next()
        if (next === delimiter) text += this.#escapedDelimiter(delimiter, kind)
        else if (isRegex) text += REGEX_ESCAPES.get(next) ?? `\\${next}`
        else text += `\\${next}`
      } else if (isRegex && character === '[') text += `[${this.#bracket()}`
      else text += character
    }
  }

  /** GNU: the delimiter behind a backslash is itself, whatever it means elsewhere. */
  #escapedDelimiter(delimiter: string, kind: Delimited): string {
    const special = kind === 'replacement' ? '&' : this.#syntax === 'basic' ? '.*[]^$' : '.*[]^$+?(){}|'
    return kind !== 'set' && special.includes(delimiter) ? `\\${delimiter}` : delimiter
  }

  /** The rest of a bracket expression; nothing but its own `]` ends it. */
  #bracket(): string {
    let text = ''
    if (this.#peek() === '^') text += this.#next()
    if (this.#peek() === ']') text += this.#next()
    for (;;) {
      const character = this.#next()
      if (character === '') return text
      text += character
      if (character === ']') return text
      const mark = this.#peek()
      if (character === '[' && (mark === ':' || mark === '.' || mark === '=')) {
        const end = this.#source.indexOf(`${mark}]`, this.#at + 1)
        if (end === -1) continue
        text += this.#source.slice(this.#at, end + 2)
        this.#at = end + 2
      } else if (character === '\\') {
        const meant = REGEX_ESCAPES.get(mark)
        if (meant === undefined) continue
        text = text.slice(0, -1) + meant
        this.#at++
      }
    }
  }

  /** The lines of a, i and c: `a\` and a newline, or all on one line (GNU). A backslash is taken away, a newline behind one stays. */
  #text(): string {
    this.#skip(/[ \t]/)
    // busybox: without a text it is an empty line.
    if (this.#peek() === '') return '\n'
    if (this.#peek() === '\\') {
      this.#at++
      // Blanks behind the backslash are part of a text on the same line (GNU, busybox).
      const start = this.#at
      this.#skip(/[ \t]/)
      if (this.#peek() === '\n') this.#at++
      else this.#at = start
    }
    let text = ''
    for (let character = this.#next(); character !== '' && character !== '\n'; character = this.#next()) {
      text += character === '\\' ? this.#escapedText() : character
    }
    return `${text}\n`
  }

  /** busybox: `\n`, `\t`, `\r` are what they are elsewhere. */
  #escapedText(): string {
    const next = this.#next()
    return REGEX_ESCAPES.get(next) ?? next
  }

  #fileName(): string {
    const name = this.#restOfLine()
    if (name === '') throw new Failure('empty filename')
    return name
  }

  #outputFile(): string {
    const name = this.#fileName()
    this.#files.add(name)
    return name
  }

  #restOfLine(): string {
    this.#skip(/[ \t]/)
    return this.#word(/[^\n]/)
  }

  #label(): string {
    this.#skip(/[ \t]/)
    return this.#word(/[^\n;}]/).trim()
  }

  // --- characters ----------------------------------------------------------------------------------------------------

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #next(): string {
    const character = this.#peek()
    this.#at += character.length
    return character
  }

  #skip(what: RegExp): void {
    while (what.test(this.#peek())) this.#at++
  }

  #skipLine(): void {
    while (this.#peek() !== '' && this.#peek() !== '\n') this.#at++
  }

  #word(what: RegExp): string {
    const start = this.#at
    while (this.#peek() !== '' && what.test(this.#peek())) this.#at++
    return this.#source.slice(start, this.#at)
  }

  #number(): number {
    return Number(this.#word(/\d/) || 0)
  }

  #optionalNumber(): number | undefined {
    this.#skip(/[ \t]/)
    return /\d/.test(this.#peek()) ? this.#number() : undefined
  }
}

function literalOf(source: string, flags: string): string | undefined {
  return source !== '' && flags === '' && /^[\w ,:;/<>=@%&~"'!#-]+$/.test(source) ? source : undefined
}

/** Only for scripts in which every command waits for its text, and none asks where a line stands. */
function findNeedles(commands: readonly Command[]): string[] | undefined {
  const needles: string[] = []
  for (const { from, to, isNegated, action } of commands) {
    if (to || (from && from.kind !== 'pattern') || (action.kind === 'simple' && action.letter === '=')) return undefined
    if (from && from.literal === undefined && from.pattern === undefined) return undefined
    if (action.kind === 'substitute' && action.substitution.pattern === undefined) return undefined
    if (isNegated && from) return undefined
  }
  for (let at = 0; at < commands.length; ) {
    const { from, action, target } = commands[at]!
    const literal = from
      ? from.kind === 'pattern' && from.literal
      : action.kind === 'substitute' && action.substitution.literal
    if (!literal) return undefined
    needles.push(literal)
    at = action.kind === 'block' ? target : at + 1
  }
  return needles.length > 0 ? needles : undefined
}

type Delimited = 'regex' | 'replacement' | 'set'

const REGEX_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
  ['a', '\x07'],
])

function unescapeSet(text: string): string {
  return text.replace(
    /\\([\s\S])/g,
    (_, character: string) => REGEX_ESCAPES.get(character) ?? (character === '\\' ? '\\' : `\\${character}`),
  )
}

export function replacementParts(text: string): ReplacementPart[] {
  const parts: ReplacementPart[] = []
  let plain = ''
  const special = (part: ReplacementPart) => {
    if (plain !== '') parts.push(plain)
    plain = ''
    parts.push(part)
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '&') special({ group: 0 })
    else if (character !== '\\') plain += character
    else {
      const next = text[++at] ?? '\\'
      if (/\d/.test(next)) special({ group: Number(next) })
      else if (next === 'L' || next === 'U' || next === 'l' || next === 'u' || next === 'E') special({ change: next })
      else plain += REGEX_ESCAPES.get(next) ?? next
    }
  }
  if (plain !== '') parts.push(plain)
  return parts
}
