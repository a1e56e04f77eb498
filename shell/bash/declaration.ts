// Variables as `declare -p` and `set` show them.

import type { BashArray } from '../state/arrays.ts'
import type { Variable } from '../state/variable.ts'
import { quoteDouble, quoteIfNeeded, quoteKey } from './quoting.ts'

/** `declare -ai a=([0]="1")` */
export function declarationOf(name: string, variable: Variable): string {
  const { traits, value } = variable
  const head = `declare -${lettersOf(variable) || '-'} ${name}`
  if (traits?.isReference) return traits.target === undefined ? head : `${head}=${quoteDouble(traits.target)}`
  if (traits?.array) return isBare(traits.array) ? head : `${head}=${elementsOf(traits.array)}`
  return value === undefined ? head : `${head}=${quoteDouble(value)}`
}

/** Declared, and never assigned to. */
function isBare(array: BashArray): boolean {
  return array.size === 0 && array.isBare
}

/** The letters that declare it so. */
export function lettersOf({ traits, isReadOnly, isExported }: Variable): string {
  const letters = [
    [traits?.array?.kind === 'indexed', 'a'],
    [traits?.array?.kind === 'associative', 'A'],
    [traits?.isInteger, 'i'],
    [traits?.isReference, 'n'],
    [isReadOnly, 'r'],
    [traits?.isTraced, 't'],
    [isExported, 'x'],
    [traits?.letterCase === 'lower', 'l'],
    [traits?.letterCase === 'upper', 'u'],
  ] as const
  return letters.map(([isThere, letter]) => (isThere ? letter : '')).join('')
}

/** `([0]="a" [2]="b")`; bash ends an associative one with a blank. */
export function elementsOf(array: BashArray): string {
  const isKeyed = array.kind === 'associative'
  const all = array.keys().map(key => `[${isKeyed ? quoteKey(key) : key}]=${quoteDouble(array.get(key) ?? '')}`)
  return `(${all.join(' ')}${isKeyed && all.length > 0 ? ' ' : ''})`
}

/** As `set` lists it; undefined: it has no value. */
export function settingOf(name: string, { traits, value }: Variable): string | undefined {
  if (traits?.array) return `${name}=${elementsOf(traits.array)}`
  return value === undefined ? undefined : `${name}=${quoteIfNeeded(value)}`
}
