// The shell's patterns (POSIX XCU 2.14), compiled: `*.txt`, `[!a-z]?`, and bash's `@(a|b)`.

import { parseBracket } from './character-set.ts'
import type { PatternMatcher } from './pattern/matcher.ts'
import { type PatternSequence, parsePattern } from './pattern/parser.ts'
import { matchPlaces } from './pattern/places.ts'
import { type Fixed, makeSegment, type Segment } from './pattern/segment.ts'
import { matchStars } from './pattern/stars.ts'

export interface Pattern extends PatternMatcher {
  /** It matches one text only, which is `literal`. */
  readonly isLiteral: boolean
  readonly literal: string | undefined
}

export interface PatternOptions {
  /** bash's ?(..) *(..) +(..) @(..) !(..). */
  readonly extglob?: boolean
  readonly ignoreCase?: boolean
  /** A leading period is matched by a period only (POSIX XCU 2.14.3; with `pathname`: in each name). */
  readonly period?: boolean
  /** A slash is matched by a slash only. */
  readonly pathname?: boolean
}

const MOST = 1024
const compiled = new Map<string, Pattern>()
const PLAIN: PatternOptions = {}

/** In the text a backslash quotes the character behind it. Never throws: what is no pattern is ordinary text. */
export function compilePattern(pattern: string, how: PatternOptions = PLAIN): Pattern {
  const key = how === PLAIN ? pattern : `${keyOf(how)}${pattern}`
  const known = compiled.get(key)
  if (known) return known
  if (compiled.size >= MOST) compiled.clear()
  const fresh = compile(pattern, how)
  compiled.set(key, fresh)
  return fresh
}

/** Whether something in it is no ordinary character: a star, a question mark, a bracket that is closed. */
export function hasMagic(pattern: string, how: PatternOptions = PLAIN): boolean {
  for (let at = 0; at < pattern.length; at++) {
    const code = pattern.charCodeAt(at)
    if (code === 0x5c) at++
    else if (code === 0x2a || code === 0x3f) return true
    else if (code === 0x5b && parseBracket(pattern, at, { isPattern: true })) return true
    else if (how.extglob && pattern[at + 1] === '(' && (code === 0x2b || code === 0x40 || code === 0x21)) return true
  }
  return false
}

/** The pattern that matches exactly this text, also when it becomes part of a bracket or of a group. */
export function escapePattern(text: string): string {
  return /[*?[\]\\!^\-:.=()|+@]/.test(text) ? text.replace(/[*?[\]\\!^\-:.=()|+@]/g, '\\$&') : text
}

/** The text of a pattern in which nothing is special: quoting backslashes go. */
export function unescapePattern(pattern: string): string {
  return pattern.includes('\\') ? pattern.replace(/\\([\s\S])/g, '$1') : pattern
}

function keyOf(how: PatternOptions): string {
  // NUL stands in no pattern of a shell, so a key with options is never taken for a pattern.
  return `\0${how.extglob ? 'e' : ''}${how.ignoreCase ? 'i' : ''}${how.period ? 'p' : ''}${how.pathname ? '/' : ''}\0`
}

function compile(pattern: string, how: PatternOptions): Pattern {
  const nodes = parsePattern(pattern, how)
  const literal = literalOf(nodes)
  return { ...matcherOf(nodes, how, literal), isLiteral: literal !== undefined, literal }
}

function literalOf(nodes: PatternSequence): string | undefined {
  const [only] = nodes
  if (!only) return ''
  return nodes.length === 1 && only.kind === 'literal' ? only.text : undefined
}

function matcherOf(nodes: PatternSequence, how: PatternOptions, literal: string | undefined): PatternMatcher {
  if (how.pathname || nodes.some(node => node.kind === 'group')) return matchPlaces(nodes, how)
  const segments = splitAtStars(nodes)
  const matcher = matchStars(segments)
  const matches =
    literal === undefined ? (commonShape(segments) ?? matcher.matches) : (text: string) => text === literal
  if (!how.period || nodes[0]?.kind === 'literal') return { ...matcher, matches }
  return { ...matchPlaces(nodes, how), matches: text => text.charCodeAt(0) !== PERIOD && matches(text) }
}

const PERIOD = 0x2e

function splitAtStars(nodes: PatternSequence): Segment[] {
  const pieces: Fixed[][] = [[]]
  for (const node of nodes) {
    if (node.kind === 'star') pieces.push([])
    else if (node.kind !== 'group') pieces.at(-1)!.push(node)
  }
  return pieces.map(makeSegment)
}

/** `*`, `text*`, `*text`, `*text*`: what most patterns are. */
function commonShape(segments: readonly Segment[]): ((text: string) => boolean) | undefined {
  const [first, second, third] = segments
  const start = first?.literal
  const next = second?.literal
  if (start === undefined || next === undefined) return undefined
  if (segments.length === 2) {
    if (start === '' && next === '') return () => true
    if (next === '') return text => text.startsWith(start)
    if (start === '') return text => text.endsWith(next)
  }
  return segments.length === 3 && start === '' && third?.literal === '' ? text => text.includes(next) : undefined
}
