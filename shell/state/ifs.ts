// The field separators, as a table: what splitFields asks of every character.

export const DEFAULT_IFS = ' \t\n'

/** What a character is to field splitting (POSIX XCU 2.6.5). */
export const ORDINARY = 0
export const BLANK = 1
export const DELIMITER = 2

export class Ifs {
  /** What joins `"$*"`. */
  readonly first: string
  readonly isEmpty: boolean
  /** A digit or a minus is a separator. */
  readonly splitsNumbers: boolean
  readonly #ascii = new Uint8Array(128)
  /** Separators, and what makes a field a pattern. */
  readonly #notable = new Uint8Array(128)
  readonly #wide = new Set<number>()

  /** undefined: IFS is unset, which means the default. */
  constructor(value: string | undefined) {
    const separators = value ?? DEFAULT_IFS
    this.isEmpty = separators === ''
    this.splitsNumbers = /[-0-9]/.test(separators)
    const [first = ''] = separators
    this.first = first
    for (let i = 0; i < separators.length; i++) this.#add(separators.charCodeAt(i))
    for (const mark of '*?[\\') this.#notable[mark.charCodeAt(0)] = 1
  }

  classify(code: number): number {
    if (code < 128) return this.#ascii[code]!
    return this.#wide.has(code) ? DELIMITER : ORDINARY
  }

  /** Whether an unquoted expansion of this text is exactly one field, the text itself. */
  isPlain(text: string): boolean {
    return text !== '' && this.plainEnd(text, 0) === text.length
  }

  /** Whether splitting this text is no more than taking its words: no pattern, and no separator but blanks. */
  isWordsAndBlanks(text: string): boolean {
    for (let at = this.plainEnd(text, 0); at < text.length; at = this.plainEnd(text, at + 1)) {
      if (this.classify(text.charCodeAt(at)) !== BLANK) return false
    }
    return true
  }

  /** Where the next separator or pattern character is, at or after `from`; the end of the text: there is none. */
  plainEnd(text: string, from: number): number {
    const { length } = text
    const notable = this.#notable
    for (let at = from; at < length; at++) {
      const code = text.charCodeAt(at)
      if (code < 128 ? notable[code] !== 0 : this.#wide.has(code)) return at
    }
    return length
  }

  #add(code: number): void {
    if (code >= 128) {
      this.#wide.add(code)
      return
    }
    this.#ascii[code] = code === 32 || code === 9 || code === 10 ? BLANK : DELIMITER
    this.#notable[code] = 1
  }
}
