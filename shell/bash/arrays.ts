// Arrays as scripts reach them: by a name and what stands between its brackets.

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { AssociativeArray, type BashArray, IndexedArray } from '../state/arrays.ts'
import { Traits } from '../state/traits.ts'
import type { Variable } from '../state/variable.ts'
import { madeArray } from './made-arrays.ts'

/** `a[1]` is the element 1 of a. */
export function splitElement(text: string): { name: string; subscript: string } | undefined {
  const found = /^([A-Za-z_][A-Za-z0-9_]*)\[([\s\S]+)\]$/.exec(text)
  return found ? { name: found[1]!, subscript: found[2]! } : undefined
}

/** The array of that name; undefined: it is none. */
export function arrayOf(shell: Shell, name: string): BashArray | undefined {
  return shell.variables.lookup(shell.variables.resolve(name))?.traits?.array ?? madeArray(shell, name)
}

export function isAssociative(shell: Shell, name: string): boolean {
  return arrayOf(shell, name)?.kind === 'associative'
}

/** The elements of an array; of another variable, its value. */
export function valuesOf(shell: Shell, name: string): readonly string[] {
  const array = arrayOf(shell, name)
  if (array) return array.values()
  const value = shell.variables.get(name)
  return value === undefined ? [] : [value]
}

export function keysOf(shell: Shell, name: string): readonly string[] {
  const array = arrayOf(shell, name)
  if (array) return array.keys()
  return shell.variables.get(name) === undefined ? [] : ['0']
}

export function elementOf(shell: Shell, name: string, subscript: string): string | undefined {
  const array = arrayOf(shell, name)
  const key = keyToRead(shell, name, array, subscript)
  if (key === undefined) return undefined
  if (array) return array.get(key)
  return key === '0' ? shell.variables.get(name) : undefined
}

/** One that is out of range is told of, and reads as unset. */
function keyToRead(shell: Shell, name: string, array: BashArray | undefined, subscript: string): string | undefined {
  try {
    return keyOf(shell, name, array, subscript)
  } catch (error) {
    if (!(error instanceof ExpansionError) || !error.message.endsWith('bad array subscript')) throw error
    shell.complain(error.message)
    return undefined
  }
}

/** What a subscript comes to: a key, or the number of an element, counted from the end when it is negative. */
function keyOf(shell: Shell, name: string, array: BashArray | undefined, subscript: string): string {
  if (array?.kind === 'associative') return subscript
  const index = Number(shell.language.extension?.evaluate(shell, subscript) ?? 0)
  if (index >= 0) return String(index)
  const end = array?.end ?? (shell.variables.get(name) === undefined ? 0 : 1)
  if (end + index < 0) throw new ExpansionError(`${name}: bad array subscript`, 1)
  return String(end + index)
}

export function assignElement(
  shell: Shell,
  name: string,
  subscript: string,
  value: string,
  how: { append?: boolean } = {},
): void {
  const target = shell.variables.resolve(name)
  requireWritable(shell, target)
  shell.variables.change(target, variable => {
    const array = makeArray(variable)
    const key = array.kind === 'associative' ? subscript : indexFor(shell, target, array, subscript)
    const traits = variable.traits!
    variable.grow(array.set(key, shaped(shell, traits, how.append ? array.get(key) : undefined, value)))
  })
  if (shell.options.allexport) shell.variables.mark(target, { isExported: true })
}

function indexFor(shell: Shell, name: string, array: IndexedArray, subscript: string): string {
  try {
    return keyOf(shell, name, array, subscript)
  } catch (error) {
    if (!(error instanceof ExpansionError) || !error.message.endsWith('bad array subscript')) throw error
    throw new ExpansionError(`${name}[${subscript}]: bad array subscript`, 1)
  }
}

/** A value as the variable's traits make it; `before`: what it is added to. */
export function shaped(shell: Shell, traits: Traits, before: string | undefined, value: string): string {
  if (!traits.isInteger) return traits.cased((before ?? '') + value)
  const number = (text: string) => BigInt(shell.language.extension?.evaluate(shell, text) ?? 0)
  return String(before === undefined ? number(value) : BigInt.asIntN(64, number(before) + number(value)))
}

/** The variable's array; what was its value is element 0. */
export function makeArray(variable: Variable, kind: BashArray['kind'] = 'indexed'): BashArray {
  variable.traits ??= new Traits()
  const { traits, value } = variable
  if (traits.array) return traits.array
  const array = kind === 'indexed' ? new IndexedArray() : new AssociativeArray()
  if (value !== undefined) array.set('0', value)
  variable.setText(undefined)
  traits.array = array
  return array
}

export function requireWritable(shell: Shell, name: string): void {
  if (shell.variables.lookup(name)?.isReadOnly) throw new ExpansionError(`${name}: is read only`, 1)
}

/** All elements anew. */
export function assignValues(shell: Shell, name: string, values: readonly string[]): void {
  const target = shell.variables.resolve(name)
  requireWritable(shell, target)
  shell.variables.change(target, variable => {
    variable.traits ??= new Traits()
    const { traits } = variable
    variable.setText(undefined)
    if (traits.array?.kind === 'associative') {
      traits.array = new AssociativeArray()
      for (const [index, value] of values.entries()) traits.array.set(String(index), value)
    } else {
      traits.array = IndexedArray.of(values.map(value => shaped(shell, traits, undefined, value)))
    }
    variable.grow(values.reduce((sum, value) => sum + value.length + 32, 0))
  })
}

export function removeElement(shell: Shell, name: string, subscript: string): void {
  const target = shell.variables.resolve(name)
  const variable = shell.variables.lookup(target)
  if (!variable) return
  requireWritable(shell, target)
  const { array } = variable.traits ?? {}
  if (!array) {
    if (keyOf(shell, target, undefined, subscript) !== '0')
      throw new ExpansionError(`${target}: not an array variable`, 1)
    shell.variables.unset(target)
    return
  }
  if ((subscript === '@' || subscript === '*') && array.kind === 'indexed') {
    shell.variables.unset(target)
    return
  }
  const key = array.kind === 'associative' ? subscript : indexFor(shell, target, array, subscript)
  shell.variables.change(target, changed => void changed.grow(changed.traits?.array?.delete(key) ?? 0))
}
