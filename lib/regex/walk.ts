// One way through the program, with what its groups match: the first by preference (earlier alternative, longer repetition) among
// those that end where the longest match does. That is how glibc divides a match among its groups; differs: POSIX would give
// the first group all it can get even when that means a later alternative.

import { contextAfter, contextBefore, holds } from './context.ts'
import type { Program } from './program.ts'
import { RegexError } from './tree.ts'

export interface Walk {
  readonly text: string
  readonly start: number
  readonly notBol: boolean
  readonly isMultiline: boolean
  readonly slotCount: number
}

/** Start and end of each group, -1 where it took no part, of the match from `start` to `end`. */
export function walkTo(program: Program, walk: Walk, end: number): Int32Array {
  const width = program.splitCount
  const bits = (end - walk.start + 1) * width
  if (bits > MOST_BITS) throw new RegexError('Memory exhausted')
  const visited = new Uint8Array((bits >> 3) + 1)
  const walker = new Walker(program, walk)
  const found = walker.run({
    // From a place that was stood on before, the rest has failed already: so time is bounded, and empty loops end.
    isNew(split, at) {
      if (at > end) return false
      const bit = (at - walk.start) * width + split
      const isNew = (visited[bit >> 3]! & (1 << (bit & 7))) === 0
      visited[bit >> 3]! |= 1 << (bit & 7)
      return isNew
    },
    reach: at => at === end,
  })
  if (!found) throw new Error('the automaton and the walk disagree')
  return found
}

const MOST_BITS = 2 ** 30
const MOST_STEPS = 1_500_000

export interface ReferenceWalk extends Walk {
  readonly referenced: readonly number[]
  readonly ignoreCase: boolean
  /** Steps left for the whole search; a search that needs more is refused. */
  readonly budget: { steps: number }
}

export function referenceBudget(): { steps: number } {
  return { steps: MOST_STEPS }
}

/**
 * The longest match from `start` of a program with back-references. No way but trying is known for these: a search that takes too
 * long throws RegexError.
 */
export function walkReferences(program: Program, walk: ReferenceWalk): Int32Array | undefined {
  const visited = new Set<string>()
  let longest = -1
  let best: Int32Array | undefined
  const walker = new Walker(program, walk, walk)
  const last = walker.run({
    isNew(split, at, slots) {
      const known = walk.referenced.map(number => `${slots[2 * number]},${slots[2 * number + 1]}`)
      return visited.size < visited.add(`${split},${at},${known.join()}`).size
    },
    reach(at, slots) {
      if (at > longest) {
        longest = at
        best = withWhole(slots, walk.start, at)
      }
      return at === walk.text.length
    },
  })
  return last ?? best
}

interface Visitor {
  /** Whether this choice was not made before in the same circumstances. */
  isNew(split: number, at: number, slots: Int32Array): boolean
  /** The end of the program; true: look no further. */
  reach(at: number, slots: Int32Array): boolean
}

/** A choice put off, or (with `step` -1) a slot to be set back. */
interface Later {
  readonly step: number
  readonly at: number
  readonly slot: number
}

class Walker {
  readonly #program: Program
  readonly #walk: Walk
  readonly #references: ReferenceWalk | undefined

  constructor(program: Program, walk: Walk, references?: ReferenceWalk) {
    this.#program = program
    this.#walk = walk
    this.#references = references
  }

  run(visitor: Visitor): Int32Array | undefined {
    const { text, start, notBol, isMultiline } = this.#walk
    const slots = new Int32Array(this.#walk.slotCount).fill(-1)
    const stack: Later[] = [{ step: this.#program.entry, at: start, slot: -1 }]
    for (let later = stack.pop(); later; later = stack.pop()) {
      if (later.step === -1) {
        slots[later.slot] = later.at
        continue
      }
      let at = later.at
      for (let index = later.step; index !== -1; ) {
        if (this.#references && --this.#references.budget.steps < 0) throw new RegexError('Memory exhausted')
        const step = this.#program.steps[index]!
        switch (step.kind) {
          case 'accept':
            if (visitor.reach(at, slots)) return withWhole(slots, start, at)
            index = -1
            break
          case 'split':
            if (visitor.isNew(step.number, at, slots)) {
              stack.push({ step: step.second, at, slot: -1 })
              index = step.first
            } else index = -1
            break
          case 'save':
            stack.push({ step: -1, at: slots[step.slot]!, slot: step.slot })
            slots[step.slot] = at
            index = step.next
            break
          case 'assertion': {
            const isTrue = holds(step.what, contextBefore(text, at, notBol), contextAfter(text, at), isMultiline)
            index = isTrue ? step.next : -1
            break
          }
          case 'reference': {
            const end = this.#endOfReference(step.number, at, slots)
            index = end === -1 ? -1 : step.next
            at = end
            break
          }
          case 'character':
          case 'set': {
            const point = at < text.length ? text.codePointAt(at)! : -1
            const isIn = point !== -1 && (step.kind === 'set' ? step.has(point) : step.point === point)
            index = isIn ? step.next : -1
            at += point > 0xffff ? 2 : 1
          }
        }
      }
    }
    return undefined
  }

  #endOfReference(number: number, at: number, slots: Int32Array): number {
    const [from, to] = [slots[2 * number]!, slots[2 * number + 1]!]
    if (from === -1 || to === -1) return -1
    const { text } = this.#walk
    const taken = text.slice(from, to)
    if (text.startsWith(taken, at)) return at + taken.length
    if (!this.#references?.ignoreCase) return -1
    const there = text.slice(at, at + taken.length)
    return there.toLowerCase() === taken.toLowerCase() ? at + taken.length : -1
  }
}

function withWhole(slots: Int32Array, start: number, end: number): Int32Array {
  const whole = slots.slice()
  whole[0] = start
  whole[1] = end
  return whole
}
