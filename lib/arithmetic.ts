// Arithmetic expressions (POSIX XCU 2.6.4, and what busybox's ash adds), compiled once to closures.

import { ArithmeticError, BINARY, type BinaryOperator, complement, type Integer, negate } from './arithmetic/int64.ts'
import { Scanner, syntaxError } from './arithmetic/scanner.ts'

export { ArithmeticError, type Integer } from './arithmetic/int64.ts'

export interface Variables {
  get(name: string): string | undefined
  set(name: string, value: string): void
  /** The value, where it is a plain decimal number (plainNumber); undefined: what `get` says is to be evaluated. */
  getNumber(name: string): number | undefined
  /** A safe integer. */
  setNumber(name: string, value: number): void
}

export interface Arithmetic {
  /** Throws ArithmeticError for a division by zero, and for a variable whose value is no expression. */
  evaluate(variables: Variables): Integer
}

export interface ArithmeticOptions {
  /** bash: `name[subscript]`, which is asked of the variables as it stands: `get('a[i+1]')`. */
  readonly subscripts?: boolean
  /** bash: a variable's expression may ask for the variable again, some hundred times. */
  readonly recursive?: boolean
}

/** Throws ArithmeticError for what is no expression; the empty text is 0. */
export function compileArithmetic(text: string, how: ArithmeticOptions = PLAIN): Arithmetic {
  return compileCached(text, how)
}

const PLAIN: ArithmeticOptions = {}
const MOST = 1024
const compiled = new Map<string, Compiled>()
const compiledWithSubscripts = new Map<string, Compiled>()

interface Compiled extends Arithmetic {
  readonly run: Evaluate
}

function compileCached(text: string, how: ArithmeticOptions): Compiled {
  const cache = how.subscripts ? compiledWithSubscripts : compiled
  const known = cache.get(text)
  if (known) return known
  if (cache.size >= MOST) cache.clear()
  const run = new Parser(text, how).parse()
  const outermost: Chain = { name: '', depth: 0, outer: undefined, how }
  const fresh = { run, evaluate: (variables: Variables) => run(variables, outermost) }
  cache.set(text, fresh)
  return fresh
}

/** The names whose values are being evaluated as expressions, innermost first. */
interface Chain {
  readonly name: string
  readonly depth: number
  readonly outer: Chain | undefined
  readonly how: ArithmeticOptions
}

type Evaluate = (variables: Variables, chain: Chain) => Integer

/** One operator and its right operand, applied to the value on the left. */
type Term = (left: Integer, variables: Variables, chain: Chain) => Integer

const PRECEDENCE: readonly (readonly ['||' | '&&' | BinaryOperator, number])[] = [
  // Longer signs first, so that `<<` is not read as `<`.
  ['||', 1],
  ['&&', 2],
  ['==', 6],
  ['!=', 6],
  ['<<', 8],
  ['>>', 8],
  ['<=', 7],
  ['>=', 7],
  ['**', 11],
  ['<', 7],
  ['>', 7],
  ['|', 3],
  ['^', 4],
  ['&', 5],
  ['+', 9],
  ['-', 9],
  ['*', 10],
  ['/', 10],
  ['%', 10],
]

const ASSIGNMENTS = ['+', '-', '*', '/', '%', '<<', '>>', '&', '^', '|'] as const
const DEEPEST = 400
const LONGEST_CHAIN = 1024

class Parser {
  readonly #scanner: Scanner
  readonly #how: ArithmeticOptions
  #depth = 0

  constructor(text: string, how: ArithmeticOptions) {
    this.#scanner = new Scanner(text)
    this.#how = how
  }

