// Runs what bc's programs are compiled to.

import type { Process } from '../../kernel/process.ts'
import type { BcFunction, Operator, Parameter, Place, Relation, Setting, Step } from './code.ts'
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
  ONE,
  power,
  remainder,
  squareRoot,
  subtract,
  toInteger,
  truth,
  ZERO,
} from './decimal.ts'
import { arctangent, bessel, cosine, exponential, logarithm, sine } from './functions.ts'
import { formatDecimal, parseDecimal, settingOf, Wrapper } from './number-text.ts'

type BcArray = Map<number, Decimal>
type Item = Decimal | BcArray

interface Frame {
  readonly steps: readonly Step[]
  at: number
  /** How deep the stack was before the arguments. */
  readonly base: number
  /** undefined: an expression that read() has read. */
  readonly callee: BcFunction | undefined
  /** What the function's names meant before, to be put back (POSIX: auto). */
  readonly saved: readonly (Decimal | BcArray | undefined)[]
}

const MOST_NESTED = 20_000
const LARGEST_SCALE = 4_294_967_295
const LARGEST_SUBSCRIPT = 2_147_483_647

/** `halt` was run. */
export class Halt extends Error {
  constructor() {
    super('halt')
    this.name = 'Halt'
  }
}

export interface MachineOptions {
  readonly hasLibrary: boolean
  readonly width: number
  /** The expression that read() is given; undefined at the end. */
  readonly read: () => Promise<readonly Step[] | undefined>
}

export class Machine {
  readonly functions = new Map<string, BcFunction>()
  readonly #proc: Process
  readonly #how: MachineOptions
  readonly #wrapper: Wrapper
  readonly #variables = new Map<string, Decimal>()
  readonly #arrays = new Map<string, BcArray>()
  readonly #frames: Frame[] = []
  readonly #stack: Item[] = []
  /** What is run, and the next step of it. */
  #steps: readonly Step[] = []
  #at = 0
  #scale: number
  #inputBase = 10
  #outputBase = 10
  #last: Decimal = ZERO
  /** The function that was called last was a void one. */
  #wasVoid = false
  #written: Promise<void> | undefined

  constructor(proc: Process, how: MachineOptions) {
    this.#proc = proc
    this.#how = how
    this.#wrapper = new Wrapper(how.width)
    this.#scale = how.hasLibrary ? 20 : 0
  }

  /** Throws CalculationError, Halt. A promise only when something must be waited for. */
  run(program: readonly Step[]): Promise<void> | undefined {
    this.#frames.length = 0
    this.#stack.length = 0
    this.#steps = program
    this.#at = 0
    const pause = this.#go()
    return pause && this.#goOn(pause)
  }

  async #goOn(pause: Promise<void>): Promise<void> {
    for (let pending: Promise<void> | undefined = pause; pending; pending = this.#go()) await pending
  }

  /** Runs until the end, or until there is something to wait for. */
  #go(): Promise<void> | undefined {
    for (;;) {
      const step = this.#steps[this.#at++]
      if (!step) {
        // Only what read() has read ends without a return.
        if (this.#frames.length === 0) return undefined
        this.#resume(this.#frames.pop()!)
        continue
      }
      switch (step.do) {
        case 'jump':
          this.#at = step.to
          break
        case 'jumpIfZero':
          if (isZero(this.#pop())) this.#at = step.to
          break
        case 'call':
          this.#call(step.name, step.count)
          break
        case 'return':
          this.#leave()
          break
        case 'read':
          return this.#read()
        default:
          this.#perform(step)
      }
      const pause = this.#written ?? this.#proc.gate()
      this.#written = undefined
      if (pause) return pause
    }
  }

  async #read(): Promise<void> {
    const steps = await this.#how.read()
    if (!steps) throw new CalculationError('bad expression')
    this.#frames.push({ steps: this.#steps, at: this.#at, base: 0, callee: undefined, saved: [] })
    this.#steps = steps
    this.#at = 0
  }

  #resume({ steps, at }: Frame): void {
    this.#steps = steps
    this.#at = at
  }

