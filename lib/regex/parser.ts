// Basic and extended regular expressions (POSIX XBD 9) to a tree, with what GNU adds: \+ \? \| in basic ones, \< \> \b \B \w \W \s \S \` \'.

import { type CharacterSet, caseVariants, makeSet, parseBracket, type SetItem } from '../character-set.ts'
import { type Assertion, type Node, RegexError } from './tree.ts'

export interface SyntaxOptions {
  readonly syntax: 'basic' | 'extended'
  readonly ignoreCase?: boolean
  /** regcomp's REG_NEWLINE: ^ and $ match at newlines too, `.` and negated brackets match none. */
  readonly newline?: boolean
}

export interface Parsed {
  readonly root: Node
  readonly groupCount: number
  /** The groups that a back-reference names. */
  readonly referenced: readonly number[]
}

/** Throws RegexError. */
export function parseRegex(source: string, how: SyntaxOptions): Parsed {
  return new Parser(source, how).parse()
}

const MOST_REPEATS = 32767
const MOST_NESTED = 250
/** Repetitions multiply: past this size nothing is built. */
const MOST_SIZE = 200_000

class Parser {
  readonly #source: string
  readonly #how: SyntaxOptions
  readonly #isExtended: boolean
  readonly #closed = new Set<number>()
  readonly #referenced = new Set<number>()
  #at = 0
  #groups = 0
  #depth = 0

  constructor(source: string, how: SyntaxOptions) {
    this.#source = source
    this.#how = how
    this.#isExtended = how.syntax === 'extended'
  }

