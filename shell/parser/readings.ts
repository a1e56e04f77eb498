import { ShellSyntaxError } from '../syntax-error.ts'
import type { Input } from './input.ts'

/**
 * The first way to read what stands here that is no syntax error; the last way's error is the error. Which it was is kept for
 * the place, for what lies around it may be read several times: deep nesting would take for ever.
 */
export class Readings {
  #text = ''
  readonly #known = new Map<number, number>()

  first<T>(input: Input, ways: readonly (() => T)[]): T {
    const { text, at, line, depth } = input
    if (this.#text !== text) this.#known.clear()
    this.#text = text
    for (let way = this.#known.get(at) ?? 0; ; way++) {
      this.#known.set(at, way)
      try {
        return ways[way]!()
      } catch (error) {
        // A text that is gone cannot be read again.
        if (!(error instanceof ShellSyntaxError) || way === ways.length - 1 || input.text !== text) throw error
        input.at = at
        input.line = line
        while (input.depth > depth) input.leave()
      }
    }
  }
}
