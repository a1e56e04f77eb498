// Reads an awk program (POSIX XCU awk, "Grammar"), by recursive descent.

import { Failure } from '../applet.ts'
import { readTokens, type Source, type Token, unexpected } from './lexer.ts'
import type {
  BinaryOperator,
  Comparison,
  Expression,
  ProgramText,
  Redirection,
  Rule,
  Statement,
  Target,
  UserFunction,
  Variable,
} from './syntax.ts'

/** Throws Failure in busybox's words. */
export function parseProgram(sources: readonly Source[]): ProgramText {
  return new Parser(readTokens(sources)).parse()
}

/** Builtins with the fewest and the most arguments that they take. */
const ARGUMENT_COUNTS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['length', [0, 1]],
  ['substr', [2, 3]],
  ['index', [2, 2]],
  ['split', [2, 3]],
  ['sub', [2, 3]],
  ['gsub', [2, 3]],
  ['gensub', [3, 4]],
  ['match', [2, 2]],
  ['sprintf', [1, 1000]],
  ['atan2', [2, 2]],
  ['sin', [1, 1]],
  ['cos', [1, 1]],
  ['exp', [1, 1]],
  ['log', [1, 1]],
  ['sqrt', [1, 1]],
  ['int', [1, 1]],
  ['rand', [0, 0]],
  ['srand', [0, 1]],
  ['tolower', [1, 1]],
  ['toupper', [1, 1]],
  ['system', [1, 1]],
  ['close', [1, 1]],
  ['fflush', [0, 1]],
  ['systime', [0, 0]],
  ['strftime', [0, 3]],
  ['mktime', [1, 1]],
  ['and', [2, 1000]],
  ['or', [2, 1000]],
  ['xor', [2, 1000]],
  ['lshift', [2, 2]],
  ['rshift', [2, 2]],
  ['compl', [1, 1]],
])

const WAITING = new Set(['system', 'close', 'fflush'])

/** Where an operator would mean something else: `>` in print. */
interface Context {
  readonly noGreater?: boolean
}

