// How xargs reads its input: words with quotes, whole lines for -I, or anything between NULs.

import type { Input } from '../kernel/input.ts'
import { Failure } from './applet.ts'

export interface Item {
  readonly text: string
  /** The line ends after it, for -L; a blank before the newline joins the next line (POSIX). */
  readonly endsLine: boolean
}

export async function* readItems(
  input: Input,
  kind: 'words' | 'lines' | 'zero',
  endMark: string | undefined,
): AsyncGenerator<Item> {
  const items = kind === 'zero' ? readZero(input) : kind === 'lines' ? readLines(input) : readWords(input)
  for await (const item of items) {
    if (kind !== 'zero' && endMark !== undefined && item.text === endMark) return
    yield item
  }
}

async function* readZero(input: Input): AsyncGenerator<Item> {
  for await (const text of input.lines(0)) yield { text, endsLine: true }
}

/** Blanks before a line are dropped, and quotes mean what they mean in words; empty lines are passed over. */
async function* readLines(input: Input): AsyncGenerator<Item> {
  for await (const line of input.lines()) {
    const text = line.replace(/^[ \t\v\f\r]+/, '')
    if (text !== '') yield { text: unquoteLine(text), endsLine: true }
  }
}

function unquoteLine(line: string): string {
  let text = ''
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!
    if (quote !== '') {
      if (character === quote) quote = ''
      else text += character
    } else if (character === '"' || character === "'") quote = character
    else if (character === '\\') text += line[++at] ?? ''
    else text += character
  }
  if (quote !== '') throw unmatched(quote)
  return text
}

async function* readWords(input: Input): AsyncGenerator<Item> {
  let word: string | undefined
  let quote = ''
  let isEscaped = false
  for await (const line of input.lines()) {
    let held: string | undefined
    for (const character of line) {
      if (isEscaped) {
        word = (word ?? '') + character
        isEscaped = false
      } else if (quote !== '') {
        if (character === quote) quote = ''
        else word += character
      } else if (character === '"' || character === "'") {
        quote = character
        word ??= ''
      } else if (character === '\\') {
        isEscaped = true
        word ??= ''
      } else if (character === ' ' || character === '\t' || character === '\v' || character === '\f') {
        if (word === undefined) continue
        if (held !== undefined) yield { text: held, endsLine: false }
        held = word
        word = undefined
      } else word = (word ?? '') + character
    }
    // busybox: a quoted newline belongs to the item.
    if (quote !== '' || isEscaped) {
      word = `${word ?? ''}\n`
      isEscaped = false
      if (held !== undefined) yield { text: held, endsLine: false }
      continue
    }
    if (held !== undefined) yield { text: held, endsLine: word === undefined && !/[ \t]$/.test(line) }
    if (word !== undefined) yield { text: word, endsLine: true }
    word = undefined
  }
  if (quote !== '') throw unmatched(quote)
}

function unmatched(quote: string): Failure {
  return new Failure(`unmatched ${quote === '"' ? 'double' : 'single'} quote`)
}
