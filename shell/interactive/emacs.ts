// Emacs keys, as readline and busybox have them.

import type { Key } from './keys.ts'
import type { LineState } from './line-state.ts'
import { isLetter, isNotBlank, nextCharacter, previousCharacter, wordEnd, wordStart } from './words.ts'

type Command = (state: LineState) => void

/** Keys whose meaning spans two: escape is Alt for the next one, ^V takes the next one as it is. */
export class EmacsMode {
  #prefix: 'meta' | 'literal' | undefined

  key(state: LineState, key: Key): void {
    const prefix = this.#prefix
    this.#prefix = undefined
    if (prefix === 'literal') {
      state.buffer.insert(literal(key))
      return
    }
    if (key.kind !== 'key' && !(prefix && key.kind === 'text')) {
      state.buffer.insert(key.text)
      return
    }
    const name = `${prefix ? 'M-' : ''}${key.kind === 'key' ? key.name : key.text}`
    if (name === 'escape') this.#prefix = 'meta'
    else if (name === 'C-v' || name === 'C-q') this.#prefix = 'literal'
    else runCommand(state, name)
  }
}

/** Refuses what is no command. */
function runCommand(state: LineState, name: string): void {
  const command = COMMANDS.get(name)
  if (command) command(state)
  else state.refuse()
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['enter', accept],
  ['C-c', interrupt],
  ['C-d', deleteOrEnd],
  ['C-g', state => state.refuse()],
  ['C-a', toRowStart],
  ['home', toRowStart],
  ['C-e', toRowEnd],
  ['end', toRowEnd],
  ['C-b', left],
  ['left', left],
  ['C-f', right],
  ['right', right],
  ['M-b', toWordStart],
  ['C-left', toWordStart],
  ['M-left', toWordStart],
  ['M-f', toWordEnd],
  ['C-right', toWordEnd],
  ['M-right', toWordEnd],
  ['backspace', eraseBack],
  ['delete', eraseForward],
  ['C-k', state => state.kill(state.buffer.cursor, killEnd(state))],
  ['C-u', state => state.kill(killStart(state), state.buffer.cursor)],
  ['C-w', state => killBack(state, wordStart(state.buffer.text, state.buffer.cursor, isNotBlank))],
  ['M-backspace', state => killBack(state, wordStart(state.buffer.text, state.buffer.cursor, isLetter))],
  ['M-d', state => state.kill(state.buffer.cursor, wordEnd(state.buffer.text, state.buffer.cursor, isLetter))],
  ['M-delete', state => state.kill(state.buffer.cursor, wordEnd(state.buffer.text, state.buffer.cursor, isLetter))],
  ['M-\\', eraseBlanks],
  ['C-y', yank],
  ['M-y', yankBefore],
  ['M-.', lastWord],
  ['M-_', lastWord],
  ['C-t', transpose],
  ['M-u', state => changeWord(state, word => word.toUpperCase())],
  ['M-l', state => changeWord(state, word => word.toLowerCase())],
  ['M-c', state => changeWord(state, capitalize)],
  ['C-_', undo],
  ['M-r', revert],
  ['C-p', older],
  ['up', older],
  ['C-n', newer],
  ['down', newer],
  ['M-<', state => state.recall(0)],
  ['M->', state => state.recall(state.history.lines.length)],
  ['page-up', state => samePrefix(state, { forward: false })],
  ['page-down', state => samePrefix(state, { forward: true })],
  ['M-#', comment],
  ['C-l', state => void (state.request = 'clear')],
  ['C-r', state => void (state.request = 'search-back')],
  ['C-s', state => void (state.request = 'search-forward')],
  ['tab', state => void (state.request = 'complete')],
  ['M-?', state => void (state.request = 'list')],
  ['M-=', state => void (state.request = 'list')],
  ['M-*', state => void (state.request = 'insert-all')],
  ['insert', () => {}],
  ['C-z', () => {}],
])

function accept(state: LineState): void {
  state.outcome = 'accept'
}

function interrupt(state: LineState): void {
  state.outcome = 'interrupt'
}

function deleteOrEnd(state: LineState): void {
  if (state.buffer.isEmpty) state.outcome = 'eof'
  else eraseForward(state)
}

function toRowStart({ buffer }: LineState): void {
  buffer.cursor = buffer.rowStart
}

function toRowEnd({ buffer }: LineState): void {
  buffer.cursor = buffer.rowEnd
}

function left(state: LineState): void {
  if (state.buffer.cursor === 0) state.refuse()
  state.buffer.cursor = state.buffer.previous
}

function right(state: LineState): void {
  if (state.buffer.cursor === state.buffer.text.length) state.refuse()
  state.buffer.cursor = state.buffer.next
}

function toWordStart({ buffer }: LineState): void {
  buffer.cursor = wordStart(buffer.text, buffer.cursor, isLetter)
}

function toWordEnd({ buffer }: LineState): void {
  buffer.cursor = wordEnd(buffer.text, buffer.cursor, isLetter)
}

function eraseBack(state: LineState): void {
  const { buffer } = state
  if (buffer.remove(buffer.previous, buffer.cursor) === '') state.refuse()
}

