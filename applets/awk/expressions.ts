// Compiles expressions.

import { SysError } from '../../kernel/errno.ts'
import type { Maybe } from '../../kernel/process.ts'
import type { Regex } from '../../lib/regex/index.ts'
import { Failure } from '../applet.ts'
import { AwkArray } from './array.ts'
import { buildBuiltin, generalSubstitution, lengthOf, matching, splitting, substitution } from './builtins.ts'
import {
  type Code,
  combine,
  combineSlow,
  fill,
  isQuick,
  logical,
  numeric,
  type Quick,
  runOf,
  Slot,
  type Slow,
  textual,
  truthOf,
  valued,
} from './code.ts'
import { compare } from './compare.ts'
import type { Functions } from './functions.ts'
import type { RecordReader } from './reader.ts'
import type { Runtime } from './runtime.ts'
import type { BinaryOperator, Expression, Target, Variable } from './syntax.ts'
import { constantField, elementPlace, fieldPlace, operation, type Place, variablePlace } from './target.ts'
import { fromInput, increment, type Value } from './value.ts'

export class ExpressionCompiler {
  readonly #runtime: Runtime
  readonly #functions: Functions

  constructor(runtime: Runtime, functions: Functions) {
    this.#runtime = runtime
    this.#functions = functions
  }