  #perform(step: Step): void {
    switch (step.do) {
      case 'number': {
        const known = step.known?.base === this.#inputBase ? step.known : undefined
        const value = known?.value ?? parseDecimal(step.text, this.#inputBase)
        step.known ??= { base: this.#inputBase, value }
        return this.#push(value)
      }
      case 'load':
        return this.#push(this.#load(step.place))
      case 'array':
        this.#stack.push(this.#array(step.name))
        return
      case 'store': {
        const value = this.#pop()
        this.#store(step.place, value)
        return this.#push(value)
      }
      case 'update': {
        const right = this.#pop()
        const subscript = this.#subscriptOf(step.place)
        const value = this.#operate(step.operator, this.#load(step.place, subscript), right)
        this.#store(step.place, value, subscript)
        return this.#push(value)
      }
      case 'increment': {
        const subscript = this.#subscriptOf(step.place)
        const before = this.#load(step.place, subscript)
        const after = step.by === 1 ? add(before, ONE) : subtract(before, ONE)
        this.#store(step.place, after, subscript)
        return this.#push(step.isPrefix ? after : before)
      }
      case 'operate': {
        const right = this.#pop()
        return this.#push(this.#operate(step.operator, this.#pop(), right))
      }
      case 'relate': {
        const right = this.#pop()
        return this.#push(truth(holds(step.relation, compare(this.#pop(), right))))
      }
      case 'and':
      case 'or': {
        const [right, left] = [!isZero(this.#pop()), !isZero(this.#pop())]
        return this.#push(truth(step.do === 'and' ? left && right : left || right))
      }
      case 'not':
        return this.#push(truth(isZero(this.#pop())))
      case 'negate':
        return this.#push(negate(this.#pop()))
      case 'length':
        return this.#push(integer(this.#length()))
      case 'scaleOf':
        return this.#push(integer(this.#pop().scale))
      case 'sqrt':
        return this.#push(squareRoot(this.#pop(), this.#scale))
      case 'drop':
        this.#pop()
        return
      case 'printValue':
        return this.#printValue()
      case 'printItem':
        return this.#write(this.#wrapper.fold(formatDecimal(this.#pop(), this.#outputBase)))
      case 'printText':
        return this.#write(this.#wrapper.pass(step.text))
      case 'limits':
        return this.#write(LIMITS)
      case 'halt':
        throw new Halt()
      case 'jump':
      case 'jumpIfZero':
      case 'call':
      case 'return':
      case 'read':
        throw new Error('not a plain step')
    }
  }

  #printValue(): void {
    const value = this.#pop()
    if (this.#wasVoid) {
      this.#wasVoid = false
      return
    }
    this.#last = value
    this.#write(this.#wrapper.fold(formatDecimal(value, this.#outputBase)) + this.#wrapper.pass('\n'))
  }

  #write(text: string): void {
    const written = this.#proc.stdout.write(text)
    if (written) this.#written = written
  }

  #length(): number {
    const item = this.#stack.pop()
    if (item instanceof Map) return Math.max(0, ...[...item.keys()].map(key => key + 1))
    return item ? lengthOf(item) : 0
  }

  #operate(operator: Operator, left: Decimal, right: Decimal): Decimal {
    switch (operator) {
      case '+':
        return add(left, right)
      case '-':
        return subtract(left, right)
      case '*':
        return multiply(left, right, this.#scale)
      case '/':
        return divide(left, right, this.#scale)
      case '%':
        return remainder(left, right, this.#scale)
      case '^':
        return power(left, right, this.#scale)
    }
  }

  // --- functions -----------------------------------------------------------------------------------------------------

  /** The library's, unless the program has defined its own. */
  #native(name: string, count: number): boolean {
    if (!this.#how.hasLibrary || this.functions.has(name)) return false
    if (name === 'j' && count === 2) {
      const argument = this.#pop()
      this.#push(bessel(this.#pop(), argument, this.#scale))
      return true
    }
    const compute = count === 1 ? LIBRARY.get(name) : undefined
    if (!compute) return false
    this.#push(compute(this.#pop(), this.#scale))
    return true
  }

  #call(name: string, count: number): void {
    if (this.#native(name, count)) return
    const callee = this.functions.get(name)
    if (!callee) throw new CalculationError('undefined function')
    this.#enter(callee, count)
    this.#steps = callee.steps
    this.#at = 0
  }

  #enter(callee: BcFunction, count: number): void {
    const { parameters, locals } = callee
    if (count !== parameters.length) throw new CalculationError('function expects another number of arguments')
    if (this.#frames.length >= MOST_NESTED) throw new CalculationError('too many nested calls')
    const given = this.#stack.splice(this.#stack.length - count, count)
    const saved = [...parameters, ...locals].map(({ name, isArray }) =>
      isArray ? this.#arrays.get(name) : this.#variables.get(name),
    )
    this.#frames.push({ steps: this.#steps, at: this.#at, base: this.#stack.length, callee, saved })
    for (const [index, parameter] of parameters.entries()) this.#bind(parameter, given[index])
    for (const local of locals) this.#bind(local, undefined)
  }

  #bind({ name, isArray, isReference }: Parameter, given: Item | undefined): void {
    if (isArray !== given instanceof Map && given !== undefined) throw new CalculationError('variable is wrong type')
    if (isArray) this.#arrays.set(name, given instanceof Map ? (isReference ? given : new Map(given)) : new Map())
    else this.#variables.set(name, given instanceof Map || given === undefined ? ZERO : given)
  }

  #leave(): void {
    const value = this.#pop()
    const frame = this.#frames.pop()!
    const { callee, saved } = frame
    if (!callee) throw new Error('a return from no function')
    this.#stack.length = frame.base
    for (const [index, { name, isArray }] of [...callee.parameters, ...callee.locals].entries()) {
      const before = saved[index]
      if (isArray) {
        if (before instanceof Map) this.#arrays.set(name, before)
        else this.#arrays.delete(name)
      } else if (before && !(before instanceof Map)) this.#variables.set(name, before)
      else this.#variables.delete(name)
    }
    this.#push(value)
    this.#wasVoid = callee.isVoid
    this.#resume(frame)
  }

  // --- places --------------------------------------------------------------------------------------------------------

  #push(value: Decimal): void {
    this.#stack.push(value)
    this.#wasVoid = false
  }

