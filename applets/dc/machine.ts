// The stack machine of dc: numbers and texts, registers with stacks of their own, texts run as programs.

import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import {
  add,
  CalculationError,
  compare,
  type Decimal,
  divide,
  integer,
  isZero,
  lengthOf,
  multiply,
  negate,
  power,
  remainder,
  rescale,
  squareRoot,
  subtract,
  toInteger,
  truth,
  ZERO,
} from '../bc/decimal.ts'
import { formatDecimal, parseDecimal, settingOf, Wrapper } from '../bc/number-text.ts'

type Item = Decimal | string

interface Register {
  /** The top is the last. */
  readonly stack: Item[]
  readonly elements: Map<number, Item>
}

/** A text that is run, as far as it has come. */
interface Frame {
  readonly text: string
  at: number
}

/** `q` was run with nothing left to leave. */
export class Quit extends Error {
  constructor() {
    super('quit')
    this.name = 'Quit'
  }
}

export interface DcOptions {
  /** -x: names of registers may be words. */
  readonly hasLongNames: boolean
  /** A line of stdin, for `?`; undefined at the end. */
  readonly readLine: () => Promise<string | undefined>
}

const MOST_NESTED = 100_000

export class DcMachine {
  readonly #proc: Process
  readonly #how: DcOptions
  readonly #wrapper = new Wrapper(71)
  readonly #stack: Item[] = []
  readonly #registers = new Map<string, Register>()
  readonly #frames: Frame[] = []
  #scale = 0
  #inputBase = 10
  #outputBase = 10
  #written: Promise<void> | undefined

  constructor(proc: Process, how: DcOptions) {
    this.#proc = proc
    this.#how = how
  }

  /** Throws CalculationError, Quit. */
  async run(text: string): Promise<void> {
    this.#frames.length = 0
    this.#frames.push({ text, at: 0 })
    while (this.#frames.length > 0) {
      const frame = this.#frames.at(-1)!
      const character = frame.text[frame.at]
      if (character === undefined) this.#frames.pop()
      else if (character === '?') {
        frame.at++
        await this.#ask()
      } else this.#step(frame, character)
      if (this.#written) {
        await this.#written
        this.#written = undefined
      }
      const pause = this.#proc.gate()
      if (pause) await pause
    }
  }

