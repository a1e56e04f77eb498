import type { Dialect } from '../dialect.ts'
import type {
  ArithmeticCommand,
  ArithmeticFor,
  Case,
  CaseClause,
  Command,
  Compound,
  Conditional,
  Coproc,
  For,
  Group,
  If,
  List,
  Loop,
  Redirection,
  Select,
  Subshell,
  Word,
} from '../syntax.ts'
import { splitExpressions } from './arithmetic-for.ts'
import { isName, OPEN } from './characters.ts'
import { readConditional } from './conditional.ts'
import type { Lexer } from './lexer.ts'

/** What a compound command asks of the grammar around it. */
export interface CompoundReader {
  readonly lexer: Lexer
  readonly dialect: Dialect
  command(): Command
  list(): List
  listOrNothing(): List
  redirections(): Redirection[]
  skipNewlines(): void
  acceptWord(word: string): boolean
  seekWord(...words: readonly string[]): boolean
  replaceAfterBlank(): boolean
  expectWord(word: string): void
}

type Part<C extends Compound> = Omit<C, 'redirections' | 'line' | 'offset'>
type AnyPart =
  | Part<Group>
  | Part<Subshell>
  | Part<If>
  | Part<Loop>
  | Part<For>
  | Part<Select>
  | Part<Case>
  | Part<ArithmeticCommand>
  | Part<ArithmeticFor>
  | Part<Conditional>
  | Part<Coproc>
type Reader = CompoundReader

/** The compound command (POSIX XCU 2.9.4) that begins with the peeked token, and its redirections. */
export function readCompound(reader: CompoundReader): Compound {
  const { lexer } = reader
  const { line, offset } = lexer
  lexer.input.enter()
  const part = readPart(reader)
  lexer.input.leave()
  return { ...part, redirections: reader.redirections(), line, offset }
}

function readPart(reader: Reader): AnyPart {
  const { lexer } = reader
  const word = lexer.peek() === '(' ? '(' : lexer.text
  switch (word) {
    case '(':
      return readSubshell(reader)
    case '{':
      return readGroup(reader)
    case 'if':
      return readIf(reader)
    case 'while':
    case 'until':
      return readLoop(reader, word === 'until')
    case 'for':
    case 'select':
      return readFor(reader, word)
    case 'case':
      return readCase(reader)
    case '[[':
      lexer.take()
      return { kind: 'conditional', expression: readConditional(lexer) }
    case 'coproc':
      return readCoproc(reader)
    default:
      throw lexer.unexpected()
  }
}

function readCoproc(reader: Reader): Part<Coproc> {
  const { lexer } = reader
  lexer.take()
  const name = lexer.peek() === 'word' && isName(lexer.text ?? '') ? lexer.text : undefined
  // Only a compound command has a name before it.
  const hasName = name !== undefined && COMPOUND.test(lexer.input.text.slice(lexer.input.at))
  if (hasName) lexer.take()
  return { kind: 'coproc', name: hasName ? name : 'COPROC', body: reader.command() }
}

