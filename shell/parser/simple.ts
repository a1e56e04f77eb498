import type { Dialect } from '../dialect.ts'
import type { Assignment, FunctionDefinition, Redirection, Simple, Word } from '../syntax.ts'
import type { Lexer } from './lexer.ts'
import { readRedirection } from './redirection.ts'

export interface SimpleReader {
  readonly lexer: Lexer
  readonly dialect: Dialect
  substituteAlias(): boolean
  /** Where no reserved word means anything. */
  replaceAfterBlank(): boolean
  functionDefinition(name: string | undefined, line: number, offset: number): FunctionDefinition
}

/** A simple command (POSIX XCU 2.9.1), or a function definition, which begins like one. */
export function readSimple(reader: SimpleReader): Simple | FunctionDefinition {
  const { lexer } = reader
  const assignments: Assignment[] = []
  const words: Word[] = []
  const redirections: Redirection[] = []
  const arrays: Assignment[] = []
  lexer.peek()
  const { line, offset } = lexer
  let inBrackets = false
  for (;;) {
    const kind = lexer.peek()
    if (kind === 'redirection') {
      redirections.push(readRedirection(lexer))
    } else if (kind === 'word') {
      if (words.length === 0 ? reader.substituteAlias() : reader.replaceAfterBlank()) continue
      const assignment = words.length === 0 ? lexer.takeAssignment() : undefined
      if (assignment !== undefined) {
        assignments.push(assignment)
        continue
      }
      const array = words.length > 0 && lexer.startsArray ? lexer.takeAssignment() : undefined
      if (array !== undefined) {
        arrays.push(array)
        continue
      }
      const { text } = lexer
      words.push(lexer.word)
      lexer.take()
      if (text === ']]') inBrackets = false
      if (words.length > 1) continue
      if (text === '[[') inBrackets = reader.dialect === 'ash'
      const isFirst = assignments.length === 0 && redirections.length === 0
      if (isFirst && lexer.peek() === '(') return reader.functionDefinition(text, line, offset)
    } else if (inBrackets && (kind === '&&' || kind === '||')) {
      // ash: `[[` is a utility for which the parser says -a and -o.
      words.push(testOperator(kind, lexer))
      lexer.take()
    } else {
      if (words.length === 0 && assignments.length === 0 && redirections.length === 0) throw lexer.unexpected()
      if (kind === '(') throw lexer.unexpected()
      return { kind: 'simple', assignments, words, redirections, ...(arrays.length > 0 && { arrays }), line, offset }
    }
  }
}

function testOperator(kind: '&&' | '||', lexer: Lexer): Word {
  const { line, offset } = lexer
  return { parts: [{ kind: 'literal', text: kind === '&&' ? '-a' : '-o', quoted: false }], line, offset }
}
