// test, [ and [[ (POSIX XCU test): by the number of words first, and as an expression beyond that.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { compilePattern } from '../lib/pattern.ts'
import { plainNumber } from '../lib/plain-number.ts'
import { compileRegex, RegexError } from '../lib/regex/index.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'test',
  aliases: ['[', '[['],
  about: 'Test files, texts and numbers',
  operands: 'EXPRESSION',
  raw: true,
  main({ proc, operands }) {
    const name = (proc.argv[0] ?? '').replace(/.*\//, '')
    const isDouble = name === '[['
    return evaluate(
      proc,
      isDouble || name === '[' ? withoutBracket(operands, isDouble ? ']]' : ']') : operands,
      isDouble,
    )
  },
})

function withoutBracket(words: readonly string[], end: string): readonly string[] {
  if (words.at(-1) !== end) throw new Failure(`missing ${end}`, 2)
  return words.slice(0, -1)
}

function evaluate(proc: Process, words: readonly string[], isDouble: boolean): number {
  try {
    return evaluateTest(words, proc, { isDouble }) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    // busybox: a regular expression of [[ that is none is not told of.
    if (error.message === '') return 2
    throw new Failure(error.message, 2)
  }
}

/** Its message is busybox's; the status is 2. */
export class TestError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TestError'
  }
}

/** What test asks of the system: a Process has it. */
export type TestContext = Pick<Process, 'stat' | 'lstat' | 'access' | 'terminal' | 'credentials'>

export interface TestOptions {
  /** `[[`: `=` and `==` match patterns, `=~` regular expressions, `&&` and `||` stand for -a and -o. */
  readonly isDouble?: boolean
}

/** Synchronous and quick: the shell runs it in its loops. Throws TestError. */
export function evaluateTest(words: readonly string[], context: TestContext, how: TestOptions = {}): boolean {
  switch (words.length) {
    case 0:
      return false
    case 1:
      return words[0] !== ''
    case 2:
      // POSIX XCU test: after a ! one word is only a text.
      if (words[0] === '!') return words[1] === ''
      break
    case 4:
      // POSIX: a ! before three words turns what they mean, whatever the words are.
      if (words[0] === '!' && !how.isDouble && isOperator(words[2]!)) return !evaluateTest(words.slice(1), context)
      if (isInParentheses(words) && !how.isDouble) return evaluateTest(words.slice(1, -1), context)
      break
    case 5:
      // Three words in parentheses mean what they mean alone, whatever they are.
      if (words[0] === '(' && words[4] === ')' && !how.isDouble && isOperator(words[2]!))
        return evaluateTest(words.slice(1, 4), context)
      break
    case 6:
      if (words[0] === '!' && words[1] === '(' && words[5] === ')' && !how.isDouble && isOperator(words[3]!))
        return !evaluateTest(words.slice(2, 5), context)
      break
    case 3: {
      const compare = how.isDouble === true && PATTERNED.has(words[1]!) ? undefined : BINARY.get(words[1]!)
      if (compare) return compare(words[0]!, words[2]!, context)
      // POSIX XCU test: of three words the middle one is the operator, if it can be.
      if (words[1] === '-a') return words[0] !== '' && words[2] !== ''
      if (words[1] === '-o') return words[0] !== '' || words[2] !== ''
      if (isInParentheses(words) && !how.isDouble) return words[1] !== ''
      break
    }
  }
  return new Expression(words, context, how.isDouble === true).whole()
}

function isOperator(word: string): boolean {
  return word === '-a' || word === '-o' || BINARY.has(word)
}

/** differs: around one word or two these are parentheses, whatever is between them (POSIX XCU test); busybox misses their end. */
function isInParentheses(words: readonly string[]): boolean {
  return words[0] === '(' && words.at(-1) === ')'
}

type Compare = (left: string, right: string, context: TestContext) => boolean

const BINARY: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['=', (a, b) => a === b],
  ['==', (a, b) => a === b],
  ['!=', (a, b) => a !== b],
  ['<', (a, b) => a < b],
  ['>', (a, b) => a > b],
  ['-eq', (a, b) => compareNumbers(a, b) === 0],
  ['-ne', (a, b) => compareNumbers(a, b) !== 0],
  ['-lt', (a, b) => compareNumbers(a, b) < 0],
  ['-le', (a, b) => compareNumbers(a, b) <= 0],
  ['-gt', (a, b) => compareNumbers(a, b) > 0],
  ['-ge', (a, b) => compareNumbers(a, b) >= 0],
  ['-nt', (a, b, context) => isOlder(context, b, a)],
  ['-ot', (a, b, context) => isOlder(context, a, b)],
  ['-ef', (a, b, context) => isSameFile(statOf(context, a), statOf(context, b))],
])

/** What `[[` compares otherwise than `[`. */
const PATTERNED: ReadonlySet<string> = new Set(['=', '==', '!=', '=~'])

function compareNumbers(left: string, right: string): number {
  const a = toNumber(left)
  const b = toNumber(right)
  return a < b ? -1 : a > b ? 1 : 0
}

function toNumber(text: string): number | bigint {
  return plainNumber(text) ?? anyNumber(text)
}

/** With blanks around, a plus, leading zeros, or too many digits. */
function anyNumber(text: string): number | bigint {
  const match = /^\s*([-+]?)(\d+)\s*$/.exec(text)
  if (!match) throw new TestError(text.trim() === '' ? 'bad number' : `${text}: bad number`)
  const value = match[1] === '-' ? -BigInt(match[2]!) : BigInt(match[2]!)
  if (BigInt.asIntN(64, value) !== value) throw new TestError(`${text}: out of range`)
  return value
}

