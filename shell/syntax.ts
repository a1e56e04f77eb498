// The tree the parser makes and the executor walks. Frozen data: readonly unions told apart by `kind`.
//
// Shapes worth knowing
// - A list's item is the smallest node that says it: `a` is a Simple, `! a` a Pipeline, `a && b` an AndOr. No node wraps one.
// - A word is the sum of its parts. Quotes and backslashes are gone: each part knows whether it was `quoted`. A word such as
//   '' or "" has one empty quoted Literal; a word without parts is empty and unquoted, as the value in `a=`.
// - Neighbouring literals of the same quoting are one Literal: an unquoted text such as `*.c` is always in one piece.
// - Tilde is decided by expansion, not here (`export a=~` depends on the utility): a tilde-prefix is an unquoted Literal that
//   begins with `~` as the first part of a word, or has `~` after the `=` or a `:` of an assignment; it counts only when its
//   end (`/`, in assignments `:`, or the end of the word) lies in that same Literal, for else some of it was quoted.

/** Where a node begins: `line` counts from 1 ($LINENO, messages), `offset` in UTF-16 units from the start of the source. */
export interface Node {
  readonly line: number
  readonly offset: number
}

/** A complete command (POSIX XCU 2.10), a compound list, or the body of a substitution. No items: nothing to do, status 0. */
export interface List extends Node {
  readonly kind: 'list'
  readonly items: readonly Item[]
}

export interface Item {
  readonly command: Statement
  /** Ended by `&`. */
  readonly background: boolean
}

export type Statement = Command | Pipeline | AndOr

/** `a && b || c`: equal precedence, left to right. */
export interface AndOr extends Node {
  readonly kind: 'and-or'
  readonly first: Command | Pipeline
  readonly rest: readonly { readonly operator: '&&' | '||'; readonly command: Command | Pipeline }[]
}

/** Two or more commands, or one that is negated or (bash) timed. */
export interface Pipeline extends Node {
  readonly kind: 'pipeline'
  readonly negated: boolean
  readonly commands: readonly Command[]
  /** bash only, where `time` is a reserved word; in ash it is a utility. */
  readonly timed?: 'time' | 'time -p'
}

export type Command = Simple | Compound | FunctionDefinition
export type Compound = Group | Subshell | If | Loop | For | Case | BashCompound
export type BashCompound = ArithmeticCommand | ArithmeticFor | Select | Conditional | Coproc

/** Only words, assignments or redirections, at least one of the three. ash's `[[ a && b ]]` is one, with -a for &&. */
export interface Simple extends Node {
  readonly kind: 'simple'
  readonly assignments: readonly Assignment[]
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
  /** bash: the array operands of `declare -A m=(...)` and its like; they follow the words. */
  readonly arrays?: readonly Assignment[]
}

export interface Assignment extends Node {
  readonly name: string
  readonly value: Word
  /** bash: `name+=value`. */
  readonly append?: true
  /** bash: `name[index]=value`. */
  readonly index?: Word
  /** bash: `name=(...)`; then `value` has no parts. */
  readonly elements?: readonly ArrayElement[]
}

export interface ArrayElement {
  readonly index?: Word
  readonly value: Word
  /** `[index]+=value`. */
  readonly append?: true
}

/** A compound command's redirections hold for the whole of it. */
interface CompoundNode extends Node {
  readonly redirections: readonly Redirection[]
}

export interface Group extends CompoundNode {
  readonly kind: 'group'
  readonly body: List
}

export interface Subshell extends CompoundNode {
  readonly kind: 'subshell'
  readonly body: List
}

export interface If extends CompoundNode {
  readonly kind: 'if'
  /** `if` and each `elif`, at least one. */
  readonly branches: readonly { readonly condition: List; readonly body: List }[]
  readonly otherwise?: List
}

export interface Loop extends CompoundNode {
  readonly kind: 'loop'
  /** `until` rather than `while`. */
  readonly until: boolean
  readonly condition: List
  readonly body: List
}

export interface For extends CompoundNode {
  readonly kind: 'for'
  readonly variable: string
  /** Absent: no `in`, so the positional parameters. */
  readonly words?: readonly Word[]
  readonly body: List
}

export interface Case extends CompoundNode {
  readonly kind: 'case'
  readonly subject: Word
  readonly clauses: readonly CaseClause[]
}

export interface CaseClause {
  readonly patterns: readonly Word[]
  readonly body: List
  /** `;&` runs into the next body (POSIX.1-2024), `;;&` (bash) goes on testing patterns. */
  readonly terminator: ';;' | ';&' | ';;&'
}

/** The body's own redirections are made at each call. */
export interface FunctionDefinition extends Node {
  readonly kind: 'function'
  readonly name: string
  readonly body: Command
}

/** bash: `(( expression ))`. */
export interface ArithmeticCommand extends CompoundNode {
  readonly kind: 'arithmetic-command'
  readonly expression: Word
}

/** bash: `for (( initial; condition; update ))`; an empty condition is true. */
export interface ArithmeticFor extends CompoundNode {
  readonly kind: 'arithmetic-for'
  readonly initial: Word
  readonly condition: Word
  readonly update: Word
  readonly body: List
}

/** bash: `select variable in words`. */
export interface Select extends CompoundNode {
  readonly kind: 'select'
  readonly variable: string
  readonly words?: readonly Word[]
  readonly body: List
}

