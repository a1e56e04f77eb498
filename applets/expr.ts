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
      if (isNull(value)) value = other
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
    const word = this.#token()
    if (word === '(') {
      const value = this.#or()
      if (!this.#take(')')) throw new Failure('syntax error', 2)
      return value
    }
    switch (word) {
      case ')':
        throw new Failure('syntax error', 2)
      case 'quote':
        return this.#token()
      case 'match':
        return matchAtStart(this.#text(), this.#text())
      case 'length':
        return BigInt(Array.from(this.#text()).length)
      case 'index': {
        const text = Array.from(this.#text())
        const set = Array.from(this.#text())
        return BigInt(text.findIndex(character => set.includes(character)) + 1)
      }
      case 'substr':
        return substring(Array.from(this.#text()), this.#primary(), this.#primary())
    }
    return word
  }

  #text(): string {
    return String(this.#primary())
  }

  #token(): string {
    const word = this.#words[this.#at++]
    if (word === undefined) throw new Failure('syntax error', 2)
    return word
  }
}

function isNull(value: Value): boolean {
  return value === '' || value === 0n || value === '0'
}

function isInteger(value: Value): boolean {
  return typeof value === 'bigint' || /^\s*[-+]?\d+$/.test(value)
}

const LARGEST = 0x7fff_ffff_ffff_ffffn

/** A word beyond 64 bits is the nearest number that fits (strtoll); what is computed wraps. */
function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (!isInteger(value)) throw new Failure('non-numeric argument', 2)
  const exact = BigInt(value.replace('+', ''))
  return exact > LARGEST ? LARGEST : exact < -LARGEST - 1n ? -LARGEST - 1n : exact
}

/** Positions count from 1; what is no number is 0. */
function substring(text: readonly string[], position: Value, length: Value): string {
  const [from = 0, count = 0] = [position, length].map(value => (isInteger(value) ? Number(toInteger(value)) : 0))
  return from < 1 || count < 1 ? '' : text.slice(from - 1, from - 1 + count).join('')
}

function compare(left: Value, operator: string, right: Value): boolean {
  const areNumbers = isInteger(left) && isInteger(right)
  const [a, b] = areNumbers ? [toInteger(left), toInteger(right)] : [String(left), String(right)]
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
    const regex = compileRegex(pattern, { syntax: 'basic' })
    const found = regex.exec(text)
    const match = found?.start === 0 ? found : undefined
    const [group] = match?.groups ?? []
    if (regex.groupCount > 0) return group ? text.slice(...group) : ''
    return BigInt(match ? Array.from(text.slice(0, match.end)).length : 0)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(`bad regex '${pattern}': ${error.message}`, 2)
  }
}
