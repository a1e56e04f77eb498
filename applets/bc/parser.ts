// Compiles bc, a line at a time: what stands on one line is run before the next is read (POSIX XCU bc).

import type { BcFunction, Operator, Parameter, Place, Relation, Step } from './code.ts'
import { CalculationError } from './decimal.ts'
import { Incomplete, Lexer, type Reading, type Token } from './lexer.ts'

export interface Line {
  readonly steps: readonly Step[]
  readonly definition: BcFunction | undefined
  /** Where the next line begins. */
  readonly end: number
  /** `quit` was read: nothing after the line is. */
  readonly quits: boolean
}

/**
 * The next line, with all lines that its blocks take. undefined at the end of the text. Throws CalculationError, or Incomplete when
 * the text is not final.
 */
export function parseLine(text: string, from: number, how: Reading): Line | undefined {
  return new Parser(text, from, how).line()
}

const ASSIGNMENTS: ReadonlyMap<string, Operator | ''> = new Map([
  ['=', ''],
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['/=', '/'],
  ['%=', '%'],
  ['^=', '^'],
])

const RELATIONS: ReadonlyMap<string, Relation> = new Map(
  (['<', '<=', '==', '!=', '>', '>='] as const).map(relation => [relation, relation]),
)

/** What an expression was, beside its steps. */
interface Parsed {
  readonly steps: Step[]
  /** It can be assigned to: then `steps` are those of its subscript. */
  readonly place: Place | undefined
  readonly isAssignment: boolean
}

class Parser {
  readonly #text: string
  readonly #how: Reading
  readonly #lexer: Lexer
  #token: Token
  #steps: Step[] = []
  /** Steps of the innermost loop that jump behind it, or to its next turn. */
  #loops: { readonly breaks: Jump[]; readonly continues: Jump[] }[] = []
  #isInFunction = false
  #quits = false
  /** What is read decides an if or a loop. */
  #isTest = false

  constructor(text: string, from: number, how: Reading) {
    this.#text = text
    this.#how = how
    this.#lexer = new Lexer(text, from, how)
    this.#token = this.#lexer.next()
  }

