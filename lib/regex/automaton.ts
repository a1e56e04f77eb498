// The linear-time engine: a program of small steps, run over the text with all its threads side by side (Pike's method).
// The longest of the leftmost matches wins, as POSIX asks. Back-references need a search, which is bounded.

import type { Assertion, CharacterSet, Node } from './tree.ts'
import { RegexError } from './tree.ts'

type Step =
  | { readonly kind: 'character'; readonly point: number; readonly other: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly has: (point: number) => boolean }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'assertion'; readonly what: Assertion }
  | { readonly kind: 'reference'; readonly number: number }
  | { readonly kind: 'match' }

const MOST_STEPS = 100_000
const MOST_TRIES = 5_000_000

export interface AutomatonOptions {
  readonly ignoreCase: boolean
  /** ^ and $ also match at newlines inside the text. */
  readonly newline: boolean
}

export interface Run {
  readonly text: string
  readonly notBol: boolean
}

export class Automaton {
  readonly #steps: Step[] = []
  readonly #how: AutomatonOptions
  readonly #slots: number
  readonly #hasReferences: boolean

  constructor(root: Node, groupCount: number, hasReferences: boolean, how: AutomatonOptions) {
    this.#how = how
    this.#slots = 2 * (groupCount + 1)
    this.#hasReferences = hasReferences
    this.#emit(root)
    this.#push({ kind: 'match' })
  }

  /** The slots of the match that begins first at or after `from`: start and end of each group, -1 where it took no part. */
  exec(run: Run, from: number): number[] | undefined {
    return this.#hasReferences ? this.#search(run, from) : this.#simulate(run, from)
  }

  #push(step: Step): number {
    if (this.#steps.length >= MOST_STEPS) throw new RegexError('Regular expression too big')
    return this.#steps.push(step) - 1
  }

