// getopt_long(3) over a script's own options.

interface Known {
  readonly argument: 'none' | 'required' | 'optional'
}

export interface GetoptWord {
  readonly text: string
  readonly isArgument: boolean
}

export interface GetoptResult {
  readonly words: readonly GetoptWord[]
  readonly operands: readonly string[]
  readonly errors: readonly string[]
}

export class GetoptParser {
  readonly #short = new Map<string, Known>()
  readonly #long = new Map<string, Known>()
  readonly #isAlternative: boolean
  readonly #stopsAtOperand: boolean
  /** `-` before the letters: operands are options of their own, in their place. */
  readonly #keepsOrder: boolean
  #words: GetoptWord[] = []
  #errors: string[] = []
  #rest: string[] = []

  constructor(short: string, long: readonly string[], how: { isAlternative: boolean; stopsAtOperand: boolean }) {
    for (const [, letter = '', colons = ''] of short.replace(/^[-+]/, '').matchAll(/([^:])(:*)/gu))
      this.#short.set(letter, { argument: argumentOf(colons) })
    for (const name of long) {
      const bare = name.replace(/:+$/, '')
      if (bare !== '') this.#long.set(bare, { argument: argumentOf(name.slice(bare.length)) })
    }
    this.#isAlternative = how.isAlternative
    this.#stopsAtOperand = how.stopsAtOperand || short.startsWith('+')
    this.#keepsOrder = short.startsWith('-')
  }

  parse(parameters: readonly string[]): GetoptResult {
    const operands: string[] = []
    this.#rest = [...parameters]
    for (let word = this.#rest.shift(); word !== undefined; word = this.#rest.shift()) {
      if (word === '--') {
        operands.push(...this.#rest)
        break
      }
      if (word.startsWith('--')) this.#takeLong(word.slice(2), '--')
      else if (word.length > 1 && word.startsWith('-')) this.#takeLetters(word.slice(1))
      else if (this.#keepsOrder) this.#words.push({ text: word, isArgument: true })
      else {
        operands.push(word)
        if (!this.#stopsAtOperand) continue
        operands.push(...this.#rest)
        break
      }
    }
    return { words: this.#words, operands, errors: this.#errors }
  }

  #takeLong(text: string, dashes: string): void {
    const equals = text.indexOf('=')
    const typed = equals === -1 ? text : text.slice(0, equals)
    const attached = equals === -1 ? undefined : text.slice(equals + 1)
    const near = this.#long.has(typed) ? [typed] : [...this.#long.keys()].filter(name => name.startsWith(typed))
    const [name] = near
    if (name === undefined) return this.#fail(`unrecognized option '${dashes}${typed}'`)
    // glibc: names that take the same are one option to it, and all these have one value.
    if (new Set(near.map(one => this.#long.get(one)!.argument)).size > 1) {
      const list = near.map(one => `'--${one}'`).join(' ')
      return this.#fail(`option '${dashes}${typed}' is ambiguous; possibilities: ${list}`)
    }
    const { argument } = this.#long.get(name)!
    if (argument === 'none') {
      if (attached !== undefined) return this.#fail(`option '--${name}' doesn't allow an argument`)
      this.#words.push({ text: `--${name}`, isArgument: false })
      return
    }
    const value = attached ?? (argument === 'required' ? this.#rest.shift() : '')
    if (value === undefined) return this.#fail(`option '--${name}' requires an argument`)
    this.#words.push({ text: `--${name}`, isArgument: false }, { text: value, isArgument: true })
  }

  #takeLetters(text: string): void {
    const isLong = this.#isAlternative && [...this.#long.keys()].some(name => name.startsWith(text.replace(/=.*/s, '')))
    if (isLong && (text.length > 1 || !this.#short.has(text))) return this.#takeLong(text, '-')
    for (let at = 0; at < text.length; ) {
      const letter = String.fromCodePoint(text.codePointAt(at)!)
      at += letter.length
      const known = this.#short.get(letter)
      if (!known) {
        this.#fail(`invalid option -- '${letter}'`)
        continue
      }
      if (known.argument === 'none') {
        this.#words.push({ text: `-${letter}`, isArgument: false })
        continue
      }
      const attached = at < text.length ? text.slice(at) : undefined
      const value = attached ?? (known.argument === 'required' ? this.#rest.shift() : '')
      if (value === undefined) return this.#fail(`option requires an argument -- '${letter}'`)
      this.#words.push({ text: `-${letter}`, isArgument: false }, { text: value, isArgument: true })
      return
    }
  }

  #fail(message: string): void {
    this.#errors.push(message)
  }
}

function argumentOf(colons: string): Known['argument'] {
  return colons === '' ? 'none' : colons === ':' ? 'required' : 'optional'
}
