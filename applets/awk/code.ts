// Compiled expressions. What cannot have to wait is a plain closure for each thing that may be asked of it; what may wait gives its
// value now, or a promise of it. Operators are made once, for plain operands: where one of theirs may wait, the operands are
// computed first and the operator finds their values in slots.

import type { Maybe } from '../../kernel/process.ts'
import { toNumber, toTruth, type Value } from './value.ts'

/** What the values are, as far as the program's text tells. */
export type Type = 'number' | 'text' | 'any'

export interface Quick {
  readonly kind: 'quick'
  readonly type: Type
  readonly value: () => Value
  readonly number: () => number
  readonly text: () => string
  readonly truth: () => boolean
}

export interface Slow {
  readonly kind: 'slow'
  readonly run: () => Maybe<Value>
}

export type Code = Quick | Slow

/** Texts of numbers, by CONVFMT. */
export interface Converter {
  toText(value: Value): string
  numberText(number: number): string
}

export function numeric(converter: Converter, number: () => number): Quick {
  return {
    kind: 'quick',
    type: 'number',
    value: number,
    number,
    text: () => converter.numberText(number()),
    truth: () => {
      const value = number()
      return value !== 0
    },
  }
}

export function logical(truth: () => boolean): Quick {
  const number = () => (truth() ? 1 : 0)
  return { kind: 'quick', type: 'number', value: number, number, text: () => (truth() ? '1' : '0'), truth }
}

export function textual(text: () => string): Quick {
  return {
    kind: 'quick',
    type: 'text',
    value: text,
    number: () => toNumber(text()),
    text,
    truth: () => text() !== '',
  }
}

export function valued(converter: Converter, value: () => Value): Quick {
  return {
    kind: 'quick',
    type: 'any',
    value,
    number: () => {
      const found = value()
      return typeof found === 'number' ? found : toNumber(found)
    },
    text: () => {
      const found = value()
      return typeof found === 'string' ? found : converter.toText(found)
    },
    truth: () => toTruth(value()),
  }
}

export function runOf(code: Code): () => Maybe<Value> {
  return code.kind === 'quick' ? code.value : code.run
}

export function truthOf(code: Code): () => Maybe<boolean> {
  if (code.kind === 'quick') return code.truth
  return () => {
    const value = code.run()
    return value instanceof Promise ? value.then(toTruth) : toTruth(value)
  }
}

/** An operator over its operands. */
export function combine(
  converter: Converter,
  operands: readonly Code[],
  build: (operands: readonly Quick[]) => Quick,
): Code {
  if (operands.every(isQuick)) return build(operands)
  const slots = operands.map(() => new Slot())
  const built = build(slots.map(slot => valued(converter, () => slot.value)))
  return combineSlow(operands, values => {
    fill(slots, values)
    return built.value()
  })
}

/** An operation that may wait, over the values of its operands. */
export function combineSlow(operands: readonly Code[], perform: (values: readonly Value[]) => Maybe<Value>): Slow {
  const runs = operands.map(runOf)
  const rest = async (values: Value[], pending: Promise<Value>): Promise<Value> => {
    values.push(await pending)
    while (values.length < runs.length) {
      const value = runs[values.length]!()
      values.push(value instanceof Promise ? await value : value)
    }
    return perform(values)
  }
  const run = (): Maybe<Value> => {
    const values: Value[] = []
    for (const run of runs) {
      const value = run()
      if (value instanceof Promise) return rest(values, value)
      values.push(value)
    }
    return perform(values)
  }
  return { kind: 'slow', run }
}

export function isQuick(code: Code): code is Quick {
  return code.kind === 'quick'
}

/** Where an operand's value waits for its operator. */
export class Slot {
  value: Value = undefined
}

export function fill(slots: readonly Slot[], values: readonly Value[]): void {
  for (let i = 0; i < slots.length; i++) slots[i]!.value = values[i]
}
