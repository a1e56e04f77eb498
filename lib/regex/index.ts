// POSIX regular expressions: the leftmost match, and of those the longest, in time linear in the text.

import { Automaton } from './automaton.ts'
import { parseRegex, type SyntaxOptions } from './parser.ts'
import { makeProgram, type Program } from './program.ts'
import { type Layout, type Translation, translate } from './translate.ts'
import type { Node } from './tree.ts'
import { referenceBudget, walkReferences, walkTo } from './walk.ts'

export type { SyntaxOptions as RegexOptions } from './parser.ts'
export { RegexError } from './tree.ts'

type Span = readonly [start: number, end: number]

/** Places are in UTF-16 units of the text. */
export interface Match {
  readonly start: number
  readonly end: number
  /** Of each group from the first: start and end, or undefined where it took no part. */
  readonly groups: readonly (Span | undefined)[]
}

export interface ExecOptions {
  /** The text's beginning is no beginning of a line (regexec's REG_NOTBOL). */
  readonly notBol?: boolean
}

export interface Regex {
  readonly groupCount: number
  /** The leftmost longest match that begins at or after `from`. Throws RegexError when back-references would take too long. */
  exec(text: string, from?: number, how?: ExecOptions): Match | undefined
  test(text: string): boolean
}

/** Throws RegexError in regcomp's words. */
export function compileRegex(source: string, how: SyntaxOptions): Regex {
  const { root, groupCount, referenced } = parseRegex(source, how)
  const isMultiline = how.newline === true
  // A reference to a group may differ from it in case, which a RegExp made of sets cannot know.
  const isSensitive = referenced.length === 0 || how.ignoreCase !== true
  const translation = isSensitive ? translate(root, isMultiline) : undefined
  let engine: Search | undefined
  const slow = (): Search => {
    if (engine) return engine
    const program = makeProgram(root)
    const options = { isMultiline, slotCount: 2 * groupCount + 2 }
    engine =
      referenced.length > 0
        ? searchReferences(program, { ...options, referenced, ignoreCase: how.ignoreCase === true })
        : searchAutomaton(program, options)
    return engine
  }
  const literal = root.kind === 'character' || root.kind === 'sequence' ? literalOf(root) : undefined
  if (literal !== undefined) return searchLiteral(literal)
  const fast = translation ? searchTranslation(translation, groupCount) : undefined
  const exec = (text: string, from = 0, { notBol = false }: ExecOptions = {}): Match | undefined => {
    if (fast && translation && isQuick(translation, text.length - from) && !(notBol && translation.hasLineStart)) {
      return fast.find(text, from)
    }
    return slow()(text, from, notBol)
  }
  const test = (text: string): boolean =>
    fast && translation && isQuick(translation, text.length) ? fast.test(text) : slow()(text, 0, false) !== undefined
  return { groupCount, exec, test }
}

type Search = (text: string, from: number, notBol: boolean) => Match | undefined

/** The one text that matches, when there is one. */
function literalOf(root: Node): string | undefined {
  let text = ''
  for (const part of root.kind === 'sequence' ? root.parts : [root]) {
    if (part.kind !== 'character') return undefined
    text += String.fromCodePoint(part.point)
  }
  // A stray byte could be found in the middle of a surrogate pair.
  return text.charCodeAt(0) >> 10 === 0x37 ? undefined : text
}

function searchLiteral(literal: string): Regex {
  return {
    groupCount: 0,
    exec(text, from = 0) {
      const start = text.indexOf(literal, from)
      return start === -1 ? undefined : { start, end: start + literal.length, groups: NONE }
    },
    test: text => text.includes(literal),
  }
}

/** Trying takes time like the length to the power of the repetitions, and once more for the places to start from. */
function isQuick({ loops }: Translation, length: number): boolean {
  return loops === 0 || length <= QUICK[Math.min(loops, QUICK.length - 1)]!
}

