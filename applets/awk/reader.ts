// Records from a stream of bytes, parted by RS: a character, blank lines, or a regular expression.

import type { Maybe } from '../../kernel/process.ts'
import { concat, decode, EMPTY } from '../../lib/bytes.ts'
import type { Regex } from '../../lib/regex/index.ts'
import type { RegexCache } from './regex.ts'

export type RecordEnd =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'regex'; readonly regex: Regex }

export const NEWLINE: RecordEnd = { kind: 'character', character: '\n' }

export function makeRecordEnd(text: string, cache: RegexCache): RecordEnd {
  if (text === '\n') return NEWLINE
  if (text === '') return { kind: 'paragraph' }
  return text.length === 1 ? { kind: 'character', character: text } : { kind: 'regex', regex: cache.get(text) }
}

/** Past so much without an end, as much again is read before it is looked for anew. */
const CHUNK = 65536

/** Less than that nobody counts. */
const COUNTED = 1 << 20

export class RecordReader {
  /** The record that `next` found is this stretch of the text. */
  text = ''
  start = 0
  end = 0
  /** What ended it (RT). */
  terminator = ''
  readonly #read: () => Maybe<Uint8Array>
  /** Where the next record begins. */
  #at = 0
  /** The bytes of a character that has not come whole. */
  #rest: Uint8Array = EMPTY
  #isOver = false
  /** Where skip found its texts last. */
  #places: { readonly text: string; readonly next: number[] } = { text: '', next: [] }
  /** Nothing was found yet: `^` of an RS holds only at the beginning of the stream. */
  #isFirst = true

  readonly #charge: (bytes: number) => void
  /** What was charged for. */
  #held = 0

  /** `charge` is told of bytes that are held while more are read: see Process.charge. */
  constructor(read: () => Maybe<Uint8Array>, charge: (bytes: number) => void = () => undefined) {
    this.#read = read
    this.#charge = charge
  }