function eraseForward(state: LineState): void {
  const { buffer } = state
  if (buffer.remove(buffer.cursor, buffer.next) === '') state.refuse()
}

/** At the end of a row, its newline. */
function killEnd({ buffer }: LineState): number {
  return buffer.rowEnd === buffer.cursor ? buffer.next : buffer.rowEnd
}

function killStart({ buffer }: LineState): number {
  return buffer.rowStart === buffer.cursor ? buffer.previous : buffer.rowStart
}

function killBack(state: LineState, from: number): void {
  state.kill(from, state.buffer.cursor)
}

function eraseBlanks({ buffer }: LineState): void {
  const { text, cursor } = buffer
  const start = text.slice(0, cursor).trimEnd().length
  buffer.remove(start, text.length - text.slice(cursor).trimStart().length)
}

function yank(state: LineState): void {
  insertReplaceable(state, state.kills.top, 0)
  state.chain = 'yank'
}

/** M-y after a yank: the kill before that one in its place. */
function yankBefore(state: LineState): void {
  if (state.before !== 'yank' || !state.inserted) {
    state.refuse()
    return
  }
  state.buffer.remove(state.inserted.from, state.inserted.to)
  insertReplaceable(state, state.kills.rotate(), 0)
  state.chain = 'yank'
}

/** The last word of the line before; again: of the one before that, in its place. */
function lastWord(state: LineState): void {
  const { lines } = state.history
  const isAgain = state.before === 'last-word' && state.inserted !== undefined
  const at = isAgain && state.inserted ? state.inserted.at - 1 : lines.length - 1
  const line = lines[at]
  if (line === undefined) {
    state.chain = state.before
    state.refuse()
    return
  }
  if (isAgain && state.inserted) state.buffer.remove(state.inserted.from, state.inserted.to)
  insertReplaceable(state, /(?:\\.|'[^']*'|"[^"]*"|\S)+$/.exec(line.trimEnd())?.[0] ?? '', at)
  state.chain = 'last-word'
}

function insertReplaceable(state: LineState, text: string, at: number): void {
  const from = state.buffer.cursor
  if (text !== '') state.buffer.insert(text)
  state.inserted = { from, to: from + text.length, at }
}

/** The character before the cursor goes over the one at it; at the end of the line, the last two change places. */
function transpose(state: LineState): void {
  const { buffer } = state
  const { text } = buffer
  const at = buffer.cursor === text.length ? buffer.previous : buffer.cursor
  if (at === 0 || text.length < 2) {
    state.refuse()
    return
  }
  const start = previousCharacter(text, at)
  const end = nextCharacter(text, at)
  buffer.replace(start, end, text.slice(at, end) + text.slice(start, at))
}

function changeWord({ buffer }: LineState, change: (word: string) => string): void {
  const end = wordEnd(buffer.text, buffer.cursor, isLetter)
  buffer.replace(buffer.cursor, end, change(buffer.text.slice(buffer.cursor, end)))
}

function capitalize(word: string): string {
  const first = word.search(/[\p{L}\p{N}]/u)
  const end = first === -1 ? word.length : nextCharacter(word, first)
  return word.slice(0, end).toUpperCase() + word.slice(end).toLowerCase()
}

function undo(state: LineState): void {
  if (!state.buffer.undo()) state.refuse()
}

function revert(state: LineState): void {
  if (!state.buffer.undoAll()) state.refuse()
}

function comment(state: LineState): void {
  state.buffer.setLine(`#${state.buffer.text}`)
  state.outcome = 'accept'
}

/** In a text of several rows, the row above first; then the line before. */
function older(state: LineState): void {
  const { buffer } = state
  if (buffer.rowStart > 0) {
    const column = buffer.cursor - buffer.rowStart
    buffer.cursor = buffer.rowStart - 1
    buffer.cursor = Math.min(buffer.rowStart + column, buffer.rowEnd)
  } else if (!state.recall(state.historyIndex - 1)) state.refuse()
}

function newer(state: LineState): void {
  const { buffer } = state
  if (buffer.rowEnd < buffer.text.length) {
    const column = buffer.cursor - buffer.rowStart
    buffer.cursor = buffer.rowEnd + 1
    buffer.cursor = Math.min(buffer.cursor + column, buffer.rowEnd)
  } else if (!state.recall(state.historyIndex + 1)) state.refuse()
}

/** The nearest line that begins as this one does up to the cursor. */
function samePrefix(state: LineState, how: { forward: boolean }): void {
  const { cursor, text } = state.buffer
  const prefix = text.slice(0, cursor)
  const found = state.history.find(state.historyIndex, line => line.startsWith(prefix) && line !== text, how)
  if (found === undefined) state.refuse()
  else state.recall(found, cursor)
}

/** The character a key stands for when it is quoted. */
function literal(key: Key): string {
  if (key.kind !== 'key') return key.text
  if (key.name === 'escape') return '\x1b'
  if (key.name === 'enter') return '\r'
  if (key.name === 'tab') return '\t'
  if (key.name === 'backspace') return '\x7f'
  const control = /^C-(.)$/.exec(key.name)?.[1]
  return control ? String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 64) : ''
}