  #pop(): Decimal {
    const item = this.#stack.pop()
    if (!item) throw new Error('the stack is empty')
    if (item instanceof Map) throw new CalculationError('variable is wrong type')
    return item
  }

  /** Taken from the stack; undefined: the place has none. */
  #subscriptOf(place: Place): number | undefined {
    if (place.kind !== 'element') return undefined
    const subscript = toInteger(this.#pop())
    if (subscript < 0 || subscript > LARGEST_SUBSCRIPT) throw new CalculationError('array too long')
    return subscript
  }

  #array(name: string): BcArray {
    let array = this.#arrays.get(name)
    if (!array) {
      array = new Map()
      this.#arrays.set(name, array)
    }
    return array
  }

  #load(place: Place, subscript = this.#subscriptOf(place)): Decimal {
    switch (place.kind) {
      case 'variable':
        return this.#variables.get(place.name) ?? ZERO
      case 'element':
        return this.#array(place.name).get(subscript ?? 0) ?? ZERO
      case 'setting':
        return this.#setting(place.name)
    }
  }

  #setting(name: Setting): Decimal {
    switch (name) {
      case 'scale':
        return integer(this.#scale)
      case 'ibase':
        return integer(this.#inputBase)
      case 'obase':
        return integer(this.#outputBase)
      case 'last':
        return this.#last
    }
  }

  #store(place: Place, value: Decimal, subscript = this.#subscriptOf(place)): void {
    if (place.kind === 'variable') this.#variables.set(place.name, value)
    else if (place.kind === 'element') this.#array(place.name).set(subscript ?? 0, value)
    else this.#set(place.name, value)
  }

  #set(name: Setting, value: Decimal): void {
    switch (name) {
      case 'scale':
        if (value.digits < 0n) throw new CalculationError('negative number')
        this.#scale = settingOf(value, 'scale', 0, LARGEST_SCALE)
        return
      case 'ibase':
        this.#inputBase = settingOf(value, 'ibase', 2, 36)
        return
      case 'obase':
        this.#outputBase = settingOf(value, 'obase', 2, 999)
        return
      case 'last':
        this.#last = value
    }
  }
}

const LIBRARY: ReadonlyMap<string, (value: Decimal, scale: number) => Decimal> = new Map([
  ['e', exponential],
  ['l', logarithm],
  ['s', sine],
  ['c', cosine],
  ['a', arctangent],
])

function holds(relation: Relation, order: number): boolean {
  switch (relation) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

const LIMITS = `BC_BASE_MAX     = 999
BC_DIM_MAX      = ${LARGEST_SUBSCRIPT}
BC_SCALE_MAX    = ${LARGEST_SCALE}
BC_STRING_MAX   = ${LARGEST_SCALE - 1}
MAX Exponent    = 999999999
Number of vars  = 999999999
`
