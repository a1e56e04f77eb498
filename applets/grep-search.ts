// One input searched by grep: which lines match, what is printed of them, with context.

import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import type { Match, Matcher } from './grep-matcher.ts'

export interface SearchOptions {
  readonly showsNames: boolean
  readonly isColored: boolean
  readonly numbers: boolean
  readonly listMatching: boolean
  readonly listOthers: boolean
  readonly count: boolean
  readonly onlyMatching: boolean
  readonly quiet: boolean
  readonly invert: boolean
  readonly zero: boolean
  readonly most: number | undefined
  readonly after: number | undefined
  readonly before: number | undefined
  readonly context: number | undefined
}

export class Search {
  readonly #proc: Process
  readonly #matcher: Matcher
  readonly #how: SearchOptions
  readonly #before: number
  readonly #after: number
  readonly #end: string
  readonly #isListing: boolean
  readonly #printsLines: boolean
  /** A line was printed already, by any input: the next group gets `--` before it. */
  #hasPrinted = false

  constructor(proc: Process, matcher: Matcher, how: SearchOptions) {
    this.#proc = proc
    this.#matcher = matcher
    this.#how = how
    this.#before = how.before ?? how.context ?? 0
    this.#after = how.after ?? how.context ?? 0
    this.#end = how.zero ? '\0' : '\n'
    this.#isListing = how.listMatching || how.listOthers
    this.#printsLines = !how.quiet && !how.count && !this.#isListing
  }

  /** Whether a line was found. */
  async run(name: string, batches: AsyncIterable<Uint8Array>): Promise<boolean> {
    const state = new State(name)
    const most = this.#how.most === undefined || this.#how.most < 0 ? Number.POSITIVE_INFINITY : this.#how.most
    if (most > 0) {
      for await (const batch of batches) {
        const isOver = this.#searchBatch(state, decode(batch), most)
        if (state.out !== '') {
          const written = this.#proc.stdout.write(state.out)
          state.out = ''
          if (written) await written
        }
        const pause = this.#proc.gate()
        if (pause) await pause
        if (isOver) break
      }
    }
    await this.#report(state)
    return state.count > 0
  }

  /** Whether no more need be read. */
  #searchBatch(state: State, text: string, most: number): boolean {
    const { needle, isNeedleEnough } = this.#matcher
    const { invert } = this.#how
    const end = this.#end
    const isSkipping = needle !== undefined && !invert && this.#before === 0 && this.#after === 0
    for (let at = 0; at < text.length; ) {
      if (isSkipping) {
        const found = text.indexOf(needle, at)
        const start = found === -1 ? text.length : found === 0 ? 0 : text.lastIndexOf(end, found - 1) + 1
        if (start > at) {
          if (this.#how.numbers) state.line += countMarks(text, end, at, start)
          at = start
          continue
        }
      }
      const mark = text.indexOf(end, at)
      const line = text.slice(at, mark === -1 ? text.length : mark)
      at = mark === -1 ? text.length : mark + 1
      state.line++
      const isMatch = (isSkipping && isNeedleEnough) || this.#matcher.find(line, 0) !== undefined
      if (this.#takeLine(state, line, isMatch !== invert, most)) return true
    }
    return false
  }

  #takeLine(state: State, line: string, isSelected: boolean, most: number): boolean {
    if (isSelected && state.count < most) {
      state.count++
      if (this.#how.quiet || this.#isListing) return true
      if (this.#printsLines) this.#printGroup(state, line)
      state.after = this.#after
      return state.count === most && this.#after === 0
    }
    if (!this.#printsLines) return state.count === most
    if (state.after > 0) {
      state.after--
      this.#print(state, line, state.line, '-')
      return state.count === most && state.after === 0
    }
    if (this.#before > 0) {
      state.held.push(line)
      if (state.held.length > this.#before) state.held.shift()
    }
    return false
  }

  /** The lines before it that have not been printed, then the line. */
  #printGroup(state: State, line: string): void {
    const first = state.line - state.held.length
    const isGap = this.#hasPrinted && (first !== state.lastPrinted + 1 || state.lastPrinted === 0)
    if (isGap && (this.#before > 0 || this.#after > 0)) state.out += '--\n'
    for (const [index, held] of state.held.entries()) this.#print(state, held, first + index, '-')
    state.held = []
    this.#print(state, line, state.line, ':')
  }

  #print(state: State, line: string, number: number, mark: ':' | '-'): void {
    this.#hasPrinted = true
    state.lastPrinted = number
    let prefix = this.#how.showsNames ? `${state.name}${mark}` : ''
    if (this.#how.numbers) prefix += `${number}${mark}`
    if (!this.#how.onlyMatching) {
      const shown = this.#how.isColored && mark === ':' && !this.#how.invert ? this.#colored(line) : line
      state.out += prefix + shown + this.#end
      return
    }
    if (mark === '-' || this.#how.invert) return
    for (const { start, end } of this.#matches(line)) {
      const part = line.slice(start, end)
      state.out += prefix + (this.#how.isColored ? colored(part) : part) + this.#end
    }
  }

  #colored(line: string): string {
    let out = ''
    let at = 0
    for (const { start, end } of this.#matches(line)) {
      out += line.slice(at, start) + colored(line.slice(start, end))
      at = end
    }
    return out + line.slice(at)
  }

  /** All that match of a line, one behind the other, without empty ones. */
  *#matches(line: string): Generator<Match> {
    for (let at = 0; at <= line.length; ) {
      const match = this.#matcher.find(line, at)
      if (!match) return
      if (match.end > match.start) yield match
      at = match.end > match.start ? match.end : match.end + 1
    }
  }

  async #report(state: State): Promise<void> {
    const { quiet, listMatching, listOthers, count, showsNames } = this.#how
    if (quiet) return
    if (listMatching || listOthers) {
      if (state.count > 0 === listMatching) await this.#proc.stdout.line(state.name)
    } else if (count) await this.#proc.stdout.line(`${showsNames ? `${state.name}:` : ''}${state.count}`)
  }
}

class State {
  readonly name: string
  out = ''
  line = 0
  count = 0
  /** How many lines of context are still to be printed. */
  after = 0
  /** Lines that may become context before a match. */
  held: string[] = []
  lastPrinted = 0

  constructor(name: string) {
    this.name = name
  }
}

function colored(text: string): string {
  return `\x1b[01;31m\x1b[K${text}\x1b[m\x1b[K`
}

function countMarks(text: string, mark: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf(mark, from); at !== -1 && at < to; at = text.indexOf(mark, at + 1)) count++
  return count
}
