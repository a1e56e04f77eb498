// Field splitting and pathname expansion as the parts of a word come in (POSIX XCU 2.6.5, 2.6.6).

import { escapePattern, hasMagic } from '../../lib/pattern.ts'
import type { Shell } from '../shell.ts'
import { BLANK, DELIMITER, type Ifs, ORDINARY } from '../state/ifs.ts'
import { expandPathname } from './glob.ts'
import type { Sink } from './sink.ts'

/** Fields are told to the memory limit in batches of so many. */
const BATCH = 65536

export class Fields implements Sink {
  readonly #shell: Shell
  readonly #ifs: Ifs
  readonly #fields: string[]
  #text = ''
  /** The field as a pattern, kept from the first unquoted special character on. */
  #pattern: string | undefined
  #isPattern = false
  #isOpen = false
  /** Blanks have ended the field before: a delimiter that follows them ends it still, and no empty one. */
  #followsBlanks = false

  constructor(shell: Shell, fields: string[]) {
    this.#shell = shell
    this.#ifs = shell.variables.ifs
    this.#fields = fields
  }

  literal(text: string, quoted: boolean): void {
    if (quoted) this.#quoted(text)
    else this.#unquoted(text)
  }

  value(text: string, quoted: boolean): void {
    if (quoted) this.#quoted(text)
    else if (text !== '') this.#split(text)
  }

  list(values: readonly string[], kind: '@' | '*', quoted: boolean): void {
    if (quoted && kind === '*') {
      this.#quoted(values.join(this.#ifs.first))
      return
    }
    for (const [index, value] of values.entries()) {
      if (index > 0 && (quoted || this.#isOpen || this.#keepsEmpty(index - 1))) this.#end()
      if (quoted) this.#quoted(value)
      else this.value(value, false)
    }
  }

  /**
   * Unquoted, a parameter that is empty makes no field (POSIX XCU 2.5.2 leaves it open).
   * differs: ash never makes one; as in bash and mksh, one between others does where IFS begins with no blank.
   */
  #keepsEmpty(index: number): boolean {
    const { first } = this.#ifs
    return index > 0 && first !== '' && this.#ifs.classify(first.charCodeAt(0)) === DELIMITER
  }

  finish(): void {
    if (this.#isOpen) this.#end()
  }

  #quoted(text: string): void {
    this.#open()
    if (this.#pattern !== undefined) this.#pattern += escapePattern(text)
    this.#append(text)
  }

  #unquoted(text: string): void {
    this.#open()
    if (this.#pattern === undefined && SPECIAL.test(text)) this.#pattern = escapePattern(this.#text)
    if (this.#pattern !== undefined) {
      this.#pattern += text
      this.#isPattern ||= MAGIC.test(text)
    }
    this.#append(text)
  }

  #append(text: string): void {
    this.#shell.requireRoom(this.#text.length + text.length)
    this.#text += text
  }

  #open(): void {
    this.#isOpen = true
    this.#followsBlanks = false
  }

  #split(text: string): void {
    let start = this.#isOpen ? 0 : this.#takePlain(text)
    for (let at = start; at < text.length; at++) {
      const kind = this.#ifs.classify(text.charCodeAt(at))
      if (kind === ORDINARY) continue
      if (at > start) this.#unquoted(text.slice(start, at))
      start = at + 1
      this.#separate(kind)
    }
    if (start < text.length) this.#unquoted(start === 0 ? text : text.slice(start))
  }

  /** Most of a long list is words and blanks: each of those words is a field as it stands. The answer is where that ends. */
  #takePlain(text: string): number {
    const ifs = this.#ifs
    for (let at = 0; ; ) {
      const end = ifs.plainEnd(text, at)
      if (ifs.classify(text.charCodeAt(end)) !== BLANK) return at
      if (end > at) this.#push(text.slice(at, end))
      if (end > at) this.#followsBlanks = true
      at = end + 1
    }
  }

  #push(field: string): void {
    this.#fields.push(field)
    if (this.#fields.length % BATCH === 0) this.#shell.requireRoom(this.#fields.length * 64)
  }

  #separate(kind: number): void {
    if (kind === BLANK) {
      if (!this.#isOpen) return
      this.#end()
      this.#followsBlanks = true
    } else if (kind === DELIMITER) {
      if (!this.#followsBlanks) this.#end()
      this.#followsBlanks = false
    }
  }

  /** undefined: it stands for itself. */
  #expand(pattern: string): readonly string[] | undefined {
    const { extension } = this.#shell.language
    if (extension) return extension.glob(this.#shell, pattern)
    const found = hasMagic(pattern) ? expandPathname(this.#shell.proc, pattern) : []
    return found.length > 0 ? found : undefined
  }

  /** The field is complete, and empty if nothing came. */
  #end(): void {
    const pattern = this.#isPattern && !this.#shell.options.noglob ? this.#pattern : undefined
    const found = pattern === undefined ? undefined : this.#expand(pattern)
    if (found) for (const path of found) this.#fields.push(path)
    else this.#push(this.#text)
    this.#text = ''
    this.#pattern = undefined
    this.#isPattern = false
    this.#isOpen = false
    this.#followsBlanks = false
  }
}

const SPECIAL = /[*?[\\(]/
const MAGIC = /[*?[(]/
