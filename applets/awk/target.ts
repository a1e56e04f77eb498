// What can be assigned to: variables, fields, elements of arrays.

import { Failure } from '../applet.ts'
import { AwkArray } from './array.ts'
import type { Quick } from './code.ts'
import { numeric, valued } from './code.ts'
import type { Runtime } from './runtime.ts'
import type { BinaryOperator, Variable } from './syntax.ts'
import { type Cell, toNumber, type Value } from './value.ts'

/** A target whose subscripts are compiled: `operands` of `place`. */
export interface Place {
  /** Finds it once; what it gives is good until the next call. */
  read(): Quick
  assign(value: Quick): Quick
  /** Assigns a value that is there already. */
  setter(): (value: Value) => void
  /** `x op= number`: the new number, or with `isOld` the one before. */
  update(operator: (left: number, right: number) => number, right: () => number, isOld: boolean): Quick
}

export function variablePlace(runtime: Runtime, variable: Variable): Place {
  if (variable.isArray) throw new Failure(`cmd. line:1: '${variable.name}' is an array`)
  if (variable.slot !== undefined) return localPlace(runtime, variable.slot)
  if (variable.name === 'NF') return countPlace(runtime)
  const cell = runtime.cell(variable.name)
  const hook = runtime.hook(variable.name)
  return cellPlace(runtime, () => cell, hook)
}

export function elementPlace(runtime: Runtime, array: () => AwkArray, key: () => string): Place {
  return cellPlace(runtime, () => array().cell(key()), undefined)
}

function cellPlace(runtime: Runtime, find: () => Cell, hook: (() => void) | undefined): Place {
  const set = (cell: Cell, value: Value) => {
    cell.value = value
    hook?.()
  }
  return {
    read: () => valued(runtime, () => find().value),
    assign({ type, value, number }) {
      if (type === 'number' && !hook)
        return numeric(runtime, () => {
          const given = number()
          find().value = given
          return given
        })
      return valued(runtime, () => {
        const given = value()
        set(find(), given)
        return given
      })
    },
    setter: () => value => set(find(), value),
    update(operator, right, isOld) {
      return numeric(runtime, () => {
        const cell = find()
        const by = right()
        const old = typeof cell.value === 'number' ? cell.value : toNumber(cell.value)
        const result = operator(old, by)
        cell.value = result
        if (hook) hook()
        return isOld ? old : result
      })
    },
  }
}

function localPlace(runtime: Runtime, slot: number): Place {
  const read = (): Value => {
    const value = runtime.frame[slot]
    if (value instanceof AwkArray) throw new Failure('cmd. line:1: an array is used as a scalar')
    return value
  }
  return simplePlace(runtime, read, value => {
    runtime.frame[slot] = value
  })
}

function countPlace(runtime: Runtime): Place {
  const read = () => runtime.record.count
  const place = simplePlace(runtime, read, value => runtime.record.setCount(Math.trunc(toNumber(value))))
  return { ...place, read: () => numeric(runtime, read) }
}

export function fieldPlace(runtime: Runtime, index: () => number, where: string): Place {
  const { record } = runtime
  const at = () => {
    const place = Math.trunc(index())
    if (place < 0) throw new Failure(`${where}: Access to negative field`)
    return place
  }
  const quick: Quick = {
    kind: 'quick',
    type: 'any',
    value: () => record.field(at()),
    number: () => record.fieldNumber(at()),
    text: () => record.fieldText(at()),
    truth: () => record.fieldTruth(at()),
  }
  const assignAt = (place: number, value: Value) => record.assign(place, value, runtime.separator)
  return {
    read: () => quick,
    assign: ({ value }) =>
      valued(runtime, () => {
        const place = at()
        const given = value()
        assignAt(place, given)
        return given
      }),
    setter: () => value => assignAt(at(), value),
    update: (operator, right, isOld) =>
      numeric(runtime, () => {
        const place = at()
        const by = right()
        const old = record.fieldNumber(place)
        const result = operator(old, by)
        assignAt(place, result)
        return isOld ? old : result
      }),
  }
}

/** A field whose number stands in the program: nearly all of them. */
export function constantField(runtime: Runtime, index: number): Place {
  const { record } = runtime
  const quick: Quick =
    index === 0
      ? {
          kind: 'quick',
          type: 'any',
          value: () => record.value,
          number: () => record.fieldNumber(0),
          text: () => record.text,
          truth: () => record.fieldTruth(0),
        }
      : {
          kind: 'quick',
          type: 'any',
          value: () => record.field(index),
          number: () => record.fieldNumber(index),
          text: () => record.fieldText(index),
          truth: () => record.fieldTruth(index),
        }
  return { ...fieldPlace(runtime, () => index, ''), read: () => quick }
}

function simplePlace(runtime: Runtime, read: () => Value, write: (value: Value) => void): Place {
  return {
    read: () => valued(runtime, read),
    assign: ({ value }) =>
      valued(runtime, () => {
        const given = value()
        write(given)
        return given
      }),
    setter: () => write,
    update: (operator, right, isOld) =>
      numeric(runtime, () => {
        const by = right()
        const old = toNumber(read())
        const result = operator(old, by)
        write(result)
        return isOld ? old : result
      }),
  }
}

export type Operation = (left: number, right: number) => number

/** `where`: for the message about a division by zero. */
export function operation(operator: BinaryOperator, where: string): Operation {
  const divisor = (right: number): number => {
    if (right === 0) throw new Failure(`${where}: Division by zero`)
    return right
  }
  switch (operator) {
    case '+':
      return (left, right) => left + right
    case '-':
      return (left, right) => left - right
    case '*':
      return (left, right) => left * right
    case '/':
      return (left, right) => left / divisor(right)
    case '%':
      return (left, right) => left % divisor(right)
    case '^':
      return power
  }
}

/** C's pow: 1 to any power is 1, also where JavaScript has NaN. */
function power(left: number, right: number): number {
  return left === 1 || (left === -1 && !Number.isFinite(right) && !Number.isNaN(right)) ? 1 : left ** right
}
