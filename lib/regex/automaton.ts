// A deterministic automaton made while it runs: one state for every set of steps that the text so far may have led to. It reads
// each character once, whatever the expression; forward from a start to find the longest end, backward to find all starts.

import { type Context, contextAfter, contextBefore, contextOf, EDGE, holds } from './context.ts'
import type { Program, Step } from './program.ts'

export interface AutomatonOptions {
  readonly isMultiline: boolean
  readonly isBackward: boolean
  /** A match may begin (backward: end) at every place. */
  readonly isEverywhere: boolean
}

interface State {
  /** The steps that the last character led to, ascending. */
  readonly kernel: readonly number[]
  /** What was read last. */
  readonly context: Context
  /** By what comes next, as far as it matters: the steps reached without a character. */
  readonly closures: (Closure | undefined)[]
  readonly ascii: (State | undefined)[]
  readonly beyond: Map<number, State>
}

interface Closure {
  readonly steps: readonly number[]
  readonly isAccepting: boolean
}

/** Past so many states, what was made is forgotten. */
const MOST_STATES = 2000
const MOST_KERNEL_STEPS = 500_000

export class Automaton {
  readonly #program: Program
  readonly #how: AutomatonOptions
  readonly #edges: Edges | undefined
  readonly #start: number
  readonly #goal: number
  readonly #states = new Map<string, State>()
  readonly #initials: (State | undefined)[] = []
  #kernelSteps = 0
  #first: Uint8Array | 'any' | undefined
  /** Characters read so far: the caller's measure of work. */
  work = 0

  constructor(program: Program, how: AutomatonOptions) {
    this.#program = program
    this.#how = how
    this.#edges = how.isBackward ? reversed(program.steps) : undefined
    this.#start = how.isBackward ? program.accept : program.entry
    this.#goal = how.isBackward ? program.entry : program.accept
  }

  /** The first place from `from` on where the character may begin a match; behind the text when there is none. */
  candidate(text: string, from: number): number {
    this.#first ??= firstCharacters(this.#program)
    if (this.#first === 'any') return from
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 127 || this.#first[code] === 1) return at
    }
    return text.length + 1
  }

