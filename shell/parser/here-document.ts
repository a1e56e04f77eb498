import type { Dialect } from '../dialect.ts'
import type { Word } from '../syntax.ts'
import { BACKSLASH, characters, DOLLAR, DOUBLE_QUOTE, NEWLINE, SINGLE_QUOTE } from './characters.ts'
import { decodeDollarQuotes } from './dollar-quotes.ts'
import type { Input } from './input.ts'
import { Parts } from './parts.ts'
import type { WordReader } from './words.ts'

export interface Delimiter {
  readonly text: string
  readonly isQuoted: boolean
}

/** The word after `<<`: quotes are removed, and nothing else in it is special (POSIX XCU 2.7.4). */
export function readDelimiter(input: Input, dialect: Dialect): Delimiter {
  let delimiter = ''
  let isQuoted = false
  for (;;) {
    const code = input.peek()
    if (code < 0 || (code < 128 && ends[code] === 1)) return { text: delimiter, isQuoted }
    const dollar = code === DOLLAR && input.text.charCodeAt(input.at + 1) === SINGLE_QUOTE
    input.at++
    if (code === BACKSLASH || code === SINGLE_QUOTE || code === DOUBLE_QUOTE || dollar) {
      isQuoted = true
      if (dollar) input.at++
      const quoted =
        code === BACKSLASH ? input.text.charAt(input.at++) : readQuoted(input, dollar ? SINGLE_QUOTE : code)
      delimiter += dollar ? decodeDollarQuotes(quoted, dialect) : quoted
    } else {
      delimiter += String.fromCharCode(code)
    }
  }
}

const ends = characters(' \t\n|&;<>()')

function readQuoted(input: Input, quote: number): string {
  let text = ''
  for (;;) {
    if (input.at >= input.text.length && !input.refill()) {
      throw input.incomplete('syntax error: unterminated quoted string')
    }
    const code = input.text.charCodeAt(input.at++)
    if (code === quote) return text
    if (code === NEWLINE) input.line++
    if (code === BACKSLASH && quote === DOUBLE_QUOTE && /["$`\\]/.test(input.text.charAt(input.at))) {
      text += input.text.charAt(input.at++)
      continue
    }
    text += String.fromCharCode(code)
  }
}

interface Document {
  readonly delimiter: string
  readonly expands: boolean
  readonly stripsTabs: boolean
}

/** The lines up to the delimiter's; the end of the input ends it, too, unless more may come. */
export function readHereDocument(words: WordReader, document: Document): Word {
  const { input } = words
  const parts = new Parts(input)
  for (;;) {
    if (input.at >= input.text.length && !input.refill()) {
      if (input.partial) throw input.incomplete('syntax error: unexpected end of file')
      return parts.word()
    }
    // dash, ash: a line that is joined to the end of none may be the delimiter.
    if (document.expands) skipContinuations(input)
    if (document.stripsTabs) skipTabs(input)
    if (takeDelimiter(input, document)) return parts.word()
    if (document.expands) words.documentLine(parts)
    else parts.literal(takeLine(input), true)
  }
}

function skipContinuations(input: Input): void {
  while (input.text.startsWith('\\\n', input.at)) {
    input.at += 2
    input.line++
    if (input.at >= input.text.length && !input.refill()) return
  }
}

function skipTabs(input: Input): void {
  while (input.text.charCodeAt(input.at) === 9) input.at++
}

function takeDelimiter(input: Input, { delimiter, expands }: Document): boolean {
  if (!input.text.startsWith(delimiter.charAt(0), input.at)) return false
  const taken = endOfDelimiter(input, delimiter, expands)
  if (!taken) return false
  input.at = taken.end
  input.line += taken.lines
  if (taken.end < input.text.length) {
    input.at++
    input.line++
  }
  return true
}

/** Where a newline divides it behind a backslash, the two are taken out of it first (POSIX XCU 2.7.4). */
function endOfDelimiter(input: Input, delimiter: string, expands: boolean): { end: number; lines: number } | undefined {
  let end = input.at
  let lines = 0
  for (let index = 0; index < delimiter.length; index++) {
    while (expands && index > 0 && input.text.startsWith('\\\n', end)) {
      end += 2
      lines++
      // The next line may not have been read yet.
      if (end === input.text.length) input.ahead(index)
    }
    if (input.text[end++] !== delimiter[index]) return undefined
  }
  return end === input.text.length || input.text.charCodeAt(end) === NEWLINE ? { end, lines } : undefined
}

function takeLine(input: Input): string {
  const newline = input.text.indexOf('\n', input.at)
  const end = newline < 0 ? input.text.length : newline + 1
  const line = input.text.slice(input.at, end)
  input.at = end
  if (newline >= 0) input.line++
  return line
}
