// What a regular expression is made of, once parsed. Case and newlines are settled here: the engines need not know of them.

import type { CharacterSet } from '../character-set.ts'

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly point: number }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'alternatives'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'group'; readonly part: Node; readonly number: number }
  | { readonly kind: 'reference'; readonly number: number }
  | { readonly kind: 'assertion'; readonly what: Assertion }

export type Assertion =
  | 'line-start'
  | 'line-end'
  | 'text-start'
  | 'text-end'
  | 'word-start'
  | 'word-end'
  | 'boundary'
  | 'no-boundary'

/** `message` in regcomp's words. */
export class RegexError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RegexError'
  }
}
