// Patterns of characters, brackets and stars. Each piece between two stars is put at the first place where it fits (or, from the
// right, at the last): when that fails nothing else could succeed, so there is no backtracking and time is linear.

import type { PatternMatcher } from './matcher.ts'
import type { Segment } from './segment.ts'

/** `segments` has one more member than there are stars. */
export function matchStars(segments: readonly Segment[]): PatternMatcher {
  const [only] = segments
  if (segments.length === 1 && only) return matchFixed(only)
  const first = segments[0]!
  const last = segments.at(-1)!
  const middle = segments.slice(1, -1)
  const hasMiddle = middle.length > 0

  /** The earliest end of all but the last segment, when the first begins at `at`. */
  const packLeft = (text: string, start: number): number => {
    let at = first.endFrom(text, start)
    if (!hasMiddle || at === -1) return at
    for (const segment of middle) {
      const found = segment.first(text, at)
      if (found === -1) return -1
      at = segment.endFrom(text, found)
    }
    return at
  }
  /** The latest start of all but the first segment, when the last ends at the end. */
  const packRight = (text: string): number => {
    let at = last.startFrom(text, text.length)
    if (!hasMiddle || at === -1) return at
    for (let i = middle.length - 1; i >= 0; i--) {
      at = middle[i]!.last(text, at)
      if (at === -1) return -1
    }
    return at
  }
  const longestFrom = (text: string, start: number): number => {
    const packed = packLeft(text, start)
    if (packed === -1) return -1
    const found = last.last(text, text.length)
    return found < packed ? -1 : last.endFrom(text, found)
  }
  return {
    matches(text) {
      const start = last.startFrom(text, text.length)
      if (start === -1) return false
      const end = packLeft(text, 0)
      return end !== -1 && end <= start
    },
    shortestPrefix(text) {
      const packed = packLeft(text, 0)
      if (packed === -1) return undefined
      const found = last.first(text, packed)
      return found === -1 ? undefined : last.endFrom(text, found)
    },
    longestPrefix: text => defined(longestFrom(text, 0)),
    shortestSuffix(text) {
      const packed = packRight(text)
      if (packed === -1) return undefined
      const found = first.last(text, packed)
      return found === -1 ? undefined : text.length - found
    },
    longestSuffix(text) {
      const packed = packRight(text)
      if (packed === -1) return undefined
      const found = first.first(text, 0)
      return found === -1 || first.endFrom(text, found) > packed ? undefined : text.length - found
    },
    search(text, from) {
      const start = first.first(text, from)
      if (start === -1) return undefined
      // What fails behind the first place fails behind every later one.
      const end = longestFrom(text, start)
      return end === -1 ? undefined : [start, end]
    },
  }
}

function matchFixed(segment: Segment): PatternMatcher {
  const prefix = (text: string) => defined(segment.endFrom(text, 0))
  const suffix = (text: string) => {
    const start = segment.startFrom(text, text.length)
    return start === -1 ? undefined : text.length - start
  }
  return {
    matches: text => segment.endFrom(text, 0) === text.length,
    shortestPrefix: prefix,
    longestPrefix: prefix,
    shortestSuffix: suffix,
    longestSuffix: suffix,
    search(text, from) {
      const start = segment.first(text, from)
      return start === -1 ? undefined : [start, segment.endFrom(text, start)]
    },
  }
}

function defined(position: number): number | undefined {
  return position === -1 ? undefined : position
}
