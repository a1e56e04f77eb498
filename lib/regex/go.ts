// Go's regular expressions (RE2's syntax), for tests written for tools in Go. Whether a text matches, in time linear in it.
// differs: \b and \B know letters beyond ASCII; \p{...} takes the names that JavaScript knows.

import { makeSet, type SetItem } from '../character-set.ts'
import { Automaton } from './automaton.ts'
import { makeProgram } from './program.ts'
import { type Node, RegexError } from './tree.ts'

/** RE2 refuses more. */
const MOST_REPEATS = 1000

/** Throws RegexError in Go's words: `error parsing regexp: missing closing ): \`(a\``. */
export function compileGoRegex(source: string): (text: string) => boolean {
  const root = new GoParser(source).parse()
  const automaton = new Automaton(makeProgram(root), { isMultiline: true, isBackward: false, isEverywhere: true })
  return text => automaton.longestEnd(text, 0, false) !== -1
}

interface Flags {
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
}

const PERL: Readonly<Record<string, readonly SetItem[]>> = {
  d: [range('0', '9')],
  s: [...'\t\n\f\r '].map(letter => range(letter, letter)),
  w: [range('0', '9'), range('A', 'Z'), range('a', 'z'), range('_', '_')],
}

const ASCII_CLASSES: Readonly<Record<string, readonly SetItem[]>> = {
  alnum: [range('0', '9'), range('A', 'Z'), range('a', 'z')],
  alpha: [range('A', 'Z'), range('a', 'z')],
  ascii: [range('\0', '\x7f')],
  blank: [range('\t', '\t'), range(' ', ' ')],
  cntrl: [range('\0', '\x1f'), range('\x7f', '\x7f')],
  digit: [range('0', '9')],
  graph: [range('!', '~')],
  lower: [range('a', 'z')],
  print: [range(' ', '~')],
  punct: [range('!', '/'), range(':', '@'), range('[', '`'), range('{', '~')],
  space: [range('\t', '\r'), range(' ', ' ')],
  upper: [range('A', 'Z')],
  word: [range('0', '9'), range('A', 'Z'), range('a', 'z'), range('_', '_')],
  xdigit: [range('0', '9'), range('A', 'F'), range('a', 'f')],
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', f: '\f', t: '\t', n: '\n', r: '\r', v: '\v' }
const LAST = 0x10ffff

class GoParser {
  readonly #source: string
  #at = 0
  #flags: Flags = { ignoreCase: false, multiline: false, dotAll: false }

  constructor(source: string) {
    this.#source = source
  }

  parse(): Node {
    const root = this.#alternatives()
    if (this.#at < this.#source.length) throw this.#error('unexpected )', this.#source)
    return root
  }

  #alternatives(): Node {
    const branches = [this.#sequence()]
    while (this.#take('|')) branches.push(this.#sequence())
    return branches.length === 1 ? branches[0]! : { kind: 'alternatives', branches }
  }

  #sequence(): Node {
    const parts: Node[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#peek())) {
      const start = this.#at
      if (this.#source.startsWith('\\Q', this.#at)) {
        parts.push(...this.#quoted())
        continue
      }
      if (this.#quantifier()) {
        throw this.#error('missing argument to repetition operator', this.#source.slice(start, this.#at))
      }
      parts.push(this.#repeated(this.#atom()))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts }
  }

  #repeated(atom: Node): Node {
    const start = this.#at
    const found = this.#quantifier()
    if (!found) return atom
    const after = this.#at
    if (this.#quantifier()) {
      throw this.#error('invalid nested repetition operator', this.#source.slice(start, this.#at))
    }
    this.#at = after
    if (found.least > MOST_REPEATS || (found.most !== Number.POSITIVE_INFINITY && found.most > MOST_REPEATS)) {
      throw this.#error('invalid repeat count', this.#source.slice(start, after))
    }
    return { kind: 'repeat', part: atom, ...found }
  }

  /** With the `?` that makes it lazy, which changes nothing of whether there is a match. */
  #quantifier(): { least: number; most: number } | undefined {
    const [text, sign, from = '', comma, to = ''] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at, this.#at + 40)) ?? []
    if (text === undefined || (sign === undefined && comma === '' && to !== '')) return undefined
    const bounds = sign ? SIGNS[sign]! : bounded(from, comma ?? '', to)
    if (bounds.least > bounds.most) throw this.#error('invalid repeat count', text)
    this.#at += text.length
    return bounds
  }

  #atom(): Node {
    const letter = this.#next()
    switch (letter) {
      case '(':
        return this.#group()
      case '[':
        return this.#bracket()
      case '.':
        return set(this.#flags.dotAll ? [] : [range('\n', '\n')], { isNegated: true })
      case '^':
        return { kind: 'assertion', what: this.#flags.multiline ? 'line-start' : 'text-start' }
      case '$':
        return { kind: 'assertion', what: this.#flags.multiline ? 'line-end' : 'text-end' }
      case '\\':
        return this.#escape()
      default:
        return this.#literal(letter.codePointAt(0)!)
    }
  }

  #group(): Node {
    const outer = this.#flags
    const start = this.#at - 1
    if (this.#take('?')) {
      const named = /^P?<([A-Za-z0-9_]+)>/.exec(this.#source.slice(this.#at))
      if (named) this.#at += named[0].length
      else if (this.#takeFlags(start)) return { kind: 'empty' }
    }
    const part = this.#alternatives()
    if (!this.#take(')')) throw this.#error('missing closing )', this.#source)
    this.#flags = outer
    return part
  }

  /** True: `(?i)`, which holds up to the end of the group it stands in. */
  #takeFlags(start: number): boolean {
    const [text, on = '', off = '', end] = /^([imsU]*)(?:-([imsU]+))?([:)])/.exec(this.#source.slice(this.#at)) ?? []
    if (text === undefined) {
      throw this.#error('invalid or unsupported Perl syntax', this.#source.slice(start, this.#at + 1))
    }
    this.#at += text.length
    const turn = (letter: string, before: boolean) => !off.includes(letter) && (before || on.includes(letter))
    this.#flags = {
      ignoreCase: turn('i', this.#flags.ignoreCase),
      multiline: turn('m', this.#flags.multiline),
      dotAll: turn('s', this.#flags.dotAll),
    }
    return end === ')'
  }

  #bracket(): Node {
    const start = this.#at - 1
    const isNegated = this.#take('^')
    const items: SetItem[] = []
    for (let isFirst = true; ; isFirst = false) {
      if (this.#at >= this.#source.length) throw this.#error('missing closing ]', this.#source.slice(start))
      if (!isFirst && this.#take(']')) break
      const named = /^\[:(\^?)(\w+):\]/.exec(this.#source.slice(this.#at, this.#at + 20))
      if (named) {
        items.push(...this.#namedClass(named))
        continue
      }
      const from = this.#member()
      if (typeof from !== 'number') {
        items.push(...from)
        continue
      }
      items.push(this.#rangeFrom(from))
    }
    return set(items, { isNegated, ignoreCase: this.#flags.ignoreCase })
  }

  #rangeFrom(from: number): SetItem {
    const start = this.#at - 1
    if (this.#peek() !== '-' || this.#source[this.#at + 1] === ']' || this.#at + 1 >= this.#source.length) {
      return { kind: 'range', from, to: from }
    }
    this.#at++
    const to = this.#member()
    if (typeof to !== 'number' || to < from) {
      throw this.#error('invalid character class range', this.#source.slice(start, this.#at))
    }
    return { kind: 'range', from, to }
  }

  #namedClass([text, negation, name = '']: RegExpExecArray): readonly SetItem[] {
    const items = ASCII_CLASSES[name]
    if (!items) throw this.#error('invalid character class range', text)
    this.#at += text.length
    return negation ? complement(items) : items
  }

  /** A character of a bracket expression, or the set that an escape stands for. */
  #member(): number | readonly SetItem[] {
    const letter = this.#next()
    if (letter !== '\\') return letter.codePointAt(0)!
    return this.#perlClass() ?? this.#escapedPoint()
  }

  #escape(): Node {
    const what = ASSERTIONS[this.#peek()]
    if (what) {
      this.#at++
      return { kind: 'assertion', what }
    }
    const items = this.#perlClass()
    if (items) return set(items, { ignoreCase: this.#flags.ignoreCase })
    if (this.#peek() === 'C') throw this.#error('invalid escape sequence', '\\C')
    return this.#literal(this.#escapedPoint())
  }

  /** `\d`, `\W`, `\pL`, `\P{Greek}`. */
  #perlClass(): readonly SetItem[] | undefined {
    const letter = this.#peek()
    const perl = PERL[letter.toLowerCase()]
    if (perl) {
      this.#at++
      return letter === letter.toLowerCase() ? perl : complement(perl)
    }
    const [text, sign, braced, single] = /^([pP])(?:\{(\^?\w+)\}|(\w))/.exec(this.#source.slice(this.#at)) ?? []
    if (text === undefined) return undefined
    this.#at += text.length
    const name = braced ?? single ?? ''
    return this.#property(name.replace('^', ''), (sign === 'P') !== name.startsWith('^'))
  }

  #property(name: string, isNegated: boolean): readonly SetItem[] {
    const test = propertyTest(name)
    if (!test) throw this.#error('invalid character class range', `\\p{${name}}`)
    const found: SetItem[] = []
    let from = -1
    for (let point = 0; point <= LAST + 1; point++) {
      const isIn = point <= LAST && test(point) !== isNegated
      if (isIn && from === -1) from = point
      if (isIn || from === -1) continue
      found.push({ kind: 'range', from, to: point - 1 })
      from = -1
    }
    return found
  }

  #escapedPoint(): number {
    const start = this.#at - 1
    const [text, braced, hex, octal] =
      /^(?:x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{2})|([0-7]{1,3}))/.exec(this.#source.slice(this.#at)) ?? []
    // A digit from 1 to 7 alone would be a reference, which RE2 has not.
    const isReference = octal !== undefined && octal.length === 1 && octal !== '0'
    if (text !== undefined && !isReference) {
      this.#at += text.length
      return octal === undefined ? Number.parseInt(braced ?? hex ?? '', 16) : Number.parseInt(octal, 8)
    }
    if (this.#at >= this.#source.length) throw this.#error('trailing backslash at end of expression', '')
    const letter = this.#next()
    const named = ESCAPES[letter]
    if (named !== undefined) return named.charCodeAt(0)
    if (/\w/.test(letter)) throw this.#error('invalid escape sequence', this.#source.slice(start, this.#at))
    return letter.codePointAt(0)!
  }

  #quoted(): Node[] {
    const end = this.#source.indexOf('\\E', this.#at)
    const text = this.#source.slice(this.#at + 2, end === -1 ? undefined : end)
    this.#at = end === -1 ? this.#source.length : end + 2
    const points = [...text].map(letter => this.#literal(letter.codePointAt(0)!))
    const last = points.pop()
    return last ? [...points, this.#repeated(last)] : []
  }

  #literal(point: number): Node {
    if (!this.#flags.ignoreCase) return { kind: 'character', point }
    return set([{ kind: 'range', from: point, to: point }], { ignoreCase: true })
  }

  #peek(): string {
    return this.#source[this.#at] ?? ''
  }

  #next(): string {
    const letter = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0)
    this.#at += letter.length
    return letter
  }

  #take(letter: string): boolean {
    if (this.#peek() !== letter) return false
    this.#at++
    return true
  }

  #error(message: string, piece: string): RegexError {
    return new RegexError(`error parsing regexp: ${message}: \`${piece}\``)
  }
}

const SIGNS: Readonly<Record<string, { least: number; most: number }>> = {
  '*': { least: 0, most: Number.POSITIVE_INFINITY },
  '+': { least: 1, most: Number.POSITIVE_INFINITY },
  '?': { least: 0, most: 1 },
}

const ASSERTIONS: Readonly<Record<string, 'text-start' | 'text-end' | 'boundary' | 'no-boundary'>> = {
  A: 'text-start',
  z: 'text-end',
  b: 'boundary',
  B: 'no-boundary',
}

function bounded(from: string, comma: string, to: string): { least: number; most: number } {
  const least = Number(from)
  if (comma === '') return { least, most: least }
  return { least, most: to === '' ? Number.POSITIVE_INFINITY : Number(to) }
}

function range(from: string, to: string): SetItem {
  return { kind: 'range', from: from.codePointAt(0)!, to: to.codePointAt(0)! }
}

function set(items: readonly SetItem[], how: { isNegated?: boolean; ignoreCase?: boolean }): Node {
  return { kind: 'set', set: makeSet(items, how) }
}

/** Everything else. */
function complement(items: readonly SetItem[]): SetItem[] {
  const ranges = items.flatMap(item => (item.kind === 'range' ? [item] : [])).sort((a, b) => a.from - b.from)
  const found: SetItem[] = []
  let next = 0
  for (const { from, to } of ranges) {
    if (from > next) found.push({ kind: 'range', from: next, to: from - 1 })
    next = Math.max(next, to + 1)
  }
  if (next <= LAST) found.push({ kind: 'range', from: next, to: LAST })
  return found
}

function propertyTest(name: string): ((point: number) => boolean) | undefined {
  for (const source of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    const regular = unicodeProperty(source)
    if (regular) return point => regular.test(String.fromCodePoint(point))
  }
  return undefined
}

function unicodeProperty(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u')
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
