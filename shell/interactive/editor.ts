// The line editor: reads keys, lets a mode act on the line, and draws. It knows a terminal's bytes and columns and nothing else.

import { type Candidate, type Completion, commonPrefix, listCandidates } from './completion-listing.ts'
import { EditorScreen } from './editor-screen.ts'
import { EmacsMode } from './emacs.ts'
import { History } from './history.ts'
import { IncrementalSearch } from './incremental-search.ts'
import { type Key, KeyDecoder } from './keys.ts'
import { KillRing, LineState } from './line-state.ts'
import { ViMode } from './vi.ts'

/** The terminal that the editor works on, in raw mode while a line is read. */
export interface EditorTerminal {
  /** At most `max` bytes as typed; empty: there will be no more. It asks for one at a time, so that keys after Enter stay for others. */
  read(max: number): Uint8Array | Promise<Uint8Array>
  write(text: string): void | Promise<void>
  columns(): number
  /** Without it, lines are taken to fit the screen. */
  rows?(): number
  /**
   * Whether a read would not have to wait: tells the Escape key from the sequence of another, and what is typed ahead is
   * drawn only once. Without it, a read must give all that has come.
   */
  isReady?(): boolean
}

export interface EditorOptions {
  readonly terminal: EditorTerminal
  readonly history?: History
  readonly complete?: (line: string, cursor: number) => Completion | Promise<Completion>
  /** Asked before each line: `set -o vi` may have changed it. */
  readonly mode?: () => 'emacs' | 'vi'
  /** A listing of more candidates than this is asked about first. */
  readonly askAbove?: number
  /** Asks the terminal to mark pasted text, so that its newlines do not run it. */
  readonly bracketedPaste?: boolean
}

export type ReadResult = { readonly line: string } | 'eof' | 'interrupt'

export class LineEditor {
  readonly history: History
  readonly #how: EditorOptions
  readonly #terminal: EditorTerminal
  readonly #screen: EditorScreen
  readonly #decoder = new KeyDecoder()
  readonly #kills = new KillRing()
  /** Keys that came with others, when a terminal gives more than it is asked for. */
  readonly #keys: Key[] = []
  #state: LineState | undefined
  #mode: EmacsMode | ViMode = new EmacsMode()
  #search: IncrementalSearch | undefined
  #lastPattern = ''
  #prompt = ''