const QUICK: readonly number[] = [Number.POSITIVE_INFINITY, 2048, 256, 96, 48, 24, 16]

function searchTranslation({ source, layout }: Translation, groupCount: number) {
  const regular = new RegExp(source, 'gu')
  const tester = new RegExp(source, 'u')
  return {
    test: (text: string) => tester.test(text),
    find(text: string, from: number): Match | undefined {
      regular.lastIndex = from
      const found = regular.exec(text)
      if (!found) return undefined
      const start = found.index
      const end = start + found[0].length
      if (groupCount === 0) return { start, end, groups: NONE }
      const groups = new Array<Span | undefined>(groupCount).fill(undefined)
      place(layout, found, start, groups)
      return { start, end, groups }
    },
  }
}

const NONE: readonly undefined[] = []

/** Where groups are, from the lengths of all that stands before them: cheaper than asking JavaScript for indices. */
function place(layout: Layout, found: RegExpExecArray, start: number, groups: (Span | undefined)[]): void {
  let at = start
  for (const { capture, group, inner } of layout.items) {
    const end = at + found[capture]!.length
    if (group > 0) {
      groups[group - 1] = [at, end]
      if (inner.items.length > 0) place(inner, found, at, groups)
    }
    at = end
  }
}

interface SearchOptions {
  readonly isMultiline: boolean
  readonly slotCount: number
}

function searchAutomaton(program: Program, { isMultiline, slotCount }: SearchOptions): Search {
  const forward = new Automaton(program, { isMultiline, isBackward: false, isEverywhere: false })
  let backward: Automaton | undefined
  // What is known of the text searched last: the next search is likely to go on in it.
  let subject = { text: '', notBol: false, from: 0, limit: 0 }
  let starts: Uint8Array | undefined

  const locate = (text: string, from: number, notBol: boolean): Span | undefined => {
    if (subject.text !== text || subject.notBol !== notBol || subject.from > from) {
      subject = { text, notBol, from, limit: forward.work + 8 * (text.length - from) + 64 }
      starts = undefined
    }
    // Each place for itself is the fastest way, unless matches go far before they fail: then all starts are found at once.
    for (let at = from; !starts && forward.work <= subject.limit; at = nextPlace(text, at)) {
      at = forward.candidate(text, at)
      if (at > text.length) return undefined
      const end = forward.longestEnd(text, at, notBol)
      if (end !== -1) return [at, end]
    }
    backward ??= new Automaton(program, { isMultiline, isBackward: true, isEverywhere: true })
    starts ??= backward.starts(text, from, notBol)
    const start = starts.indexOf(1, from)
    return start === -1 ? undefined : [start, forward.longestEnd(text, start, notBol)]
  }

  return (text, from, notBol) => {
    const span = locate(text, from, notBol)
    if (!span) return undefined
    const [start, end] = span
    if (slotCount === 2) return { start, end, groups: NONE }
    return toMatch(walkTo(program, { text, start, notBol, isMultiline, slotCount }, end))
  }
}

interface ReferenceOptions extends SearchOptions {
  readonly referenced: readonly number[]
  readonly ignoreCase: boolean
}

function searchReferences(program: Program, how: ReferenceOptions): Search {
  return (text, from, notBol) => {
    const budget = referenceBudget()
    for (let start = from; start <= text.length; start = nextPlace(text, start)) {
      const slots = walkReferences(program, { ...how, text, start, notBol, budget })
      if (slots) return toMatch(slots)
    }
    return undefined
  }
}

function nextPlace(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)
}

function toMatch(slots: Int32Array): Match {
  const groups: (Span | undefined)[] = []
  for (let slot = 2; slot < slots.length; slot += 2) {
    const [start, end] = [slots[slot]!, slots[slot + 1]!]
    groups.push(start === -1 || end === -1 ? undefined : [start, end])
  }
  return { start: slots[0]!, end: slots[1]!, groups }
}
