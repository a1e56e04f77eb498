// ^R: a line of the history is found while the pattern is being typed.

import type { Key } from './keys.ts'
import type { LineState } from './line-state.ts'

interface Origin {
  readonly index: number
  readonly cursor: number
}

/** What a key did to the search: it goes on, it is over, or it is over and the key is for the line. */
export type SearchStep = 'stay' | 'done' | 'pass'

export class IncrementalSearch {
  readonly #state: LineState
  readonly #origin: Origin
  readonly #lastPattern: string
  #pattern = ''
  #isForward: boolean
  #isFailing = false

  /** `lastPattern`: what ^R ^R searches for. */
  constructor(state: LineState, how: { forward: boolean; lastPattern: string }) {
    this.#state = state
    this.#isForward = how.forward
    this.#lastPattern = how.lastPattern
    this.#origin = { index: state.historyIndex, cursor: state.buffer.cursor }
  }

  get pattern(): string {
    return this.#pattern
  }

  get prompt(): string {
    const failing = this.#isFailing ? 'failed ' : ''
    return `(${failing}${this.#isForward ? '' : 'reverse-'}i-search)\`${this.#pattern}': `
  }

  key(key: Key): SearchStep {
    if (key.kind !== 'key') return this.#extend(key.text)
    switch (key.name) {
      case 'C-r':
      case 'C-s':
        return this.#again(key.name === 'C-s')
      case 'backspace':
        return this.#shorten()
      case 'C-g':
      case 'C-c':
        this.#state.recall(this.#origin.index, this.#origin.cursor)
        return 'done'
      case 'escape':
        return 'done'
      default:
        return 'pass'
    }
  }

  #extend(text: string): SearchStep {
    this.#pattern += text
    this.#search({ fromHere: true })
    return 'stay'
  }

  #again(forward: boolean): SearchStep {
    this.#isForward = forward
    if (this.#pattern === '') this.#pattern = this.#lastPattern
    if (this.#pattern !== '') this.#search({ fromHere: false })
    return 'stay'
  }

  #shorten(): SearchStep {
    this.#pattern = [...this.#pattern].slice(0, -1).join('')
    this.#state.recall(this.#origin.index, this.#origin.cursor)
    this.#isFailing = false
    if (this.#pattern !== '') this.#search({ fromHere: true })
    return 'stay'
  }

  /** `fromHere`: the line that is shown may be the answer. */
  #search(how: { fromHere: boolean }): void {
    const state = this.#state
    const shown = state.buffer.text
    if (how.fromHere && shown.includes(this.#pattern)) {
      this.#found(state.historyIndex)
      return
    }
    const passes = (line: string) => line.includes(this.#pattern) && line !== shown
    const index = state.history.find(state.historyIndex, passes, { forward: this.#isForward })
    if (index === undefined) {
      this.#isFailing = true
      state.refuse()
    } else this.#found(index)
  }

  #found(index: number): void {
    const state = this.#state
    this.#isFailing = false
    if (index !== state.historyIndex) state.recall(index)
    state.buffer.cursor = Math.max(0, state.buffer.text.lastIndexOf(this.#pattern))
  }
}
