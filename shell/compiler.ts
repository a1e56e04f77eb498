// What the pieces of the compiler know of one another: each node becomes a closure over the shell that runs it. Recursion over
// the tree goes through this interface, so that no two files import each other.

import type { ArithmeticOptions, Integer } from '../lib/arithmetic.ts'
import type { PatternOptions } from '../lib/pattern.ts'
import type { Dialect } from './dialect.ts'
import type { Sink } from './expand/sink.ts'
import type { Completion, Later } from './run/completion.ts'
import type { Shell } from './shell.ts'
import type {
  Arithmetic,
  Assignment,
  Case,
  For,
  FunctionDefinition,
  List,
  Parameter,
  ProcessSubstitution,
  Redirection,
  Select,
  Statement,
  Word,
  WordPart,
} from './syntax.ts'

/** Runs a command in a shell. */
export type Run = (shell: Shell) => Completion

/** Adds what a part of a word expands to; a promise only when something in it must be waited for. */
export type Step = (shell: Shell, out: Sink) => void | Promise<void>

/** Adds the fields of a word to a list of them. */
export type FieldsOf = (shell: Shell, fields: string[]) => void | Promise<void>

/** The one text that a word expands to. */
export type TextOf = (shell: Shell) => Later<string>

/** The same in pieces, where it is long. */
export type TextsOf = (shell: Shell) => Later<string | readonly string[]>

/** The number that an arithmetic expansion makes. */
export type IntegerOf = (shell: Shell) => Later<Integer>

/** Nothing to wait for when nothing is told. */
export type Announce = (shell: Shell) => Later<void>

/** Undoes redirections; `keep`: they stay, and what they replaced is closed for good (exec). */
export type Undo = (how?: 'keep') => Later<void>

/** Applies redirections; the answer undoes them. A refusal is a RedirectionError. */
export type Redirect = (shell: Shell) => Later<Undo>

export interface Compiler {
  readonly dialect: Dialect
  readonly arithmeticOptions: ArithmeticOptions
  /** How patterns match, as the shell's options are. */
  patternOptions(shell: Shell): PatternOptions
  /** `last`: nothing follows in this process, so an external command may replace it. */
  list(list: List, last?: boolean): Run
  statement(statement: Statement, last?: boolean): Run
  redirections(redirections: readonly Redirection[]): Redirect | undefined
  /** `isDeclaration`: an operand of `export` and its like, of which `name=value` is expanded as an assignment. */
  fields(word: Word, isDeclaration?: boolean): FieldsOf
  /** No splitting, no pathname expansion. `tilde`: also after the colons of an assignment. */
  text(word: Word, how?: { tilde?: 'word' | 'assignment' | 'none' }): TextOf
  /** A pattern, in which what was quoted is escaped. */
  pattern(word: Word): TextOf
  /** A parameter and what is done with it. */
  parameter(part: Parameter): Step
  /** The same as one text; undefined: it may be a list. */
  parameterText(part: Parameter): TextOf | undefined
  /** What a function's call runs. */
  functionBody(definition: FunctionDefinition): Run
  /** `isOperand`: the word in `${name-word}`, whose literal text is split as an expansion's. */
  steps(parts: readonly WordPart[], how?: { isOperand?: boolean }): Step
  arithmetic(part: Arithmetic): TextOf
  /** What an assignment assigns. */
  assigned(assignment: Assignment): TextOf | IntegerOf
  /** The value of a word that is nothing but `$((...))`; undefined: it is more, or something else. */
  integer(word: Word): IntegerOf | undefined
  /** The value of an expression in a word, as `${name:start}` has. */
  number(word: Word): (shell: Shell) => Later<number>
  substitution(body: List): TextOf
  substitutionTexts(body: List): TextsOf
  /** What is told of a compound command before it runs (bash: set -x, trap DEBUG); undefined: nothing ever. */
  announce(node: For | Case | Select): Announce | undefined
  processSubstitution(part: ProcessSubstitution): TextOf
}
