// The lines that a command of ed is for: `2`, `.`, `$-1`, `/text/`, `'a`, and two of them with a comma between.

import { EdError } from './error.ts'

export interface Place {
  readonly lines: readonly string[]
  readonly current: number
  readonly marks: ReadonlyMap<string, number>
  readonly sought: string
}

export interface Parsed {
  readonly first: number | undefined
  readonly second: number | undefined
  /** The command behind them. */
  readonly rest: string
}

export class Addresses {
  readonly #place: Place
  readonly #keepSought: (text: string) => void
  #text = ''
  #sought: string

  constructor(place: Place, keepSought: (text: string) => void) {
    this.#place = place
    this.#keepSought = keepSought
    this.#sought = place.sought
  }

  parse(line: string): Parsed {
    this.#text = line
    let first = this.#address()
    let second: number | undefined
    this.#blanks()
    if (this.#text.startsWith(',')) {
      this.#text = this.#text.slice(1)
      second = this.#address() ?? this.#place.lines.length
      first ??= 1
      this.#blanks()
    }
    return { first, second, rest: this.#text }
  }

  /** A place, and what is added to it. */
  #address(): number | undefined {
    this.#blanks()
    let at = this.#start()
    for (;;) {
      this.#blanks()
      const step = /^([+-])\s*(\d*)/.exec(this.#text)
      if (!step) return at
      this.#text = this.#text.slice(step[0].length)
      const amount = step[2] === '' ? 1 : Number(step[2])
      at = (at ?? this.#place.current) + (step[1] === '+' ? amount : -amount)
    }
  }

  #start(): number | undefined {
    const { lines, current, marks } = this.#place
    const number = /^\d+/.exec(this.#text)
    if (number) return this.#taken(number[0].length, Number(number[0]))
    switch (this.#text.charAt(0)) {
      case '.':
        return this.#taken(1, current)
      case '$':
        return this.#taken(1, lines.length)
      case "'": {
        const marked = marks.get(this.#text.charAt(1))
        return this.#taken(2, marked ?? 0)
      }
      case '/':
        return this.#search()
      default:
        return undefined
    }
  }

  #taken(length: number, at: number): number {
    this.#text = this.#text.slice(length)
    return at
  }

  /** Forwards from the next line, and on from the first. */
  #search(): number {
    const end = this.#text.indexOf('/', 1)
    const text = this.#text.slice(1, end === -1 ? undefined : end)
    this.#text = end === -1 ? '' : this.#text.slice(end + 1)
    if (text !== '') this.#sought = text
    this.#keepSought(this.#sought)
    if (this.#sought === '') throw new EdError('no previous search string')
    const { lines, current } = this.#place
    for (let step = 1; step <= lines.length; step++) {
      const at = (current + step - 1) % lines.length
      if (lines[at]!.includes(this.#sought)) return at + 1
    }
    throw new EdError(`can't find string "${this.#sought}"`)
  }

  #blanks(): void {
    this.#text = this.#text.trimStart()
  }
}
