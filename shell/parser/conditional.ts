import type { ConditionalExpression, Word } from '../syntax.ts'
import type { Lexer } from './lexer.ts'

/** What stands between bash's `[[` and `]]`: `!` binds tightest, then `&&`, then `||`. */
export function readConditional(lexer: Lexer): ConditionalExpression {
  const expression = readOr(lexer)
  if (lexer.peek() !== 'word' || lexer.text !== ']]') throw lexer.unexpected('"]]"')
  lexer.take()
  return expression
}

function readOr(lexer: Lexer): ConditionalExpression {
  let left = readAnd(lexer)
  while (skipNewlines(lexer) === '||') {
    lexer.take()
    left = { kind: 'or', left, right: readAnd(lexer) }
  }
  return left
}

function readAnd(lexer: Lexer): ConditionalExpression {
  let left = readTerm(lexer)
  while (skipNewlines(lexer) === '&&') {
    lexer.take()
    left = { kind: 'and', left, right: readTerm(lexer) }
  }
  return left
}

function readTerm(lexer: Lexer): ConditionalExpression {
  const kind = skipNewlines(lexer)
  if (kind === '(') return readParenthesized(lexer)
  if (kind !== 'word' || lexer.text === ']]') throw lexer.unexpected()
  if (lexer.text === '!') return readNot(lexer)
  const { text } = lexer
  const left = lexer.word
  lexer.take()
  if (text !== undefined && /^-[a-zA-Z]$/.test(text) && isOperand(lexer)) {
    const operand = lexer.word
    lexer.take()
    return { kind: 'unary', operator: text, operand }
  }
  return readBinary(lexer, left)
}

function readParenthesized(lexer: Lexer): ConditionalExpression {
  lexer.take()
  lexer.input.enter()
  const expression = readOr(lexer)
  lexer.input.leave()
  if (lexer.peek() !== ')') throw lexer.unexpected('")"')
  lexer.take()
  return expression
}

function readNot(lexer: Lexer): ConditionalExpression {
  lexer.take()
  lexer.input.enter()
  const operand = readTerm(lexer)
  lexer.input.leave()
  return { kind: 'not', operand }
}

/** `-f` with nothing to test after it, or an operator, is a word like any other. */
function isOperand(lexer: Lexer): boolean {
  return (
    lexer.peek() === 'word' && lexer.text !== ']]' && !(lexer.text !== undefined && binaryOperators.has(lexer.text))
  )
}

function readBinary(lexer: Lexer, left: Word): ConditionalExpression {
  const kind = lexer.peek()
  const isOrder = kind === 'redirection' && lexer.fd === undefined && (lexer.operator === '<' || lexer.operator === '>')
  const operator = isOrder ? lexer.operator : kind === 'word' ? lexer.text : undefined
  if (operator === undefined || !binaryOperators.has(operator)) return { kind: 'word', word: left }
  lexer.take()
  const right = lexer.pattern()
  if (right === undefined) throw lexer.unexpected()
  return { kind: 'binary', operator, left, right }
}

function skipNewlines(lexer: Lexer): ReturnType<Lexer['peek']> {
  while (lexer.peek() === 'newline') lexer.take()
  return lexer.peek()
}

const binaryOperators = new Set('= == != =~ < > -eq -ne -lt -le -gt -ge -nt -ot -ef'.split(' '))
