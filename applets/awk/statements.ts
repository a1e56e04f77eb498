// Compiles statements: closures that tell how they ended, now or by a promise. A loop goes on in an async function of its own once
// something in it had to wait.

import type { Output } from '../../kernel/output.ts'
import type { Maybe } from '../../kernel/process.ts'
import { type Code, combineSlow, isQuick, runOf, truthOf } from './code.ts'
import type { ExpressionCompiler } from './expressions.ts'
import type { Completion } from './functions.ts'
import { sprintf } from './printf.ts'
import type { Runtime } from './runtime.ts'
import type { Expression, Redirection, Statement } from './syntax.ts'
import { toNumber, type Value } from './value.ts'

export const NORMAL = 0
export const BREAK = 1
export const CONTINUE = 2
export const NEXT = 3
export const NEXT_FILE = 4
export const EXIT = 5
export const RETURN = 6

/** `next`, `nextfile` and `exit` in a function leave the expression that calls it. */
export class Leave extends Error {
  readonly code: number

  constructor(code: number) {
    super('left')
    this.name = 'Leave'
    this.code = code
  }
}

export class StatementCompiler {
  readonly #runtime: Runtime
  readonly #expressions: ExpressionCompiler
  readonly #isInFunction: boolean

  constructor(runtime: Runtime, expressions: ExpressionCompiler, isInFunction: boolean) {
    this.#runtime = runtime
    this.#expressions = expressions
    this.#isInFunction = isInFunction
  }

