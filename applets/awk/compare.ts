// Comparisons: of numbers where both sides are numbers or look like some, of texts otherwise (POSIX).

import { type Converter, logical, type Quick } from './code.ts'
import type { Comparison } from './syntax.ts'
import { compareTexts, toNumber, type Value } from './value.ts'

export function compare(converter: Converter, operator: Comparison, left: Quick, right: Quick): Quick {
  if (left.type === 'text' || right.type === 'text') {
    const [one, other] = [left.text, right.text]
    if (operator === '==') return logical(() => one() === other())
    if (operator === '!=') return logical(() => one() !== other())
    const holds = ORDERED[operator]
    return logical(() => holds(compareTexts(one(), other()), 0))
  }
  const holds = NUMBERS[operator]
  if (left.type === 'number' && right.type === 'number') {
    const [one, other] = [left.number, right.number]
    return logical(() => holds(one(), other()))
  }
  const [one, other] = [left.value, right.value]
  return logical(() => {
    const a = one()
    const b = other()
    if (typeof a === 'number' && typeof b === 'number') return holds(a, b)
    return isNumber(a) && isNumber(b)
      ? holds(toNumber(a), toNumber(b))
      : holds(compareTexts(converter.toText(a), converter.toText(b)), 0)
  })
}

function isNumber(value: Value): boolean {
  return typeof value !== 'string'
}

const NUMBERS: Readonly<Record<Comparison, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}

const ORDERED = NUMBERS
