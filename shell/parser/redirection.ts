import type { Redirection } from '../syntax.ts'
import type { Lexer, RedirectionOperator } from './lexer.ts'

/** The peeked redirection and its word (POSIX XCU 2.7). */
export function readRedirection(lexer: Lexer): Redirection {
  const { operator, line, offset, fd, fdVariable } = lexer
  const start = { ...(fd !== undefined && { fd }), ...(fdVariable !== undefined && { fdVariable }), line, offset }
  lexer.take()
  if (operator === '<<' || operator === '<<-') return readHereDocument(lexer, operator, start)
  if (lexer.peek() !== 'word') throw lexer.unexpected()
  const target = lexer.word
  lexer.take()
  if (operator === '<<<') return { kind: 'here-string', ...start, target }
  if (operator === '<&' || operator === '>&') return { kind: 'duplicate', operator, ...start, target }
  return { kind: 'file', operator, ...start, target }
}

function readHereDocument(
  lexer: Lexer,
  operator: RedirectionOperator,
  start: { fd?: number; fdVariable?: string; line: number; offset: number },
): Redirection {
  const delimiter = lexer.delimiter()
  if (delimiter === undefined) throw lexer.unexpected()
  const document = {
    kind: 'here-document',
    ...start,
    delimiter: delimiter.text,
    expands: !delimiter.isQuoted,
    stripsTabs: operator === '<<-',
    body: { parts: [], line: start.line, offset: start.offset },
  } as const
  lexer.expectDocument(document)
  return document
}