/** bash: `[[ expression ]]`. */
export interface Conditional extends CompoundNode {
  readonly kind: 'conditional'
  readonly expression: ConditionalExpression
}

/** bash: `coproc NAME command`: a job with a pipe to it and one from it. */
export interface Coproc extends CompoundNode {
  readonly kind: 'coproc'
  readonly name: string
  readonly body: Command
}

export type ConditionalExpression =
  | { readonly kind: 'not'; readonly operand: ConditionalExpression }
  | { readonly kind: 'and' | 'or'; readonly left: ConditionalExpression; readonly right: ConditionalExpression }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly kind: 'word'; readonly word: Word }

export type Redirection = FileRedirection | Duplication | HereDocument | HereString

/** bash: `{name}>file`: the shell chooses a file descriptor and puts its number into the variable. */
interface NamedRedirection {
  readonly fdVariable?: string
}

export interface FileRedirection extends Node, NamedRedirection {
  readonly kind: 'file'
  /** The number before the operator; absent: 0 for `<` and `<>`, 1 for the others; `&>` takes none and means 1 and 2. */
  readonly fd?: number
  readonly operator: '<' | '>' | '>>' | '>|' | '<>' | '&>' | '&>>'
  readonly target: Word
}

/** `n>&word`, `n<&word`; the word expands to digits or `-`. `>&file` without a number is `&>file` (ash and bash). */
export interface Duplication extends Node, NamedRedirection {
  readonly kind: 'duplicate'
  readonly fd?: number
  readonly operator: '<&' | '>&'
  readonly target: Word
}

/** The body as a word: one quoted Literal when the delimiter was quoted, else parts as in double quotes. `<<-` is done. */
export interface HereDocument extends Node, NamedRedirection {
  readonly kind: 'here-document'
  readonly fd?: number
  readonly delimiter: string
  /** The delimiter had no quotes, so the body is expanded. */
  readonly expands: boolean
  readonly stripsTabs: boolean
  readonly body: Word
}

/** bash: `<<< word`. */
export interface HereString extends Node, NamedRedirection {
  readonly kind: 'here-string'
  readonly fd?: number
  readonly target: Word
}

export interface Word extends Node {
  readonly parts: readonly WordPart[]
}

export type WordPart = Literal | Parameter | CommandSubstitution | Arithmetic | ProcessSubstitution

/** Text as meant: escapes are decoded. Quoted text is no pattern, is not split, and keeps an empty field. */
export interface Literal {
  readonly kind: 'literal'
  readonly text: string
  readonly quoted: boolean
}

/** `$name`, `${name}`, `${name op word}`; `name` may be a digit string or one of `@*#?-$!`. */
export interface Parameter extends Node {
  readonly kind: 'parameter'
  readonly name: string
  readonly quoted: boolean
  readonly operation?: ParameterOperation
  /** bash: `${name[index]}`. */
  readonly index?: Word
  /** bash: `${!name op word}`: the value of `name` is the parameter's name. */
  readonly indirect?: true
}

export type ParameterOperation =
  /** No such substitution: expanding it is the error `syntax error: bad substitution` (ash, as it runs). `text` is what stood there. */
  | { readonly kind: 'bad'; readonly text: string }
  /** `${#name}` */
  | { readonly kind: 'length' }
  /** `-` use default, `=` assign, `?` error, `+` alternative; with `colon`, empty counts as unset. */
  | { readonly kind: 'default'; readonly operator: '-' | '=' | '?' | '+'; readonly colon: boolean; readonly word: Word }
  /** `#` and `##` from the front, `%` and `%%` from the back. */
  | { readonly kind: 'trim'; readonly operator: '#' | '##' | '%' | '%%'; readonly pattern: Word }
  /** `${name:start:length}`: both are arithmetic once expanded. */
  | { readonly kind: 'substring'; readonly start: Word; readonly length?: Word }
  /** `${name/pattern/text}`, `//` for all, bash `/#` and `/%` anchored. */
  | {
      readonly kind: 'replace'
      readonly operator: '/' | '//' | '/#' | '/%'
      readonly pattern: Word
      readonly text: Word
    }
  /** bash: `^` `^^` `,` `,,` change case; an absent pattern is `?`. */
  | { readonly kind: 'case'; readonly operator: '^' | '^^' | ',' | ',,'; readonly pattern?: Word }
  /** bash: `${!name}`. */
  | { readonly kind: 'indirect' }
  /** bash: `${!prefix*}`, `${!prefix@}`. */
  | { readonly kind: 'names'; readonly operator: '*' | '@' }
  /** bash: `${!name[@]}`: `index` on the parameter is `@` or `*`. */
  | { readonly kind: 'keys' }
  /** bash: `${name@Q}`. */
  | { readonly kind: 'transform'; readonly operator: string }

/** `$(...)` and backquotes, which mean the same once read. */
export interface CommandSubstitution extends Node {
  readonly kind: 'command-substitution'
  readonly body: List
  readonly quoted: boolean
}

/** `$((...))`: expand the word as if in double quotes, then evaluate. */
export interface Arithmetic extends Node {
  readonly kind: 'arithmetic'
  readonly expression: Word
  readonly quoted: boolean
}

/** `<(...)` and `>(...)`, ash and bash; never quoted. */
export interface ProcessSubstitution extends Node {
  readonly kind: 'process-substitution'
  readonly operator: '<' | '>'
  readonly body: List
}