  /** Whether there is another record. A promise only when more must be read and has not come. */
  next(how: RecordEnd): Maybe<boolean> {
    if (how.kind === 'character') {
      const mark = this.text.indexOf(how.character, this.#at)
      if (mark !== -1) {
        this.start = this.#at
        this.end = mark
        this.terminator = how.character
        this.#at = mark + 1
        return true
      }
    } else if (this.#find(how)) return true
    return this.#nextLater(how)
  }

  /** Whole records, ended by `mark`, before the first that has one of the texts, of those that are there already; they are taken. */
  skip(wanted: readonly string[], mark: string): string {
    if (this.#places.text !== this.text) this.#places = { text: this.text, next: wanted.map(() => -1) }
    const { next } = this.#places
    let first = this.text.length
    for (let i = 0; i < wanted.length; i++) {
      if (next[i]! < this.#at) {
        const place = this.text.indexOf(wanted[i]!, this.#at)
        next[i] = place === -1 ? this.text.length : place
      }
      if (next[i]! < first) first = next[i]!
    }
    const end = first === 0 ? 0 : this.text.lastIndexOf(mark, first - 1) + 1
    if (end <= this.#at) return ''
    const skipped = this.text.slice(this.#at, end)
    this.#at = end
    return skipped
  }

  #nextLater(how: RecordEnd): Maybe<boolean> {
    for (;;) {
      if (this.#isOver) return this.#last(how)
      const size = this.text.length
      const more = this.#more(how)
      if (more instanceof Promise) return more.then(() => this.#again(how))
      if (this.text.length !== size && this.#find(how)) return true
    }
  }

  #again(how: RecordEnd): Maybe<boolean> {
    return this.#find(how) || this.#nextLater(how)
  }

  /** What is left at the end of the stream. */
  #last(how: RecordEnd): boolean {
    if (how.kind !== 'character' && this.#find(how)) return true
    if (this.#at >= this.text.length) {
      this.release()
      return false
    }
    this.start = this.#at
    this.end = this.#at = this.text.length
    this.terminator = ''
    // An empty RS: newlines at the end are none of the last record's.
    if (how.kind === 'paragraph') {
      const newlines = /\n+$/.exec(this.text.slice(this.start, this.end))
      if (newlines) {
        this.end -= newlines[0].length
        this.terminator = newlines[0]
      }
    }
    return true
  }

  /** Looks for the end of the record in what is there. */
  #find(how: RecordEnd): boolean {
    switch (how.kind) {
      case 'character': {
        const mark = this.text.indexOf(how.character, this.#at)
        return mark !== -1 && this.#found(mark, mark + 1)
      }
      case 'paragraph':
        return this.#findParagraph()
      case 'regex':
        return this.#findRegex(how.regex)
    }
  }

  #found(end: number, next: number): boolean {
    this.start = this.#at
    this.end = end
    this.terminator = this.text.slice(end, next)
    this.#at = next
    this.#isFirst = false
    return true
  }

  /** POSIX: newlines before a record are passed over, and all that follow one end it. */
  #findParagraph(): boolean {
    while (this.text[this.#at] === '\n') this.#at++
    const mark = this.text.indexOf('\n\n', this.#at)
    if (mark === -1) return false
    let next = mark + 2
    while (this.text[next] === '\n') next++
    // More newlines may come.
    if (next === this.text.length && !this.#isOver) return false
    return this.#found(mark, next)
  }

  #findRegex(regex: Regex): boolean {
    for (let from = this.#at; from < this.text.length; ) {
      const match = regex.exec(this.text, from, { notBol: !this.#isFirst })
      if (!match) return false
      if (match.end === match.start) {
        from = match.end + 1
        continue
      }
      // It might be longer with what comes; a newline is taken as the end of what was typed.
      if (match.end === this.text.length && !this.#isOver && this.text.at(-1) !== '\n') return false
      return this.#found(match.start, match.end)
    }
    return false
  }

  /** Reads on; what was given out before is dropped. */
  #more(how: RecordEnd): Maybe<void> {
    const parts = [this.text.slice(this.#at)]
    let missing = parts[0]!.length >= CHUNK ? parts[0]!.length : 0
    this.#at = 0
    const settle = () => {
      this.text = parts.length === 2 && parts[0] === '' ? parts[1]! : parts.join('')
      this.#hold(this.text.length)
    }
    let size = parts[0]!.length
    const take = (chunk: Uint8Array): boolean => {
      const text = this.#decode(chunk)
      parts.push(text)
      size += text.length
      missing -= text.length
      if (size > this.#held) this.#hold(size)
      return this.#isOver || missing <= 0 || (how.kind === 'character' && text.includes(how.character))
    }
    const later = async (pending: Promise<Uint8Array>) => {
      let chunk = await pending
      while (!take(chunk)) chunk = await this.#read()
      settle()
    }
    for (;;) {
      const chunk = this.#read()
      if (chunk instanceof Promise) return later(chunk)
      if (take(chunk)) return settle()
    }
  }

  /** What is held no more when nobody reads on. */
  release(): void {
    this.#hold(0)
  }

  #hold(bytes: number): void {
    const held = bytes < COUNTED ? 0 : bytes
    if (held === this.#held) return
    this.#charge(held - this.#held)
    this.#held = held
  }

  #decode(chunk: Uint8Array): string {
    if (chunk.length === 0) {
      this.#isOver = true
      const rest = this.#rest
      this.#rest = EMPTY
      return decode(rest)
    }
    const bytes = this.#rest.length === 0 ? chunk : concat([this.#rest, chunk])
    const whole = wholeLength(bytes)
    this.#rest = whole < bytes.length ? bytes.slice(whole) : EMPTY
    return decode(whole < bytes.length ? bytes.subarray(0, whole) : bytes)
  }
}

/** Without a character at the end that has only begun. */
function wholeLength(bytes: Uint8Array): number {
  const { length } = bytes
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back]!
    if (byte < 0x80) return length
    if (byte < 0xc0) continue
    const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return width > back ? length - back : length
  }
  return length
}
