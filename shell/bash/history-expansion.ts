// History expansion (!!, !-2:$, ^old^new), on a line before it is parsed.

import type { History } from '../interactive/history.ts'
import type { Shell } from '../shell.ts'
import { isOn } from './patterns.ts'
import { quoteAlways } from './quoting.ts'

export type Expanded = { readonly text: string; readonly isShownOnly?: boolean } | { readonly error: string }

export function expandHistory(shell: Shell, history: History, line: string): Expanded {
  const [mark = '!', quick = '^', comment = '#'] = shell.variables.get('histchars') ?? '!^#'
  try {
    return new Expansion(shell, history, { mark, quick, comment }).line(line)
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error
    return { error: error.message }
  }
}

class HistoryError extends Error {}

interface Characters {
  readonly mark: string
  readonly quick: string
  readonly comment: string
}

/** What `:&` does again, and `%` is: they last from line to line. */
const memory = { old: '', replacement: '', search: '', found: '' }

class Expansion {
  readonly #shell: Shell
  readonly #history: History
  readonly #characters: Characters
  #text = ''
  #at = 0
  #out = ''
  #isShownOnly = false

  constructor(shell: Shell, history: History, characters: Characters) {
    this.#shell = shell
    this.#history = history
    this.#characters = characters
  }

  line(line: string): Expanded {
    const { quick, mark } = this.#characters
    // ^a^b is !!:s^a^b
    this.#text = line.startsWith(quick) ? `${mark}${mark}:s${line}` : line
    let isQuoted = false
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!
      if (character === '\\') this.#copy(2)
      else if (character === "'" && !isQuoted) this.#copy(this.#singleQuoted())
      else if (character === '"') {
        isQuoted = !isQuoted
        this.#copy(1)
      } else if (character === this.#characters.comment && !isQuoted && /(?:^|[\s;&|()<>])$/.test(this.#out)) {
        this.#copy(this.#text.length)
      } else if (character === mark && this.#begins(isQuoted)) this.#event(isQuoted)
      else this.#copy(1)
    }
    return { text: this.#out, isShownOnly: this.#isShownOnly }
  }

  #copy(count: number): void {
    this.#out += this.#text.slice(this.#at, this.#at + count)
    this.#at += count
  }