  parse(): Parsed {
    const root = this.#alternatives()
    if (sizeOf(root) > MOST_SIZE) throw tooBig()
    return { root, groupCount: this.#groups, referenced: [...this.#referenced] }
  }

  #alternatives(): Node {
    const branches = [this.#sequence()]
    while (this.#takeOperator('|')) branches.push(this.#sequence())
    const [only] = branches
    return branches.length === 1 && only ? only : { kind: 'alternatives', branches }
  }

  #sequence(): Node {
    const parts: Node[] = []
    // Where nothing stands that could be repeated: at the beginning, and behind an anchor.
    let isFresh = true
    while (this.#at < this.#source.length && !this.#isOperator('|') && !this.#isClosing()) {
      const atom = this.#atom(isFresh, parts.length === 0)
      const isAnchor = atom.kind === 'assertion'
      parts.push(isAnchor ? atom : this.#repeated(atom))
      isFresh = isAnchor
    }
    const [only] = parts
    if (!only) return { kind: 'empty' }
    return parts.length === 1 ? only : { kind: 'sequence', parts }
  }

  /** glibc: an extended `)` that closes nothing is itself. */
  #isClosing(): boolean {
    if (!this.#isOperator(')')) return false
    if (this.#depth > 0) return true
    if (!this.#isExtended) throw new RegexError('Unmatched ( or \\(')
    return false
  }

  #repeated(atom: Node): Node {
    let part = atom
    for (let count = 0; ; count++) {
      const isStar = this.#source[this.#at] === '*'
      const isInterval = this.#isOperator('{')
      if (count > MOST_NESTED) throw tooBig()
      // glibc (RE_CONTEXT_INVALID_DUP): basic `a**` and `a\{1\}*` repeat nothing.
      if (count > 0 && !this.#isExtended && (isStar || isInterval)) throw invalidPreceding()
      const bounds = isStar ? this.#star() : isInterval ? this.#interval() : this.#plusOrQuestion()
      if (!bounds) return part
      part = repeat(part, bounds[0], bounds[1])
    }
  }

  #star(): Bounds {
    this.#at++
    return [0, Number.POSITIVE_INFINITY]
  }

  #plusOrQuestion(): Bounds | undefined {
    if (this.#takeOperator('+')) return [1, Number.POSITIVE_INFINITY]
    return this.#takeOperator('?') ? [0, 1] : undefined
  }

  #interval(): Bounds {
    this.#takeOperator('{')
    const least = this.#number() ?? 0
    const hasComma = this.#source[this.#at] === ','
    if (hasComma) this.#at++
    const isGiven = hasComma || /[0-9]/.test(this.#source[this.#at - 1] ?? '')
    const most = hasComma ? (this.#number() ?? Number.POSITIVE_INFINITY) : least
    if (!this.#takeOperator('}')) {
      throw new RegexError(this.#at >= this.#source.length ? 'Unmatched \\{' : 'Invalid content of \\{\\}')
    }
    if (!isGiven || least > most) throw new RegexError('Invalid content of \\{\\}')
    if (least > MOST_REPEATS || (most > MOST_REPEATS && most !== Number.POSITIVE_INFINITY)) throw tooBig()
    return [least, most]
  }

  #number(): number | undefined {
    const digits = /^[0-9]+/.exec(this.#source.slice(this.#at, this.#at + 12))?.[0]
    if (digits === undefined) return undefined
    this.#at += digits.length
    return Number(digits)
  }

  #atom(isFresh: boolean, isFirst: boolean): Node {
    if (this.#takeOperator('(')) return this.#group()
    if (isFresh) this.#refuseDangling()
    const point = this.#source.codePointAt(this.#at)!
    const character = String.fromCodePoint(point)
    switch (character) {
      case '.':
        this.#at++
        return { kind: 'set', set: this.#how.newline ? ANY_BUT_NEWLINE : ANY }
      case '[':
        return { kind: 'set', set: this.#bracket() }
      case '^':
        this.#at++
        return this.#isExtended || isFirst ? { kind: 'assertion', what: 'line-start' } : this.#character(point)
      case '$':
        this.#at++
        return this.#isExtended || this.#isAtEnd() ? { kind: 'assertion', what: 'line-end' } : this.#character(point)
      case '\\':
        this.#at++
        return this.#escape()
      default:
        this.#at += character.length
        return this.#character(point)
    }
  }

  /** An extended repetition of nothing is refused; a basic one is the character itself. */
  #refuseDangling(): void {
    const isDangling = ['*', '+', '?', '{'].some(sign => this.#source[this.#at] === sign)
    if (this.#isExtended && isDangling) throw invalidPreceding()
  }

  #group(): Node {
    if (++this.#depth > MOST_NESTED) throw tooBig()
    const number = ++this.#groups
    const part = this.#alternatives()
    if (!this.#takeOperator(')')) throw new RegexError('Unmatched ( or \\(')
    this.#depth--
    this.#closed.add(number)
    return { kind: 'group', part, number }
  }

  #escape(): Node {
    const point = this.#source.codePointAt(this.#at)
    if (point === undefined) throw new RegexError('Trailing backslash')
    const character = String.fromCodePoint(point)
    this.#at += character.length
    if (character >= '1' && character <= '9') return this.#reference(Number(character))
    const assertion = ASSERTIONS.get(character)
    if (assertion) return { kind: 'assertion', what: assertion }
    const set = ESCAPED_SETS.get(character)
    if (set) return { kind: 'set', set }
    // Only a basic expression gets here with one of these: at its beginning, where there is nothing to repeat.
    return this.#character(point)
  }

  #reference(number: number): Node {
    if (!this.#closed.has(number)) throw new RegexError('Invalid back reference')
    this.#referenced.add(number)
    return { kind: 'reference', number }
  }

  #character(point: number): Node {
    const variants = this.#how.ignoreCase ? caseVariants(point) : []
    if (variants.length < 2) return { kind: 'character', point }
    return { kind: 'set', set: makeSet(variants.map(single)) }
  }

  #bracket(): CharacterSet {
    const bracket = parseBracket(this.#source, this.#at, { isPattern: false })
    if (!bracket) throw new RegexError('Unmatched [, [^, [:, [., or [=')
    for (const item of bracket.items) if (item.kind === 'invalid') throw new RegexError(INVALID_ITEMS[item.reason])
    this.#at = bracket.end
    const newline = this.#how.newline && bracket.isNegated ? [single(10)] : []
    return makeSet([...bracket.items, ...newline], {
      isNegated: bracket.isNegated,
      ignoreCase: this.#how.ignoreCase === true,
    })
  }

  /** Operators are bare in extended and escaped in basic expressions. */
  #isOperator(sign: string): boolean {
    if (this.#isExtended) return this.#source[this.#at] === sign
    return this.#source[this.#at] === '\\' && this.#source[this.#at + 1] === sign
  }

  #takeOperator(sign: string): boolean {
    if (!this.#isOperator(sign)) return false
    this.#at += this.#isExtended ? 1 : 2
    return true
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#source.length || this.#isOperator(')') || this.#isOperator('|')
  }
}

type Bounds = readonly [least: number, most: number]

const ANY = makeSet([], { isNegated: true })
const ANY_BUT_NEWLINE = makeSet([single(10)], { isNegated: true })

const ESCAPED_SETS: ReadonlyMap<string, CharacterSet> = new Map([
  ['w', makeSet([{ kind: 'class', name: 'word' }])],
  ['W', makeSet([{ kind: 'class', name: 'word' }], { isNegated: true })],
  ['s', makeSet([{ kind: 'class', name: 'space' }])],
  ['S', makeSet([{ kind: 'class', name: 'space' }], { isNegated: true })],
])

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ['<', 'word-start'],
  ['>', 'word-end'],
  ['b', 'boundary'],
  ['B', 'no-boundary'],
  ['`', 'text-start'],
  ["'", 'text-end'],
])

const INVALID_ITEMS = {
  class: 'Invalid character class name',
  range: 'Invalid range end',
  collation: 'Invalid collation character',
} as const

function single(point: number): SetItem {
  return { kind: 'range', from: point, to: point }
}

function repeat(part: Node, least: number, most: number): Node {
  return least === 1 && most === 1 ? part : { kind: 'repeat', part, least, most }
}

function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'sequence':
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 0)
    case 'alternatives':
      return node.branches.reduce((sum, branch) => sum + sizeOf(branch) + 1, 0)
    case 'repeat':
      return Math.max(1, node.most === Number.POSITIVE_INFINITY ? node.least + 1 : node.most) * (sizeOf(node.part) + 1)
    case 'group':
      return sizeOf(node.part) + 2
    case 'empty':
    case 'character':
    case 'set':
    case 'reference':
    case 'assertion':
      return 1
  }
}

function tooBig(): RegexError {
  return new RegexError('Regular expression too big')
}

function invalidPreceding(): RegexError {
  return new RegexError('Invalid preceding regular expression')
}