  compile(expression: Expression): Code {
    const runtime = this.#runtime
    switch (expression.kind) {
      case 'number': {
        const { value } = expression
        return numeric(runtime, () => value)
      }
      case 'text': {
        const { value } = expression
        return textual(() => value)
      }
      case 'regex': {
        const regex = this.#constantRegex(expression.source)
        return logical(() => regex().test(runtime.record.text))
      }
      case 'variable':
      case 'field':
      case 'element':
        return this.#onPlace(expression, [], place => place.read())
      case 'assign':
        return this.#assign(expression)
      case 'increment': {
        const { target, by, isPrefix } = expression
        return this.#onPlace(target, [], place => place.update(ADD, () => by, !isPrefix))
      }
      case 'conditional':
        return this.#conditional(expression)
      case 'and':
      case 'or':
        return this.#connective(expression)
      case 'not':
        return this.#combine([expression.operand], ([operand]) => {
          const { truth } = operand!
          return logical(() => !truth())
        })
      case 'minus':
      case 'plus': {
        const sign = expression.kind === 'minus' ? -1 : 1
        return this.#combine([expression.operand], ([operand]) => {
          const { number } = operand!
          return numeric(runtime, sign === 1 ? number : () => -number())
        })
      }
      case 'match':
        return this.#match(expression)
      case 'in': {
        const array = this.arrayOf(expression.array)
        return this.#combine(expression.subscripts, subscripts => {
          const key = this.#key(subscripts)
          return logical(() => array().has(key()))
        })
      }
      case 'compare':
        return this.#combine([expression.left, expression.right], ([left, right]) =>
          compare(runtime, expression.operator, left!, right!),
        )
      case 'concat':
        return this.#concat(expression)
      case 'binary':
        return this.#combine([expression.left, expression.right], ([left, right]) =>
          this.#binary(expression, left!.number, right!.number),
        )
      case 'call':
        return this.#call(expression)
      case 'builtin':
        return this.#builtin(expression.name, expression.arguments)
      case 'getline':
        return this.#getline(expression)
      case 'parenthesized':
        return this.compile(expression.inner)
      case 'group':
        throw new Failure('cmd. line:1: Unexpected token')
    }
  }

  /** An array, as it is when the closure is called. */
  arrayOf(variable: Variable): () => AwkArray {
    const runtime = this.#runtime
    const { slot } = variable
    if (slot === undefined) {
      const array = runtime.array(variable.name)
      return () => array
    }
    return () => {
      const held = runtime.frame[slot]
      if (held instanceof AwkArray) return held
      const fresh = runtime.newArray()
      runtime.frame[slot] = fresh
      return fresh
    }
  }

  /** Assigns to a target without operands: a variable. */
  setterOf(target: Target): (value: Value) => void {
    return this.#place(target, []).setter()
  }

  /** A regular expression: constant, or made of a text each time (POSIX: dynamic). */
  regexOf(expression: Expression): {
    readonly operands: readonly Expression[]
    of(operands: readonly Quick[]): () => Regex
  } {
    const bare = unwrap(expression)
    if (bare.kind === 'regex') {
      const regex = this.#constantRegex(bare.source)
      return { operands: [], of: () => regex }
    }
    const { regexes } = this.#runtime
    return {
      operands: [bare],
      of: ([operand]) => {
        const { text } = operand!
        let source: string | undefined
        let regex: Regex | undefined
        let ignoresCase = false
        return () => {
          const wanted = text()
          if (regex && wanted === source && ignoresCase === regexes.ignoresCase) return regex
          source = wanted
          ignoresCase = regexes.ignoresCase
          return (regex = regexes.get(wanted))
        }
      },
    }
  }

  #constantRegex(source: string): () => Regex {
    const { regexes } = this.#runtime
    let ignoresCase = regexes.ignoresCase
    let regex = regexes.get(source)
    return () => {
      if (ignoresCase === regexes.ignoresCase) return regex
      ignoresCase = regexes.ignoresCase
      return (regex = regexes.get(source))
    }
  }

  #combine(operands: readonly Expression[], build: (operands: readonly Quick[]) => Quick): Code {
    return combine(
      this.#runtime,
      operands.map(operand => this.compile(operand)),
      build,
    )
  }

  /** What stands in the brackets of a target comes before the other operands. */
  #onPlace(
    target: Target,
    others: readonly Expression[],
    build: (place: Place, others: readonly Quick[]) => Quick,
  ): Code {
    const own = this.#targetOperands(target)
    return this.#combine([...own, ...others], operands =>
      build(this.#place(target, operands.slice(0, own.length)), operands.slice(own.length)),
    )
  }

  #targetOperands(target: Target): readonly Expression[] {
    switch (target.kind) {
      case 'variable':
        return []
      case 'field':
        return unwrap(target.index).kind === 'number' ? [] : [target.index]
      case 'element':
        return target.subscripts
    }
  }

  #place(target: Target, operands: readonly Quick[]): Place {
    switch (target.kind) {
      case 'variable':
        return variablePlace(this.#runtime, target.variable)
      case 'field': {
        const index = unwrap(target.index)
        if (index.kind === 'number') return constantField(this.#runtime, Math.trunc(index.value))
        return fieldPlace(this.#runtime, operands[0]!.number, target.place)
      }
      case 'element':
        return elementPlace(this.#runtime, this.arrayOf(target.array), this.#key(operands))
    }
  }

  #key(subscripts: readonly Quick[]): () => string {
    const [first, second] = subscripts
    if (!second) return first!.text
    const texts = subscripts.map(({ text }) => text)
    return () => texts.map(text => text()).join(this.#runtime.subscriptSeparator)
  }

  #assign({ target, operator, value, place: where }: Extract<Expression, { kind: 'assign' }>): Code {
    return this.#onPlace(target, [value], (place, [right]) =>
      operator === '' ? place.assign(right!) : place.update(operation(operator, where), right!.number, false),
    )
  }

  #binary(
    { operator, place }: { operator: BinaryOperator; place: string },
    left: () => number,
    right: () => number,
  ): Quick {
    const runtime = this.#runtime
    switch (operator) {
      case '+':
        return numeric(runtime, () => left() + right())
      case '-':
        return numeric(runtime, () => left() - right())
      case '*':
        return numeric(runtime, () => left() * right())
      case '/':
      case '%':
      case '^': {
        const apply = operation(operator, place)
        return numeric(runtime, () => apply(left(), right()))
      }
    }
  }

  #concat(expression: Expression): Code {
    const operands = chain(expression)
    return this.#combine(operands, parts => {
      const [first, second, third] = parts.map(({ text }) => text)
      if (!third) return textual(() => first!() + second!())
      if (parts.length === 3) return textual(() => first!() + second!() + third())
      const texts = parts.map(({ text }) => text)
      return textual(() => {
        let whole = ''
        for (const text of texts) whole += text()
        return whole
      })
    })
  }

  #conditional({ test, yes, no }: Extract<Expression, { kind: 'conditional' }>): Code {
    const [condition, first, second] = [this.compile(test), this.compile(yes), this.compile(no)]
    if (isQuick(condition) && isQuick(first) && isQuick(second)) {
      const { truth } = condition
      return {
        kind: 'quick',
        type: first.type === second.type ? first.type : 'any',
        value: () => (truth() ? first.value() : second.value()),
        number: () => (truth() ? first.number() : second.number()),
        text: () => (truth() ? first.text() : second.text()),
        truth: () => (truth() ? first.truth() : second.truth()),
      }
    }
    const truth = truthOf(condition)
    const [then, otherwise] = [runOf(first), runOf(second)]
    const choose = (isTrue: boolean) => (isTrue ? then() : otherwise())
    return slow(() => {
      const isTrue = truth()
      return isTrue instanceof Promise ? isTrue.then(choose) : choose(isTrue)
    })
  }

  #connective({ kind, left, right }: Extract<Expression, { kind: 'and' | 'or' }>): Code {
    const [first, second] = [this.compile(left), this.compile(right)]
    if (isQuick(first) && isQuick(second)) {
      const [one, other] = [first.truth, second.truth]
      return logical(kind === 'and' ? () => one() && other() : () => one() || other())
    }
    const [one, other] = [truthOf(first), truthOf(second)]
    const number = (isTrue: boolean) => (isTrue ? 1 : 0)
    const go = (isTrue: boolean): Maybe<Value> => {
      if (isTrue === (kind === 'or')) return number(isTrue)
      const last = other()
      return last instanceof Promise ? last.then(number) : number(last)
    }
    return slow(() => {
      const isTrue = one()
      return isTrue instanceof Promise ? isTrue.then(go) : go(isTrue)
    })
  }

  #match({ left, right, isNegated }: Extract<Expression, { kind: 'match' }>): Code {
    const pattern = this.regexOf(right)
    return this.#combine([left, ...pattern.operands], ([subject, ...operands]) => {
      const { text } = subject!
      const regex = pattern.of(operands)
      return logical(() => {
        const taken = text()
        return regex().test(taken) !== isNegated
      })
    })
  }

  #call({ callee, arguments: items, place: where }: Extract<Expression, { kind: 'call' }>): Code {
    const { parameters, body: isDefined } = callee
    if (!isDefined) {
      return slow(() => {
        throw new Failure(`${where}: Call to undefined function`)
      })
    }
    const arrays: (() => AwkArray | Value)[] = []
    const operands = items.map((item, place): Code => {
      const bare = unwrap(item)
      if (bare.kind !== 'variable' || (!bare.variable.isArray && bare.variable.slot === undefined))
        return this.compile(item)
      // Handed on as it is: an array, or what a parameter holds.
      arrays[place] = this.#handedOn(bare.variable)
      return valued(this.#runtime, () => undefined)
    })
    const count = parameters.length
    const frameOf = (values: readonly Value[]) => {
      const frame: (Value | AwkArray)[] = new Array(count)
      for (let i = 0; i < count; i++) frame[i] = arrays[i] ? arrays[i]!() : values[i]
      return frame
    }
    const body = this.#functions.of(callee)
    if (body.kind === 'slow') return combineSlow(operands, values => body.call(frameOf(values)))
    return this.#combineCodes(operands, quick => {
      const values = quick.map(({ value }) => value)
      return valued(this.#runtime, () => body.call(frameOf(values.map(value => value()))))
    })
  }

  #combineCodes(operands: readonly Code[], build: (operands: readonly Quick[]) => Quick): Code {
    return combine(this.#runtime, operands, build)
  }

  #handedOn(variable: Variable): () => AwkArray | Value {
    if (variable.isArray) return this.arrayOf(variable)
    const runtime = this.#runtime
    const { slot = 0 } = variable
    return () => runtime.frame[slot]
  }

  #builtin(name: string, items: readonly Expression[]): Code {
    const runtime = this.#runtime
    const [first, second, third, fourth] = items
    switch (name) {
      case 'length': {
        const bare = first && unwrap(first)
        if (bare?.kind === 'variable' && (bare.variable.isArray || bare.variable.slot !== undefined)) {
          const held = this.#handedOn(bare.variable)
          return numeric(runtime, () => {
            const value = held()
            return value instanceof AwkArray ? value.size : lengthOf(runtime, value)
          })
        }
        break
      }
      case 'split':
        return this.#split(items)
      case 'sub':
      case 'gsub':
        return this.#substitute(name === 'gsub', items)
      case 'gensub':
      case 'match': {
        const pattern = this.regexOf(name === 'match' ? second! : first!)
        const others = name === 'match' ? [first!] : [second!, third!, fourth ?? WHOLE_RECORD]
        return this.#combine([...pattern.operands, ...others], quick => {
          const regex = pattern.of(quick)
          const rest = quick.slice(pattern.operands.length)
          return name === 'match' ? matching(runtime, rest[0]!.text, regex) : generalSubstitution(regex, rest)
        })
      }
      case 'system':
        return combineSlow(
          [this.compile(first!)],
          async ([command]) => await runtime.streams.system(runtime.toText(command)),
        )
      case 'close':
        return combineSlow([this.compile(first!)], async ([name]) => await runtime.streams.close(runtime.toText(name)))
      case 'fflush':
        return combineSlow(
          first ? [this.compile(first)] : [],
          async ([name]) => await runtime.streams.flush(name === undefined ? undefined : runtime.toText(name)),
        )
    }
    return this.#combine(items, operands => buildBuiltin(runtime, name, operands))
  }

  #split([text, array, separator]: readonly Expression[]): Code {
    const runtime = this.#runtime
    const target = unwrap(array!)
    if (target.kind !== 'variable') throw new Failure('cmd. line:1: Unexpected token')
    const into = this.arrayOf(target.variable)
    const bare = separator && unwrap(separator)
    // An empty expression parts all characters, as an empty text does.
    const isEmpty = bare?.kind === 'regex' && bare.source === ''
    const pattern = bare?.kind === 'regex' && !isEmpty ? this.regexOf(bare).of([]) : undefined
    const operands = [text!, ...(separator && bare?.kind !== 'regex' ? [separator] : [])]
    return this.#combine(operands, ([subject, by]) =>
      numeric(runtime, splitting(runtime, subject!.text, into, { pattern, text: isEmpty ? () => '' : by?.text })),
    )
  }

  #substitute(isGlobal: boolean, [pattern, replacement, subject]: readonly Expression[]): Code {
    const runtime = this.#runtime
    const regex = this.regexOf(pattern!)
    const target = subject ? asTarget(subject) : WHOLE_RECORD
    const others = [...regex.operands, replacement!]
    const build = (quick: readonly Quick[], text: () => string, set: (value: string) => void) =>
      numeric(runtime, substitution(regex.of(quick), quick[regex.operands.length]!.text, { text, set, isGlobal }))
    if (target) return this.#onPlace(target, others, (place, quick) => build(quick, place.read().text, place.setter()))
    // What cannot be assigned to is searched, and its change is lost.
    return this.#combine([...others, subject!], quick => build(quick, quick.at(-1)!.text, () => {}))
  }

  #getline({ from, source, target }: Extract<Expression, { kind: 'getline' }>): Slow {
    const runtime = this.#runtime
    const own = target ? this.#targetOperands(target) : []
    const slots = own.map(() => new Slot())
    const quick = slots.map(slot => valued(runtime, () => slot.value))
    const set = target ? this.#place(target, quick).setter() : undefined
    const operands = [...(source ? [source] : []), ...own].map(operand => this.compile(operand))
    const take = (reader: RecordReader): number => {
      if (set) set(fromInput(reader.text, reader.start, reader.end))
      else runtime.setRecord(reader)
      return 1
    }
    const next = (reader: RecordReader): Maybe<Value> =>
      after(reader.next(runtime.recordEnd), has => {
        // POSIX: what a command prints counts as records, what stands in a file does not. differs: busybox counts neither.
        if (has && from === 'command') increment(runtime.cell('NR'))
        return has ? take(reader) : 0
      })
    const open = (name: string): Maybe<RecordReader> =>
      from === 'file' ? runtime.streams.file(name) : runtime.streams.command(name)
    const start = (name: string): Maybe<Value> => after(open(name), next)
    const main = (): Maybe<Value> =>
      after(runtime.input.next(), has => {
        if (has) runtime.countRecord()
        return has ? take(runtime.input.reader) : 0
      })
    return combineSlow(operands, values => {
      fill(slots, source ? values.slice(1) : values)
      return refusals(runtime, () => (source ? start(runtime.toText(values[0])) : main()))
    })
  }
}

