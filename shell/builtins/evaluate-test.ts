// test and [[ (POSIX XCU test): by the number of operands first, and as an expression beyond four.

import { SysError } from '../../kernel/errno.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'
import { compilePatternCached } from '../expand/pattern.ts'
import type { Shell } from '../shell.ts'

/** Its message is busybox's; the status is 2. */
export class TestError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TestError'
  }
}

export interface TestOptions {
  /** `[[`: `=` and `==` match patterns, `=~` regular expressions, `<` compares. */
  readonly isDouble?: boolean
}

export function evaluateTest(shell: Shell, words: readonly string[], how: TestOptions = {}): boolean {
  switch (words.length) {
    case 0:
      return false
    case 1:
      return words[0] !== ''
    case 3: {
      const compare = BINARY.get(words[1]!)
      if (compare && (how.isDouble !== true || !PATTERNED.has(words[1]!))) return compare(words[0]!, words[2]!, shell)
    }
  }
  return new Expression(shell, words, how).whole()
}

type Compare = (left: string, right: string, shell: Shell) => boolean

/** Operators between two operands, by their names. */
export const BINARY: ReadonlyMap<string, Compare> = new Map<string, Compare>([
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
  ['-nt', (a, b, shell) => (statOf(shell, a)?.mtime ?? -1n) > (statOf(shell, b)?.mtime ?? -1n)],
  ['-ot', (a, b, shell) => (statOf(shell, a)?.mtime ?? -1n) < (statOf(shell, b)?.mtime ?? -1n)],
  ['-ef', (a, b, shell) => isSameFile(statOf(shell, a), statOf(shell, b))],
])

const PATTERNED: ReadonlySet<string> = new Set(['=', '==', '!=', '=~'])

function compareNumbers(left: string, right: string): number {
  const a = toNumber(left)
  const b = toNumber(right)
  return a < b ? -1 : a > b ? 1 : 0
}

function toNumber(text: string): number | bigint {
  const length = text.length
  if (length > 0 && length < 16) {
    let value = 0
    let at = 0
    for (; at < length; at++) {
      const digit = text.charCodeAt(at) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (at === length) return value
  }
  const match = /^\s*([-+]?)(\d+)\s*$/.exec(text)
  if (!match) throw new TestError(`${text}: bad number`)
  const value = BigInt(match[2] ?? 0)
  return BigInt.asIntN(64, match[1] === '-' ? -value : value)
}

function statOf(shell: Shell, path: string, how: { follow?: boolean } = {}): Stat | undefined {
  try {
    return how.follow === false ? shell.proc.lstat(path) : shell.proc.stat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function isSameFile(a: Stat | undefined, b: Stat | undefined): boolean {
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

type Check = (operand: string, shell: Shell) => boolean

const UNARY: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['-n', operand => operand !== ''],
  ['-z', operand => operand === ''],
  ['-e', (path, shell) => statOf(shell, path) !== undefined],
  ['-a', (path, shell) => statOf(shell, path) !== undefined],
  ['-f', (path, shell) => statOf(shell, path)?.kind === 'file'],
  ['-d', (path, shell) => statOf(shell, path)?.kind === 'directory'],
  ['-b', (path, shell) => statOf(shell, path)?.kind === 'block'],
  ['-c', (path, shell) => statOf(shell, path)?.kind === 'character'],
  ['-p', (path, shell) => statOf(shell, path)?.kind === 'fifo'],
  ['-S', (path, shell) => statOf(shell, path)?.kind === 'socket'],
  ['-h', (path, shell) => statOf(shell, path, { follow: false })?.kind === 'symlink'],
  ['-L', (path, shell) => statOf(shell, path, { follow: false })?.kind === 'symlink'],
  ['-s', (path, shell) => (statOf(shell, path)?.size ?? 0) > 0],
  ['-r', (path, shell) => hasAccess(shell, path, 4)],
  ['-w', (path, shell) => hasAccess(shell, path, 2)],
  ['-x', (path, shell) => hasAccess(shell, path, 1)],
  ['-u', (path, shell) => ((statOf(shell, path)?.mode ?? 0) & 0o4000) !== 0],
  ['-g', (path, shell) => ((statOf(shell, path)?.mode ?? 0) & 0o2000) !== 0],
  ['-k', (path, shell) => ((statOf(shell, path)?.mode ?? 0) & 0o1000) !== 0],
  ['-O', (path, shell) => statOf(shell, path)?.uid === shell.proc.credentials.euid],
  ['-G', (path, shell) => statOf(shell, path)?.gid === shell.proc.credentials.egid],
  ['-t', (fd, shell) => shell.proc.terminal(Number(toNumber(fd))) !== undefined],
])

function hasAccess(shell: Shell, path: string, bits: number): boolean {
  try {
    return shell.proc.access(path, bits)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

class Expression {
  readonly #shell: Shell
  readonly #words: readonly string[]
  readonly #how: TestOptions
  #at = 0

  constructor(shell: Shell, words: readonly string[], how: TestOptions) {
    this.#shell = shell
    this.#words = words
    this.#how = how
  }

  whole(): boolean {
    const value = this.#or()
    const rest = this.#words[this.#at]
    if (rest !== undefined) throw new TestError(`${rest}: unknown operand`)
    return value
  }

  #or(): boolean {
    let value = this.#and()
    while (this.#take('-o')) value = this.#and() || value
    return value
  }

  #and(): boolean {
    let value = this.#not()
    while (this.#take('-a')) value = this.#not() && value
    return value
  }

  #not(): boolean {
    let isNegated = false
    while (this.#words[this.#at] === '!' && this.#at + 1 < this.#words.length && !this.#isBinary()) {
      this.#at++
      isNegated = !isNegated
    }
    return this.#primary() !== isNegated
  }

  #primary(): boolean {
    const word = this.#words[this.#at]
    if (word === undefined) throw new TestError('argument expected')
    if (this.#isBinary()) {
      const [left, operator, right] = [word, this.#words[this.#at + 1]!, this.#words[this.#at + 2]!]
      this.#at += 3
      return this.#compare(left, operator, right)
    }
    if (word === '(' && this.#words.length - this.#at > 1) {
      this.#at++
      const value = this.#or()
      if (!this.#take(')')) throw new TestError('closing paren expected')
      return value
    }
    const check = UNARY.get(word)
    if (check && this.#at + 1 < this.#words.length) {
      this.#at += 2
      return check(this.#words[this.#at - 1]!, this.#shell)
    }
    this.#at++
    return word !== ''
  }

  #isBinary(): boolean {
    if (this.#at + 2 >= this.#words.length) return false
    const operator = this.#words[this.#at + 1]!
    return BINARY.has(operator) || (this.#how.isDouble === true && operator === '=~')
  }

  #compare(left: string, operator: string, right: string): boolean {
    if (this.#how.isDouble && PATTERNED.has(operator)) {
      if (operator === '=~') return matchesExpression(left, right)
      return compilePatternCached(right).matches(left) === (operator !== '!=')
    }
    return BINARY.get(operator)?.(left, right, this.#shell) ?? false
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false
    this.#at++
    return true
  }
}

function matchesExpression(text: string, source: string): boolean {
  try {
    return new RegExp(source, 'u').test(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new TestError(`bad regex '${source}'`)
  }
}
