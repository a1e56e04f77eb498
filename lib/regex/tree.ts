// What a regular expression is made of, once parsed.

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly point: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'alternatives'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'group'; readonly part: Node; readonly number: number }
  | { readonly kind: 'reference'; readonly number: number }
  | { readonly kind: 'assertion'; readonly what: Assertion }

export type Assertion = 'line-start' | 'line-end' | 'word-start' | 'word-end' | 'boundary' | 'no-boundary' | 'text-start' | 'text-end'

export interface CharacterSet {
  readonly isNegated: boolean
  readonly ranges: readonly (readonly [from: number, to: number])[]
  /** Sources of `\p`-like classes as JavaScript writes them, for characters beyond ASCII. */
  readonly classes: readonly string[]
}

/** `message` in regcomp's words. */
export class RegexError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RegexError'
  }
}

/** POSIX character classes: ASCII ranges, and what Unicode adds. */
export const CLASSES: ReadonlyMap<string, { readonly ranges: readonly (readonly [number, number])[]; readonly unicode: string }> = new Map([
  ['alpha', { ranges: [[65, 90], [97, 122]], unicode: '\\p{L}' }],
  ['digit', { ranges: [[48, 57]], unicode: '' }],
  ['alnum', { ranges: [[48, 57], [65, 90], [97, 122]], unicode: '\\p{L}\\p{Nd}' }],
  ['upper', { ranges: [[65, 90]], unicode: '\\p{Lu}' }],
  ['lower', { ranges: [[97, 122]], unicode: '\\p{Ll}' }],
  ['space', { ranges: [[9, 13], [32, 32]], unicode: '' }],
  ['blank', { ranges: [[9, 9], [32, 32]], unicode: '' }],
  ['punct', { ranges: [[33, 47], [58, 64], [91, 96], [123, 126]], unicode: '\\p{P}\\p{S}' }],
  ['print', { ranges: [[32, 126]], unicode: '\\p{L}\\p{N}\\p{P}\\p{S}\\p{M}' }],
  ['graph', { ranges: [[33, 126]], unicode: '\\p{L}\\p{N}\\p{P}\\p{S}\\p{M}' }],
  ['cntrl', { ranges: [[0, 31], [127, 127]], unicode: '' }],
  ['xdigit', { ranges: [[48, 57], [65, 70], [97, 102]], unicode: '' }],
])

export const WORD: CharacterSet = {
  isNegated: false,
  ranges: [[48, 57], [65, 90], [95, 95], [97, 122]],
  classes: ['\\p{L}\\p{Nd}'],
}

export const SPACE: CharacterSet = { isNegated: false, ranges: [[9, 13], [32, 32]], classes: [] }

export function negated(set: CharacterSet): CharacterSet {
  return { ...set, isNegated: !set.isNegated }
}
