// Where characters and words begin and end in a line, as a cursor moves over them.

import { textWidth } from '../../lib/width.ts'

const ZERO_WIDTH_JOINER = '\u200d'

/** The index after the character at `at`: a code point with the marks that combine with it. */
export function nextCharacter(text: string, at: number): number {
  if (at >= text.length) return text.length
  let end = at + codePointLength(text, at)
  while (end < text.length) {
    const next = text.slice(end, end + codePointLength(text, end))
    const isJoined = text[end - 1] === ZERO_WIDTH_JOINER
    if (!isJoined && !isMark(next)) break
    end += next.length
  }
  return end
}

/** The index of the character before `at`. */
export function previousCharacter(text: string, at: number): number {
  let start = Math.max(0, at - 64)
  // A surrogate pair or a mark cut in two by the window is put right by walking from a plain character.
  while (
    start > 0 &&
    (isMark(text[start] ?? '') || isLowSurrogate(text, start) || text[start - 1] === ZERO_WIDTH_JOINER)
  )
    start--
  for (;;) {
    const next = nextCharacter(text, start)
    if (next >= at || next === start) return start
    start = next
  }
}

export type WordTest = (character: string) => boolean

/** Emacs' words: letters and digits. */
export const isLetter: WordTest = character => /^[\p{L}\p{N}\p{M}]/u.test(character)

/** What ^W kills: everything that is no white space. */
export const isNotBlank: WordTest = character => !/^\s/u.test(character)

/** Past the end of the next word. */
export function wordEnd(text: string, from: number, isWord: WordTest): number {
  let at = from
  while (at < text.length && !isWord(text.slice(at, at + 2))) at = nextCharacter(text, at)
  while (at < text.length && isWord(text.slice(at, at + 2))) at = nextCharacter(text, at)
  return at
}

/** The beginning of the word before. */
export function wordStart(text: string, from: number, isWord: WordTest): number {
  let at = from
  const before = () => previousCharacter(text, at)
  while (at > 0 && !isWord(text.slice(before(), at))) at = before()
  while (at > 0 && isWord(text.slice(before(), at))) at = before()
  return at
}

function codePointLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

function isMark(character: string): boolean {
  return character > '\x7f' && textWidth(character) === 0 && !isLowSurrogate(character, 0)
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff && at > 0
}