  /** The end of the longest match that begins at `from`, or -1. */
  longestEnd(text: string, from: number, notBol: boolean): number {
    const { hasAssertions } = this.#program
    let state = this.#initial(hasAssertions ? contextBefore(text, from, notBol) : EDGE)
    let end = -1
    let at = from
    for (;;) {
      const next = hasAssertions ? contextAfter(text, at) : EDGE
      if ((state.closures[next] ?? this.#close(state, next)).isAccepting) end = at
      if (at >= text.length) break
      const point = text.codePointAt(at)!
      state = (point < 128 ? state.ascii[point] : state.beyond.get(point)) ?? this.#move(state, point)
      if (state.kernel.length === 0) break
      at += point > 0xffff ? 2 : 1
    }
    this.work += at - from
    return end
  }

  /** For every place of the text from `from` on, whether a match begins there. */
  starts(text: string, from: number, notBol: boolean): Uint8Array {
    const { hasAssertions } = this.#program
    const found = new Uint8Array(text.length + 1)
    let state = this.#initial(EDGE)
    for (let at = text.length; ; ) {
      const before = hasAssertions ? contextBefore(text, at, notBol) : EDGE
      if ((state.closures[before] ?? this.#close(state, before)).isAccepting) found[at] = 1
      if (at <= from) return found
      const low = text.charCodeAt(at - 1)
      const isPair = low >> 10 === 0x37 && at > 1 && text.charCodeAt(at - 2) >> 10 === 0x36
      const point = isPair ? text.codePointAt(at - 2)! : low
      state = (point < 128 ? state.ascii[point] : state.beyond.get(point)) ?? this.#move(state, point)
      at -= isPair ? 2 : 1
    }
  }

  #initial(context: Context): State {
    return (this.#initials[context] ??= this.#intern([this.#start], context))
  }

  #move(state: State, point: number): State {
    const { hasAssertions } = this.#program
    const context = hasAssertions ? contextOf(point) : EDGE
    const closure = state.closures[context] ?? this.#close(state, context)
    const kernel = new Set<number>()
    for (const index of closure.steps) {
      if (this.#edges) {
        for (const before of this.#edges.characters[index] ?? []) {
          if (accepts(this.#program.steps[before]!, point)) kernel.add(before)
        }
        continue
      }
      const step = this.#program.steps[index]!
      if ((step.kind === 'character' || step.kind === 'set') && accepts(step, point)) kernel.add(step.next)
    }
    if (this.#how.isEverywhere) kernel.add(this.#start)
    const next = this.#intern(
      [...kernel].sort((a, b) => a - b),
      context,
    )
    if (point < 128) state.ascii[point] = next
    else state.beyond.set(point, next)
    return next
  }

  #intern(kernel: readonly number[], context: Context): State {
    const key = `${context}:${kernel.join()}`
    const known = this.#states.get(key)
    if (known) return known
    this.#kernelSteps += kernel.length
    if (this.#states.size >= MOST_STATES || this.#kernelSteps > MOST_KERNEL_STEPS) {
      // A state that is still being stood on leads to forgotten ones; they go with it.
      this.#states.clear()
      this.#initials.length = 0
      this.#kernelSteps = kernel.length
    }
    const fresh = { kernel, context, closures: new Array(5), ascii: new Array(128), beyond: new Map<number, State>() }
    this.#states.set(key, fresh)
    return fresh
  }

  #close(state: State, next: Context): Closure {
    const [before, after] = this.#how.isBackward ? [next, state.context] : [state.context, next]
    const seen = new Set(state.kernel)
    for (const index of seen) {
      for (const to of this.#edges ? (this.#edges.empty[index] ?? []) : emptyTargets(this.#program.steps[index]!)) {
        const crossed = this.#program.steps[this.#edges ? to : index]!
        if (crossed.kind !== 'assertion' || holds(crossed.what, before, after, this.#how.isMultiline)) seen.add(to)
      }
    }
    const closure = { steps: [...seen], isAccepting: seen.has(this.#goal) }
    state.closures[next] = closure
    return closure
  }
}

/** Which ASCII characters can begin a match; `any` when a match may be empty. Anchors are taken to hold. */
function firstCharacters({ steps, entry, accept }: Program): Uint8Array | 'any' {
  const first = new Uint8Array(128)
  const seen = new Set([entry])
  for (const index of seen) {
    const step = steps[index]!
    for (const to of emptyTargets(step)) seen.add(to)
    if (step.kind !== 'character' && step.kind !== 'set') continue
    for (let point = 0; point < 128; point++) if (accepts(step, point)) first[point] = 1
  }
  return seen.has(accept) ? 'any' : first
}

/** The steps as arrows backward. */
interface Edges {
  readonly empty: readonly (readonly number[] | undefined)[]
  readonly characters: readonly (readonly number[] | undefined)[]
}

function reversed(steps: readonly Step[]): Edges {
  const empty: number[][] = []
  const characters: number[][] = []
  steps.forEach((step, index) => {
    if (step.kind === 'character' || step.kind === 'set') (characters[step.next] ??= []).push(index)
    else for (const to of emptyTargets(step)) (empty[to] ??= []).push(index)
  })
  return { empty, characters }
}

function emptyTargets(step: Step): readonly number[] {
  switch (step.kind) {
    case 'split':
      return [step.first, step.second]
    case 'save':
    case 'assertion':
      return [step.next]
    case 'character':
    case 'set':
    case 'reference':
    case 'accept':
      return []
  }
}

function accepts(step: Step, point: number): boolean {
  return step.kind === 'set' ? step.has(point) : step.kind === 'character' && step.point === point
}
