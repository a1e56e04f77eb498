// vi keys (`set -o vi`), as POSIX XCU sh lists them; while text is inserted, emacs' keys work too.

import { EmacsMode } from './emacs.ts'
import type { Key } from './keys.ts'
import type { LineState } from './line-state.ts'
import { changedWord, forward, put, replaceCharacters, switchCase } from './vi-changes.ts'
import { parseCommand, type ViCommand } from './vi-command.ts'
import { type Find, findTarget, reverse, type Target } from './vi-motions.ts'
import { nextCharacter, previousCharacter } from './words.ts'

type Action = (state: LineState, command: ViCommand) => void

interface Moment {
  readonly text: string
  readonly cursor: number
}

interface Change {
  readonly command: ViCommand
  /** What was typed until the next escape. */
  readonly inserted: Key[]
}

interface Search {
  readonly isForward: boolean
  readonly pattern: string
}

const ARROWS: ReadonlyMap<string, string> = new Map([
  ['left', 'h'],
  ['backspace', 'h'],
  ['right', 'l'],
  ['up', 'k'],
  ['C-p', 'k'],
  ['down', 'j'],
  ['C-n', 'j'],
  ['home', '0'],
  ['end', '$'],
  ['delete', 'x'],
])

/** What `.` does again, besides the operators. */
const REPEATABLE = new Set('xXsSrRDCYpP~iaIA_')

export class ViMode {
  readonly #emacs = new EmacsMode()
  #isInserting = true
  /** R: what is typed takes the place of what is there. */
  #isReplacing = false
  #pending = ''
  #find: Find | undefined
  /** The pattern that is being typed after / or ?. */
  #typed: Search | undefined
  #search: Search | undefined
  #last: Change | undefined
  #isRecording = false
  #undo: Moment[] = []

  /** What is shown instead of the line while a pattern is typed. */
  get searchText(): string | undefined {
    return this.#typed && `${this.#typed.isForward ? '?' : '/'}${this.#typed.pattern}`
  }

  key(state: LineState, key: Key): void {
    // Escape and a key that came in one piece are not that key with Alt here.
    const alt = key.kind === 'key' ? /^M-(.+)$/u.exec(key.name)?.[1] : undefined
    if (alt !== undefined) {
      this.#key(state, { kind: 'key', name: 'escape' })
      this.#key(state, alt.length <= 2 ? { kind: 'text', text: alt } : { kind: 'key', name: alt })
    } else this.#key(state, key)
  }

  #key(state: LineState, key: Key): void {
    if (this.#typed) this.#typePattern(state, key, this.#typed)
    else if (this.#isInserting) this.#insert(state, key)
    else this.#command(state, key)
  }

  // --- insert mode ---------------------------------------------------------------------------------------------------

  #insert(state: LineState, key: Key): void {
    const { buffer } = state
    if (key.kind === 'key' && key.name === 'escape') {
      this.#isInserting = false
      this.#isReplacing = false
      this.#isRecording = false
      if (buffer.cursor > buffer.rowStart) buffer.cursor = buffer.previous
      return
    }
    if (this.#isRecording) this.#last?.inserted.push(key)
    if (this.#isReplacing && key.kind === 'text' && buffer.cursor < buffer.rowEnd) {
      buffer.replace(buffer.cursor, buffer.next, key.text)
      return
    }
    this.#emacs.key(state, key)
  }

  #startInserting(): void {
    this.#isInserting = true
    this.#isRecording = true
  }

  // --- command mode --------------------------------------------------------------------------------------------------

  #command(state: LineState, key: Key): void {
    if (key.kind === 'paste') {
      state.refuse()
      return
    }
    if (key.kind === 'key' && !ARROWS.has(key.name)) {
      this.#control(state, key)
      return
    }
    this.#pending += key.kind === 'text' ? key.text : (ARROWS.get(key.name) ?? '')
    const command = parseCommand(this.#pending)
    if (command === 'more') return
    this.#pending = ''
    this.#run(state, command)
    this.#keepOnLine(state)
  }

