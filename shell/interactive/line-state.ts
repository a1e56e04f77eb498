// One line being read: its text, the place in the history, and what was killed. Key commands act on this and do no output.

import { EditBuffer } from './edit-buffer.ts'
import type { History } from './history.ts'

export type Outcome = 'accept' | 'eof' | 'interrupt'

/** What a key asks of the editor, which alone reads and writes. */
export type Request = 'clear' | 'complete' | 'list' | 'insert-all' | 'search-back' | 'search-forward'

/** What a command was, for those that go on where the last one left off. */
export type Chain = '' | 'kill' | 'yank' | 'last-word' | 'complete'

/** Killed text outlives the line: ^Y brings back what was killed in the line before. */
export class KillRing {
  readonly #killed: string[] = []
  #at = 0

  get top(): string {
    return this.#killed[this.#at] ?? ''
  }

  /** `joins`: the last command killed too, and this belongs to it, after it or before it. */
  add(text: string, how: { joins: boolean; before: boolean }): void {
    const last = how.joins ? (this.#killed.shift() ?? '') : ''
    this.#killed.unshift(how.before ? text + last : last + text)
    this.#killed.length = Math.min(this.#killed.length, 16)
    this.#at = 0
  }

  rotate(): string {
    this.#at = this.#killed.length === 0 ? 0 : (this.#at + 1) % this.#killed.length
    return this.top
  }
}

export class LineState {
  readonly buffer = new EditBuffer()
  readonly history: History
  readonly kills: KillRing
  outcome: Outcome | undefined
  request: Request | undefined
  /** The key had nothing to do. */
  isRefused = false
  /** What the last command was, and what this one says it is. */
  before: Chain = ''
  chain: Chain = ''
  /** What the last yank or word inserted, for the one that replaces it. */
  inserted: { from: number; to: number; at: number } | undefined
  /** Which line of the history is shown; its length: the new line. */
  #at: number
  /** Lines of the history that were changed here, and the new line while another is shown. */
  readonly #drafts = new Map<number, string>()

  constructor(history: History, kills: KillRing) {
    this.history = history
    this.kills = kills
    this.#at = history.lines.length
  }

  get historyIndex(): number {
    return this.#at
  }

  refuse(): void {
    this.isRefused = true
  }

  /** Before each key. */
  beginCommand(): void {
    this.before = this.chain
    this.chain = ''
    this.isRefused = false
    this.request = undefined
  }

  kill(from: number, to: number): void {
    const before = to <= this.buffer.cursor && from < this.buffer.cursor
    const text = this.buffer.remove(from, to)
    if (text === '') return
    this.kills.add(text, { joins: this.before === 'kill', before })
    this.chain = 'kill'
  }

  /** Shows a line of the history, or the new line; false: there is none of that index. */
  recall(index: number, cursor?: number): boolean {
    const { lines } = this.history
    if (index < 0 || index > lines.length) return false
    const { text } = this.buffer
    if (text !== (lines[this.#at] ?? '')) this.#drafts.set(this.#at, text)
    else this.#drafts.delete(this.#at)
    this.#at = index
    const recalled = this.#drafts.get(index) ?? lines[index] ?? ''
    this.buffer.reset(recalled)
    if (cursor !== undefined) this.buffer.cursor = cursor
    return true
  }
}
