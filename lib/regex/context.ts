// What stands on either side of a place in a text, as far as anchors and word boundaries need to know.

import type { Assertion } from './tree.ts'

/** Beyond the text's beginning or end; `CUT`: a beginning that is none of a line (REG_NOTBOL). */
export const EDGE = 0
export const NEWLINE = 1
export const WORD = 2
export const OTHER = 3
export const CUT = 4

export type Context = typeof EDGE | typeof NEWLINE | typeof WORD | typeof OTHER | typeof CUT

export function contextOf(point: number): Context {
  if (point < 128) return ASCII[point]!
  return BEYOND.test(String.fromCodePoint(point)) ? WORD : OTHER
}

export function contextBefore(text: string, at: number, notBol: boolean): Context {
  if (at === 0) return notBol ? CUT : EDGE
  const low = text.charCodeAt(at - 1)
  if (low < 128) return ASCII[low]!
  const isPair = low >= 0xdc00 && low <= 0xdfff && text.charCodeAt(at - 2) >> 10 === 0x36
  return contextOf(isPair ? text.codePointAt(at - 2)! : low)
}

export function contextAfter(text: string, at: number): Context {
  return at >= text.length ? EDGE : contextOf(text.codePointAt(at)!)
}

export function holds(what: Assertion, before: Context, after: Context, isMultiline: boolean): boolean {
  switch (what) {
    case 'line-start':
      return before === EDGE || (isMultiline && before === NEWLINE)
    case 'line-end':
      return after === EDGE || (isMultiline && after === NEWLINE)
    case 'text-start':
      return before === EDGE || before === CUT
    case 'text-end':
      return after === EDGE
    case 'word-start':
      return before !== WORD && after === WORD
    case 'word-end':
      return before === WORD && after !== WORD
    case 'boundary':
      return (before === WORD) !== (after === WORD)
    case 'no-boundary':
      return (before === WORD) === (after === WORD)
  }
}

const BEYOND = /[\p{Alphabetic}\p{Nd}]/u

const ASCII: readonly Context[] = Array.from({ length: 128 }, (_, point) => {
  if (point === 10) return NEWLINE
  return /\w/.test(String.fromCharCode(point)) ? WORD : OTHER
})