  #control(state: LineState, key: Key): void {
    const isIncomplete = this.#pending !== ''
    this.#pending = ''
    if (key.kind === 'key' && key.name === 'escape') {
      if (!isIncomplete) state.refuse()
    } else this.#emacs.key(state, key)
  }

  #run(state: LineState, command: ViCommand): void {
    const { text, cursor } = state.buffer
    const isRepeatable = command.operator !== '' || REPEATABLE.has(command.key)
    if (isRepeatable) this.#last = { command, inserted: [] }
    if (command.operator !== '') this.#operate(state, command)
    else if (!this.#move(state, command)) this.#act(state, command)
    if (isRepeatable && (state.buffer.text !== text || this.#isInserting)) this.#undo.push({ text, cursor })
  }

  #move(state: LineState, command: ViCommand): boolean {
    if (!'hl wWeEbB0^$|fFtT;,'.includes(command.key)) return false
    const target = this.#target(state, command)
    if (!target) state.refuse()
    else state.buffer.cursor = target.to
    return true
  }

  #target({ buffer }: LineState, { key, count, argument }: ViCommand): Target | undefined {
    if (argument !== '') this.#find = { key, character: argument }
    const find = key === ',' && this.#find ? reverse(this.#find) : this.#find
    return findTarget(key === ';' || key === ',' ? (find?.key ?? '') : key, buffer, count, find)
  }

  #operate(state: LineState, command: ViCommand): void {
    const { buffer } = state
    const { operator, key } = command
    if (key === operator) {
      this.#apply(state, operator, 0, buffer.text.length)
      return
    }
    const isWord = operator === 'c' && (key === 'w' || key === 'W') && !/^\s/u.test(buffer.text.slice(buffer.cursor))
    // cw changes a word but not the blanks after it, as ce from before its first letter would.
    const target = isWord ? changedWord(buffer, command) : this.#target(state, command)
    if (!target) {
      state.refuse()
      return
    }
    const [from, to] = target.to < buffer.cursor ? [target.to, buffer.cursor] : [buffer.cursor, target.to]
    this.#apply(state, operator, from, target.isInclusive ? nextCharacter(buffer.text, to) : to)
  }

  #apply(state: LineState, operator: string, from: number, to: number): void {
    const { buffer } = state
    state.kills.add(buffer.text.slice(from, to), { joins: false, before: false })
    // POSIX: yanking leaves the cursor where it is.
    if (operator !== 'y') buffer.remove(from, to)
    if (operator === 'c') {
      buffer.cursor = from
      this.#startInserting()
    }
  }

  #act(state: LineState, command: ViCommand): void {
    const action = this.#actions.get(command.key)
    if (action) action(state, command)
    else state.refuse()
  }

  readonly #actions: ReadonlyMap<string, Action> = new Map<string, Action>([
    ['i', state => this.#insertAt(state, state.buffer.cursor)],
    ['a', state => this.#insertAt(state, state.buffer.next)],
    ['I', state => this.#insertAt(state, 0)],
    ['A', state => this.#insertAt(state, state.buffer.text.length)],
    ['R', () => this.#replace()],
    ['x', (state, command) => this.#operate(state, { ...command, operator: 'd', key: 'l' })],
    ['X', (state, command) => this.#operate(state, { ...command, operator: 'd', key: 'h' })],
    ['s', (state, { count }) => this.#apply(state, 'c', state.buffer.cursor, forward(state.buffer, count ?? 1))],
    ['S', state => this.#apply(state, 'c', 0, state.buffer.text.length)],
    ['C', state => this.#apply(state, 'c', state.buffer.cursor, state.buffer.text.length)],
    ['D', state => this.#apply(state, 'd', state.buffer.cursor, state.buffer.text.length)],
    ['Y', state => this.#apply(state, 'y', state.buffer.cursor, state.buffer.text.length)],
    ['r', (state, { count, argument }) => replaceCharacters(state, count ?? 1, argument)],
    ['~', (state, { count }) => switchCase(state, count ?? 1)],
    ['p', (state, { count }) => put(state, state.buffer.next, count ?? 1)],
    ['P', (state, { count }) => put(state, state.buffer.cursor, count ?? 1)],
    ['_', (state, { count }) => this.#lastWord(state, count)],
    ['u', state => this.#undoLast(state)],
    ['U', state => this.#undoLine(state)],
    ['.', (state, { count }) => this.#again(state, count)],
    ['k', (state, { count }) => this.#recall(state, state.historyIndex - (count ?? 1))],
    ['-', (state, { count }) => this.#recall(state, state.historyIndex - (count ?? 1))],
    ['j', (state, { count }) => this.#recall(state, state.historyIndex + (count ?? 1))],
    ['+', (state, { count }) => this.#recall(state, state.historyIndex + (count ?? 1))],
    ['G', (state, { count }) => this.#recall(state, count === undefined ? 0 : count - firstNumber(state))],
    ['/', () => this.#askPattern({ isForward: false })],
    ['?', () => this.#askPattern({ isForward: true })],
    ['n', state => this.#searchAgain(state, { isReversed: false })],
    ['N', state => this.#searchAgain(state, { isReversed: true })],
    ['#', comment],
    ['=', state => this.#complete(state, 'list')],
    ['\\', state => this.#complete(state, 'complete')],
    ['*', state => this.#complete(state, 'insert-all')],
  ])

  #replace(): void {
    this.#isReplacing = true
    this.#startInserting()
  }

  #askPattern(how: { isForward: boolean }): void {
    this.#typed = { ...how, pattern: '' }
  }

  #insertAt(state: LineState, at: number): void {
    state.buffer.cursor = at
    this.#startInserting()
  }

  /** The word under the cursor is completed, and inserting goes on after it. */
  #complete(state: LineState, request: 'list' | 'complete' | 'insert-all'): void {
    const { buffer } = state
    while (buffer.cursor < buffer.text.length && !/^\s/u.test(buffer.text.slice(buffer.cursor)))
      buffer.cursor = buffer.next
    state.request = request
    this.#isInserting = true
  }

  #recall(state: LineState, index: number): void {
    if (!state.recall(index, 0)) {
      state.refuse()
      return
    }
    this.#undo = []
  }

  /** A blank and a word of the line before: the last one, or the one that the count names. */
  #lastWord(state: LineState, count: number | undefined): void {
    const words = (state.history.lines.at(-1) ?? '').split(/\s+/).filter(word => word !== '')
    const word = count === undefined ? words.at(-1) : words[count - 1]
    if (word === undefined) {
      state.refuse()
      return
    }
    const at = state.buffer.isEmpty ? 0 : state.buffer.next
    state.buffer.replace(at, at, ` ${word}`)
    this.#startInserting()
  }

  #undoLast(state: LineState): void {
    const moment = this.#undo.pop()
    if (!moment) {
      state.refuse()
      return
    }
    state.buffer.setLine(moment.text, moment.cursor)
  }

  #undoLine(state: LineState): void {
    const first = this.#undo[0]
    if (!first) {
      state.refuse()
      return
    }
    this.#undo = [{ text: state.buffer.text, cursor: state.buffer.cursor }]
    state.buffer.setLine(first.text, first.cursor)
  }

  #again(state: LineState, count: number | undefined): void {
    const last = this.#last
    if (!last) {
      state.refuse()
      return
    }
    const command = count === undefined ? last.command : { ...last.command, count }
    this.#run(state, command)
    if (!this.#isInserting) return
    this.#isRecording = false
    for (const key of last.inserted) this.#insert(state, key)
    this.#insert(state, { kind: 'key', name: 'escape' })
    this.#last = { command, inserted: last.inserted }
  }

  // --- search --------------------------------------------------------------------------------------------------------

  #typePattern(state: LineState, key: Key, typed: Search): void {
    if (key.kind !== 'key') this.#typed = { ...typed, pattern: typed.pattern + key.text }
    else if (key.name === 'enter') {
      this.#typed = undefined
      const pattern = typed.pattern === '' ? (this.#search?.pattern ?? '') : typed.pattern
      this.#search = { ...typed, pattern }
      this.#searchAgain(state, { isReversed: false })
    } else if (key.name === 'backspace' && typed.pattern !== '')
      this.#typed = {
        ...typed,
        pattern: typed.pattern.slice(0, previousCharacter(typed.pattern, typed.pattern.length)),
      }
    else this.#typed = undefined
  }

  #searchAgain(state: LineState, how: { isReversed: boolean }): void {
    const search = this.#search
    if (!search || search.pattern === '') {
      state.refuse()
      return
    }
    const passes = (line: string) =>
      search.pattern.startsWith('^') ? line.startsWith(search.pattern.slice(1)) : line.includes(search.pattern)
    const found = state.history.find(state.historyIndex, passes, { forward: search.isForward !== how.isReversed })
    if (found === undefined) state.refuse()
    else this.#recall(state, found)
  }

  /** In command mode the cursor stands on a character. */
  #keepOnLine({ buffer }: LineState): void {
    if (!this.#isInserting && buffer.cursor > 0 && buffer.cursor === buffer.rowEnd && buffer.cursor > buffer.rowStart)
      buffer.cursor = buffer.previous
  }
}

/** The number of the oldest line that is kept. */
function firstNumber({ history }: LineState): number {
  return history.nextNumber - history.lines.length
}

/** The line is kept in the history, but does nothing. */
function comment(state: LineState): void {
  state.buffer.setLine(`#${state.buffer.text}`)
  state.outcome = 'accept'
}