  async #ask(): Promise<void> {
    const line = await this.#how.readLine()
    if (line !== undefined) this.#enter(line)
  }

  /** A text at the end of another takes its place: endless tail calls do not nest. */
  #enter(text: string): void {
    const top = this.#frames.at(-1)
    if (top && top.at >= top.text.length && this.#frames.length > 1) this.#frames.pop()
    if (this.#frames.length >= MOST_NESTED) throw new CalculationError('too many nested calls')
    this.#frames.push({ text, at: 0 })
  }

  #step(frame: Frame, character: string): void {
    if (/[0-9A-F._]/.test(character)) return this.#number(frame)
    frame.at++
    const operator = OPERATORS.get(character)
    if (operator) return this.#operate(operator)
    switch (character) {
      case ' ':
      case '\t':
      case '\n':
      case '\r':
        return
      case '#':
        while (frame.at < frame.text.length && frame.text[frame.at] !== '\n') frame.at++
        return
      case '[':
        return this.#text(frame)
      case '>':
      case '<':
      case '=':
        return this.#conditional(frame, character, false)
      case '!':
        return this.#negated(frame)
      case 's':
      case 'S':
      case 'l':
      case 'L':
      case ':':
      case ';':
        return this.#withRegister(character, this.#registerName(frame))
      default:
        return this.#command(character)
    }
  }

  #number(frame: Frame): void {
    const [taken = ''] = /^_?[0-9A-F]*\.?[0-9A-F]*/.exec(frame.text.slice(frame.at)) ?? []
    frame.at += taken.length
    const digits = taken.replace('_', '')
    if (digits === '' || digits === '.') throw new CalculationError(`bad character '${taken}'`)
    const value = parseDecimal(digits, this.#inputBase)
    this.#stack.push(taken.startsWith('_') ? negate(value) : value)
  }

  /** Brackets nest. */
  #text(frame: Frame): void {
    const { text } = frame
    let depth = 1
    let at = frame.at
    for (; at < text.length; at++) {
      const character = text[at]
      if (character === '[') depth++
      else if (character === ']' && --depth === 0) break
    }
    if (at >= text.length) throw new CalculationError('unterminated string')
    this.#stack.push(text.slice(frame.at, at))
    frame.at = at + 1
  }

  // --- arithmetic ----------------------------------------------------------------------------------------------------

  #operate(operator: (left: Decimal, right: Decimal, scale: number) => Decimal): void {
    this.#require(2)
    const [left, right] = [this.#numberAt(1), this.#numberAt(0)]
    const result = operator(left, right, this.#scale)
    this.#stack.length -= 2
    this.#stack.push(result)
  }

  #command(character: string): void {
    switch (character) {
      case 'v':
        this.#stack.push(squareRoot(this.#popNumber(), this.#scale))
        return
      case '~': {
        this.#require(2)
        const [right, left] = [this.#popNumber(), this.#popNumber()]
        this.#stack.push(divide(left, right, this.#scale), remainder(left, right, this.#scale))
        return
      }
      case '|':
        return this.#modularPower()
      case 'N':
        this.#stack.push(truth(isZero(this.#popNumber())))
        return
      case 'p':
        return this.#write(`${this.#show(this.#top())}\n`)
      case 'n':
        // busybox: with a newline, unlike others.
        return this.#write(`${this.#show(this.#pop())}\n`)
      case 'P':
        return this.#printBytes(this.#pop())
      case 'f':
        for (const item of [...this.#stack].reverse()) this.#write(`${this.#show(item)}\n`)
        return
      case 'c':
        this.#stack.length = 0
        return
      case 'd':
        this.#stack.push(this.#top())
        return
      case 'r':
        this.#require(2)
        this.#stack.push(...this.#stack.splice(-2).reverse())
        return
      case 'R':
        this.#pop()
        return
      default:
        return this.#setting(character)
    }
  }

  #setting(character: string): void {
    switch (character) {
      case 'k':
        this.#scale = this.#newScale(this.#popNumber())
        return
      case 'i':
        this.#inputBase = settingOf(this.#popNumber(), 'ibase', 2, 16)
        return
      case 'o':
        this.#outputBase = settingOf(this.#popNumber(), 'obase', 2, 999)
        return
      case 'K':
        this.#stack.push(integer(this.#scale))
        return
      case 'I':
        this.#stack.push(integer(this.#inputBase))
        return
      case 'O':
        this.#stack.push(integer(this.#outputBase))
        return
      case 'z':
        this.#stack.push(integer(this.#stack.length))
        return
      case 'Z': {
        const item = this.#pop()
        this.#stack.push(integer(typeof item === 'string' ? item.length : isZero(item) ? 1 : lengthOf(item)))
        return
      }
      case 'X':
        this.#stack.push(integer(this.#popNumber().scale))
        return
      case 'a':
        return this.#toCharacter()
      case 'x': {
        const item = this.#top()
        if (typeof item !== 'string') return
        this.#stack.pop()
        return this.#enter(item)
      }
      case 'q':
        return this.#leave(2)
      case 'Q':
        return this.#leave(toInteger(this.#popNumber()))
      default:
        throw new CalculationError(
          /[a-z]/.test(character) && character === 'e' ? "bad token at 'e'" : `bad character '${character}'`,
        )
    }
  }

  #newScale(value: Decimal): number {
    if (value.digits < 0n) throw new CalculationError('negative number')
    return settingOf(value, 'scale', 0, 4_294_967_295)
  }

  #modularPower(): void {
    this.#require(3)
    const [modulus, exponent, base] = [this.#popNumber(), this.#popNumber(), this.#popNumber()]
    if (isZero(modulus)) throw new CalculationError('divide by zero')
    if (exponent.digits < 0n) throw new CalculationError('negative number')
    const [by, times] = [rescale(modulus, 0).digits, rescale(exponent, 0).digits]
    let square = rescale(base, 0).digits % by
    // busybox: to the power of 0 it is 1, whatever the modulus.
    let product = 1n
    for (let rest = times; rest > 0n; rest >>= 1n) {
      if ((rest & 1n) === 1n) product = (product * square) % by
      square = (square * square) % by
    }
    this.#stack.push({ digits: product, scale: 0 })
  }

  #toCharacter(): void {
    const item = this.#pop()
    if (typeof item === 'string') {
      this.#stack.push(item.slice(0, 1))
      return
    }
    const code = Number(BigInt.asUintN(8, rescale(item, 0).digits))
    this.#stack.push(decode(Uint8Array.of(code)))
  }

  /** A text as it is; a number as the bytes that make it up, the highest first. */
  #printBytes(item: Item): void {
    if (typeof item === 'string') return this.#write(item)
    const bytes: number[] = []
    const { digits } = rescale(item, 0)
    for (let rest = digits < 0n ? -digits : digits; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n))
    const written = this.#proc.stdout.write(Uint8Array.from(bytes))
    if (written) this.#written = written
  }

  // --- control -------------------------------------------------------------------------------------------------------

  #negated(frame: Frame): void {
    const relation = frame.text[frame.at]
    if (relation !== '<' && relation !== '>' && relation !== '=') throw new CalculationError("bad character '!'")
    frame.at++
    this.#conditional(frame, relation, true)
  }

  /** `>r`: runs the register when the top is greater than what is under it; `>rex` otherwise runs x. */
  #conditional(frame: Frame, relation: '<' | '>' | '=', isNegated: boolean): void {
    if (frame.at >= frame.text.length) throw new CalculationError(`bad token at '${isNegated ? '!' : ''}${relation}'`)
    const yes = this.#registerName(frame)
    let no: string | undefined
    if (frame.text[frame.at] === 'e') {
      frame.at++
      no = this.#registerName(frame)
    }
    this.#require(2)
    const order = compare(this.#popNumber(), this.#popNumber())
    const holds = relation === '=' ? order === 0 : relation === '>' ? order > 0 : order < 0
    const chosen = holds !== isNegated ? yes : no
    if (chosen === undefined) return
    const item = this.#register(chosen).stack.at(-1) ?? ZERO
    if (typeof item !== 'string') throw new CalculationError('variable is wrong type')
    this.#enter(item)
  }

  #leave(levels: number): void {
    if (levels >= this.#frames.length) throw new Quit()
    this.#frames.length -= Math.max(levels, 0)
  }

  // --- registers -----------------------------------------------------------------------------------------------------

  #registerName(frame: Frame): string {
    const rest = frame.text.slice(frame.at)
    const long = this.#how.hasLongNames ? /^\s+([a-z][a-z0-9_]*)/.exec(rest) : null
    const name = long?.[1] ?? rest[0]
    if (name === undefined) throw new CalculationError("bad token at ''")
    frame.at += long?.[0].length ?? 1
    return name
  }

  #register(name: string): Register {
    let register = this.#registers.get(name)
    if (!register) {
      register = { stack: [], elements: new Map() }
      this.#registers.set(name, register)
    }
    return register
  }

  #withRegister(command: string, name: string): void {
    const { stack, elements } = this.#register(name)
    switch (command) {
      case 's':
        stack[Math.max(stack.length - 1, 0)] = this.#pop()
        return
      case 'S':
        // A register has a value before anything is put in it: 0.
        if (stack.length === 0) stack.push(ZERO)
        stack.push(this.#pop())
        return
      case 'l':
        this.#stack.push(stack.at(-1) ?? ZERO)
        return
      case 'L': {
        const item = stack.pop()
        if (item === undefined) throw new CalculationError('stack has too few elements')
        this.#stack.push(item)
        return
      }
      case ':': {
        const subscript = this.#subscript()
        elements.set(subscript, this.#pop())
        return
      }
      case ';':
        this.#stack.push(elements.get(this.#subscript()) ?? ZERO)
    }
  }

  #subscript(): number {
    const subscript = toInteger(this.#popNumber())
    if (subscript < 0) throw new CalculationError('negative number')
    if (subscript > 2_147_483_647) throw new CalculationError('array too long')
    return subscript
  }

  // --- the stack -----------------------------------------------------------------------------------------------------

  #require(count: number): void {
    if (this.#stack.length < count) throw new CalculationError('stack has too few elements')
  }

  #top(): Item {
    this.#require(1)
    return this.#stack.at(-1)!
  }

  #pop(): Item {
    this.#require(1)
    return this.#stack.pop()!
  }

  #popNumber(): Decimal {
    const value = this.#numberAt(0)
    this.#stack.pop()
    return value
  }

  #numberAt(depth: number): Decimal {
    this.#require(depth + 1)
    const item = this.#stack[this.#stack.length - 1 - depth]!
    if (typeof item === 'string') throw new CalculationError('variable is wrong type')
    return item
  }

  #show(item: Item): string {
    if (typeof item === 'string') return item
    const text = this.#wrapper.fold(formatDecimal(item, this.#outputBase))
    this.#wrapper.pass('\n')
    return text
  }

  #write(text: string): void {
    const written = this.#proc.stdout.write(text)
    if (written) this.#written = written
  }
}

const OPERATORS: ReadonlyMap<string, (left: Decimal, right: Decimal, scale: number) => Decimal> = new Map([
  ['+', add],
  ['-', subtract],
  ['*', multiply],
  ['/', divide],
  ['%', remainder],
  ['^', power],
  ['G', (left: Decimal, right: Decimal) => truth(compare(left, right) === 0)],
  ['(', (left: Decimal, right: Decimal) => truth(compare(left, right) > 0)],
  ['{', (left: Decimal, right: Decimal) => truth(compare(left, right) >= 0)],
])