  parse(): Evaluate {
    if (this.#scanner.isAtEnd) return () => 0
    const whole = this.#comma()
    if (this.#scanner.isAtEnd) return whole
    // ash: a colon without its question mark, though something follows.
    if (this.#scanner.take(':') && !this.#scanner.isAtEnd) throw malformed()
    throw syntaxError()
  }

  #comma(): Evaluate {
    const first = this.#assignment()
    if (!this.#scanner.peek(',')) return first
    const parts = [first]
    while (this.#scanner.take(',')) parts.push(this.#assignment())
    return (variables, chain) => {
      let value: Integer = 0
      for (const part of parts) value = part(variables, chain)
      return value
    }
  }

  #assignment(): Evaluate {
    if (++this.#depth > DEEPEST) throw new ArithmeticError('expression nested too deeply')
    const start = this.#scanner.position
    const name = this.#name()
    const target = name === undefined ? undefined : this.#assignmentTo(name)
    if (!target) this.#scanner.back(start)
    const value = target ?? this.#conditional()
    this.#depth--
    return value
  }

  #assignmentTo(name: string): Evaluate | undefined {
    if (this.#scanner.peek('=') && !this.#scanner.peek('==')) {
      this.#scanner.take('=')
      const right = this.#assignment()
      return (variables, chain) => store(variables, name, right(variables, chain))
    }
    const operator = ASSIGNMENTS.find(sign => this.#scanner.peek(`${sign}=`))
    if (!operator) return undefined
    this.#scanner.take(`${operator}=`)
    const apply = BINARY[operator]
    const right = this.#assignment()
    // ash, dash: what stands on the right is done first, so `x+=(x=1)` is 2.
    return (variables, chain) => {
      const value = right(variables, chain)
      return store(variables, name, apply(load(variables, name, chain), value))
    }
  }

  #name(): string | undefined {
    const name = this.#scanner.takeName()
    if (name === undefined || !this.#how.subscripts || !this.#scanner.take('[')) return name
    return `${name}[${this.#scanner.takeSubscript()}]`
  }

  /** differs: the branch not taken is not evaluated, and between `?` and `:` an assignment may stand, as in C. */
  #conditional(): Evaluate {
    const condition = this.#binary(1)
    if (!this.#scanner.take('?')) return condition
    if (++this.#depth > DEEPEST) throw new ArithmeticError('expression nested too deeply')
    const yes = this.#comma()
    if (!this.#scanner.take(':')) throw this.#scanner.isAtEnd || this.#scanner.peek(')') ? malformed() : syntaxError()
    const no = this.#conditional()
    this.#depth--
    return (variables, chain) => (isTrue(condition(variables, chain)) ? yes : no)(variables, chain)
  }

  #binary(least: number): Evaluate {
    const first = this.#unary()
    const terms: Term[] = []
    let only: Evaluate | undefined
    for (;;) {
      const found = PRECEDENCE.find(([sign]) => this.#scanner.peek(sign))
      if (!found || found[1] < least || this.#isAssignment(found[0])) break
      const [sign, precedence] = found
      this.#scanner.take(sign)
      // Only `**` groups from the right.
      const right = this.#binary(sign === '**' ? precedence : precedence + 1)
      if (terms.length === 0) only = pair(sign, first, right)
      terms.push(term(sign, right))
    }
    if (terms.length < 2) return only ?? first
    return (variables, chain) => {
      let value = first(variables, chain)
      for (const apply of terms) value = apply(value, variables, chain)
      return value
    }
  }

  /** `1+x=3`: nothing but a name can be assigned to. */
  #isAssignment(sign: string): boolean {
    if (sign.endsWith('=') || sign === '||' || sign === '&&' || !this.#scanner.peek(`${sign}=`)) return false
    throw syntaxError()
  }

  #unary(): Evaluate {
    if (++this.#depth > DEEPEST) throw new ArithmeticError('expression nested too deeply')
    const value = this.#step() ?? this.#signed() ?? this.#postfix()
    this.#depth--
    return value
  }

  /** `++name`. ash: before anything but a name it is two signs, `--5` is 5. */
  #step(): Evaluate | undefined {
    const isUp = this.#scanner.peek('++')
    if (!isUp && !this.#scanner.peek('--')) return undefined
    const start = this.#scanner.position
    this.#scanner.take(isUp ? '++' : '--')
    const name = this.#name()
    if (name === undefined) {
      this.#scanner.back(start)
      return undefined
    }
    const apply = BINARY[isUp ? '+' : '-']
    return (variables, chain) => store(variables, name, apply(load(variables, name, chain), 1))
  }

  #signed(): Evaluate | undefined {
    if (this.#scanner.take('+')) return this.#unary()
    if (this.#scanner.take('-')) {
      const value = this.#unary()
      return (variables, chain) => negate(value(variables, chain))
    }
    if (this.#scanner.take('~')) {
      const value = this.#unary()
      return (variables, chain) => complement(value(variables, chain))
    }
    if (!this.#scanner.take('!')) return undefined
    const value = this.#unary()
    return (variables, chain) => (isTrue(value(variables, chain)) ? 0 : 1)
  }

  #postfix(): Evaluate {
    const number = this.#scanner.takeNumber()
    if (number !== undefined) return () => number
    if (this.#scanner.take('(')) return this.#parenthesized()
    const name = this.#name()
    if (name === undefined) throw syntaxError()
    const isUp = this.#scanner.take('++')
    if (!isUp && !this.#scanner.take('--')) return (variables, chain) => load(variables, name, chain)
    const apply = BINARY[isUp ? '+' : '-']
    return (variables, chain) => {
      const before = load(variables, name, chain)
      store(variables, name, apply(before, 1))
      return before
    }
  }

  #parenthesized(): Evaluate {
    const value = this.#comma()
    // ash: what the end leaves open is closed by it; `let '(1'` is 1.
    if (!this.#scanner.take(')') && !this.#scanner.isAtEnd) throw syntaxError()
    return value
  }
}

function malformed(): ArithmeticError {
  return new ArithmeticError('malformed ?: operator')
}

function isTrue(value: Integer): boolean {
  return value !== 0
}

/** differs: `||` and `&&` leave out what they need not know, as C and POSIX say; ash 1.35 evaluates both sides. */
function term(sign: (typeof PRECEDENCE)[number][0], right: Evaluate): Term {
  if (sign === '||') return (left, variables, chain) => (isTrue(left) || isTrue(right(variables, chain)) ? 1 : 0)
  if (sign === '&&') return (left, variables, chain) => (isTrue(left) && isTrue(right(variables, chain)) ? 1 : 0)
  const apply = BINARY[sign]
  return (left, variables, chain) => apply(left, right(variables, chain))
}

/** The common case of one operator; each of the frequent ones with a call site of its own, which the compiler can inline. */
function pair(sign: (typeof PRECEDENCE)[number][0], left: Evaluate, right: Evaluate): Evaluate {
  switch (sign) {
    case '+':
      return (variables, chain) => BINARY['+'](left(variables, chain), right(variables, chain))
    case '-':
      return (variables, chain) => BINARY['-'](left(variables, chain), right(variables, chain))
    case '*':
      return (variables, chain) => BINARY['*'](left(variables, chain), right(variables, chain))
    case '%':
      return (variables, chain) => BINARY['%'](left(variables, chain), right(variables, chain))
    case '<':
      return (variables, chain) => (left(variables, chain) < right(variables, chain) ? 1 : 0)
    default: {
      const apply = term(sign, right)
      return (variables, chain) => apply(left(variables, chain), variables, chain)
    }
  }
}

function store(variables: Variables, name: string, value: Integer): Integer {
  if (typeof value === 'number') variables.setNumber(name, value)
  else variables.set(name, String(value))
  return value
}

function load(variables: Variables, name: string, chain: Chain): Integer {
  const number = variables.getNumber(name)
  if (number !== undefined) return number
  const text = variables.get(name)
  if (text === undefined || text === '') return 0
  return evaluateValue(text, { name, outer: chain, depth: chain.depth + 1, how: chain.how }, variables)
}

/** A value that is no number is an expression of its own: `a=b+1`, then `$((a))`. */
function evaluateValue(text: string, chain: Chain, variables: Variables): Integer {
  if (!chain.how.recursive) {
    for (let outer = chain.outer; outer; outer = outer.outer) if (outer.name === chain.name) throw looping()
  }
  if (chain.depth > LONGEST_CHAIN) throw looping()
  return compileCached(text, chain.how).run(variables, chain)
}

function looping(): ArithmeticError {
  return new ArithmeticError('expression recursion loop detected')
}