  compile(statement: Statement): () => Completion {
    switch (statement.kind) {
      case 'expression':
        return this.#expression(statement.expression)
      case 'block':
        return block(statement.statements.map(part => this.compile(part)))
      case 'if':
        return this.#if(statement)
      case 'while':
        return this.#loop({ test: statement.test, body: statement.body })
      case 'do':
        return this.#loop({ test: statement.test, body: statement.body, testsLast: true })
      case 'for':
        return this.#for(statement)
      case 'forIn':
        return this.#forIn(statement)
      case 'print':
      case 'printf':
        return this.#print(statement)
      case 'delete':
        return this.#delete(statement)
      case 'break':
        return () => BREAK
      case 'continue':
        return () => CONTINUE
      case 'next':
        return this.#leaving(NEXT)
      case 'nextfile':
        return this.#leaving(NEXT_FILE)
      case 'exit': {
        const leave = this.#leaving(EXIT)
        if (!statement.value) return leave
        return this.#withValue(statement.value, value => {
          this.#runtime.status = Math.trunc(toNumber(value)) & 255
          return leave()
        })
      }
      case 'return':
        // busybox: outside of a function it ends the rule.
        if (!statement.value) return () => RETURN
        return this.#withValue(statement.value, value => {
          this.#runtime.returned = value
          return RETURN
        })
    }
  }

  #leaving(code: number): () => number {
    if (!this.#isInFunction) return () => code
    return () => {
      throw new Leave(code)
    }
  }

  #withValue(expression: Expression, go: (value: Value) => number): () => Completion {
    const run = runOf(this.#expressions.compile(expression))
    return () => {
      const value = run()
      return value instanceof Promise ? value.then(go) : go(value)
    }
  }

  #expression(expression: Expression): () => Completion {
    const code = this.#expressions.compile(expression)
    if (isQuick(code)) {
      const evaluate: () => unknown =
        code.type === 'text' ? code.text : code.type === 'number' ? code.number : code.value
      return () => {
        evaluate()
        return NORMAL
      }
    }
    const { run } = code
    return () => {
      const value = run()
      return value instanceof Promise ? value.then(normal) : NORMAL
    }
  }

  #if({ test, yes, no }: Extract<Statement, { kind: 'if' }>): () => Completion {
    const condition = this.#expressions.compile(test)
    const then = this.compile(yes)
    const otherwise = no ? this.compile(no) : undefined
    if (isQuick(condition)) {
      const { truth } = condition
      if (!otherwise) return () => (truth() ? then() : NORMAL)
      return () => (truth() ? then() : otherwise())
    }
    const truth = truthOf(condition)
    const go = (isTrue: boolean): Completion => (isTrue ? then() : otherwise ? otherwise() : NORMAL)
    return () => {
      const isTrue = truth()
      return isTrue instanceof Promise ? isTrue.then(go) : go(isTrue)
    }
  }

  #for({ start, test, step, body }: Extract<Statement, { kind: 'for' }>): () => Completion {
    const loop = this.#loop({ test, body, step })
    if (!start) return loop
    return block([this.compile(start), loop])
  }

  #loop(how: {
    readonly test: Expression | undefined
    readonly body: Statement
    readonly step?: Statement | undefined
    readonly testsLast?: boolean
  }): () => Completion {
    const { proc } = this.#runtime
    const truth: () => Maybe<boolean> = how.test ? truthOf(this.#expressions.compile(how.test)) : () => true
    const body = this.compile(how.body)
    const step = how.step ? this.compile(how.step) : undefined
    const gate = () => proc.gate()
    const turn: Turn = { truth, body, step, gate }
    const first = how.testsLast ? AT_BODY : AT_TEST
    return () => runLoop(turn, first)
  }

  #forIn({ variable, array, body }: Extract<Statement, { kind: 'forIn' }>): () => Completion {
    const { proc } = this.#runtime
    const find = this.#expressions.arrayOf(array)
    const set = this.#expressions.setterOf(variable)
    const run = this.compile(body)
    return () => {
      const keys = find().keys()
      let at = 0
      return runLoop(
        {
          truth: () => {
            if (at >= keys.length) return false
            set(keys[at++])
            return true
          },
          body: run,
          step: undefined,
          gate: () => proc.gate(),
        },
        AT_TEST,
      )
    }
  }

  #delete({ array, subscripts }: Extract<Statement, { kind: 'delete' }>): () => Completion {
    const find = this.#expressions.arrayOf(array)
    if (!subscripts) {
      return () => {
        find().clear()
        return NORMAL
      }
    }
    const runtime = this.#runtime
    const codes = subscripts.map(subscript => this.#expressions.compile(subscript))
    const [only] = codes
    if (codes.length === 1 && only && isQuick(only)) {
      const { text } = only
      return () => {
        find().delete(text())
        return NORMAL
      }
    }
    const { run } = combineSlow(codes, values => {
      find().delete(values.map(value => runtime.toText(value)).join(runtime.subscriptSeparator))
      return undefined
    })
    return () => {
      const done = run()
      return done instanceof Promise ? done.then(normal) : NORMAL
    }
  }

  // --- print ---------------------------------------------------------------------------------------------------------

  #print(statement: Extract<Statement, { kind: 'print' | 'printf' }>): () => Completion {
    const { redirection } = statement
    const codes = statement.arguments.map(item => this.#expressions.compile(item))
    const { proc } = this.#runtime
    const make = statement.kind === 'print' ? this.#line(codes) : this.#formatted(codes)
    if (!redirection && make.kind === 'quick') {
      const { text } = make
      return () => {
        const written = proc.stdout.write(text())
        return written ? written.then(normal) : NORMAL
      }
    }
    const send = redirection ? this.#redirected(redirection) : (text: string): Maybe<void> => proc.stdout.write(text)
    const run: () => Maybe<string> = make.kind === 'quick' ? make.text : make.run
    return () => {
      const text = run()
      const sent = text instanceof Promise ? text.then(send) : send(text)
      return sent ? sent.then(normal) : NORMAL
    }
  }

  #line(codes: readonly Code[]): Printed {
    const runtime = this.#runtime
    if (codes.length === 0) return { kind: 'quick', text: () => runtime.record.text + runtime.outputEnd }
    if (!codes.every(isQuick)) {
      return printedLater(codes, values => {
        const texts = values.map(value => runtime.outputText(value))
        return texts.join(runtime.outputSeparator) + runtime.outputEnd
      })
    }
    const texts = codes.map(({ type, text, value }) => {
      if (type === 'text') return text
      return () => {
        const found = value()
        return typeof found === 'string' ? found : runtime.outputText(found)
      }
    })
    const [first] = texts
    const [only] = codes
    // A field is printed as it came; only a number that was assigned to it is written by OFMT.
    if (codes.length === 1 && first && only) return { kind: 'quick', text: () => first() + runtime.outputEnd }
    return {
      kind: 'quick',
      text: () => {
        let line = first!()
        for (let i = 1; i < texts.length; i++) {
          line += runtime.outputSeparator
          line += texts[i]!()
        }
        return line + runtime.outputEnd
      },
    }
  }

  #formatted(codes: readonly Code[]): Printed {
    const runtime = this.#runtime
    const toText = (value: Value) => runtime.toText(value)
    if (!codes.every(isQuick)) {
      return printedLater(codes, ([format, ...values]) => sprintf(toText(format), values, toText))
    }
    const [format, ...rest] = codes
    if (!format) return { kind: 'quick', text: () => '' }
    const values = rest.map(({ value }) => value)
    return {
      kind: 'quick',
      text: () => {
        const given = format.text()
        return sprintf(
          given,
          values.map(value => value()),
          toText,
        )
      },
    }
  }

  #redirected({ kind, to }: Redirection): (text: string) => Maybe<void> {
    const runtime = this.#runtime
    const name = runOf(this.#expressions.compile(to))
    return text => {
      const write = (output: Output): Maybe<void> => output.write(text)
      const open = (name: Value): Maybe<void> => {
        const output = runtime.streams.output(kind, runtime.toText(name))
        return output instanceof Promise ? output.then(write) : write(output)
      }
      const found = name()
      return found instanceof Promise ? found.then(open) : open(found)
    }
  }
}

