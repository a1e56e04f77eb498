// An awk program once it is read.

import type { AwkArray } from './array.ts'
import type { Value } from './value.ts'

/** A name: a global, or a parameter of a function (POSIX: its only local variables). */
export interface Variable {
  readonly name: string
  /** The parameter's place; undefined: a global. */
  readonly slot: number | undefined
  /** Some use of the name says so, or a function that it is handed to. */
  isArray: boolean
}

/** A function's parameters while it runs. */
export type Frame = (Value | AwkArray)[]

export interface UserFunction {
  readonly name: string
  readonly parameters: Variable[]
  body: Statement | undefined
  /** It prints, reads, runs or loops: things that may have to wait. */
  mayWait: boolean
  readonly calls: Set<UserFunction>
  /** Where variables are handed on as they are: they are arrays if the parameter is one. */
  readonly handed: { readonly callee: UserFunction; readonly place: number; readonly variable: Variable }[]
}

export type Target =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'field'; readonly index: Expression; readonly place: string }
  | { readonly kind: 'element'; readonly array: Variable; readonly subscripts: readonly Expression[] }

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '^'
export type Comparison = '<' | '<=' | '==' | '!=' | '>' | '>='

export type Expression =
  | Target
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | {
      readonly kind: 'assign'
      readonly target: Target
      readonly operator: BinaryOperator | ''
      readonly value: Expression
      readonly place: string
    }
  | { readonly kind: 'increment'; readonly target: Target; readonly by: 1 | -1; readonly isPrefix: boolean }
  | { readonly kind: 'conditional'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not' | 'minus' | 'plus'; readonly operand: Expression }
  | { readonly kind: 'match'; readonly isNegated: boolean; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'in'; readonly subscripts: readonly Expression[]; readonly array: Variable }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'concat'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly place: string
    }
  | {
      readonly kind: 'call'
      readonly callee: UserFunction
      readonly arguments: readonly Expression[]
      readonly place: string
    }
  | {
      readonly kind: 'builtin'
      readonly name: string
      readonly arguments: readonly Expression[]
      readonly place: string
    }
  | {
      readonly kind: 'getline'
      readonly from: 'input' | 'file' | 'command'
      readonly source: Expression | undefined
      readonly target: Target | undefined
    }
  /** `(a, b)`: the arguments of print, or subscripts before `in`. */
  | { readonly kind: 'group'; readonly items: readonly Expression[] }
  /** `(a)`: for print, which takes `(a)(b)` as one argument. */
  | { readonly kind: 'parenthesized'; readonly inner: Expression }

export interface Redirection {
  readonly kind: '>' | '>>' | '|'
  readonly to: Expression
}

export type Statement =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'print' | 'printf'
      readonly arguments: readonly Expression[]
      readonly redirection: Redirection | undefined
    }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  | {
      readonly kind: 'if'
      readonly test: Expression
      readonly yes: Statement
      readonly no: Statement | undefined
    }
  | { readonly kind: 'while' | 'do'; readonly test: Expression; readonly body: Statement }
  | {
      readonly kind: 'for'
      readonly start: Statement | undefined
      readonly test: Expression | undefined
      readonly step: Statement | undefined
      readonly body: Statement
    }
  | { readonly kind: 'forIn'; readonly variable: Target; readonly array: Variable; readonly body: Statement }
  | { readonly kind: 'delete'; readonly array: Variable; readonly subscripts: readonly Expression[] | undefined }
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined }

export type Rule =
  | { readonly kind: 'always'; readonly body: Statement | undefined }
  | { readonly kind: 'pattern'; readonly pattern: Expression; readonly body: Statement | undefined }
  | {
      readonly kind: 'range'
      readonly from: Expression
      readonly to: Expression
      readonly body: Statement | undefined
    }

export interface ProgramText {
  readonly begin: readonly Statement[]
  readonly rules: readonly Rule[]
  readonly end: readonly Statement[]
  readonly globals: ReadonlyMap<string, Variable>
  readonly functions: ReadonlyMap<string, UserFunction>
}
