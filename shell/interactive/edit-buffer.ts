// The line under edit: its text, the cursor, what was killed, and how to undo.

import { nextCharacter, previousCharacter } from './words.ts'

interface Moment {
  readonly text: string
  readonly cursor: number
}

export class EditBuffer {
  #text = ''
  #cursor = 0
  #undo: Moment[] = []
  /** What kind of change the last one was: letters typed in a row are undone together. */
  #lastChange = ''

  get text(): string {
    return this.#text
  }

  get cursor(): number {
    return this.#cursor
  }

  set cursor(at: number) {
    this.#cursor = Math.min(Math.max(0, at), this.#text.length)
    this.#lastChange = ''
  }

  get isEmpty(): boolean {
    return this.#text === ''
  }

  get next(): number {
    return nextCharacter(this.#text, this.#cursor)
  }

  get previous(): number {
    return previousCharacter(this.#text, this.#cursor)
  }

  /** Where the row of text that the cursor is in begins and ends: a pasted line may have several. */
  get rowStart(): number {
    return this.#cursor === 0 ? 0 : this.#text.lastIndexOf('\n', this.#cursor - 1) + 1
  }

  get rowEnd(): number {
    const end = this.#text.indexOf('\n', this.#cursor)
    return end === -1 ? this.#text.length : end
  }

  insert(text: string): void {
    this.#remember(text.length > 2 || /\s/.test(text) ? '' : 'insert')
    this.#set(this.#text.slice(0, this.#cursor) + text + this.#text.slice(this.#cursor), this.#cursor + text.length)
  }

  /** Takes out a stretch, leaves the cursor at its beginning, and returns it. */
  remove(from: number, to: number): string {
    const [start, end] = from < to ? [from, to] : [to, from]
    if (start === end) return ''
    this.#remember(end - start <= 2 ? 'remove' : '')
    const removed = this.#text.slice(start, end)
    this.#set(this.#text.slice(0, start) + this.#text.slice(end), start)
    return removed
  }

  replace(from: number, to: number, text: string): void {
    if (text !== this.#text.slice(from, to)) this.#remember('')
    this.#set(this.#text.slice(0, from) + text + this.#text.slice(to), from + text.length)
  }

  /** A new line altogether, which itself can be undone. */
  setLine(text: string, cursor = text.length): void {
    if (text !== this.#text) this.#remember('')
    this.#set(text, cursor)
  }

  /** A new line without a past. */
  reset(text = ''): void {
    this.#undo = []
    this.#lastChange = ''
    this.#set(text, text.length)
  }

  /** false: there is nothing to undo. */
  undo(): boolean {
    const moment = this.#undo.pop()
    if (!moment) return false
    this.#set(moment.text, moment.cursor)
    this.#lastChange = ''
    return true
  }

  undoAll(): boolean {
    const first = this.#undo[0]
    if (!first) return false
    this.#set(first.text, first.cursor)
    this.#undo = []
    return true
  }

  #remember(kind: string): void {
    if (kind === '' || kind !== this.#lastChange) this.#undo.push({ text: this.#text, cursor: this.#cursor })
    this.#lastChange = kind
  }

  #set(text: string, cursor: number): void {
    this.#text = text
    this.#cursor = Math.min(Math.max(0, cursor), text.length)
  }
}
