// Functions of the program. One that cannot have to wait is called like any closure; others give their value now or a promise.

import type { Maybe } from '../../kernel/process.ts'
import { Failure } from '../applet.ts'
import type { Runtime } from './runtime.ts'
import type { Frame, UserFunction } from './syntax.ts'
import type { Value } from './value.ts'

/** What a statement gives: see statements.ts. */
export type Completion = Maybe<number>

export type Callable =
  | { readonly kind: 'quick'; call(frame: Frame): Value }
  | { readonly kind: 'slow'; call(frame: Frame): Maybe<Value> }

/** So many calls nest before the rest goes on with a fresh stack. */
const FRESH_STACK = 80
const MOST_NESTED = 100_000

export class Functions {
  readonly #runtime: Runtime
  readonly #compile: (body: UserFunction) => () => Completion
  readonly #bodies = new Map<UserFunction, () => Completion>()
  readonly #waiting = new Map<UserFunction, boolean>()

  constructor(runtime: Runtime, compile: (callee: UserFunction) => () => Completion) {
    this.#runtime = runtime
    this.#compile = compile
  }

  of(callee: UserFunction): Callable {
    return this.#mayWait(callee) ? this.#slow(callee) : this.#quick(callee)
  }

  /** A function that calls itself, even by way of others, may nest deeply, and so counts as one that waits. */
  #mayWait(callee: UserFunction): boolean {
    const known = this.#waiting.get(callee)
    if (known !== undefined) return known
    this.#waiting.set(callee, true)
    const result = callee.mayWait || [...callee.calls].some(called => this.#mayWait(called))
    this.#waiting.set(callee, result)
    return result
  }

  #body(callee: UserFunction): () => Completion {
    let body = this.#bodies.get(callee)
    if (!body) {
      body = this.#compile(callee)
      this.#bodies.set(callee, body)
    }
    return body
  }

  #quick(callee: UserFunction): Callable {
    const runtime = this.#runtime
    const body = this.#body(callee)
    return {
      kind: 'quick',
      call(frame) {
        const saved = runtime.frame
        runtime.frame = frame
        body()
        runtime.frame = saved
        return taken(runtime)
      },
    }
  }

  #slow(callee: UserFunction): Callable {
    const runtime = this.#runtime
    let body: (() => Completion) | undefined
    const enter = (frame: Frame): Maybe<Value> => {
      body ??= this.#body(callee)
      const saved = runtime.frame
      runtime.frame = frame
      const leave = () => {
        runtime.frame = saved
        runtime.depth--
        return taken(runtime)
      }
      const done = body()
      return done instanceof Promise ? done.then(leave) : leave()
    }
    return {
      kind: 'slow',
      call(frame) {
        if (++runtime.depth > MOST_NESTED) throw new Failure('out of memory')
        const pause = runtime.proc.gate()
        if (pause) return pause.then(() => enter(frame))
        return runtime.depth % FRESH_STACK === 0 ? Promise.resolve().then(() => enter(frame)) : enter(frame)
      },
    }
  }
}

function taken(runtime: Runtime): Value {
  const value = runtime.returned
  runtime.returned = undefined
  return value
}
