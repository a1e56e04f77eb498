// To a JavaScript RegExp, where it means the same: no alternatives, no repeated groups, no back-references. Then the greedy
// match that JavaScript finds is the leftmost and the longest.

import type { CharacterSet, Node } from './tree.ts'

export interface Translation {
  readonly source: string
  /** Unbounded repetitions: with several, backtracking may take long on long texts. */
  readonly loops: number
}

/** undefined: the meaning would not be the same. */
export function translate(root: Node): Translation | undefined {
  const state = { loops: 0 }
  const source = toSource(root, state, true)
  return source === undefined ? undefined : { source, loops: state.loops }
}

function toSource(node: Node, state: { loops: number }, isTop: boolean): string | undefined {
  switch (node.kind) {
    case 'empty':
      return ''
    case 'character':
      return escapeCharacter(node.point)
    case 'any':
      return '[^]'
    case 'set':
      return setSource(node.set)
    case 'sequence': {
      const parts = node.parts.map(part => toSource(part, state, isTop))
      return parts.every(part => part !== undefined) ? parts.join('') : undefined
    }
    case 'group': {
      const part = toSource(node.part, state, isTop)
      return part === undefined ? undefined : `(${part})`
    }
    case 'repeat': {
      if (!['character', 'any', 'set'].includes(node.part.kind)) return undefined
      const part = toSource(node.part, state, false)
      if (node.most === Number.POSITIVE_INFINITY) state.loops++
      else if (node.most > 1000) return undefined
      return `${part}${quantifier(node.least, node.most)}`
    }
    case 'assertion':
      return node.what === 'line-start' ? '^' : node.what === 'line-end' ? '$' : undefined
    case 'alternatives':
    case 'reference':
      return undefined
  }
}

function quantifier(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`
  if (least === 0 && most === 1) return '?'
  return `{${least},${most}}`
}

function setSource({ isNegated, ranges, classes }: CharacterSet): string {
  const parts = ranges.map(([from, to]) => (from === to ? escapeCharacter(from) : `${escapeCharacter(from)}-${escapeCharacter(to)}`))
  // What Unicode adds to a class lies beyond ASCII only: the class escapes hold nothing else that the ranges lack.
  return `[${isNegated ? '^' : ''}${parts.join('')}${classes.join('')}]`
}

function escapeCharacter(point: number): string {
  if ((point >= 48 && point <= 57) || (point >= 65 && point <= 90) || (point >= 97 && point <= 122)) return String.fromCharCode(point)
  return `\\u{${point.toString(16)}}`
}
