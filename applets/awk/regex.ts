// Regular expressions as awk writes them: POSIX extended ones, in which a backslash begins an escape in brackets too.

import { compileRegex, type Regex, RegexError } from '../../lib/regex/index.ts'
import { Failure } from '../applet.ts'
import { readEscape } from './lexer.ts'

/** As many dynamic expressions are kept compiled. */
const MOST_KEPT = 500

export class RegexCache {
  readonly #kept = new Map<string, Regex>()
  #ignoresCase = false

  get ignoresCase(): boolean {
    return this.#ignoresCase
  }

  set ignoresCase(value: boolean) {
    this.#ignoresCase = value
    this.#kept.clear()
  }

  /** Throws Failure in busybox's words. */
  get(source: string): Regex {
    return this.#kept.get(source) ?? this.#compile(source)
  }

  #compile(source: string): Regex {
    try {
      const regex = compileRegex(toExtended(source), { syntax: 'extended', ignoreCase: this.#ignoresCase })
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
      this.#kept.set(source, regex)
      return regex
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      throw new Failure(`bad regex '${source}': ${error.message}`)
    }
  }
}

const SPECIAL = '\\.[]()*+?{}|^$'

function toExtended(source: string): string {
  let out = ''
  // Where there is nothing that could be repeated.
  let isFresh = true
  for (let at = 0; at < source.length; ) {
    const character = source[at]!
    if (character === '\\') {
      const { text, length } = escaped(source.slice(at + 1, at + 5))
      out += text
      at += 1 + length
      isFresh = false
      continue
    }
    if (character === '[') {
      const bracket = readBracket(source, at)
      if (bracket) {
        out += bracket.text
        at = bracket.end
        isFresh = false
        continue
      }
    }
    at++
    // A repetition of nothing, and a brace that begins no interval, are themselves.
    const isInterval = character === '{' && /^\d+(?:,\d*)?\}/.test(source.slice(at, at + 14))
    const isPlain: boolean = (character === '{' && (isFresh || !isInterval)) || (isFresh && /[*+?]/.test(character))
    out += isPlain ? `\\${character}` : character
    isFresh = !isPlain && (character === '(' || character === '|' || (character === '^' && isFresh))
  }
  return out
}

/** Outside brackets: what regcomp knows stays (`\.`, `\w`, `\<`), other escapes become their character. */
function escaped(rest: string): { readonly text: string; readonly length: number } {
  const first = rest[0]
  if (first === undefined) return { text: '\\\\', length: 0 }
  if (SPECIAL.includes(first) || "wWsSB<>`'".includes(first)) return { text: `\\${first}`, length: 1 }
  if (first === 'y') return { text: '\\b', length: 1 }
  const { text, length } = readEscape(rest)
  return { text: SPECIAL.includes(text) && text !== '' ? `\\${text}` : text, length }
}

/** A bracket expression, written again so that no backslash is needed; undefined: nothing closes it. */
function readBracket(source: string, start: number): { readonly text: string; readonly end: number } | undefined {
  let at = start + 1
  const isNegated = source[at] === '^'
  if (isNegated) at++
  const marks = { close: false, caret: false, dash: false }
  let items = ''
  const add = (character: string) => {
    if (character === ']') marks.close = true
    else if (character === '^') marks.caret = true
    else if (character === '-') marks.dash = true
    else items += character
  }
  for (let isFirst = true; ; isFirst = false) {
    if (at >= source.length) return undefined
    if (source[at] === ']' && !isFirst) break
    const named = /^\[([:.=])[^\]]*?\1\]/.exec(source.slice(at, at + 40))
    if (named) {
      items += named[0]
      at += named[0].length
      continue
    }
    const from = readMember(source, at)
    at = from.end
    if (source[at] === '-' && source[at + 1] !== ']' && at + 1 < source.length) {
      const to = readMember(source, at + 1)
      at = to.end
      const isPlain = from.text !== ']' && from.text !== '^' && from.text !== '-'
      if (isPlain && to.text !== ']') items += `${from.text}-${to.text}`
      else for (const one of between(from.text, to.text)) add(one)
    } else add(from.text)
  }
  if (items === '' && !marks.close && !marks.dash && marks.caret && !isNegated) return { text: '\\^', end: at + 1 }
  const close = marks.close ? ']' : ''
  const caret = marks.caret ? '^' : ''
  return { text: `[${isNegated ? '^' : ''}${close}${items}${caret}${marks.dash ? '-' : ''}]`, end: at + 1 }
}

function readMember(source: string, at: number): { readonly text: string; readonly end: number } {
  if (source[at] === '\\' && at + 1 < source.length) {
    const { text, length } = readEscape(source.slice(at + 1, at + 5))
    return { text, end: at + 1 + length }
  }
  const text = String.fromCodePoint(source.codePointAt(at)!)
  return { text, end: at + text.length }
}

function between(from: string, to: string): string[] {
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]
  if (last < first) throw new RegexError('Invalid range end')
  return Array.from({ length: Math.min(last - first + 1, 256) }, (_, i) => String.fromCodePoint(first + i))
}
