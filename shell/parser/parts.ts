import type { Word, WordPart } from '../syntax.ts'

/** Gathers a word's parts, and joins neighbouring literals of the same quoting. */
export class Parts {
  readonly line: number
  readonly offset: number
  readonly #parts: WordPart[] = []
  #text = ''
  #quoted = false
  #open = false

  constructor(where: { readonly line: number; readonly offset: number }) {
    this.line = where.line
    this.offset = where.offset
  }

  literal(text: string, quoted: boolean): void {
    if (this.#open && this.#quoted !== quoted) this.#flush()
    if (text === '' && !quoted) return
    this.#open = true
    this.#quoted = quoted
    this.#text += text
  }

  add(part: WordPart): void {
    this.#flush()
    this.#parts.push(part)
  }

  /** The unquoted literal that is all of the word so far, if that is what it is. */
  get plain(): string | undefined {
    if (this.#parts.length > 0 || this.#quoted) return undefined
    return this.#text
  }

  /** Drops the first `length` characters of a plain word: an assignment's name and `=`. */
  dropStart(length: number): void {
    this.#text = this.#text.slice(length)
    if (this.#text === '') this.#open = false
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0 && !this.#open
  }

  word(): Word {
    this.#flush()
    return { parts: this.#parts, line: this.line, offset: this.offset }
  }

  #flush(): void {
    if (this.#open) this.#parts.push({ kind: 'literal', text: this.#text, quoted: this.#quoted })
    this.#open = false
    this.#quoted = false
    this.#text = ''
  }
}
