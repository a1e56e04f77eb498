// The words of find as an expression and the settings of the walk.

import { UsageError } from '../../lib/options.ts'
import { Failure } from '../applet.ts'
import { ACTIONS, runEach, runMany } from './actions.ts'
import { PLAIN_TESTS, TESTS } from './tests.ts'
import { both, either, not, type Predicate, type Search } from './visit.ts'

export interface Settings {
  follow: 'never' | 'operands' | 'always'
  least: number
  most: number
  /** Files before their directory. */
  isDepthFirst: boolean
  oneSystem: boolean
}

export interface Parsed {
  readonly paths: readonly string[]
  readonly settings: Settings
  readonly predicate: Predicate
}

/** Throws Failure, and UsageError for a word that is nothing. */
export function parseFind(words: readonly string[], search: Search): Parsed {
  const settings: Settings = {
    follow: 'never',
    least: 0,
    most: Number.POSITIVE_INFINITY,
    isDepthFirst: false,
    oneSystem: false,
  }
  let at = 0
  for (; at < words.length && /^-([HL]|-)$/.test(words[at]!); at++) {
    if (words[at] === '-H') settings.follow = 'operands'
    if (words[at] === '-L') settings.follow = 'always'
  }
  const from = at
  while (at < words.length && !/^(-.+|\(|!)/.test(words[at]!)) at++
  const paths = words.slice(from, at)
  const parser = new Parser(words.slice(at), settings, search)
  const predicate = parser.whole()
  return { paths: paths.length === 0 ? ['.'] : paths, settings, predicate }
}

const yes: Predicate = () => true

class Parser {
  readonly #words: readonly string[]
  readonly #settings: Settings
  readonly #search: Search
  #at = 0
  #hasAction = false

  constructor(words: readonly string[], settings: Settings, search: Search) {
    this.#words = words
    this.#settings = settings
    this.#search = search
  }

  /** Without an action, what is found is printed. */
  whole(): Predicate {
    const predicate = this.#or()
    if (this.#at < this.#words.length) throw new UsageError(`unrecognized: ${this.#words[this.#at]}`)
    return this.#hasAction ? predicate : both(predicate, ACTIONS.get('-print')!(this.#search))
  }

  #or(): Predicate {
    let left = this.#and()
    while (this.#take('-o', '-or')) {
      const right = this.#and()
      // busybox: with nothing behind it, -o means nothing; with nothing before it, all is found.
      if (right !== yes) left = either(left, right)
    }
    return left
  }

  #and(): Predicate {
    let left: Predicate = yes
    for (;;) {
      const word = this.#words[this.#at]
      if (word === undefined || word === '-o' || word === '-or' || word === ')') return left
      if (this.#take('-a', '-and')) continue
      const right = this.#not()
      left = left === yes ? right : both(left, right)
    }
  }

  #not(): Predicate {
    if (!this.#take('!', '-not')) return this.#primary()
    return this.#at < this.#words.length ? not(this.#not()) : yes
  }

  #primary(): Predicate {
    const word = this.#words[this.#at++]!
    if (word === '(') return this.#group()
    const plain = PLAIN_TESTS.get(word)
    if (plain) return plain(this.#search)
    const test = TESTS.get(word)
    if (test) return test(this.#argument(word), this.#search)
    const action = ACTIONS.get(word)
    if (action) {
      if (word !== '-prune') this.#hasAction = true
      if (word === '-delete') this.#settings.isDepthFirst = true
      return action(this.#search)
    }
    if (word === '-exec' || word === '-ok') return this.#program(word)
    return this.#setting(word)
  }

  #group(): Predicate {
    const inner = this.#or()
    if (!this.#take(')')) throw new Failure("unpaired '('")
    return inner
  }

  #program(word: string): Predicate {
    this.#hasAction = true
    const from = this.#at
    while (this.#at < this.#words.length && !this.#isProgramEnd(from)) this.#at++
    const argv = this.#words.slice(from, this.#at)
    const end = this.#words[this.#at++]
    if (end === undefined || argv.length === 0) throw new Failure(`${word} requires an argument`)
    if (end === ';') return runEach(this.#search, argv, word === '-ok')
    if (argv.filter(part => part.includes('{}')).length !== 1) throw new Failure("only one '{}' allowed for -exec +")
    return runMany(this.#search, argv)
  }

  #isProgramEnd(from: number): boolean {
    const word = this.#words[this.#at]
    return word === ';' || (word === '+' && this.#words[from - 1] === '-exec')
  }

  /** Settings of the whole walk are true wherever they stand. */
  #setting(word: string): Predicate {
    const settings = this.#settings
    switch (word) {
      case '-maxdepth':
        settings.most = this.#number(word)
        return yes
      case '-mindepth':
        settings.least = this.#number(word)
        return yes
      case '-depth':
        settings.isDepthFirst = true
        return yes
      case '-follow':
        settings.follow = 'always'
        return yes
      case '-xdev':
      case '-mount':
        settings.oneSystem = true
        return yes
      default:
        throw new UsageError(`unrecognized: ${word}`)
    }
  }

  #number(word: string): number {
    const text = this.#argument(word)
    if (!/^\d+$/.test(text)) throw new Failure(`invalid number '${text}'`)
    return Number(text)
  }

  #argument(word: string): string {
    const argument = this.#words[this.#at++]
    if (argument === undefined) throw new Failure(`${word} requires an argument`)
    return argument
  }

  #take(...words: readonly string[]): boolean {
    if (!words.includes(this.#words[this.#at] ?? '')) return false
    this.#at++
    return true
  }
}
