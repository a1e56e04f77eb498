// A pattern's text as a list of what it matches, one after the other (POSIX XCU 2.14.1 and 2.14.2; bash: extglob).

import { type CharacterSet, caseVariants, makeSet, parseBracket } from '../character-set.ts'

export type PatternNode =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'star' }
  | { readonly kind: 'group'; readonly sign: GroupSign; readonly alternatives: readonly PatternSequence[] }

export type PatternSequence = readonly PatternNode[]
export type GroupSign = '?' | '*' | '+' | '@' | '!'

export interface SyntaxOptions {
  readonly extglob?: boolean
  readonly ignoreCase?: boolean
  readonly pathname?: boolean
}

/** Groups inside groups beyond this are ordinary text. */
const DEEPEST = 100

export function parsePattern(pattern: string, how: SyntaxOptions, depth = 0): PatternSequence {
  const nodes: PatternNode[] = []
  let literal = ''
  const flush = () => {
    if (literal !== '') nodes.push({ kind: 'literal', text: literal })
    literal = ''
  }
  const add = (node: PatternNode) => {
    flush()
    nodes.push(node)
  }
  const addCharacter = (character: string) => {
    const variants = how.ignoreCase ? caseVariants(character.codePointAt(0)!) : []
    if (variants.length < 2) literal += character
    else add({ kind: 'set', set: makeSet(variants.map(point => ({ kind: 'range', from: point, to: point }))) })
  }
  for (let at = 0; at < pattern.length; ) {
    const character = characterAt(pattern, at)
    const group = how.extglob && depth < DEEPEST ? readGroup(pattern, at, how, depth) : undefined
    if (group) {
      add(group.node)
      at = group.end
      continue
    }
    const bracket = character === '[' ? readBracket(pattern, at, how) : undefined
    if (bracket) {
      add(bracket.node)
      at = bracket.end
      continue
    }
    at += character.length
    if (character === '?') add({ kind: 'any' })
    else if (character === '*') {
      flush()
      if (nodes.at(-1)?.kind !== 'star') nodes.push({ kind: 'star' })
    } else if (character === '\\' && at < pattern.length) {
      const quoted = characterAt(pattern, at)
      addCharacter(quoted)
      at += quoted.length
    } else addCharacter(character)
  }
  flush()
  return nodes
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at)!)
}

interface Parsed {
  readonly node: PatternNode
  readonly end: number
}

function readBracket(pattern: string, start: number, how: SyntaxOptions): Parsed | undefined {
  const bracket = parseBracket(pattern, start, { isPattern: true })
  // POSIX XCU 2.14.3: a slash inside brackets makes the bracket an ordinary character.
  if (!bracket || (how.pathname && pattern.slice(start, bracket.end).includes('/'))) return undefined
  const set = makeSet(bracket.items, { isNegated: bracket.isNegated, ignoreCase: how.ignoreCase === true })
  return { node: { kind: 'set', set }, end: bracket.end }
}

const SIGNS: ReadonlyMap<string, GroupSign> = new Map([
  ['?', '?'],
  ['*', '*'],
  ['+', '+'],
  ['@', '@'],
  ['!', '!'],
])

function readGroup(pattern: string, start: number, how: SyntaxOptions, depth: number): Parsed | undefined {
  const sign = SIGNS.get(pattern[start] ?? '')
  if (!sign || pattern[start + 1] !== '(') return undefined
  const texts: string[] = []
  let open = 0
  let from = start + 2
  for (let at = from; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '\\') at++
    else if (character === '[') at = (parseBracket(pattern, at, { isPattern: true })?.end ?? at + 1) - 1
    else if (character === '(') open++
    else if (character === '|' && open === 0) {
      texts.push(pattern.slice(from, at))
      from = at + 1
    } else if (character === ')' && open-- === 0) {
      texts.push(pattern.slice(from, at))
      return {
        node: { kind: 'group', sign, alternatives: texts.map(text => parsePattern(text, how, depth + 1)) },
        end: at + 1,
      }
    }
  }
  return undefined
}