  line(): Line | undefined {
    if (this.#isEnd()) {
      if (!this.#how.isFinal) throw new Incomplete()
      return undefined
    }
    let definition: BcFunction | undefined
    if (this.#isKeyword('define')) definition = this.#definition()
    else this.#statements('newline')
    const isOver = this.#token.kind === 'newline' || this.#isEnd()
    if (!isOver && !this.#isSign(';')) throw this.#bad('statement terminator')
    // A line that has not come whole might go on.
    if (this.#isEnd() && !this.#how.isFinal) throw new Incomplete()
    return { steps: this.#steps, definition, end: this.#lexer.at, quits: this.#quits }
  }

  // --- definitions ---------------------------------------------------------------------------------------------------

  #definition(): BcFunction {
    this.#advance()
    let isVoid = false
    let name = this.#takeName()
    if (name === 'void' && this.#token.kind === 'name') {
      isVoid = true
      name = this.#takeName()
    }
    this.#expect('(')
    const parameters = this.#parameters(')')
    this.#expect(')')
    this.#skipNewlines()
    if (this.#isEnd() && !this.#how.isFinal) throw new Incomplete()
    if (!this.#isSign('{')) throw new CalculationError('function { body } expected')
    this.#advance()
    this.#skipTerminators()
    this.#isInFunction = true
    const locals: Parameter[] = []
    while (this.#isKeyword('auto')) {
      this.#advance()
      locals.push(...this.#parameters(''))
      this.#skipTerminators()
    }
    this.#statements('}')
    this.#expect('}')
    this.#emit({ do: 'number', text: '0' })
    this.#emit({ do: 'return' })
    this.#isInFunction = false
    const steps = this.#steps
    this.#steps = []
    return { name, isVoid, parameters, locals, steps }
  }

  #parameters(close: string): Parameter[] {
    const list: Parameter[] = []
    if (close !== '' && this.#isSign(close)) return list
    do {
      const isReference = this.#take('*')
      const name = this.#takeName()
      const isArray = this.#take('[')
      if (isArray) this.#expect(']')
      list.push({ name, isArray, isReference })
    } while (this.#take(','))
    return list
  }

  #takeName(): string {
    if (this.#token.kind !== 'name') throw this.#bad('token')
    const { text } = this.#token
    this.#advance()
    return text
  }

  // --- statements ----------------------------------------------------------------------------------------------------

  /** Up to the end of the line, or the brace that closes a block. */
  #statements(until: 'newline' | '}'): void {
    for (;;) {
      while (this.#isSign(';') || (until === '}' && this.#token.kind === 'newline')) this.#advance()
      if (until === '}' && this.#isSign('}')) return
      if (until === 'newline' && (this.#token.kind === 'newline' || this.#token.kind === 'end')) return
      this.#requireMore()
      this.#statement()
      if (this.#isSign(';') || this.#token.kind === 'newline' || this.#token.kind === 'end') continue
      if (until === '}' && this.#isSign('}')) return
      throw this.#bad('statement terminator')
    }
  }

  #statement(): void {
    if (this.#take('{')) {
      this.#statements('}')
      this.#expect('}')
      return
    }
    if (this.#token.kind === 'string') {
      this.#emit({ do: 'printText', text: this.#token.text })
      this.#advance()
      return
    }
    if (this.#token.kind === 'keyword' && this.#keyword(this.#token.text)) return
    const { isAssignment } = this.#expression()
    if (this.#token.kind === 'name' || this.#token.kind === 'number') throw this.#bad('expression')
    this.#emit({ do: isAssignment ? 'drop' : 'printValue' })
  }

  /** Whether it begins a statement of its own. */
  #keyword(word: string): boolean {
    if (EXTENSIONS.has(word)) this.#how.extension(`the '${word}' keyword`)
    switch (word) {
      case 'print':
        this.#print()
        return true
      case 'if':
        this.#if()
        return true
      case 'while':
        this.#while()
        return true
      case 'for':
        this.#for()
        return true
      case 'break':
      case 'continue':
        this.#leaveTurn(word)
        return true
      case 'return':
        this.#return()
        return true
      case 'halt':
      case 'limits':
        this.#advance()
        this.#emit({ do: word })
        return true
      case 'quit':
        this.#advance()
        this.#quits = true
        return true
      case 'auto':
      case 'else':
      case 'define':
        throw this.#bad('token')
      default:
        return false
    }
  }

  #print(): void {
    this.#advance()
    do {
      if (this.#token.kind === 'string') {
        this.#emit({ do: 'printText', text: unescape(this.#token.text) })
        this.#advance()
      } else {
        this.#expression()
        this.#emit({ do: 'printItem' })
      }
    } while (this.#take(','))
  }

  #if(): void {
    this.#advance()
    this.#test()
    const over = this.#jump('jumpIfZero')
    this.#body()
    if (!this.#isKeyword('else')) return this.#land(over)
    this.#how.extension("the 'else' keyword")
    this.#advance()
    const end = this.#jump('jump')
    this.#land(over)
    this.#body()
    this.#land(end)
  }

  #while(): void {
    this.#advance()
    const start = this.#steps.length
    this.#test()
    const end = this.#jump('jumpIfZero')
    const loop = this.#loopBody()
    for (const jump of loop.continues) jump.to = start
    this.#emit({ do: 'jump', to: start })
    this.#land(end, ...loop.breaks)
  }

  #for(): void {
    this.#advance()
    this.#expect('(')
    if (!this.#isSign(';')) this.#dropped()
    this.#expect(';')
    const start = this.#steps.length
    if (this.#isSign(';')) this.#emit({ do: 'number', text: '1' })
    else this.#condition()
    this.#expect(';')
    const end = this.#jump('jumpIfZero')
    // The step stands before the body, and is run after it.
    const toBody = this.#jump('jump')
    const step = this.#steps.length
    if (!this.#isSign(')')) this.#dropped()
    this.#expect(')')
    this.#emit({ do: 'jump', to: start })
    this.#land(toBody)
    const loop = this.#loopBody()
    for (const jump of loop.continues) jump.to = step
    this.#emit({ do: 'jump', to: step })
    this.#land(end, ...loop.breaks)
  }

  #dropped(): void {
    this.#expression()
    this.#emit({ do: 'drop' })
  }

  #loopBody(): { readonly breaks: Jump[]; readonly continues: Jump[] } {
    const loop = { breaks: [], continues: [] }
    this.#loops.push(loop)
    this.#body()
    this.#loops.pop()
    return loop
  }

  /** Newlines may stand before it. */
  #body(): void {
    this.#skipNewlines()
    this.#requireMore()
    // busybox: alone, a semicolon is an empty statement.
    if (this.#isSign(';')) return
    this.#statement()
  }

  #test(): void {
    this.#expect('(')
    this.#condition()
    this.#expect(')')
  }

  #condition(): void {
    this.#isTest = true
    this.#expression()
    this.#isTest = false
  }

  #leaveTurn(word: 'break' | 'continue'): void {
    const loop = this.#loops.at(-1)
    if (!loop) throw this.#bad('token')
    this.#advance()
    const jump = this.#jump('jump')
    if (word === 'break') loop.breaks.push(jump)
    else loop.continues.push(jump)
  }

  #return(): void {
    if (!this.#isInFunction) throw new CalculationError("'return' not in a function")
    this.#advance()
    const isBare =
      this.#isSign(';') || this.#isSign('}') || this.#token.kind === 'newline' || this.#token.kind === 'end'
    if (!isBare && !this.#isSign('(')) this.#how.extension('return without parentheses')
    if (isBare) this.#emit({ do: 'number', text: '0' })
    else this.#expression()
    this.#emit({ do: 'return' })
  }

  // --- expressions, from the loosest ---------------------------------------------------------------------------------

  /** Its steps are added; the value is on the stack. */
  #expression(): { readonly isAssignment: boolean } {
    const parsed = this.#or()
    this.#steps.push(...loaded(parsed))
    return parsed
  }

  #or(): Parsed {
    let left = this.#and()
    while (this.#takeBoolean('||')) left = value([...loaded(left), ...loaded(this.#and()), { do: 'or' }])
    return left
  }

  #and(): Parsed {
    let left = this.#relation()
    while (this.#takeBoolean('&&')) left = value([...loaded(left), ...loaded(this.#relation()), { do: 'and' }])
    return left
  }

  #takeBoolean(sign: string): boolean {
    if (!this.#take(sign)) return false
    this.#how.extension(`boolean operators; this is bad: ${sign}`)
    return true
  }

  #relation(): Parsed {
    let left = this.#assignment()
    for (;;) {
      const relation = this.#token.kind === 'sign' ? RELATIONS.get(this.#token.text) : undefined
      if (!relation) return left
      if (!this.#isTest) this.#how.extension('comparison operators outside if or loops')
      this.#advance()
      left = value([...loaded(left), ...loaded(this.#assignment()), { do: 'relate', relation }])
    }
  }

  #assignment(): Parsed {
    const left = this.#sum()
    const operator = this.#token.kind === 'sign' ? ASSIGNMENTS.get(this.#token.text) : undefined
    if (operator === undefined) return left
    const { place, steps } = left
    if (!place) {
      throw new CalculationError(`bad assignment: left side must be variable or array element at '${this.#rest()}'`)
    }
    this.#advance()
    const right = loaded(this.#assignment())
    const step: Step = operator === '' ? { do: 'store', place } : { do: 'update', place, operator }
    return { steps: [...steps, ...right, step], place: undefined, isAssignment: true }
  }

  #sum(): Parsed {
    let left = this.#product()
    for (;;) {
      const operator = this.#takeOperator('+', '-')
      if (!operator) return left
      left = value([...loaded(left), ...loaded(this.#product()), { do: 'operate', operator }])
    }
  }

  #product(): Parsed {
    let left = this.#power()
    for (;;) {
      const operator = this.#takeOperator('*', '/', '%')
      if (!operator) return left
      left = value([...loaded(left), ...loaded(this.#power()), { do: 'operate', operator }])
    }
  }

  /** To the right. A sign binds tighter: -2^2 is 4. */
  #power(): Parsed {
    const left = this.#unary()
    if (!this.#take('^')) return left
    return value([...loaded(left), ...loaded(this.#power()), { do: 'operate', operator: '^' }])
  }

  #unary(): Parsed {
    if (this.#take('-')) return value([...loaded(this.#unary()), { do: 'negate' }])
    if (this.#takeBoolean('!')) return value([...loaded(this.#unary()), { do: 'not' }])
    if (this.#isSign('++') || this.#isSign('--')) {
      const by = this.#token.text === '++' ? 1 : -1
      this.#advance()
      const { place, steps } = this.#primary()
      if (!place) throw this.#bad('expression')
      return value([...steps, { do: 'increment', place, by, isPrefix: true }])
    }
    const operand = this.#primary()
    const { place } = operand
    if (!place || !(this.#isSign('++') || this.#isSign('--'))) return operand
    const by = this.#token.text === '++' ? 1 : -1
    this.#advance()
    return value([...operand.steps, { do: 'increment', place, by, isPrefix: false }])
  }

  #primary(): Parsed {
    const token = this.#token
    switch (token.kind) {
      case 'number':
        this.#advance()
        return value([{ do: 'number', text: token.text }])
      case 'name':
        if (token.text.length > 1) this.#how.extension(`names of more than one character: '${token.text}'`)
        this.#advance()
        return this.#named(token.text)
      case 'keyword':
        return this.#keywordValue(token.text)
      case 'sign':
        if (token.text === '.') {
          this.#how.extension("'.' as 'last'")
          this.#advance()
          return placed({ kind: 'setting', name: 'last' })
        }
        if (token.text === '(') {
          this.#advance()
          const inner = loaded(this.#or())
          this.#expect(')')
          return value(inner)
        }
        throw this.#bad('expression')
      case 'string':
      case 'newline':
      case 'end':
        throw this.#bad('expression')
    }
  }

  #named(name: string): Parsed {
    if (this.#take('(')) {
      const steps = this.#arguments()
      return value([...steps.flat(), { do: 'call', name, count: steps.length }])
    }
    if (!this.#take('[')) return placed({ kind: 'variable', name })
    const subscript = loaded(this.#or())
    this.#expect(']')
    return { steps: subscript, place: { kind: 'element', name }, isAssignment: false }
  }

  #arguments(): Step[][] {
    const all: Step[][] = []
    if (this.#take(')')) return all
    do all.push(this.#argument())
    while (this.#take(','))
    this.#expect(')')
    return all
  }

  /** `name[]` hands on a whole array. */
  #argument(): Step[] {
    const { kind, text, at } = this.#token
    const array = kind === 'name' ? /^\s*\[\s*\]/.exec(this.#text.slice(at + text.length, at + text.length + 80)) : null
    if (!array) return loaded(this.#or())
    this.#advance()
    this.#expect('[')
    this.#expect(']')
    return [{ do: 'array', name: text }]
  }

  #keywordValue(word: string): Parsed {
    switch (word) {
      case 'ibase':
      case 'obase':
      case 'last':
        if (word === 'last') this.#how.extension("the 'last' keyword")
        this.#advance()
        return placed({ kind: 'setting', name: word })
      case 'scale':
        this.#advance()
        return this.#isSign('(') ? this.#function('scaleOf') : placed({ kind: 'setting', name: word })
      case 'length':
      case 'sqrt':
        this.#advance()
        return this.#function(word)
      case 'read':
        this.#how.extension("the 'read' keyword")
        this.#advance()
        this.#expect('(')
        this.#expect(')')
        return value([{ do: 'read' }])
      default:
        throw this.#bad('expression')
    }
  }

  #function(name: 'length' | 'sqrt' | 'scaleOf'): Parsed {
    this.#expect('(')
    const operand = this.#argument()
    this.#expect(')')
    return value([...operand, { do: name }])
  }

  // --- steps and words -----------------------------------------------------------------------------------------------

  #emit(step: Step): void {
    this.#steps.push(step)
  }

  #jump(kind: Jump['do']): Jump {
    const jump: Jump = { do: kind, to: 0 }
    this.#steps.push(jump)
    return jump
  }

  #land(...jumps: Jump[]): void {
    for (const jump of jumps) jump.to = this.#steps.length
  }

  #advance(): void {
    this.#token = this.#lexer.next()
  }

  #isEnd(): boolean {
    return this.#token.kind === 'end'
  }

  #isSign(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.text === sign
  }

  #isKeyword(word: string): boolean {
    return this.#token.kind === 'keyword' && this.#token.text === word
  }

  #take(sign: string): boolean {
    if (!this.#isSign(sign)) return false
    this.#advance()
    return true
  }

  #takeOperator(...operators: readonly Operator[]): Operator | undefined {
    return operators.find(operator => this.#take(operator))
  }

  #expect(sign: string): void {
    if (this.#take(sign)) return
    if (this.#token.kind === 'end') this.#requireMore()
    throw this.#bad('token')
  }

  #skipNewlines(): void {
    while (this.#token.kind === 'newline') this.#advance()
  }

  #skipTerminators(): void {
    while (this.#token.kind === 'newline' || this.#isSign(';')) this.#advance()
  }

  /** The text ends where something must follow. */
  #requireMore(): void {
    if (this.#token.kind !== 'end') return
    if (!this.#how.isFinal) throw new Incomplete()
    throw this.#bad('token')
  }

  #bad(what: string): CalculationError {
    return new CalculationError(`bad ${what} at '${this.#rest()}'`)
  }

  /** The rest of the line, from the word that is no good. */
  #rest(): string {
    const { at } = this.#token
    const end = this.#text.indexOf('\n', at)
    return this.#text.slice(at, end === -1 ? undefined : end)
  }
}

/** Statements that POSIX does not have. */
const EXTENSIONS = new Set(['print', 'continue', 'halt', 'limits'])

type Jump = Extract<Step, { to: number }>

function value(steps: Step[]): Parsed {
  return { steps, place: undefined, isAssignment: false }
}

function placed(place: Place): Parsed {
  return { steps: [], place, isAssignment: false }
}

function loaded({ steps, place }: Parsed): Step[] {
  return place ? [...steps, { do: 'load', place }] : steps
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\\'],
  ['f', '\f'],
  ['n', '\n'],
  ['q', '"'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
])

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, letter: string) => ESCAPES.get(letter) ?? whole)
}
