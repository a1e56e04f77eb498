// `[ $i -lt 10 ]`, the condition of most loops: two numbers are compared as numbers, without words, texts or a builtin's call.

import { plainNumber } from '../../lib/plain-number.ts'
import { compileNumberLookup, type NumberLookup } from '../expand/lookup.ts'
import { simpleWord } from '../expand/word.ts'
import type { Shell } from '../shell.ts'
import type { Simple, Word } from '../syntax.ts'

/** undefined: something about it is not so plain, and the command must be run as every other. */
export type Comparison = (shell: Shell) => boolean | undefined

export function compileComparison({ words, assignments, redirections }: Simple): Comparison | undefined {
  if (assignments.length > 0 || redirections.length > 0) return undefined
  const texts = words.map(simpleWord)
  const isBracket = texts[0] === '[' && texts.length === 5 && texts[4] === ']'
  if (!isBracket && !(texts[0] === 'test' && texts.length === 4)) return undefined
  const compare = typeof texts[2] === 'string' ? COMPARE.get(texts[2]) : undefined
  const left = compileOperand(words[1]!)
  const right = compileOperand(words[3]!)
  return compare && left && right && guarded(isBracket ? '[' : 'test', compare, left, right)
}

type Compare = (left: number, right: number) => boolean

const COMPARE: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['-eq', (left, right) => left === right],
  ['-ne', (left, right) => left !== right],
  ['-lt', (left, right) => left < right],
  ['-le', (left, right) => left <= right],
  ['-gt', (left, right) => left > right],
  ['-ge', (left, right) => left >= right],
])

function compileOperand(word: Word): NumberLookup | undefined {
  const simple = simpleWord(word)
  if (simple === undefined) return undefined
  if (typeof simple !== 'string') return compileNumberLookup(simple.name, simple.quoted)
  const constant = plainNumber(simple)
  return constant === undefined ? undefined : () => constant
}

/** A function may have the name, and `set -x` shows the words. */
function guarded(name: string, compare: Compare, left: NumberLookup, right: NumberLookup): Comparison {
  return shell => {
    if (shell.options.xtrace || (shell.functions.size > 0 && shell.functions.has(name))) return undefined
    const a = left(shell)
    if (a === undefined) return undefined
    const b = right(shell)
    return b === undefined ? undefined : compare(a, b)
  }
}
