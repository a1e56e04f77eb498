import { compileRegex, RegexError } from '../lib/regex/index.ts'
import { applet, Failure } from './applet.ts'

/** POSIX XCU expr, with GNU's match, substr, index, length. */
export default applet({
  name: 'expr',
  about: 'Print the value of an expression',
  operands: 'EXPRESSION',
  raw: true,
  async main({ proc, operands }) {
    if (operands.length === 0) throw new Failure('too few arguments', 2)
    const parser = new Parser(operands[0] === '--' ? operands.slice(1) : operands)
    const value = parser.whole()
    await proc.stdout.line(String(value))
    return isNull(value) ? 1 : 0
  },
})

type Value = string | bigint

const COMPARISONS = ['<', '<=', '=', '==', '!=', '>=', '>']

class Parser {
  readonly #words: readonly string[]
  #at = 0

  constructor(words: readonly string[]) {
    this.#words = words
  }

  whole(): Value {
    const value = this.#or()
    if (this.#at < this.#words.length) throw new Failure('syntax error', 2)
    return value
  }

  #take(...words: readonly string[]): string | undefined {
    const word = this.#words[this.#at]
    if (word === undefined || !words.includes(word)) return undefined
    this.#at++
    return word
  }

  #or(): Value {
    let value = this.#and()
    while (this.#take('|')) {
      const other = this.#and()
      if (isNull(value)) value = isNull(other) ? 0n : other
    }
    return value
  }

  #and(): Value {
    let value = this.#comparison()
    while (this.#take('&')) {
      const other = this.#comparison()
      if (isNull(value) || isNull(other)) value = 0n
    }
    return value
  }

  #comparison(): Value {
    let left = this.#sum()
    for (let operator = this.#take(...COMPARISONS); operator; operator = this.#take(...COMPARISONS)) {
      left = compare(left, operator, this.#sum()) ? 1n : 0n
    }
    return left
  }

  #sum(): Value {
    let left = this.#product()
    for (let operator = this.#take('+', '-'); operator; operator = this.#take('+', '-')) {
      const right = toInteger(this.#product())
      left = BigInt.asIntN(64, operator === '+' ? toInteger(left) + right : toInteger(left) - right)
    }
    return left
  }

  #product(): Value {
    let left = this.#match()
    for (let operator = this.#take('*', '/', '%'); operator; operator = this.#take('*', '/', '%')) {
      const right = toInteger(this.#match())
      if (operator !== '*' && right === 0n) throw new Failure('division by zero', 2)
      const value = toInteger(left)
      left = BigInt.asIntN(64, operator === '*' ? value * right : operator === '/' ? value / right : value % right)
    }
    return left
  }

  #match(): Value {
    let left = this.#primary()
    while (this.#take(':')) left = matchAtStart(String(left), String(this.#primary()))
    return left
  }

  #primary(): Value {
    const word = this.#words[this.#at++]
    if (word === undefined) throw new Failure('syntax error', 2)
    if (word === '(') {
      const value = this.#or()
      if (!this.#take(')')) throw new Failure('syntax error', 2)
      return value
    }
    // GNU: a word after + is a string, whatever it looks like.
    if (word === '+' && this.#at < this.#words.length) return this.#words[this.#at++]!
    if (this.#at < this.#words.length) {
      if (word === 'match') return matchAtStart(String(this.#primary()), String(this.#primary()))
      if (word === 'length') return BigInt(Array.from(String(this.#primary())).length)
      if (word === 'index') {
        const text = Array.from(String(this.#primary()))
        const set = Array.from(String(this.#primary()))
        return BigInt(text.findIndex(character => set.includes(character)) + 1)
      }
      if (word === 'substr') {
        const text = Array.from(String(this.#primary()))
        const from = Number(toInteger(this.#primary()))
        const length = Number(toInteger(this.#primary()))
        return from < 1 || length < 1 ? '' : text.slice(from - 1, from - 1 + length).join('')
      }
    }
    return word
  }
}

function isNull(value: Value): boolean {
  return value === '' || value === 0n || (typeof value === 'string' && /^-?0+$/.test(value))
}

function isInteger(value: Value): boolean {
  return typeof value === 'bigint' || /^-?\d+$/.test(value)
}

function toInteger(value: Value): bigint {
  if (!isInteger(value)) throw new Failure('non-numeric argument', 2)
  return BigInt(value)
}

function compare(left: Value, operator: string, right: Value): boolean {
  const areNumbers = isInteger(left) && isInteger(right)
  const [a, b] = areNumbers ? [BigInt(left), BigInt(right)] : [String(left), String(right)]
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    case '!=':
      return a !== b
    default:
      return a === b
  }
}

function matchAtStart(text: string, pattern: string): Value {
  try {
    const regex = compileRegex(pattern.startsWith('^') ? pattern : `^${pattern}`, { syntax: 'basic' })
    const match = regex.exec(text)
    const [group] = match?.groups ?? []
    if (regex.groupCount > 0) return group ? text.slice(...group) : ''
    return BigInt(match ? Array.from(text.slice(0, match.end)).length : 0)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(`bad regex '${pattern}': ${error.message}`, 2)
  }
}