  constructor(how: EditorOptions) {
    this.#how = how
    this.#terminal = how.terminal
    this.#screen = new EditorScreen(
      () => how.terminal.columns(),
      () => how.terminal.rows?.() ?? Number.POSITIVE_INFINITY,
    )
    this.history = how.history ?? new History()
  }

  /**
   * A line without its newline (with newlines within, when it was pasted), 'eof' for ^D on an empty line or the end of
   * input, 'interrupt' for ^C. The line is added to the history unless `remember` is false.
   */
  async readLine(prompt: string, how: { remember?: boolean } = {}): Promise<ReadResult> {
    const state = new LineState(this.history, this.#kills)
    this.#state = state
    this.#prompt = prompt
    this.#mode = this.#how.mode?.() === 'vi' ? new ViMode() : new EmacsMode()
    this.#search = undefined
    this.#screen.begin()
    if (this.#how.bracketedPaste !== false) await this.#terminal.write('\x1b[?2004h')
    try {
      await this.#draw(state)
      while (state.outcome === undefined) await this.#step(state)
      await this.#finish(state)
    } finally {
      this.#state = undefined
      if (this.#how.bracketedPaste !== false) await this.#terminal.write('\x1b[?2004l')
    }
    if (state.outcome !== 'accept') return state.outcome ?? 'eof'
    if (how.remember !== false) this.history.add(state.buffer.text)
    return { line: state.buffer.text }
  }

  /** The window has another size: what is shown is drawn anew. */
  async resized(): Promise<void> {
    if (this.#state) await this.#draw(this.#state)
  }

  /** Shows whole lines above the one that is being edited: a job's notice. */
  async printAbove(text: string): Promise<void> {
    if (!this.#state) {
      await this.#terminal.write(text)
      return
    }
    await this.#terminal.write(this.#screen.finish() + text)
    await this.#draw(this.#state)
  }

  async #step(state: LineState): Promise<void> {
    const key = await this.#nextKey()
    if (!key) {
      state.outcome = 'eof'
      return
    }
    state.beginCommand()
    this.#dispatch(state, key)
    if (state.request) await this.#serve(state)
    if (state.isRefused) await this.#terminal.write('\x07')
    if (this.#keys.length === 0 && !this.#terminal.isReady?.()) await this.#draw(state)
  }

  #dispatch(state: LineState, key: Key): void {
    if (this.#search) {
      const step = this.#search.key(key)
      if (step === 'stay') return
      this.#lastPattern = this.#search.pattern
      this.#search = undefined
      if (step === 'done') return
    }
    this.#mode.key(state, key)
  }

  async #nextKey(): Promise<Key | undefined> {
    while (this.#keys.length === 0) {
      const bytes = await this.#terminal.read(1)
      if (bytes.length === 0) return undefined
      this.#keys.push(...this.#decoder.feed(bytes, { isLast: !this.#terminal.isReady?.() }))
    }
    return this.#keys.shift()
  }

  async #draw(state: LineState): Promise<void> {
    const { text, cursor } = state.buffer
    const viPrompt = this.#mode instanceof ViMode ? this.#mode.searchText : undefined
    const shown =
      viPrompt === undefined
        ? { prompt: this.#search?.prompt ?? this.#prompt, text, cursor }
        : { prompt: this.#prompt, text: viPrompt, cursor: viPrompt.length }
    const change = this.#screen.draw(shown)
    if (change !== '') await this.#terminal.write(change)
  }

  async #finish(state: LineState): Promise<void> {
    this.#search = undefined
    state.buffer.cursor = state.buffer.text.length
    await this.#draw(state)
    const mark = state.outcome === 'interrupt' ? '^C' : ''
    const below = this.#screen.finish()
    await this.#terminal.write(mark === '' ? below : `${below.replace(/(\r\n)?$/, '')}${mark}\r\n`)
  }

  async #serve(state: LineState): Promise<void> {
    switch (state.request) {
      case 'clear':
        return void (await this.#terminal.write(this.#screen.clear()))
      case 'search-back':
      case 'search-forward':
        this.#search = new IncrementalSearch(state, {
          forward: state.request === 'search-forward',
          lastPattern: this.#lastPattern,
        })
        return
      case 'complete':
      case 'list':
      case 'insert-all':
        return this.#complete(state, state.request)
      case undefined:
    }
  }

  // --- completion ----------------------------------------------------------------------------------------------------

  async #complete(state: LineState, request: 'complete' | 'list' | 'insert-all'): Promise<void> {
    const { buffer } = state
    const { from, candidates } = (await this.#how.complete?.(buffer.text, buffer.cursor)) ?? { from: 0, candidates: [] }
    const [first] = candidates
    if (!first) return state.refuse()
    if (request === 'list') return this.#list(state, candidates)
    if (request === 'insert-all') {
      buffer.replace(from, buffer.cursor, `${candidates.map(candidate => candidate.text).join(' ')} `)
      return
    }
    if (candidates.length === 1) {
      buffer.replace(from, buffer.cursor, first.text + (first.suffix ?? ' '))
      return
    }
    const prefix = commonPrefix(candidates)
    const typed = buffer.text.slice(from, buffer.cursor)
    state.chain = 'complete'
    if (prefix.length > typed.length || (prefix.length === typed.length && prefix !== typed))
      buffer.replace(from, buffer.cursor, prefix)
    else if (state.before === 'complete') await this.#list(state, candidates)
    else state.refuse()
  }

  async #list(state: LineState, candidates: readonly Candidate[]): Promise<void> {
    await this.#draw(state)
    await this.#terminal.write(this.#screen.finish())
    if (candidates.length > (this.#how.askAbove ?? 100)) {
      await this.#terminal.write(`Display all ${candidates.length} possibilities? (y or n)`)
      const isWanted = await this.#isYes()
      await this.#terminal.write('\r\n')
      if (!isWanted) return
    }
    const rows = listCandidates(candidates, this.#terminal.columns())
    await this.#terminal.write(rows.map(row => `${row}\r\n`).join(''))
  }

  async #isYes(): Promise<boolean> {
    for (;;) {
      const key = await this.#nextKey()
      if (!key) return false
      if (key.kind !== 'key' && /^[yY ]/.test(key.text)) return true
      if (key.kind !== 'key' ? /^[nN]/.test(key.text) : /^(backspace|C-c|C-g|escape)$/.test(key.name)) return false
    }
  }
}
