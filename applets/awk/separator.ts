// How a record is cut into fields, and a text by split: POSIX's three ways, one for each kind of FS.

import type { Regex } from '../../lib/regex/index.ts'
import type { RegexCache } from './regex.ts'

export type Separator =
  | { readonly kind: 'blanks' }
  | { readonly kind: 'character'; readonly code: number; readonly alsoNewline: boolean }
  | { readonly kind: 'each' }
  | { readonly kind: 'regex'; readonly regex: Regex }

export const BLANKS: Separator = { kind: 'blanks' }

/** `isParagraph`: with an empty RS a newline parts fields too (POSIX). */
export function makeSeparator(text: string, cache: RegexCache, isParagraph = false): Separator {
  if (text === ' ') return BLANKS
  if (text === '') return { kind: 'each' }
  if (text.length === 1 && text !== '\\' && !(cache.ignoresCase && /[a-z]/i.test(text)))
    return { kind: 'character', code: text.charCodeAt(0), alsoNewline: isParagraph }
  const source = text === '\\' ? '\\\\' : text
  return { kind: 'regex', regex: cache.get(isParagraph ? `(${source})|\n` : source) }
}

/** Where fields are in a text: their beginnings and ends, and how far the text has been looked at. */
export class Fields {
  readonly starts: number[] = []
  readonly ends: number[] = []
  count = 0
  /** All of them are found. */
  isWhole = true
  #source = ''
  #at = 0
  #end = 0
  #separator: Separator = BLANKS

  reset(source: string, start: number, end: number, separator: Separator): void {
    this.#source = source
    this.#at = start
    this.#end = end
    this.#separator = separator
    this.count = 0
    this.isWhole = false
  }

  /** Goes on until there are `wanted` fields, or no more. */
  find(wanted: number): void {
    if (this.isWhole || this.count >= wanted) return
    switch (this.#separator.kind) {
      case 'blanks':
        return this.#findBlanks(wanted)
      case 'character':
        return this.#findCharacter(wanted, this.#separator.code, this.#separator.alsoNewline)
      case 'each':
        return this.#findEach()
      case 'regex':
        return this.#findRegex(this.#separator.regex)
    }
  }

  #findBlanks(wanted: number): void {
    const source = this.#source
    const end = this.#end
    let at = this.#at
    let { count } = this
    while (count < wanted) {
      for (; at < end; at++) {
        const code = source.charCodeAt(at)
        if (code !== 32 && code !== 9 && code !== 10) break
      }
      if (at >= end) {
        this.isWhole = true
        break
      }
      this.starts[count] = at
      for (at++; at < end; at++) {
        const code = source.charCodeAt(at)
        if (code === 32 || code === 9 || code === 10) break
      }
      this.ends[count++] = at
    }
    this.count = count
    this.#at = at
  }

  #findCharacter(wanted: number, separator: number, alsoNewline: boolean): void {
    const source = this.#source
    const end = this.#end
    let at = this.#at
    let { count } = this
    // An empty text has no fields.
    if (count === 0 && at >= end) this.isWhole = true
    while (count < wanted && !this.isWhole) {
      this.starts[count] = at
      for (; at < end; at++) {
        const code = source.charCodeAt(at)
        if (code === separator || (alsoNewline && code === 10)) break
      }
      this.ends[count++] = at
      if (at >= end) this.isWhole = true
      else at++
    }
    this.count = count
    this.#at = at
  }

  #findEach(): void {
    for (let at = this.#at; at < this.#end; ) {
      const next = at + (this.#source.codePointAt(at)! > 0xffff ? 2 : 1)
      this.#add(at, next)
      at = next
    }
    this.isWhole = true
  }

  #findRegex(regex: Regex): void {
    const offset = this.#at
    const text = this.#source.slice(offset, this.#end)
    this.isWhole = true
    if (text === '') return
    let start = 0
    for (let from = 0; from < text.length; ) {
      const match = regex.exec(text, from)
      if (!match) break
      if (match.end === match.start) {
        // An empty match parts nothing.
        from = match.end + 1
        continue
      }
      this.#add(offset + start, offset + match.start)
      start = match.end
      from = start
    }
    this.#add(offset + start, offset + text.length)
  }

  #add(start: number, end: number): void {
    this.starts[this.count] = start
    this.ends[this.count++] = end
  }
}