const FREE: Context = {}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #globals = new Map<string, Variable>()
  readonly #functions = new Map<string, UserFunction>()
  #at = 0
  #function: UserFunction | undefined
  #loops = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): ProgramText {
    const begin: Statement[] = []
    const rules: Rule[] = []
    const end: Statement[] = []
    for (;;) {
      this.#skipTerminators()
      if (this.#token.kind === 'end') break
      if (this.#takeKeyword('function')) this.#functionDefinition()
      else if (this.#takeKeyword('BEGIN')) begin.push(this.#block())
      else if (this.#takeKeyword('END')) end.push(this.#block())
      else rules.push(this.#rule())
    }
    this.#findArrays()
    return { begin, rules, end, globals: this.#globals, functions: this.#functions }
  }

  /** What is handed to a parameter that is an array is one too. */
  #findArrays(): void {
    const handed = [...this.#functions.values(), this.#main].flatMap(({ handed }) => handed)
    for (let hasChanged = true; hasChanged; ) {
      hasChanged = false
      for (const { callee, place, variable } of handed) {
        if (variable.isArray || !callee.parameters[place]?.isArray) continue
        variable.isArray = true
        hasChanged = true
      }
    }
  }

  /** Stands for all that is in no function. */
  readonly #main: UserFunction = {
    name: '',
    parameters: [],
    body: undefined,
    mayWait: true,
    calls: new Set(),
    handed: [],
  }

  // --- items ---------------------------------------------------------------------------------------------------------

  #functionDefinition(): void {
    const token = this.#token
    if (token.kind !== 'name' && token.kind !== 'function-name') throw this.#unexpected()
    this.#at++
    const definition = this.#functionNamed(token.text)
    if (definition.body) throw new Failure(`${token.place}: Duplicate function`)
    this.#expect('(')
    this.#skipNewlines()
    while (!this.#take(')')) {
      const parameter = this.#token
      if (parameter.kind !== 'name') throw this.#unexpected()
      this.#at++
      definition.parameters.push({ name: parameter.text, slot: definition.parameters.length, isArray: false })
      this.#skipNewlines()
      if (this.#isSign(')')) continue
      this.#expect(',')
      this.#skipNewlines()
      if (this.#isSign(')')) throw this.#unexpected()
    }
    this.#skipNewlines()
    this.#function = definition
    definition.body = this.#block()
    this.#function = undefined
  }

  #functionNamed(name: string): UserFunction {
    let found = this.#functions.get(name)
    if (!found) {
      found = { name, parameters: [], body: undefined, mayWait: false, calls: new Set(), handed: [] }
      this.#functions.set(name, found)
    }
    return found
  }

  #rule(): Rule {
    if (this.#isSign('{')) return { kind: 'always', body: this.#block() }
    const from = this.#expression()
    if (!this.#take(',')) return { kind: 'pattern', pattern: from, body: this.#optionalBlock() }
    this.#skipNewlines()
    const to = this.#expression()
    return { kind: 'range', from, to, body: this.#optionalBlock() }
  }

  #optionalBlock(): Statement | undefined {
    if (this.#isSign('{')) return this.#block()
    if (!this.#isTerminator()) throw this.#unexpected()
    return undefined
  }

  // --- statements ----------------------------------------------------------------------------------------------------

  #block(): Statement {
    this.#expect('{')
    const statements: Statement[] = []
    this.#skipTerminators()
    while (!this.#take('}')) {
      statements.push(this.#statement())
      this.#skipTerminators()
    }
    return { kind: 'block', statements }
  }

  /** A body: newlines may stand before it; alone, a semicolon is an empty one. */
  #body(): Statement {
    this.#skipNewlines()
    if (this.#take(';')) return { kind: 'block', statements: [] }
    return this.#statement()
  }

  #statement(): Statement {
    if (this.#isSign('{')) return this.#block()
    const token = this.#token
    if (token.kind === 'keyword') {
      const compound = this.#compound(token.text)
      if (compound) return compound
    }
    const simple = this.#simple(FREE)
    this.#endStatement()
    return simple
  }

  #compound(keyword: string): Statement | undefined {
    switch (keyword) {
      case 'if':
        return this.#if()
      case 'while': {
        this.#at++
        const test = this.#test()
        if (this.#take(';')) return this.#loop({ kind: 'while', test, body: { kind: 'block', statements: [] } })
        return this.#loop({ kind: 'while', test, body: this.#loopBody() })
      }
      case 'do':
        return this.#do()
      case 'for':
        return this.#for()
      default:
        return undefined
    }
  }

  #if(): Statement {
    this.#at++
    const test = this.#test()
    const yes = this.#body()
    const before = this.#at
    this.#skipTerminators()
    if (!this.#takeKeyword('else')) {
      this.#at = before
      return { kind: 'if', test, yes, no: undefined }
    }
    return { kind: 'if', test, yes, no: this.#body() }
  }

  #test(): Expression {
    this.#expect('(')
    const test = this.#expression()
    this.#expect(')')
    return test
  }

  #loopBody(): Statement {
    this.#loops++
    const body = this.#body()
    this.#loops--
    return body
  }

  #loop(statement: Statement): Statement {
    this.#waits()
    return statement
  }

  #do(): Statement {
    this.#at++
    const body = this.#loopBody()
    this.#skipTerminators()
    if (!this.#takeKeyword('while')) throw this.#unexpected()
    const test = this.#test()
    this.#endStatement()
    return this.#loop({ kind: 'do', test, body })
  }

  #for(): Statement {
    this.#at++
    this.#expect('(')
    const forIn = this.#forIn()
    if (forIn) return forIn
    const start = this.#isSign(';') ? undefined : this.#simple(FREE)
    this.#expect(';')
    this.#skipNewlines()
    const test = this.#isSign(';') ? undefined : this.#expression()
    this.#expect(';')
    this.#skipNewlines()
    const step = this.#isSign(')') ? undefined : this.#simple(FREE)
    this.#expect(')')
    return this.#loop({ kind: 'for', start, test, step, body: this.#loopBody() })
  }

  /** `(NAME in NAME)`, and nothing more. */
  #forIn(): Statement | undefined {
    const words = [0, 1, 2, 3].map(ahead => this.#tokens[this.#at + ahead])
    const [name, word, array, close] = words
    if (name?.kind !== 'name' || word?.text !== 'in' || array?.kind !== 'name' || close?.text !== ')') return undefined
    this.#at += 4
    const variable: Target = { kind: 'variable', variable: this.#variable(name.text) }
    return this.#loop({ kind: 'forIn', variable, array: this.#array(array.text), body: this.#loopBody() })
  }

  #simple(context: Context): Statement {
    const token = this.#token
    if (token.kind !== 'keyword') return { kind: 'expression', expression: this.#expression(context) }
    switch (token.text) {
      case 'print':
      case 'printf':
        return this.#print(token.text)
      case 'next':
      case 'nextfile':
        this.#at++
        return { kind: token.text }
      case 'break':
      case 'continue':
        if (this.#loops === 0) throw new Failure(`${token.place}: '${token.text}' not in a loop`)
        this.#at++
        return { kind: token.text }
      case 'exit':
      case 'return':
        this.#at++
        return { kind: token.text, value: this.#isTerminator() ? undefined : this.#expression() }
      case 'delete':
        return this.#delete()
      default:
        return { kind: 'expression', expression: this.#expression(context) }
    }
  }

  #delete(): Statement {
    this.#at++
    const isWrapped = this.#take('(')
    const token = this.#token
    if (this.#isTerminator()) throw new Failure(`${token.place}: Too few arguments`)
    if (token.kind !== 'name') throw new Failure(`${token.place}: Not an array`)
    this.#at++
    const array = this.#array(token.text)
    const subscripts = this.#take('[') ? this.#list(']') : undefined
    if (isWrapped) this.#expect(')')
    return { kind: 'delete', array, subscripts }
  }

  #print(kind: 'print' | 'printf'): Statement {
    this.#at++
    this.#waits()
    const items = this.#printArguments()
    const redirection = this.#redirection()
    return { kind, arguments: items, redirection }
  }

  #printArguments(): readonly Expression[] {
    if (this.#isTerminator() || this.#isSign('>') || this.#isSign('>>') || this.#isSign('|')) return []
    const first = this.#expression({ noGreater: true })
    if (first.kind === 'group') return first.items
    const items: Expression[] = [first]
    while (this.#take(',')) {
      this.#skipNewlines()
      items.push(this.#expression({ noGreater: true }))
    }
    return items
  }

  #redirection(): Redirection | undefined {
    for (const kind of ['>', '>>', '|'] as const) {
      if (!this.#take(kind)) continue
      return { kind, to: this.#concatenation({ noGreater: true }) }
    }
    return undefined
  }

  #endStatement(): void {
    if (this.#take(';') || this.#isSign('}')) return
    if (this.#token.kind !== 'newline') throw this.#unexpected()
    this.#at++
  }

  // --- expressions, from the loosest ---------------------------------------------------------------------------------

  #expression(context: Context = FREE): Expression {
    return this.#assigned(this.#conditional(context), context)
  }

  #conditional(context: Context): Expression {
    const test = this.#or(context)
    const before = this.#at
    if (this.#token.kind === 'newline' && this.#peekPast('?')) this.#skipNewlines()
    if (!this.#take('?')) {
      this.#at = before
      return test
    }
    this.#skipNewlines()
    const yes = this.#expression(context)
    this.#skipNewlines()
    this.#expect(':')
    this.#skipNewlines()
    return { kind: 'conditional', test, yes, no: this.#expression(context) }
  }

  /** gawk, busybox: a newline may stand before `?`. */
  #peekPast(sign: string): boolean {
    let at = this.#at
    while (this.#tokens[at]?.kind === 'newline') at++
    return this.#tokens[at]?.kind === 'sign' && this.#tokens[at]?.text === sign
  }

  #or(context: Context): Expression {
    let left = this.#and(context)
    while (this.#take('||')) {
      this.#skipNewlines()
      left = { kind: 'or', left, right: this.#assigned(this.#and(context), context) }
    }
    return left
  }

  #and(context: Context): Expression {
    let left = this.#membership(context)
    while (this.#take('&&')) {
      this.#skipNewlines()
      left = { kind: 'and', left, right: this.#assigned(this.#membership(context), context) }
    }
    return left
  }

  /** `a && b = c`: an assignment to what an operator ends with (all awks take it so). */
  #assigned(left: Expression, context: Context): Expression {
    const target = asTarget(left)
    const operator = this.#token.kind === 'sign' ? ASSIGNMENTS.get(this.#token.text) : undefined
    if (!target || operator === undefined) return left
    const { place } = this.#token
    this.#at++
    this.#skipNewlines()
    return { kind: 'assign', target, operator, value: this.#expression(context), place }
  }

  #membership(context: Context): Expression {
    let left: Expression = this.#match(context)
    while (this.#token.kind === 'keyword' && this.#token.text === 'in') {
      this.#at++
      const token = this.#token
      if (token.kind !== 'name') throw this.#unexpected()
      this.#at++
      const subscripts = left.kind === 'group' ? left.items : [left]
      left = { kind: 'in', subscripts, array: this.#array(token.text) }
    }
    return left
  }

  #match(context: Context): Expression {
    let left = this.#comparison(context)
    for (;;) {
      const isNegated = this.#isSign('!') && this.#tokens[this.#at + 1]?.text === '~'
      if (isNegated) this.#at++
      if (!this.#take('~')) return left
      left = { kind: 'match', isNegated, left, right: this.#assigned(this.#comparison(context), context) }
    }
  }

  #comparison(context: Context): Expression {
    let left = this.#concatenation(context)
    for (;;) {
      const operator = this.#token.kind === 'sign' ? COMPARISONS.get(this.#token.text) : undefined
      if (operator === undefined || (operator === '>' && context.noGreater)) return left
      this.#at++
      left = { kind: 'compare', operator, left, right: this.#assigned(this.#concatenation(context), context) }
    }
  }

  #concatenation(context: Context): Expression {
    let left = this.#additive(context)
    for (;;) {
      if (this.#isSign('|') && this.#tokens[this.#at + 1]?.text === 'getline') {
        this.#at += 2
        this.#waits()
        left = { kind: 'getline', from: 'command', source: left, target: this.#optionalTarget() }
      } else if (this.#beginsOperand()) left = { kind: 'concat', left, right: this.#additive(context) }
      else return left
    }
  }

  /** Whether what comes can be concatenated to what was. A sign would have been taken as an operator before. */
  #beginsOperand(): boolean {
    const { kind, text } = this.#token
    switch (kind) {
      case 'number':
      case 'text':
      case 'name':
      case 'function-name':
      case 'builtin':
      case 'regex':
        return true
      case 'sign':
        if (text === '!') return !/^[~=]/.test(this.#tokens[this.#at + 1]?.text ?? '')
        return text === '$' || text === '(' || text === '-' || text === '+' || text === '++' || text === '--'
      case 'keyword':
      case 'newline':
      case 'end':
        return false
    }
  }

  #additive(context: Context): Expression {
    let left = this.#multiplicative(context)
    for (;;) {
      const { place } = this.#token
      const operator = this.#takeBinary('+', '-')
      if (!operator) return left
      left = { kind: 'binary', operator, left, right: this.#assigned(this.#multiplicative(context), context), place }
    }
  }

  #multiplicative(context: Context): Expression {
    let left = this.#unary(context)
    for (;;) {
      const { place } = this.#token
      const operator = this.#takeBinary('*', '/', '%')
      if (!operator) return left
      left = { kind: 'binary', operator, left, right: this.#assigned(this.#unary(context), context), place }
    }
  }

  #takeBinary(...operators: readonly BinaryOperator[]): BinaryOperator | undefined {
    return operators.find(operator => this.#take(operator))
  }

  #unary(context: Context): Expression {
    if (this.#take('!')) return { kind: 'not', operand: this.#assigned(this.#unary(context), context) }
    if (this.#take('-')) return { kind: 'minus', operand: this.#unary(context) }
    if (this.#take('+')) return { kind: 'plus', operand: this.#unary(context) }
    return this.#power(context)
  }

  /** To the right, and tighter than a sign before it, looser than one behind it: -2^-2. */
  #power(context: Context): Expression {
    const left = this.#postfix(context)
    const { place } = this.#token
    if (!this.#take('^')) return left
    const right =
      this.#isSign('-') || this.#isSign('+') || this.#isSign('!') ? this.#unary(context) : this.#power(context)
    return { kind: 'binary', operator: '^', left, right, place }
  }

  #postfix(context: Context): Expression {
    const operand = this.#primary(context)
    const target = asTarget(operand)
    if (!target) return operand
    if (this.#take('++')) return { kind: 'increment', target, by: 1, isPrefix: false }
    if (this.#take('--')) return { kind: 'increment', target, by: -1, isPrefix: false }
    return operand
  }

  #primary(context: Context): Expression {
    const token = this.#token
    this.#at++
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: token.number }
      case 'text':
        return { kind: 'text', value: token.text }
      case 'regex':
        return { kind: 'regex', source: token.text }
      case 'name':
        return this.#named(token.text)
      case 'function-name':
        return this.#call(token)
      case 'builtin':
        return this.#builtin(token)
      case 'keyword':
        if (token.text === 'getline') return this.#getline()
        break
      case 'sign':
        return this.#signed(token, context)
      case 'newline':
      case 'end':
        break
    }
    this.#at--
    throw this.#unexpected()
  }

  #signed(token: Token, context: Context): Expression {
    switch (token.text) {
      case '(':
        return this.#parenthesis()
      case '$':
        return this.#field(context)
      case '++':
      case '--': {
        const target = asTarget(this.#primary(context))
        if (!target) throw this.#unexpected()
        return { kind: 'increment', target, by: token.text === '++' ? 1 : -1, isPrefix: true }
      }
      case '-':
      case '+':
      case '!':
        this.#at--
        return this.#unary(context)
      default:
        this.#at--
        throw this.#unexpected()
    }
  }

  /** `$i++` is `($i)++`, `$++i` is `$(++i)`. */
  #field(context: Context): Expression {
    const { place } = this.#token
    if (this.#take('-')) return { kind: 'field', index: { kind: 'minus', operand: this.#primary(context) }, place }
    return { kind: 'field', index: this.#primary(context), place }
  }

  #parenthesis(): Expression {
    this.#skipNewlines()
    if (this.#isSign(')')) throw new Failure(`${this.#token.place}: Empty sequence`)
    const items = [this.#expression()]
    this.#skipNewlines()
    while (this.#take(',')) {
      this.#skipNewlines()
      items.push(this.#expression())
      this.#skipNewlines()
    }
    this.#expect(')')
    const [only] = items
    return items.length === 1 && only ? { kind: 'parenthesized', inner: only } : { kind: 'group', items }
  }

  #named(name: string): Expression {
    if (!this.#take('[')) return { kind: 'variable', variable: this.#variable(name) }
    return { kind: 'element', array: this.#array(name), subscripts: this.#list(']') }
  }

  #call(token: Token): Expression {
    this.#expect('(')
    const callee = this.#functionNamed(token.text)
    const items = this.#isSign(')') ? [] : undefined
    if (items) this.#at++
    const all = items ?? this.#list(')')
    const caller = this.#function ?? this.#main
    caller.calls.add(callee)
    for (const [place, item] of all.entries()) {
      if (item.kind === 'variable') caller.handed.push({ callee, place, variable: item.variable })
    }
    return { kind: 'call', callee, arguments: all, place: token.place }
  }

  #builtin(token: Token): Expression {
    if (WAITING.has(token.text)) this.#waits()
    let items: readonly Expression[] = []
    if (this.#take('(')) {
      if (!this.#take(')')) items = this.#list(')')
    } else if (token.text !== 'length') throw this.#unexpected()
    const [least, most] = ARGUMENT_COUNTS.get(token.text)!
    if (items.length < least) throw new Failure(`${token.place}: Too few arguments`)
    if (items.length > most) throw this.#unexpected()
    const array = token.text === 'split' ? items[1] : undefined
    if (array?.kind === 'variable') array.variable.isArray = true
    return { kind: 'builtin', name: token.text, arguments: items, place: token.place }
  }

  #getline(): Expression {
    this.#waits()
    const target = this.#optionalTarget()
    if (!this.#take('<')) return { kind: 'getline', from: 'input', source: undefined, target }
    return { kind: 'getline', from: 'file', source: this.#postfix(FREE), target }
  }

  #optionalTarget(): Target | undefined {
    const { kind, text } = this.#token
    if (kind !== 'name' && !(kind === 'sign' && text === '$')) return undefined
    const target = asTarget(this.#primary(FREE))
    if (!target) throw this.#unexpected()
    return target
  }

  #list(close: string): Expression[] {
    const items: Expression[] = []
    do {
      this.#skipNewlines()
      items.push(this.#expression())
      this.#skipNewlines()
    } while (this.#take(','))
    this.#expect(close)
    return items
  }

  // --- names ---------------------------------------------------------------------------------------------------------

  #variable(name: string): Variable {
    const parameter = this.#function?.parameters.find(parameter => parameter.name === name)
    if (parameter) return parameter
    let found = this.#globals.get(name)
    if (!found) {
      found = { name, slot: undefined, isArray: false }
      this.#globals.set(name, found)
    }
    return found
  }

  #array(name: string): Variable {
    const variable = this.#variable(name)
    variable.isArray = true
    return variable
  }

  /** What was just read may have to wait. */
  #waits(): void {
    if (this.#function) this.#function.mayWait = true
  }

  // --- tokens --------------------------------------------------------------------------------------------------------

  get #token(): Token {
    return this.#tokens[this.#at]!
  }

  #isSign(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.text === sign
  }

  #take(sign: string): boolean {
    if (!this.#isSign(sign)) return false
    this.#at++
    return true
  }

  #takeKeyword(word: string): boolean {
    if (this.#token.kind !== 'keyword' || this.#token.text !== word) return false
    this.#at++
    return true
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected()
  }

  #isTerminator(): boolean {
    return this.#token.kind === 'newline' || this.#token.kind === 'end' || this.#isSign(';') || this.#isSign('}')
  }

  #skipNewlines(): void {
    while (this.#token.kind === 'newline') this.#at++
  }

  #skipTerminators(): void {
    while (this.#token.kind === 'newline' || this.#isSign(';')) this.#at++
  }

  #unexpected(): Failure {
    return unexpected(this.#token.place)
  }
}

const ASSIGNMENTS: ReadonlyMap<string, BinaryOperator | ''> = new Map([
  ['=', ''],
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['/=', '/'],
  ['%=', '%'],
  ['^=', '^'],
])

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  (['<', '<=', '==', '!=', '>', '>='] as const).map(operator => [operator, operator]),
)

/** gawk: what stands in parentheses is no target. */
function asTarget(expression: Expression): Target | undefined {
  const { kind } = expression
  return kind === 'variable' || kind === 'field' || kind === 'element' ? expression : undefined
}