  #singleQuoted(): number {
    const end = this.#text.indexOf("'", this.#at + 1)
    return end < 0 ? this.#text.length : end + 1 - this.#at
  }

  /** Whether the `!` here means something. */
  #begins(isQuoted: boolean): boolean {
    const next = this.#text[this.#at + 1]
    if (next === undefined || /[\s=]/.test(next) || (isQuoted && next === '"')) return false
    if (next === '(' && isOn(this.#shell, 'extglob')) return false
    const before = this.#text.slice(0, this.#at)
    // [!a], ${!name} and $! are the shell's.
    return !(/(?:\[|\$\{|\$)$/.test(before) && !/\\.$/.test(before))
  }

  #event(isQuoted: boolean): void {
    const start = this.#at
    this.#at++
    const line = this.#lookup(start, isQuoted)
    const place = this.#at
    const words = this.#words(line, place)
    this.#out += this.#modified(words)
  }

  /** The line that is meant. */
  #lookup(start: number, isQuoted: boolean): string {
    const { mark } = this.#characters
    const { lines, nextNumber } = this.#history
    const rest = this.#text.slice(this.#at)
    const fail = () => new HistoryError(`${this.#text.slice(start, this.#at)}: event not found`)
    const take = (count: number) => void (this.#at += count)
    if (/^[:$*%^]/.test(rest)) return lines.at(-1) ?? this.#refuse(fail)
    if (rest.startsWith(mark)) {
      take(1)
      return lines.at(-1) ?? this.#refuse(fail)
    }
    if (rest.startsWith('#')) {
      take(1)
      return this.#out
    }
    const number = /^-?\d+/.exec(rest)?.[0]
    if (number !== undefined) {
      take(number.length)
      const first = nextNumber - lines.length
      const at = Number(number) < 0 ? lines.length + Number(number) : Number(number) - first
      return lines[at] ?? this.#refuse(fail)
    }
    if (rest.startsWith('?')) {
      const [whole = '', wanted = ''] = /^\?([^?\n]*)\??/.exec(rest) ?? []
      take(whole.length)
      memory.search = wanted || memory.search
      const line = lines.findLast(each => each.includes(memory.search))
      if (line === undefined || memory.search === '') throw fail()
      memory.found = tokens(line).find(word => word.includes(memory.search)) ?? ''
      return line
    }
    const prefix =
      (isQuoted ? /^[^\s:^$*%\-;&()|<>"]*(?:-[^\s:^$*%;&()|<>"]*)*/ : /^[^\s:^$*%\-;&()|<>][^\s:^$*%;&()|<>]*/).exec(
        rest,
      )?.[0] ?? ''
    take(prefix.length)
    return lines.findLast(each => each.startsWith(prefix)) ?? this.#refuse(fail)
  }

  #refuse(fail: () => HistoryError): never {
    throw fail()
  }

  /** A word designator, `:1-$`, of which the colon may be left out where none can be taken for a number's. */
  #words(line: string, place: number): string {
    const rest = this.#text.slice(this.#at)
    const found = /^(?::(?=[\d^$*%-])|(?=[$*%^-]))(?:(\*)|(\d+|[$^%])?(?:(-)(\d+|[$^%])?|(\*))?)/.exec(rest)
    if (!found || found[0] === '') return line
    const [whole, all, from, dash, to, onward] = found
    // A lone - without a colon is text.
    if (whole === '-' && !rest.startsWith(':')) return line
    this.#at += whole.length
    const words = tokens(line)
    const last = words.length - 1
    if (from === '%' || (from === undefined && whole.endsWith('%'))) return memory.found
    const number = (text: string) => (text === '^' ? 1 : text === '$' ? last : Number(text))
    const isAll = all !== undefined
    const first = isAll ? 1 : from === undefined ? 0 : number(from)
    const end =
      isAll || onward !== undefined ? last : dash === undefined ? first : to === undefined ? last - 1 : number(to)
    const isEmptyRange = (isAll || onward !== undefined) && first === last + 1
    if (isEmptyRange || (dash !== undefined && to === undefined && end === first - 1)) return ''
    if (first > last || end > last || first > end) {
      throw new HistoryError(`${this.#text.slice(place, this.#at)}: bad word specifier`)
    }
    return words.slice(first, end + 1).join(' ')
  }

  /** Modifiers, each after a colon. */
  #modified(text: string): string {
    let value = text
    let isGlobal = false
    let isEachWord = false
    let quoting: 'q' | 'x' | undefined
    while (this.#text[this.#at] === ':') {
      const letter = this.#text[this.#at + 1]
      const start = this.#at
      if (letter === undefined || /\s/.test(letter)) break
      this.#at += 2
      switch (letter) {
        case 'h':
          value = value.includes('/') ? value.slice(0, value.lastIndexOf('/')) || '/' : value
          break
        case 't':
          value = value.slice(value.lastIndexOf('/') + 1)
          break
        case 'r':
          value = value.replace(/\.[^./]*$/, '')
          break
        case 'e':
          value = /\.[^.]*$/.exec(value)?.[0] ?? value
          break
        case 'p':
          this.#isShownOnly = true
          break
        case 'q':
        case 'x':
          quoting = letter
          break
        case 'g':
        case 'a':
          isGlobal = true
          this.#text = `${this.#text.slice(0, this.#at)}:${this.#text.slice(this.#at)}`
          continue
        case 'G':
          isEachWord = true
          this.#text = `${this.#text.slice(0, this.#at)}:${this.#text.slice(this.#at)}`
          continue
        case 's':
        case '&':
          if (letter === 's') this.#readSubstitution()
          value = this.#substituted(value, { isGlobal, isEachWord }, start)
          break
        default:
          throw new HistoryError(`${this.#text.slice(start, this.#at)}: unrecognized history modifier`)
      }
      isGlobal = isEachWord = false
    }
    if (quoting === 'q') return quoteAlways(value)
    return quoting === 'x'
      ? value
          .split(/[ \t\n]+/)
          .map(quoteAlways)
          .join(' ')
      : value
  }

  /** s/old/new/: the last delimiter may be left out at the end of the line. */
  #readSubstitution(): void {
    const delimiter = this.#text[this.#at] ?? ''
    this.#at++
    const old = this.#upTo(delimiter)
    const replacement = this.#upTo(delimiter)
    if (old !== '') memory.old = old
    else if (memory.old === '') memory.old = memory.search
    memory.replacement = replacement.replace(/\\&|&/g, piece => (piece === '&' ? memory.old : '&'))
  }

  #upTo(delimiter: string): string {
    let text = ''
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at++]!
      if (character === delimiter) return text
      if (character === '\\' && this.#text[this.#at] === delimiter) {
        text += delimiter
        this.#at++
      } else text += character
    }
    return text
  }

  #substituted(value: string, how: { isGlobal: boolean; isEachWord: boolean }, start: number): string {
    const { old, replacement } = memory
    if (old === '') throw new HistoryError(`${this.#text.slice(start, this.#at)}: no previous substitution`)
    if (!value.includes(old)) {
      throw new HistoryError(`${this.#text.slice(start, this.#at)}: substitution failed`)
    }
    if (how.isGlobal) return value.replaceAll(old, () => replacement)
    if (!how.isEachWord) return value.replace(old, () => replacement)
    return tokens(value)
      .map(word => word.replace(old, () => replacement))
      .join(' ')
  }
}

/** The words of a line, operators among them. */
function tokens(line: string): string[] {
  const word = /(?:\\[\s\S]|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|`[^`]*`?|\$?\([^)]*\)|[^\s\\'"`();<>|&])+/
  const operator = /<<<|<<-|<<|>>|[<>]&|[<>]\(|>\||&>>|&>|&&|\|\||\|&|;;&|;;|;&|[();<>|&]/
  return line.match(new RegExp(`\\d*(?:${operator.source})|${word.source}`, 'g')) ?? []
}