/** A file that is not there is older than all others. */
/** ash: only what is there is older or newer. */
function isOlder(context: TestContext, path: string, other: string): boolean {
  const one = statOf(context, path)
  const two = statOf(context, other)
  return one !== undefined && two !== undefined && one.mtime < two.mtime
}

function statOf(context: TestContext, path: string): Stat | undefined {
  return ifThere(() => context.stat(path))
}

function linkStatOf(context: TestContext, path: string): Stat | undefined {
  return ifThere(() => context.lstat(path))
}

function ifThere<T>(piece: () => T): T | undefined {
  try {
    return piece()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function isSameFile(a: Stat | undefined, b: Stat | undefined): boolean {
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

type Check = (operand: string, context: TestContext) => boolean

const UNARY: ReadonlyMap<string, Check> = new Map<string, Check>([
  // differs: busybox has no unary -a, and stumbles over `[ -a -a ]`.
  ['-a', (path, context) => statOf(context, path) !== undefined],
  ['-n', operand => operand !== ''],
  ['-z', operand => operand === ''],
  ['-e', (path, context) => statOf(context, path) !== undefined],
  ['-f', (path, context) => statOf(context, path)?.kind === 'file'],
  ['-d', (path, context) => statOf(context, path)?.kind === 'directory'],
  ['-b', (path, context) => statOf(context, path)?.kind === 'block'],
  ['-c', (path, context) => statOf(context, path)?.kind === 'character'],
  ['-p', (path, context) => statOf(context, path)?.kind === 'fifo'],
  ['-S', (path, context) => statOf(context, path)?.kind === 'socket'],
  ['-h', (path, context) => linkStatOf(context, path)?.kind === 'symlink'],
  ['-L', (path, context) => linkStatOf(context, path)?.kind === 'symlink'],
  ['-s', (path, context) => (statOf(context, path)?.size ?? 0) > 0],
  ['-r', (path, context) => ifThere(() => context.access(path, 4)) ?? false],
  ['-w', (path, context) => ifThere(() => context.access(path, 2)) ?? false],
  ['-x', (path, context) => ifThere(() => context.access(path, 1)) ?? false],
  ['-u', (path, context) => ((statOf(context, path)?.mode ?? 0) & 0o4000) !== 0],
  ['-g', (path, context) => ((statOf(context, path)?.mode ?? 0) & 0o2000) !== 0],
  ['-k', (path, context) => ((statOf(context, path)?.mode ?? 0) & 0o1000) !== 0],
  ['-O', (path, context) => statOf(context, path)?.uid === context.credentials.euid],
  ['-G', (path, context) => statOf(context, path)?.gid === context.credentials.egid],
  ['-t', (fd, context) => context.terminal(Number(toNumber(fd))) !== undefined],
])

/** or: and -o or; and: not -a and; not: ! not; primary: ( or ), a unary or binary operator, or a word. */
class Expression {
  readonly #words: readonly string[]
  readonly #context: TestContext
  readonly #isDouble: boolean
  #at = 0

  constructor(words: readonly string[], context: TestContext, isDouble: boolean) {
    this.#words = words
    this.#context = context
    this.#isDouble = isDouble
  }

  whole(): boolean {
    const value = this.#or()
    const rest = this.#words[this.#at]
    if (rest !== undefined) throw new TestError(`${rest}: unknown operand`)
    return value
  }

  /** busybox: both sides are always looked at, so that an error behind -o is told of. */
  #or(): boolean {
    const value = this.#and()
    return this.#take('-o') || (this.#isDouble && this.#take('||')) ? this.#or() || value : value
  }

  #and(): boolean {
    const value = this.#not()
    return this.#take('-a') || (this.#isDouble && this.#take('&&')) ? this.#and() && value : value
  }

  #not(): boolean {
    if (this.#words[this.#at] !== '!' || this.#isBinary() || this.#at + 1 >= this.#words.length) return this.#primary()
    this.#at++
    return !this.#not()
  }

  #primary(): boolean {
    const word = this.#words[this.#at]
    if (word === undefined) throw new TestError('argument expected')
    if (word === '(' && this.#at + 1 < this.#words.length) return this.#parenthesis()
    // Of two words the first is the operator: `test -z =`.
    if (this.#isBinary() && !(this.#words.length === 2 && UNARY.has(word))) {
      const operator = this.#words[this.#at + 1]!
      const right = this.#words[this.#at + 2]
      if (right === undefined) throw new TestError(`${operator}: argument expected`)
      this.#at += 3
      return this.#compare(word, operator, right)
    }
    this.#at++
    const check = UNARY.get(word)
    const operand = this.#words[this.#at]
    if (!check || operand === undefined) return word !== ''
    this.#at++
    return check(operand, this.#context)
  }

  #parenthesis(): boolean {
    this.#at++
    const value = this.#or()
    if (!this.#take(')')) throw new TestError('closing paren expected')
    return value
  }

  #isBinary(): boolean {
    const operator = this.#words[this.#at + 1]
    return operator !== undefined && (BINARY.has(operator) || (this.#isDouble && operator === '=~'))
  }

  #compare(left: string, operator: string, right: string): boolean {
    if (this.#isDouble && PATTERNED.has(operator)) {
      if (operator === '=~') return matchesRegex(left, right)
      return compilePattern(right).matches(left) === (operator !== '!=')
    }
    return BINARY.get(operator)?.(left, right, this.#context) ?? false
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false
    this.#at++
    return true
  }
}

function matchesRegex(text: string, source: string): boolean {
  try {
    return compileRegex(source, { syntax: 'extended' }).test(text)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new TestError('')
  }
}
