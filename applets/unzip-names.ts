// Which members of a zip archive are meant: by patterns whose * also matches a slash.

import { compilePattern, type Pattern } from '../lib/pattern.ts'

export class NameMatcher {
  readonly #wanted: readonly Pattern[]
  readonly #excluded: readonly Pattern[]

  /** No names: all. */
  constructor(wanted: readonly string[], excluded: readonly string[]) {
    this.#wanted = wanted.map(name => compilePattern(name))
    this.#excluded = excluded.map(name => compilePattern(name))
  }

  isWanted(name: string): boolean {
    if (this.#excluded.some(pattern => pattern.matches(name))) return false
    return this.#wanted.length === 0 || this.#wanted.some(pattern => pattern.matches(name))
  }
}