const WHOLE_RECORD: Target = { kind: 'field', index: { kind: 'number', value: 0 }, place: '' }

const ADD = operation('+', '')

/** Goes on with a value that may have to be waited for. */
function after<T>(value: Maybe<T>, go: (value: T) => Maybe<Value>): Maybe<Value> {
  return value instanceof Promise ? value.then(go) : go(value)
}

/** errno's numbers on Linux, of what reading may be refused for; any other is EIO's. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['EPERM', 1],
  ['ENOENT', 2],
  ['ENXIO', 6],
  ['EACCES', 13],
  ['ENOTDIR', 20],
  ['EISDIR', 21],
  ['ENFILE', 23],
  ['EMFILE', 24],
  ['ENAMETOOLONG', 36],
  ['ELOOP', 40],
])

/** What cannot be read makes getline give -1. */
function refusals(runtime: Runtime, piece: () => Maybe<Value>): Maybe<Value> {
  const refused = (error: unknown): number => {
    if (!(error instanceof SysError)) throw error
    runtime.cell('ERRNO').value = NUMBERS.get(error.errno) ?? 5
    return -1
  }
  try {
    const value = piece()
    return value instanceof Promise ? value.catch(refused) : value
  } catch (error) {
    return refused(error)
  }
}

function slow(run: () => Maybe<Value>): Slow {
  return { kind: 'slow', run }
}

export function unwrap(expression: Expression): Expression {
  return expression.kind === 'parenthesized' ? unwrap(expression.inner) : expression
}

function asTarget(expression: Expression): Target | undefined {
  const bare = unwrap(expression)
  return bare.kind === 'variable' || bare.kind === 'field' || bare.kind === 'element' ? bare : undefined
}

/** `a b c` as one operator of three operands. */
function chain(expression: Expression): Expression[] {
  if (expression.kind !== 'concat') return [expression]
  return [...chain(expression.left), expression.right]
}