  #emit(node: Node): void {
    switch (node.kind) {
      case 'empty':
        return
      case 'character':
        return void this.#push({ kind: 'character', point: node.point, other: this.#otherCase(node.point) })
      case 'any':
        return void this.#push({ kind: 'any' })
      case 'set':
        return void this.#push({ kind: 'set', has: setTester(node.set, this.#how.ignoreCase) })
      case 'sequence':
        for (const part of node.parts) this.#emit(part)
        return
      case 'alternatives':
        return this.#emitAlternatives(node.branches)
      case 'repeat':
        return this.#emitRepeat(node.part, node.least, node.most)
      case 'group':
        this.#push({ kind: 'save', slot: 2 * node.number })
        this.#emit(node.part)
        return void this.#push({ kind: 'save', slot: 2 * node.number + 1 })
      case 'reference':
        return void this.#push({ kind: 'reference', number: node.number })
      case 'assertion':
        return void this.#push({ kind: 'assertion', what: node.what })
    }
  }

  #emitAlternatives(branches: readonly Node[]): void {
    const jumps: { to: number }[] = []
    for (const [index, branch] of branches.entries()) {
      if (index === branches.length - 1) {
        this.#emit(branch)
        break
      }
      const split = { kind: 'split' as const, first: 0, second: 0 }
      split.first = this.#push(split) + 1
      this.#emit(branch)
      const jump = { kind: 'jump' as const, to: 0 }
      this.#push(jump)
      jumps.push(jump)
      split.second = this.#steps.length
    }
    for (const jump of jumps) jump.to = this.#steps.length
  }

  #emitRepeat(part: Node, least: number, most: number): void {
    for (let i = 0; i < least; i++) this.#emit(part)
    if (most === Number.POSITIVE_INFINITY) {
      const split = { kind: 'split' as const, first: 0, second: 0 }
      const at = this.#push(split)
      split.first = at + 1
      this.#emit(part)
      this.#push({ kind: 'jump', to: at })
      split.second = this.#steps.length
      return
    }
    const splits: { second: number }[] = []
    for (let i = least; i < most; i++) {
      const split = { kind: 'split' as const, first: 0, second: 0 }
      split.first = this.#push(split) + 1
      splits.push(split)
      this.#emit(part)
    }
    for (const split of splits) split.second = this.#steps.length
  }

  #otherCase(point: number): number {
    if (!this.#how.ignoreCase) return point
    const character = String.fromCodePoint(point)
    const other = character.toLowerCase() === character ? character.toUpperCase() : character.toLowerCase()
    return Array.from(other).length === 1 ? other.codePointAt(0)! : point
  }

  #simulate(run: Run, from: number): number[] | undefined {
    const { text } = run
    let threads: Thread[] = []
    let best: number[] | undefined
    const seen = new Int32Array(this.#steps.length).fill(-1)
    for (let at = from; ; ) {
      const next: Thread[] = []
      if (!best) this.#follow(0, emptySlots(this.#slots, at), at, run, threads, seen)
      if (threads.length === 0 && best) return best
      const point = at < text.length ? text.codePointAt(at)! : -1
      const width = point > 0xffff ? 2 : 1
      for (const thread of threads) {
        const step = this.#steps[thread.step]!
        if (step.kind === 'match') {
          // The leftmost start wins; of equal starts the one that goes on longest, which comes later.
          if (!best || thread.slots[0]! < best[0]! || (thread.slots[0] === best[0] && at > best[1]!)) {
            best = [...thread.slots]
            best[1] = at
          }
        } else if (point !== -1 && accepts(step, point) && (!best || thread.slots[0]! <= best[0]!)) {
          next.push({ step: thread.step + 1, slots: thread.slots })
        }
      }
      if (point === -1) return best
      at += width
      threads = []
      const visited = seen.fill(-1)
      for (const { step, slots } of next) this.#follow(step, slots, at, run, threads, visited)
    }
  }

  /** Adds a thread and all that it reaches without a character. */
  #follow(step: number, slots: readonly number[], at: number, run: Run, threads: Thread[], seen: Int32Array): void {
    const pending: Thread[] = [{ step, slots }]
    for (let thread = pending.pop(); thread; thread = pending.pop()) {
      if (seen[thread.step] === at) continue
      seen[thread.step] = at
      const found = this.#steps[thread.step]!
      if (found.kind === 'jump') pending.push({ step: found.to, slots: thread.slots })
      else if (found.kind === 'split') pending.push({ step: found.second, slots: thread.slots }, { step: found.first, slots: thread.slots })
      else if (found.kind === 'save') {
        const saved = [...thread.slots]
        saved[found.slot] = at
        pending.push({ step: thread.step + 1, slots: saved })
      } else if (found.kind === 'assertion') {
        if (holds(found.what, run, at, this.#how.newline)) pending.push({ step: thread.step + 1, slots: thread.slots })
      } else threads.push(thread)
    }
  }

  #search(run: Run, from: number): number[] | undefined {
    let tries = 0
    for (let start = from; start <= run.text.length; start++) {
      const stack: { step: number; at: number; slots: readonly number[]; loops: number }[] = [{ step: 0, at: start, slots: emptySlots(this.#slots, start), loops: 0 }]
      let best: number[] | undefined
      for (let state = stack.pop(); state; state = stack.pop()) {
        if (++tries > MOST_TRIES) throw new RegexError('Regular expression too big')
        const step = this.#steps[state.step]!
        const next = { ...state, step: state.step + 1, loops: 0 }
        switch (step.kind) {
          case 'match':
            if (!best || state.at > best[1]!) {
              best = [...state.slots]
              best[1] = state.at
            }
            break
          case 'jump':
            // A loop whose body took nothing goes round only once more.
            if (state.loops < 2 * this.#steps.length) stack.push({ ...state, step: step.to, loops: state.loops + 1 })
            break
          case 'split':
            if (state.loops > 2 * this.#steps.length) break
            stack.push({ ...state, step: step.second, loops: state.loops + 1 }, { ...state, step: step.first, loops: state.loops + 1 })
            break
          case 'save': {
            const slots = [...state.slots]
            slots[step.slot] = state.at
            stack.push({ ...next, slots, loops: state.loops })
            break
          }
          case 'assertion':
            if (holds(step.what, run, state.at, this.#how.newline)) stack.push({ ...next, loops: state.loops })
            break
          case 'reference': {
            const taken = run.text.slice(state.slots[2 * step.number], state.slots[2 * step.number + 1])
            const there = run.text.slice(state.at, state.at + taken.length)
            const isSame = this.#how.ignoreCase ? there.toLowerCase() === taken.toLowerCase() : there === taken
            if (isSame && state.slots[2 * step.number + 1] !== -1) stack.push({ ...next, at: state.at + taken.length, loops: state.loops })
            break
          }
          default: {
            const point = state.at < run.text.length ? run.text.codePointAt(state.at)! : -1
            if (point !== -1 && accepts(step, point)) stack.push({ ...next, at: state.at + (point > 0xffff ? 2 : 1) })
          }
        }
      }
      if (best) return best
    }
    return undefined
  }
}

interface Thread {
  readonly step: number
  readonly slots: readonly number[]
}

function emptySlots(count: number, start: number): number[] {
  const slots = new Array<number>(count).fill(-1)
  slots[0] = start
  return slots
}

function accepts(step: Step, point: number): boolean {
  switch (step.kind) {
    case 'character':
      return point === step.point || point === step.other
    case 'any':
      return true
    case 'set':
      return step.has(point)
    default:
      return false
  }
}

function holds(what: Assertion, { text, notBol }: Run, at: number, isMultiline: boolean): boolean {
  const before = at > 0 && isWord(text.charCodeAt(at - 1))
  const after = at < text.length && isWord(text.charCodeAt(at))
  switch (what) {
    case 'line-start':
      return (at === 0 && !notBol) || (isMultiline && at > 0 && text.charCodeAt(at - 1) === 10)
    case 'line-end':
      return at === text.length || (isMultiline && text.charCodeAt(at) === 10)
    case 'text-start':
      return at === 0
    case 'text-end':
      return at === text.length
    case 'word-start':
      return !before && after
    case 'word-end':
      return before && !after
    case 'boundary':
      return before !== after
    case 'no-boundary':
      return before === after
  }
}

function isWord(code: number): boolean {
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
  return /[\p{L}\p{Nd}]/u.test(String.fromCharCode(code))
}

/** ASCII is answered from a table; the rest is asked of Unicode. */
function setTester(set: CharacterSet, ignoreCase: boolean): (point: number) => boolean {
  const beyond = set.classes.length > 0 ? new RegExp(`[${set.classes.join('')}]`, 'u') : undefined
  const isIn = (point: number): boolean =>
    set.ranges.some(([from, to]) => point >= from && point <= to) || (point > 127 && (beyond?.test(String.fromCodePoint(point)) ?? false))
  const isInAnyCase = (point: number): boolean => {
    if (isIn(point)) return true
    if (!ignoreCase) return false
    const character = String.fromCodePoint(point)
    return [character.toLowerCase(), character.toUpperCase()].some(other => Array.from(other).length === 1 && isIn(other.codePointAt(0)!))
  }
  const ascii = Array.from({ length: 128 }, (_, point) => isInAnyCase(point) !== set.isNegated)
  return point => (point < 128 ? ascii[point]! : isInAnyCase(point) !== set.isNegated)
}
