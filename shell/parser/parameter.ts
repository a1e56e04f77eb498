import type { Dialect } from '../dialect.ts'
import type { Parameter, ParameterOperation, Word } from '../syntax.ts'
import {
  CLOSE_BRACE,
  COLON,
  END,
  EQUALS,
  HASH,
  isDigit,
  isNameCharacter,
  isSpecialParameter,
  OPEN_BRACKET,
  SLASH,
} from './characters.ts'
import type { Input } from './input.ts'

/** How the words inside braces are read. */
export interface BraceReader {
  readonly input: Input
  readonly dialect: Dialect
  name(): string
  value(quoted: boolean): Word
  pattern(stops: 'brace' | 'replace', how?: { isAnchored?: boolean }): Word
  bound(which: 'start' | 'length'): Word
  subscript(): Word
  /** Whether a here-document is being read. */
  readonly isDocument: boolean
}

interface Where {
  readonly line: number
  readonly offset: number
}

/** The rest of `${`: POSIX XCU 2.6.2, ash's `:start:length` and `/pattern/text`, and bash's others. */
export function readBraces(reader: BraceReader, quoted: boolean, where: Where): Parameter {
  const { input } = reader
  const { text, at } = input
  const head = readHead(reader)
  const read = head.isLength ? length(input) : head.name === '' ? BAD : readOperation(reader, quoted, head)
  if (read === BAD) reader.value(quoted)
  if (input.peek() !== CLOSE_BRACE) throw unclosed(reader, quoted && (read === BAD || !endsInPattern(read)))
  // A bad one keeps its source for messages and printing: its first line, should it have more.
  const source = input.text === text ? text.slice(at, input.at) : text.slice(at).trimEnd()
  input.at++
  const operation = read === BAD ? ({ kind: 'bad', text: source } as const) : read
  return {
    kind: 'parameter',
    name: head.name,
    quoted,
    ...(operation && { operation }),
    ...(head.index && { index: head.index }),
    ...(head.isIndirect && !isOfIndirection(operation) && { indirect: true }),
    ...where,
  }
}

/** `[@]` or `[*]`. */
function isEvery(index: Word | undefined): boolean {
  const [only] = index?.parts ?? []
  return index?.parts.length === 1 && only?.kind === 'literal' && /^[@*]$/.test(only.text)
}

/** What means an indirection by itself. */
function isOfIndirection(operation: ParameterOperation | undefined): boolean {
  return operation?.kind === 'indirect' || operation?.kind === 'keys' || operation?.kind === 'names'
}

const BAD = 'bad'

interface Head {
  readonly name: string
  readonly index?: Word
  readonly isLength?: boolean
  readonly isIndirect?: boolean
}

function readHead(reader: BraceReader): Head {
  const { input } = reader
  const first = input.peek()
  if (first === HASH && beginsLength(input)) {
    input.at++
    return { ...readName(reader), isLength: true }
  }
  if (reader.dialect === 'bash' && first === EXCLAMATION && beginsIndirect(input)) {
    input.at++
    return { ...readName(reader), isIndirect: true }
  }
  return readName(reader)
}

/** `${#}`, `${#-x}` and `${##x}` are about `$#`; `${#-}` and `${##}` are lengths, `${#=}` is one of nothing. */
function beginsLength(input: Input): boolean {
  const next = input.ahead(1)
  if (isNameCharacter(next)) return true
  return (isSpecialParameter(next) || next === EQUALS) && input.ahead(2) === CLOSE_BRACE
}

function beginsIndirect(input: Input): boolean {
  const next = input.text.charCodeAt(input.at + 1)
  return isNameCharacter(next) || next === HASH || next === AT
}

function readName(reader: BraceReader): Head {
  const { input } = reader
  const first = input.peek()
  if (isSpecialParameter(first)) {
    input.at++
    return { name: String.fromCharCode(first) }
  }
  if (!isNameCharacter(first)) return { name: '' }
  const name = reader.name()
  if (isDigit(first) && !/^[0-9]+$/.test(name)) return { name: '' }
  if (reader.dialect !== 'bash' || input.peek() !== OPEN_BRACKET) return { name }
  input.at++
  return { name, index: reader.subscript() }
}

function length(input: Input): ParameterOperation | typeof BAD {
  return input.peek() === CLOSE_BRACE ? { kind: 'length' } : BAD
}

type Operation = ParameterOperation | undefined | typeof BAD

