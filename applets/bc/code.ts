// What a bc program is compiled to: steps for a machine with a stack of numbers.

import type { Decimal } from './decimal.ts'

export type Setting = 'scale' | 'ibase' | 'obase' | 'last'

export type Place =
  | { readonly kind: 'variable'; readonly name: string }
  /** Its subscript is on the stack. */
  | { readonly kind: 'element'; readonly name: string }
  | { readonly kind: 'setting'; readonly name: Setting }

export type Operator = '+' | '-' | '*' | '/' | '%' | '^'
export type Relation = '<' | '<=' | '==' | '!=' | '>' | '>='

export type Step =
  /** A number as it was written: what it means depends on ibase. */
  | { readonly do: 'number'; readonly text: string; known?: { readonly base: number; readonly value: Decimal } }
  | { readonly do: 'load'; readonly place: Place }
  /** Puts the array itself where an argument is wanted. */
  | { readonly do: 'array'; readonly name: string }
  /** Leaves the value. */
  | { readonly do: 'store'; readonly place: Place }
  | { readonly do: 'update'; readonly place: Place; readonly operator: Operator }
  | { readonly do: 'increment'; readonly place: Place; readonly by: 1 | -1; readonly isPrefix: boolean }
  | { readonly do: 'operate'; readonly operator: Operator }
  | { readonly do: 'relate'; readonly relation: Relation }
  | { readonly do: 'and' | 'or' | 'not' | 'negate' | 'length' | 'scaleOf' | 'sqrt' | 'read' | 'drop' }
  | { readonly do: 'call'; readonly name: string; readonly count: number }
  /** A value, which becomes `last`; what a void function gives is not printed. */
  | { readonly do: 'printValue' }
  | { readonly do: 'printItem' }
  | { readonly do: 'printText'; readonly text: string }
  | { readonly do: 'jump' | 'jumpIfZero'; to: number }
  /** The function's value is on the stack. */
  | { readonly do: 'return' }
  | { readonly do: 'halt' | 'limits' }

export interface Parameter {
  readonly name: string
  readonly isArray: boolean
  /** `*a[]`: the caller's array itself. */
  readonly isReference: boolean
}

export interface BcFunction {
  readonly name: string
  readonly isVoid: boolean
  readonly parameters: readonly Parameter[]
  readonly locals: readonly Parameter[]
  readonly steps: readonly Step[]
}