type Printed =
  | { readonly kind: 'quick'; readonly text: () => string }
  | { readonly kind: 'slow'; readonly run: () => Maybe<string> }

function printedLater(codes: readonly Code[], make: (values: readonly Value[]) => string): Printed {
  const { run } = combineSlow(codes, make)
  // `make` gives a text, and what combineSlow gives is what that gave.
  const text = (value: Value) => (typeof value === 'string' ? value : '')
  return {
    kind: 'slow',
    run: () => {
      const value = run()
      return value instanceof Promise ? value.then(text) : text(value)
    },
  }
}

function normal(): number {
  return NORMAL
}

function block(parts: readonly (() => Completion)[]): () => Completion {
  const [first, second] = parts
  if (!first) return normal
  if (!second) return first
  const rest = async (pending: Promise<number>, next: number): Promise<number> => {
    let code = await pending
    for (let i = next; code === NORMAL && i < parts.length; i++) {
      const done = parts[i]!()
      code = done instanceof Promise ? await done : done
    }
    return code
  }
  return () => {
    for (let i = 0; i < parts.length; i++) {
      const done = parts[i]!()
      if (done === NORMAL) continue
      return done instanceof Promise ? rest(done, i + 1) : done
    }
    return NORMAL
  }
}

interface Turn {
  readonly truth: () => Maybe<boolean>
  readonly body: () => Completion
  readonly step: (() => Completion) | undefined
  readonly gate: () => Promise<void> | undefined
}

const AT_TEST = 0
const AT_BODY = 1

function runLoop(turn: Turn, from: number): Completion {
  const { truth, body, step, gate } = turn
  for (let at = from; ; at = AT_TEST) {
    if (at === AT_TEST) {
      const isTrue = truth()
      if (isTrue instanceof Promise) return goOn(turn, isTrue)
      if (!isTrue) return NORMAL
    }
    const done = body()
    if (done !== NORMAL) {
      if (done instanceof Promise)
        return goOn(
          turn,
          done.then(ended => (ended === NORMAL ? CONTINUE : ended)),
        )
      if (done === BREAK) return NORMAL
      if (done !== CONTINUE) return done
    }
    if (step) {
      const stepped = step()
      if (stepped instanceof Promise) return goOn(turn, stepped.then(noTest))
    }
    const pause = gate()
    if (pause) return goOn(turn, pause.then(noTest))
  }
}

/** The test comes next. */
function noTest(): undefined {
  return undefined
}

/** The rest of a loop of which a part had to wait: its test (a truth), its body (how that ended), or what is behind it. */
async function goOn(turn: Turn, pending: Promise<boolean | number | undefined>): Promise<number> {
  const { truth, body, step, gate } = turn
  let state = await pending
  for (;;) {
    if (state === undefined) {
      const isTrue = truth()
      state = isTrue instanceof Promise ? await isTrue : isTrue
    }
    if (state === false) return NORMAL
    if (state === true) {
      const done = body()
      state = done instanceof Promise ? await done : done
    }
    if (state === BREAK) return NORMAL
    if (state !== NORMAL && state !== CONTINUE) return state
    if (step) {
      const stepped = step()
      if (stepped instanceof Promise) await stepped
    }
    const pause = gate()
    if (pause) await pause
    state = undefined
  }
}