const COMPOUND = /^[ \t]*(?:\(|(?:\{|if|while|until|for|case|select|\[\[)[ \t\n])/

function readSubshell(reader: Reader): Part<Subshell> | Part<ArithmeticCommand> {
  reader.lexer.take()
  if (startsArithmetic(reader)) return { kind: 'arithmetic-command', expression: readArithmetic(reader) }
  const body = reader.list()
  if (reader.lexer.peek() !== ')') throw reader.lexer.unexpected('")"')
  reader.lexer.take()
  return { kind: 'subshell', body }
}

/** bash: a second `(` right after the one just taken. */
function startsArithmetic({ dialect, lexer: { input } }: Reader): boolean {
  return dialect === 'bash' && input.text.charCodeAt(input.at) === OPEN
}

function readArithmetic(reader: Reader): Word {
  const { lexer } = reader
  lexer.input.at++
  return lexer.words.arithmetic()
}

function readGroup(reader: Reader): Part<Group> {
  reader.lexer.take()
  const body = reader.list()
  reader.expectWord('}')
  return { kind: 'group', body }
}

function readIf(reader: Reader): Part<If> {
  const branches: { condition: List; body: List }[] = []
  do {
    reader.lexer.take()
    const condition = reader.list()
    reader.expectWord('then')
    branches.push({ condition, body: reader.list() })
  } while (reader.lexer.peek() === 'word' && reader.lexer.text === 'elif')
  const otherwise = reader.acceptWord('else') ? reader.list() : undefined
  reader.expectWord('fi')
  return { kind: 'if', branches, ...(otherwise && { otherwise }) }
}

function readLoop(reader: Reader, until: boolean): Part<Loop> {
  reader.lexer.take()
  const condition = reader.list()
  return { kind: 'loop', until, condition, body: readBody(reader) }
}

/** bash: `for x in ...; { ...; }`. */
function readForBody(reader: Reader): List {
  if (reader.dialect !== 'bash' || reader.lexer.peek() !== 'word' || reader.lexer.text !== '{') return readBody(reader)
  return readGroup(reader).body
}

function readBody(reader: Reader): List {
  if (reader.lexer.peek() === 'word') reader.seekWord('do')
  reader.expectWord('do')
  const body = reader.list()
  reader.expectWord('done')
  return body
}

function readFor(reader: Reader, kind: 'for' | 'select'): Part<For> | Part<Select> | Part<ArithmeticFor> {
  const { lexer } = reader
  lexer.take()
  if (kind === 'for' && lexer.peek() === '(' && startsArithmetic(reader)) return readArithmeticFor(reader)
  while (reader.replaceAfterBlank()) {
    // The value may begin with such a word again.
  }
  const variable = lexer.peek() === 'word' ? lexer.text : undefined
  if (variable === undefined || !isName(variable)) throw badVariable(lexer)
  lexer.take()
  const words = readForWords(reader)
  reader.skipNewlines()
  const body = readForBody(reader)
  return { kind, variable, ...(words && { words }), body }
}

function readArithmeticFor(reader: Reader): Part<ArithmeticFor> {
  const { lexer } = reader
  lexer.take()
  const expressions = splitExpressions(readArithmetic(reader))
  if (expressions === undefined) throw lexer.input.error('syntax error: arithmetic expression required')
  const [initial, condition, update] = expressions
  if (lexer.peek() === ';') lexer.take()
  reader.skipNewlines()
  return { kind: 'arithmetic-for', initial, condition, update, body: readForBody(reader) }
}

function badVariable(lexer: Lexer): Error {
  const message = 'syntax error: bad for loop variable'
  return lexer.peek() === 'end' ? lexer.input.incomplete(message) : lexer.input.error(message)
}

/** `in` may follow newlines, but nothing may come between the words and their `;` or newline. */
function readForWords(reader: Reader): Word[] | undefined {
  const { lexer } = reader
  const isSameLine = lexer.peek() !== 'newline'
  const found = isSameLine && lexer.peek() === ';' ? false : reader.seekWord('in', 'do')
  if (isSameLine && lexer.peek() === ';') {
    lexer.take()
    return undefined
  }
  if (!found || !reader.acceptWord('in')) return undefined
  const words: Word[] = []
  for (; lexer.peek() === 'word'; lexer.take()) words.push(lexer.word)
  if (lexer.peek() !== ';' && lexer.peek() !== 'newline') throw lexer.unexpected()
  lexer.take()
  return words
}

function readCase(reader: Reader): Part<Case> {
  const { lexer } = reader
  lexer.take()
  if (lexer.peek() !== 'word') throw lexer.unexpected('word')
  const subject = lexer.word
  lexer.take()
  reader.seekWord('in')
  reader.expectWord('in')
  const clauses: CaseClause[] = []
  for (reader.skipNewlines(); !reader.acceptWord('esac'); reader.skipNewlines()) clauses.push(readClause(reader))
  return { kind: 'case', subject, clauses }
}

function readClause(reader: Reader): CaseClause {
  const { lexer } = reader
  if (lexer.peek() === '(') lexer.take()
  const patterns = [readPattern(lexer)]
  while (lexer.peek() === '|') {
    lexer.take()
    patterns.push(readPattern(lexer))
  }
  if (lexer.peek() !== ')') throw lexer.unexpected('")"', { isWordOnly: true })
  lexer.take()
  const body = reader.listOrNothing()
  return { patterns, body, terminator: readTerminator(reader) }
}

function readPattern(lexer: Lexer): Word {
  if (lexer.peek() !== 'word') throw badPattern(lexer)
  const pattern = lexer.word
  lexer.take()
  return pattern
}

/** ash takes any token for the pattern and complains about the next one. */
function badPattern(lexer: Lexer): Error {
  if (lexer.peek() === 'end') return lexer.unexpected('")"')
  const error = lexer.unexpected()
  lexer.take()
  const next = lexer.peek()
  // differs: ash accepts `case a in & ) ;; esac`, whose pattern is no word; here it is a syntax error.
  return next === ')' || next === '|' ? error : lexer.unexpected('")"', { isWordOnly: true })
}

/** The last clause needs none: `esac` follows. */
function readTerminator(reader: Reader): CaseClause['terminator'] {
  const { lexer } = reader
  const kind = lexer.peek()
  if (kind === ';;' || kind === ';&' || kind === ';;&') {
    lexer.take()
    return kind
  }
  if (kind === 'word' && lexer.text === 'esac') return ';;'
  throw lexer.unexpected('";;"')
}