function readOperation(reader: BraceReader, quoted: boolean, head: Head): Operation {
  const { input } = reader
  const code = input.peek()
  if (head.isIndirect) return indirect(reader, quoted, head)
  if (code === CLOSE_BRACE || code === END) return undefined
  const operator = String.fromCharCode(code)
  input.at++
  if (isDefaultOperator(operator)) return { kind: 'default', operator, colon: false, word: reader.value(quoted) }
  if (code === COLON) return colon(reader, quoted)
  if (operator === '#' || operator === '%') return trim(reader, operator)
  if (code === SLASH) return replace(reader)
  if (reader.dialect === 'bash') return bashOperation(reader, operator)
  return BAD
}

function isDefaultOperator(operator: string): operator is '-' | '=' | '?' | '+' {
  return operator === '-' || operator === '=' || operator === '?' || operator === '+'
}

function colon(reader: BraceReader, quoted: boolean): Operation {
  const { input } = reader
  const operator = String.fromCharCode(Math.max(input.peek(), 0))
  if (isDefaultOperator(operator)) {
    input.at++
    return { kind: 'default', operator, colon: true, word: reader.value(quoted) }
  }
  if (operator === '}') {
    // ash takes this brace for the operator, and looks for another that closes.
    if (reader.dialect === 'ash') input.at++
    return BAD
  }
  const start = reader.bound('start')
  if (input.peek() !== COLON) return { kind: 'substring', start }
  input.at++
  return { kind: 'substring', start, length: reader.bound('length') }
}

function trim(reader: BraceReader, once: '#' | '%'): ParameterOperation {
  const twice = reader.input.peek() === once.charCodeAt(0)
  if (twice) reader.input.at++
  const operator = once === '#' ? (twice ? '##' : '#') : twice ? '%%' : '%'
  return { kind: 'trim', operator, pattern: reader.pattern('brace') }
}

function replace(reader: BraceReader): ParameterOperation {
  const { input } = reader
  const operator = replaceOperator(reader)
  if (operator !== '/') input.at++
  const pattern = reader.pattern('replace', { isAnchored: operator === '/#' || operator === '/%' })
  if (input.peek() === SLASH) input.at++
  return { kind: 'replace', operator, pattern, text: reader.pattern('brace') }
}

function replaceOperator(reader: BraceReader): '/' | '//' | '/#' | '/%' {
  const code = reader.input.peek()
  if (code === SLASH) return '//'
  if (reader.dialect === 'ash') return '/'
  return code === HASH ? '/#' : code === PERCENT ? '/%' : '/'
}

function bashOperation(reader: BraceReader, operator: string): Operation {
  const { input } = reader
  if (operator === '^' || operator === ',') {
    const twice = input.peek() === operator.charCodeAt(0)
    if (twice) input.at++
    const doubled = operator === '^' ? (twice ? '^^' : '^') : twice ? ',,' : ','
    const pattern = reader.pattern('brace')
    return { kind: 'case', operator: doubled, ...(pattern.parts.length > 0 && { pattern }) }
  }
  const letter = String.fromCharCode(Math.max(input.peek(), 0))
  if (operator !== '@' || !/[UuLQEPAKak]/.test(letter)) return BAD
  input.at++
  return input.peek() === CLOSE_BRACE ? { kind: 'transform', operator: letter } : BAD
}

/** `${!name}`, `${!name[@]}`, `${!prefix*}`, or an operation on what the name's value names. */
function indirect(reader: BraceReader, quoted: boolean, head: Head): Operation {
  const { input } = reader
  const code = input.peek()
  if (code === CLOSE_BRACE) return isEvery(head.index) ? { kind: 'keys' } : { kind: 'indirect' }
  const operator = code === AT ? '@' : code === ASTERISK ? '*' : undefined
  if (operator === undefined || input.ahead(1) !== CLOSE_BRACE) {
    return readOperation(reader, quoted, { name: head.name })
  }
  input.at++
  return { kind: 'names', operator }
}

/** A pattern is read as if outside quotes. */
function endsInPattern(operation: ParameterOperation | undefined): boolean {
  if (operation?.kind === 'replace') return operation.text.parts.length > 0
  return operation?.kind === 'trim'
}

/** ash names the quotes rather than the brace when both are open. */
function unclosed(reader: BraceReader, quoted: boolean): Error {
  const { input } = reader
  if (input.peek() !== END) return input.error("syntax error: missing '}'")
  const inQuotes = quoted && !reader.isDocument
  return input.incomplete(inQuotes ? 'syntax error: unterminated quoted string' : "syntax error: missing '}'")
}

const EXCLAMATION = 33
const PERCENT = 37
const ASTERISK = 42
const AT = 64
