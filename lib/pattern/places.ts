// Patterns with groups (bash: extglob) or with special slashes and periods: all places where a match can be are followed at once,
// forward from its start or backward from its end, so that no choice is ever tried twice.

import type { PatternMatcher } from './matcher.ts'
import type { PatternNode, PatternSequence } from './parser.ts'
import { isInside, nextPosition, previousPosition, stepBackward, stepForward } from './segment.ts'

export interface PlaceOptions {
  /** A period at the beginning is matched by a period only. */
  readonly period?: boolean
  /** A slash is matched by a slash only. */
  readonly pathname?: boolean
}

export function matchPlaces(nodes: PatternSequence, how: PlaceOptions): PatternMatcher {
  const ends = (text: string, start: number) => run(nodes, [start], { text, how, isForward: true })
  const starts = (text: string, from: readonly number[]) => run(nodes, from, { text, how, isForward: false })
  const suffixLength = (text: string, start: number | undefined) =>
    start === undefined ? undefined : text.length - start
  return {
    matches: text => ends(text, 0).at(-1) === text.length,
    shortestPrefix: text => ends(text, 0)[0],
    longestPrefix: text => ends(text, 0).at(-1),
    shortestSuffix: text => suffixLength(text, starts(text, [text.length]).at(-1)),
    longestSuffix: text => suffixLength(text, starts(text, [text.length])[0]),
    search(text, from) {
      const start = starts(text, positions(text)).find(at => at >= from)
      const end = start === undefined ? undefined : ends(text, start).at(-1)
      return start === undefined || end === undefined ? undefined : [start, end]
    },
  }
}

interface Walk {
  readonly text: string
  readonly how: PlaceOptions
  readonly isForward: boolean
}

/** Places are ascending and each is named once. */
type Places = readonly number[]

function run(nodes: PatternSequence, from: Places, walk: Walk): Places {
  let places = from
  for (let i = 0; i < nodes.length && places.length > 0; i++) {
    places = step(nodes[walk.isForward ? i : nodes.length - 1 - i]!, places, walk)
  }
  return places
}

function step(node: PatternNode, places: Places, walk: Walk): Places {
  switch (node.kind) {
    case 'star':
      return overStar(places, walk)
    case 'group':
      return overGroup(node, places, walk)
    case 'literal':
    case 'any':
    case 'set': {
      const after: number[] = []
      for (const at of places) {
        const next = walk.isForward ? stepForward(node, walk.text, at) : stepBackward(node, walk.text, at)
        if (next !== -1 && (node.kind === 'literal' || isFree(walk, Math.min(at, next)))) after.push(next)
      }
      return after
    }
  }
}

/** Whether a wildcard may match the character at `at`. */
function isFree({ text, how }: Walk, at: number): boolean {
  if (how.pathname && text[at] === '/') return false
  return !isLeadingPeriod({ text, how }, at)
}

function isLeadingPeriod({ text, how }: Pick<Walk, 'text' | 'how'>, at: number): boolean {
  return how.period === true && text[at] === '.' && (at === 0 || (how.pathname === true && text[at - 1] === '/'))
}

/** Not even a star that matches nothing stands before a leading period (POSIX XCU 2.14.3). */
function overStar(places: Places, walk: Walk): Places {
  const { text, isForward } = walk
  const reached: number[] = []
  const starts = new Set(places)
  let isOn = false
  if (isForward) {
    for (let at = places[0]!; at <= text.length; at = nextPosition(text, at)) {
      isOn ||= starts.has(at)
      if (isOn && !isLeadingPeriod(walk, at)) reached.push(at)
      isOn &&= at < text.length && isFree(walk, at)
    }
    return reached
  }
  for (let at = places.at(-1)!; at >= 0; at = previousPosition(text, at)) {
    isOn ||= starts.has(at)
    if (isOn && !isLeadingPeriod(walk, at)) reached.push(at)
    isOn &&= at > 0 && isFree(walk, previousPosition(text, at))
  }
  return reached.reverse()
}

function overGroup(
  { sign, alternatives }: Extract<PatternNode, { kind: 'group' }>,
  places: Places,
  walk: Walk,
): Places {
  const once = (from: Places) => merge(alternatives.map(nodes => run(nodes, from, walk)))
  switch (sign) {
    case '@':
      return once(places)
    case '?':
      return merge([places, once(places)])
    case '*':
      return merge([places, repeat(once, places)])
    case '+':
      return repeat(once, places)
    case '!':
      return overOthers(once, places, walk)
  }
}

function repeat(once: (from: Places) => Places, places: Places): Places {
  const seen = new Set<number>()
  let frontier = places
  while (frontier.length > 0) {
    frontier = once(frontier).filter(at => !seen.has(at))
    for (const at of frontier) seen.add(at)
  }
  return [...seen].sort((a, b) => a - b)
}

/** `!(...)`: to every place beyond `at`, except those that an alternative reaches from there. */
function overOthers(once: (from: Places) => Places, places: Places, walk: Walk): Places {
  const { text, isForward } = walk
  // From how many starts a place can be reached at all, and from how many by an alternative.
  const excluded = new Map<number, number>()
  const barriers = barriersOf(walk)
  for (const start of places) {
    for (const end of once([start])) {
      if (barriers.isOpen(start, end)) excluded.set(end, (excluded.get(end) ?? 0) + 1)
    }
  }
  const starts = new Set(places)
  const reached: number[] = []
  let open = 0
  const visit = (at: number, isBlocked: boolean) => {
    if (starts.has(at)) open++
    if (open > (excluded.get(at) ?? 0) && !isLeadingPeriod(walk, at)) reached.push(at)
    if (isBlocked) open = 0
  }
  if (isForward) {
    for (let at = 0; at <= text.length; at = nextPosition(text, at)) visit(at, at < text.length && !isFree(walk, at))
    return reached
  }
  for (let at = text.length; at >= 0; at = previousPosition(text, at)) {
    visit(at, at > 0 && !isFree(walk, previousPosition(text, at)))
  }
  return reached.reverse()
}

/** Tells whether a wildcard may match all from one place to another. */
function barriersOf(walk: Walk): { isOpen(from: number, to: number): boolean } {
  if (!walk.how.period && !walk.how.pathname) return { isOpen: () => true }
  const before = [0]
  for (let at = 0; at < walk.text.length; at++) before.push(before[at]! + (isFree(walk, at) ? 0 : 1))
  return { isOpen: (from, to) => before[from] === before[to] }
}

function merge(lists: readonly Places[]): Places {
  const filled = lists.filter(list => list.length > 0)
  if (filled.length < 2) return filled[0] ?? []
  return [...new Set(filled.flat())].sort((a, b) => a - b)
}

function positions(text: string): number[] {
  const all: number[] = []
  for (let at = 0; at <= text.length; at++) if (!isInside(text, at)) all.push(at)
  return all
}
