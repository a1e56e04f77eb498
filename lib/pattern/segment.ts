// What stands between two stars: it matches a fixed number of characters, so where it matches is found without trying again.

import type { PatternNode } from './parser.ts'

/** Positions are in UTF-16 units and never inside a surrogate pair; -1 says no. */
export interface Segment {
  readonly isEmpty: boolean
  /** The text it matches, when it is the only one. */
  readonly literal: string | undefined
  /** The end of a match that begins at `start`. */
  endFrom(text: string, start: number): number
  /** The start of a match that ends at `end`. */
  startFrom(text: string, end: number): number
  /** The start of the first match that begins at or after `from`. */
  first(text: string, from: number): number
  /** The start of the last match that ends at or before `to`. */
  last(text: string, to: number): number
}

export type Fixed = Exclude<PatternNode, { kind: 'star' } | { kind: 'group' }>

export function makeSegment(nodes: readonly Fixed[]): Segment {
  const [only] = nodes
  if (nodes.length === 0) return literalSegment('')
  // A text that begins with a stray byte could be found in the middle of a surrogate pair.
  if (nodes.length === 1 && only?.kind === 'literal' && !isLow(only.text.charCodeAt(0)))
    return literalSegment(only.text)
  return generalSegment(nodes)
}

function literalSegment(literal: string): Segment {
  const length = literal.length
  return {
    isEmpty: length === 0,
    literal,
    endFrom: (text, start) => (text.startsWith(literal, start) ? start + length : -1),
    startFrom: (text, end) => (text.endsWith(literal, end) ? end - length : -1),
    first: (text, from) => text.indexOf(literal, from),
    last: (text, to) => (to < length ? -1 : text.lastIndexOf(literal, to - length)),
  }
}

function generalSegment(nodes: readonly Fixed[]): Segment {
  const endFrom = (text: string, start: number): number => {
    let at = start
    for (const node of nodes) {
      at = stepForward(node, text, at)
      if (at === -1) return -1
    }
    return at
  }
  const startFrom = (text: string, end: number): number => {
    let at = end
    for (let i = nodes.length - 1; i >= 0; i--) {
      at = stepBackward(nodes[i]!, text, at)
      if (at === -1) return -1
    }
    return at
  }
  const scan = scannerOf(nodes)
  const [only] = nodes
  return {
    isEmpty: false,
    literal: undefined,
    endFrom,
    startFrom,
    first(text, from) {
      if (scan && text.length - from > WORTH_SCANNING) return scan(text, from)
      for (let at = from; at < text.length; at = nextPosition(text, at)) if (endFrom(text, at) !== -1) return at
      return -1
    },
    last(text, to) {
      if (nodes.length === 1 && only && only.kind !== 'literal') return lastOne(only, text, to)
      for (let at = to; at > 0; at = previousPosition(text, at)) {
        const start = startFrom(text, at)
        if (start !== -1) return start
      }
      return -1
    },
  }
}

/** So many characters are gone through before an expression is begun with. */
const WORTH_SCANNING = 64

/** A megabyte is searched by an expression, in a tenth of the time; undefined: no expression says the same. */
function scannerOf(nodes: readonly Fixed[]): ((text: string, from: number) => number) | undefined {
  let source = ''
  for (const node of nodes) {
    const piece = node.kind === 'literal' ? escapeRegex(node.text) : node.kind === 'any' ? '[^]' : node.set.source
    if (piece === undefined) return undefined
    source += piece
  }
  let made: RegExp | undefined
  return (text, from) => {
    // By code points, as everything here: so it never begins inside a surrogate pair.
    made ??= new RegExp(source, 'gu')
    made.lastIndex = from
    return made.exec(text)?.index ?? -1
  }
}

function escapeRegex(text: string): string {
  return text.replace(/[\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** The last place before `to` where one wildcard matches. */
function lastOne(node: Exclude<Fixed, { kind: 'literal' }>, text: string, to: number): number {
  for (let at = to; at > 0; ) {
    const start = previousPosition(text, at)
    if (node.kind === 'any' || node.set.has(text.codePointAt(start)!)) return start
    at = start
  }
  return -1
}

/** Behind what the node matches at `at`, or -1. */
export function stepForward(node: Fixed, text: string, at: number): number {
  if (node.kind === 'literal') {
    const end = at + node.text.length
    return text.startsWith(node.text, at) && !isInside(text, end) ? end : -1
  }
  if (at >= text.length) return -1
  const point = text.codePointAt(at)!
  if (node.kind === 'set' && !node.set.has(point)) return -1
  return at + (point > 0xffff ? 2 : 1)
}

/** Where what the node matches before `at` begins, or -1. */
export function stepBackward(node: Fixed, text: string, at: number): number {
  if (node.kind === 'literal') {
    const start = at - node.text.length
    return start >= 0 && text.startsWith(node.text, start) && !isInside(text, start) ? start : -1
  }
  if (at <= 0) return -1
  const start = previousPosition(text, at)
  return node.kind === 'set' && !node.set.has(text.codePointAt(start)!) ? -1 : start
}

export function nextPosition(text: string, at: number): number {
  return isInside(text, at + 1) ? at + 2 : at + 1
}

export function previousPosition(text: string, at: number): number {
  return isInside(text, at - 1) ? at - 2 : at - 1
}

/** Between the halves of a surrogate pair. */
export function isInside(text: string, at: number): boolean {
  return isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
