// Basic and extended regular expressions (POSIX XBD 9), with GNU's \+ \? \| \< \> \b \w \s.

import { CLASSES, negated, type Node, RegexError, SPACE, type CharacterSet, WORD } from './tree.ts'

const MOST_REPEATS = 32767
const MOST_NESTED = 500

export interface Parsed {
  readonly root: Node
  readonly groupCount: number
  readonly hasReferences: boolean
}

/** Throws RegexError. */
export function parseRegex(source: string, isExtended: boolean): Parsed {
  return new Parser(source, isExtended).parse()
}

class Parser {
  readonly #points: readonly number[]
  readonly #isExtended: boolean
  #at = 0
  #groups = 0
  #depth = 0
  #hasReferences = false
  readonly #closed = new Set<number>()

  constructor(source: string, isExtended: boolean) {
    this.#points = Array.from(source, character => character.codePointAt(0)!)
    this.#isExtended = isExtended
  }

  parse(): Parsed {
    const root = this.#alternatives()
    if (this.#at < this.#points.length) throw new RegexError('Unmatched ) or \\)')
    return { root, groupCount: this.#groups, hasReferences: this.#hasReferences }
  }

  #alternatives(): Node {
    const branches = [this.#sequence()]
    while (this.#takeOperator('|')) branches.push(this.#sequence())
    return branches.length === 1 ? branches[0]! : { kind: 'alternatives', branches }
  }

  #sequence(): Node {
    const parts: Node[] = []
    while (this.#at < this.#points.length && !this.#isOperator('|') && !(this.#isOperator(')') && this.#depth > 0)) {
      if (this.#isOperator(')') && !this.#isExtended) throw new RegexError('Unmatched ) or \\)')
      parts.push(this.#repeated(this.#atom(parts.length === 0), parts.length === 0))
    }
    return parts.length === 1 ? parts[0]! : parts.length === 0 ? { kind: 'empty' } : { kind: 'sequence', parts }
  }

  #repeated(atom: Node, isFirst: boolean): Node {
    let part = atom
    for (;;) {
      const bounds = this.#quantifier(part, isFirst)
      if (!bounds) return part
      part = { kind: 'repeat', part, least: bounds[0], most: bounds[1] }
    }
  }

  #quantifier(part: Node, isFirst: boolean): readonly [number, number] | undefined {
    const next = this.#points[this.#at]
    // BRE: a star after an anchor or at the start is itself.
    const isAnchor = part.kind === 'assertion' && part.what === 'line-start'
    if (next === STAR && !(isAnchor && isFirst && !this.#isExtended)) {
      this.#at++
      return [0, Number.POSITIVE_INFINITY]
    }
    if (this.#takeOperator('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#takeOperator('?')) return [0, 1]
    return this.#isOperator('{') ? this.#interval() : undefined
  }

  #interval(): readonly [number, number] | undefined {
    const begin = this.#at
    this.#at += this.#isExtended ? 1 : 2
    const least = this.#number()
    let most = least
    if (this.#points[this.#at] === COMMA) {
      this.#at++
      most = this.#number() ?? Number.POSITIVE_INFINITY
    }
    const isClosed = this.#takeOperator('}')
    if (isClosed && (least !== undefined || most !== undefined)) {
      const from = least ?? 0
      const to = most ?? Number.POSITIVE_INFINITY
      if (from > to) throw new RegexError('Invalid content of \\{\\}')
      if (from > MOST_REPEATS || (to > MOST_REPEATS && to !== Number.POSITIVE_INFINITY)) throw new RegexError('Regular expression too big')
      return [from, to]
    }
    // glibc: in an extended expression, a brace that begins no interval is itself.
    if (!this.#isExtended) throw new RegexError(isClosed ? 'Invalid content of \\{\\}' : 'Unmatched \\{')
    this.#at = begin
    return undefined
  }

  #number(): number | undefined {
    let text = ''
    while (isDigit(this.#points[this.#at])) text += String.fromCharCode(this.#points[this.#at++]!)
    return text === '' ? undefined : Number(text)
  }

  #atom(isFirst: boolean): Node {
    if (this.#takeOperator('(')) return this.#group()
    const point = this.#points[this.#at++]!
    switch (point) {
      case DOT:
        return { kind: 'any' }
      case BRACKET:
        return { kind: 'set', set: this.#bracket() }
      case CARET:
        if (this.#isExtended || isFirst) return { kind: 'assertion', what: 'line-start' }
        return { kind: 'character', point }
      case DOLLAR:
        if (this.#isExtended || this.#isAtEnd()) return { kind: 'assertion', what: 'line-end' }
        return { kind: 'character', point }
      case BACKSLASH:
        return this.#escape()
      case STAR:
        if (this.#isExtended && !isFirst) throw new RegexError('Invalid preceding regular expression')
        return { kind: 'character', point }
      case PLUS:
      case QUESTION:
        if (this.#isExtended && isFirst) return { kind: 'character', point }
        return { kind: 'character', point }
      default:
        return { kind: 'character', point }
    }
  }

  #group(): Node {
    if (++this.#depth > MOST_NESTED) throw new RegexError('Regular expression too big')
    const number = ++this.#groups
    const part = this.#alternatives()
    if (!this.#takeOperator(')')) throw new RegexError('Unmatched ( or \\(')
    this.#depth--
    this.#closed.add(number)
    return { kind: 'group', part, number }
  }

  #escape(): Node {
    const point = this.#points[this.#at++]
    if (point === undefined) throw new RegexError('Trailing backslash')
    const character = String.fromCodePoint(point)
    if (/[1-9]/.test(character)) {
      if (!this.#closed.has(Number(character))) throw new RegexError('Invalid back reference')
      this.#hasReferences = true
      return { kind: 'reference', number: Number(character) }
    }
    const assertion = ASSERTIONS.get(character)
    if (assertion) return { kind: 'assertion', what: assertion }
    switch (character) {
      case 'w':
        return { kind: 'set', set: WORD }
      case 'W':
        return { kind: 'set', set: negated(WORD) }
      case 's':
        return { kind: 'set', set: SPACE }
      case 'S':
        return { kind: 'set', set: negated(SPACE) }
      case 'n':
        return { kind: 'character', point: 10 }
      case 't':
        return { kind: 'character', point: 9 }
      default:
        return { kind: 'character', point }
    }
  }

  #bracket(): CharacterSet {
    const isNegated = this.#points[this.#at] === CARET
    if (isNegated) this.#at++
    const ranges: [number, number][] = []
    const classes: string[] = []
    for (let isFirst = true; ; isFirst = false) {
      const point = this.#points[this.#at]
      if (point === undefined) throw new RegexError('Unmatched [, [^, [:, [., or [=')
      if (point === CLOSE && !isFirst) break
      const named = this.#named(ranges, classes)
      if (named) continue
      const from = this.#element()
      const hasRange = this.#points[this.#at] === MINUS && this.#points[this.#at + 1] !== CLOSE && this.#points[this.#at + 1] !== undefined
      if (!hasRange) {
        ranges.push([from, from])
        continue
      }
      this.#at++
      const to = this.#element()
      if (to < from) throw new RegexError('Invalid range end')
      ranges.push([from, to])
    }
    this.#at++
    return { isNegated, ranges, classes }
  }

  /** `[:alpha:]` */
  #named(ranges: [number, number][], classes: string[]): boolean {
    if (this.#points[this.#at] !== BRACKET || this.#points[this.#at + 1] !== COLON) return false
    const name = this.#until(COLON)
    const found = CLASSES.get(name)
    if (!found) throw new RegexError('Invalid character class name')
    for (const [from, to] of found.ranges) ranges.push([from, to])
    if (found.unicode) classes.push(found.unicode)
    return true
  }

  /** A character, `[.x.]` or `[=x=]`. */
  #element(): number {
    const point = this.#points[this.#at]!
    const next = this.#points[this.#at + 1]
    if (point === BRACKET && (next === DOT || next === EQUALS)) {
      const name = this.#until(next)
      if (Array.from(name).length !== 1) throw new RegexError('Invalid collation character')
      return name.codePointAt(0)!
    }
    this.#at++
    return point
  }

  /** The text of `[:...:]` and its kind; leaves the parser behind it. */
  #until(mark: number): string {
    let end = this.#at + 2
    while (end < this.#points.length && !(this.#points[end] === mark && this.#points[end + 1] === CLOSE)) end++
    if (end >= this.#points.length) throw new RegexError('Unmatched [, [^, [:, [., or [=')
    const name = String.fromCodePoint(...this.#points.slice(this.#at + 2, end))
    this.#at = end + 2
    return name
  }

  /** Operators are bare in extended and escaped in basic expressions. */
  #isOperator(character: string): boolean {
    const code = character.charCodeAt(0)
    if (this.#isExtended) return this.#points[this.#at] === code
    return this.#points[this.#at] === BACKSLASH && this.#points[this.#at + 1] === code
  }

  #takeOperator(character: string): boolean {
    if (!this.#isOperator(character)) return false
    this.#at += this.#isExtended ? 1 : 2
    return true
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#points.length || this.#isOperator(')') || this.#isOperator('|')
  }
}

const ASSERTIONS = new Map([
  ['<', 'word-start'],
  ['>', 'word-end'],
  ['b', 'boundary'],
  ['B', 'no-boundary'],
  ['`', 'text-start'],
  ["'", 'text-end'],
] as const) as ReadonlyMap<string, 'word-start' | 'word-end' | 'boundary' | 'no-boundary' | 'text-start' | 'text-end'>

const STAR = 42
const PLUS = 43
const COMMA = 44
const MINUS = 45
const DOT = 46
const COLON = 58
const EQUALS = 61
const QUESTION = 63
const BRACKET = 91
const BACKSLASH = 92
const CLOSE = 93
const CARET = 94
const DOLLAR = 36

function isDigit(point: number | undefined): boolean {
  return point !== undefined && point >= 48 && point <= 57
}
