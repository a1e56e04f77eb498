// Sets of characters, as bracket expressions name them (POSIX XBD 9.3.5), in patterns and in regular expressions alike.

export type SetItem =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'class'; readonly name: ClassName }
  | { readonly kind: 'invalid'; readonly reason: 'class' | 'range' | 'collation' }

export interface CharacterSet {
  has(point: number): boolean
  /** The same as a character class of a JavaScript expression with the flag u; undefined: it cannot be said so. */
  readonly source: string | undefined
}

export interface SetOptions {
  readonly isNegated?: boolean
  readonly ignoreCase?: boolean
}

export type ClassName = keyof typeof CLASSES

/**
 * Beyond ASCII, Unicode's properties stand in for a locale's tables. A space that must not break (U+00A0, U+2007, U+202F) is
 * none for isspace, as in glibc; stray bytes (U+DC80..U+DCFF) belong to no class.
 */
const CLASSES = {
  alpha: 'A-Za-z\\p{Alphabetic}',
  digit: '0-9',
  alnum: '0-9A-Za-z\\p{Alphabetic}\\p{Nd}',
  upper: 'A-Z\\p{Lu}',
  lower: 'a-z\\p{Ll}',
  space: ' \\t-\\r\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000',
  blank: ' \\t\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u205f\\u3000',
  punct: '!-\\/:-@\\[-`\\{-~\\p{P}\\p{S}',
  print: ' -~\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}\\p{Cf}',
  graph: '!-~\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}',
  cntrl: '\\p{Cc}\\u2028\\u2029',
  xdigit: '0-9A-Fa-f',
  word: '0-9A-Za-z_\\p{Alphabetic}\\p{Nd}',
} as const

export function isClassName(name: string): name is ClassName {
  return Object.hasOwn(CLASSES, name)
}

export function makeSet(items: readonly SetItem[], how: SetOptions = {}): CharacterSet {
  const isNegated = how.isNegated === true
  const contains = how.ignoreCase ? foldingTest(itemsTest(items)) : itemsTest(items)
  const ascii = new Uint8Array(128)
  for (let point = 0; point < 128; point++) ascii[point] = contains(point) !== isNegated ? 1 : 0
  return {
    has: point => (point < 128 ? ascii[point] === 1 : contains(point) !== isNegated),
    source: sourceOf(items, isNegated, how.ignoreCase === true),
  }
}

/** One character and, when case does not count, its other cases. */
export function caseVariants(point: number): number[] {
  const text = String.fromCodePoint(point)
  const found = new Set([point])
  for (const other of [text.toLowerCase(), text.toUpperCase()]) {
    const first = other.codePointAt(0)!
    if (String.fromCodePoint(first) === other) found.add(first)
  }
  return [...found]
}

export interface Bracket {
  readonly items: readonly SetItem[]
  readonly isNegated: boolean
  /** Behind the closing bracket. */
  readonly end: number
}

/**
 * The bracket expression that begins at `start`; undefined: it is never closed. A backslash quotes in a pattern (POSIX XCU 2.14.1)
 * and is itself in a regular expression; `!` negates in a pattern only.
 */
export function parseBracket(text: string, start: number, how: { isPattern: boolean }): Bracket | undefined {
  // So that a text of many opening brackets is not gone through for each of them.
  if (!text.includes(']', start + 1)) return undefined
  let at = start + 1
  const isNegated = text[at] === '^' || (how.isPattern && text[at] === '!')
  if (isNegated) at++
  const first = at
  const items: SetItem[] = []
  for (;;) {
    if (at >= text.length) return undefined
    if (text[at] === ']' && at > first) return { items, isNegated, end: at + 1 }
    const from = readElement(text, at, how.isPattern)
    if (!from) return undefined
    const isStrayHyphen = text[at] === '-' && at > first && text[at + 1] !== ']'
    at = from.end
    if (from.item.kind !== 'range' || !isRange(text, at)) {
      items.push(isStrayHyphen && !how.isPattern ? { kind: 'invalid', reason: 'range' } : from.item)
      continue
    }
    const to = readElement(text, at + 1, how.isPattern)
    if (!to) return undefined
    at = to.end
    items.push(range(from.item, to.item))
  }
}

function isRange(text: string, at: number): boolean {
  return text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']'
}

function range(from: SetItem, to: SetItem): SetItem {
  if (from.kind !== 'range' || to.kind !== 'range' || from.from > to.from) return { kind: 'invalid', reason: 'range' }
  return { kind: 'range', from: from.from, to: to.from }
}

interface Element {
  readonly item: SetItem
  readonly end: number
}

function readElement(text: string, start: number, isPattern: boolean): Element | undefined {
  const named = text[start] === '[' ? readNamed(text, start) : undefined
  if (named) return named
  // glibc: `[[:` that is never closed leaves the whole bracket unmatched in a regular expression.
  if (!isPattern && /^\[[:.=]/.test(text.slice(start, start + 2))) return undefined
  const at = isPattern && text[start] === '\\' && start + 1 < text.length ? start + 1 : start
  const point = text.codePointAt(at)
  if (point === undefined) return undefined
  return { item: single(point), end: at + (point > 0xffff ? 2 : 1) }
}

/** `[:class:]`, `[=equivalent=]` or `[.collating symbol.]`: every character is equivalent to itself alone. */
function readNamed(text: string, start: number): Element | undefined {
  const sign = text[start + 1]
  if (sign !== ':' && sign !== '=' && sign !== '.') return undefined
  const close = text.indexOf(`${sign}]`, start + 2)
  if (close === -1) return undefined
  const name = text.slice(start + 2, close)
  const end = close + 2
  if (sign === ':') {
    return { item: isClassName(name) ? { kind: 'class', name } : { kind: 'invalid', reason: 'class' }, end }
  }
  const point = name.codePointAt(0)
  if (point === undefined || String.fromCodePoint(point) !== name)
    return { item: { kind: 'invalid', reason: 'collation' }, end }
  return { item: single(point), end }
}

function single(point: number): SetItem {
  return { kind: 'range', from: point, to: point }
}

function itemsTest(items: readonly SetItem[]): (point: number) => boolean {
  const ranges = items.filter(item => item.kind === 'range')
  const classes = items.filter(item => item.kind === 'class').map(item => CLASSES[item.name])
  const named = classes.length > 0 ? new RegExp(`[${classes.join('')}]`, 'u') : undefined
  return point => {
    for (const { from, to } of ranges) if (point >= from && point <= to) return true
    return named?.test(String.fromCodePoint(point)) ?? false
  }
}

function foldingTest(contains: (point: number) => boolean): (point: number) => boolean {
  return point => contains(point) || caseVariants(point).some(contains)
}

/** More characters than this are not spelled out one by one for their other case. */
const MOST_FOLDED = 512

function sourceOf(items: readonly SetItem[], isNegated: boolean, ignoreCase: boolean): string | undefined {
  let source = ''
  for (const item of items) {
    if (item.kind === 'class') {
      source += CLASSES[item.name]
      if (ignoreCase && (item.name === 'upper' || item.name === 'lower')) source += CLASSES.upper + CLASSES.lower
    } else if (item.kind === 'range') {
      source += item.from === item.to ? unit(item.from) : `${unit(item.from)}-${unit(item.to)}`
      if (!ignoreCase) continue
      if (item.to - item.from > MOST_FOLDED) return undefined
      for (let point = item.from; point <= item.to; point++) source += caseVariants(point).map(unit).join('')
    }
  }
  return `[${isNegated ? '^' : ''}${source}]`
}

function unit(point: number): string {
  return `\\u{${point.toString(16)}}`
}
