// The one dispatcher: every node of the tree becomes a closure, once. Whoever recurses comes back here.

import type { ArithmeticOptions } from '../../lib/arithmetic.ts'
import type { PatternOptions } from '../../lib/pattern.ts'
import type { Announce, Compiler, FieldsOf, IntegerOf, Redirect, Run, Step, TextOf } from '../compiler.ts'
import { counted } from '../coverage.ts'
import type { Dialect } from '../dialect.ts'
import { compileArithmeticText, compileExpression } from '../expand/arithmetic.ts'
import { compileParameter, compileParameterText } from '../expand/parameter.ts'
import { compileFields, compilePatternText, compileSteps, compileText } from '../expand/word.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type {
  Assignment,
  BashCompound,
  Case,
  Compound,
  For,
  FunctionDefinition,
  List,
  Parameter,
  Redirection,
  Select,
  Statement,
  Word,
  WordPart,
} from '../syntax.ts'
import { compileBackground } from './background.ts'
import { compileCase, compileIf } from './choice.ts'
import { andThen, type Later } from './completion.ts'
import { compileAndOr, compileList, negate } from './list.ts'
import { compileFor, compileLoop } from './loop.ts'
import { compilePipeline } from './pipeline.ts'
import { compileProcessSubstitution } from './process-substitution.ts'
import { compileRedirections, runRedirected } from './redirection.ts'
import { compileSimple } from './simple.ts'
import { compileSubshell } from './subshell.ts'
import { compileSubstitution, compileSubstitutionTexts } from './substitution.ts'

/** Closures by node, one set for commands that others follow and one for last ones. */
const compiled = new WeakMap<object, Run>()
const compiledLast = new WeakMap<object, Run>()

function once(node: object, isLast: boolean, make: () => Run): Run {
  const cache = isLast ? compiledLast : compiled
  const known = cache.get(node)
  if (known) return known
  const run = make()
  cache.set(node, run)
  return run
}

/** What a dialect compiles its own way; undefined: as ash does. */
export interface Additions {
  readonly dialect: Dialect
  readonly arithmeticOptions: ArithmeticOptions
  patternOptions(shell: Shell): PatternOptions
  statement(compiler: Compiler, node: Statement, last: boolean): Run | undefined
  compound(compiler: Compiler, node: BashCompound): Run
  fields(compiler: Compiler, word: Word, isDeclaration: boolean): FieldsOf | undefined
  parameter(compiler: Compiler, part: Parameter): Step | undefined
  functionBody(compiler: Compiler, definition: FunctionDefinition): Run
  appended(compiler: Compiler, assignment: Assignment): TextOf
  substitution(compiler: Compiler, body: List): TextOf | undefined
  announce(node: For | Case | Select): Announce
}

const PLAIN = {}

export const compiler: Compiler = makeCompiler()

export function makeCompiler(more?: Additions): Compiler {
  const compiler: Compiler = {
    dialect: more?.dialect ?? 'ash',
    arithmeticOptions: more?.arithmeticOptions ?? PLAIN,
    patternOptions: more?.patternOptions ?? (() => PLAIN),
    list: (list, last = false) => once(list, last, () => makeList(compiler, list, last)),
    statement: (statement, last = false) => once(statement, last, () => counted(statement, make(statement, last))),
    redirections: (redirections: readonly Redirection[]): Redirect | undefined =>
      compileRedirections(compiler, redirections),
    fields: (word, isDeclaration = false) =>
      more?.fields(compiler, word, isDeclaration) ?? compileFields(compiler, word, isDeclaration),
    text: (word, how = {}) => compileText(compiler, word, how.tilde ?? 'word'),
    pattern: (word: Word): TextOf => compilePatternText(compiler, word),
    parameter: part => more?.parameter(compiler, part) ?? compileParameter(compiler, part),
    parameterText: part => (more?.parameter(compiler, part) ? undefined : compileParameterText(compiler, part)),
    functionBody: definition => more?.functionBody(compiler, definition) ?? compiler.statement(definition.body),
    steps: (parts: readonly WordPart[], how = {}): Step => compileSteps(compiler, parts, how.isOperand ?? false),
    arithmetic: part => compileArithmeticText(compiler, part.expression),
    assigned: assignment =>
      assignment.append && more ? more.appended(compiler, assignment) : compileAssigned(compiler, assignment),
    integer: word => compileInteger(compiler, word),
    number: word => compileNumber(compiler, word),
    substitution: body => more?.substitution(compiler, body) ?? compileSubstitution(compiler, body),
    substitutionTexts: body => more?.substitution(compiler, body) ?? compileSubstitutionTexts(compiler, body),
    announce: node => more?.announce(node),
    processSubstitution: part => compileProcessSubstitution(compiler, part),
  }
  const make = (node: Statement, last: boolean): Run =>
    more?.statement(compiler, node, last) ?? makeStatement(compiler, node, last, more)
  return compiler
}

function compileAssigned(compiler: Compiler, { value }: Assignment): TextOf | IntegerOf {
  return compileInteger(compiler, value) ?? compiler.text(value, { tilde: 'assignment' })
}

function compileInteger(compiler: Compiler, { parts }: Word): IntegerOf | undefined {
  const [only] = parts
  return parts.length === 1 && only?.kind === 'arithmetic' ? compileExpression(compiler, only.expression) : undefined
}

function compileNumber(compiler: Compiler, word: Word): (shell: Shell) => Later<number> {
  const expression = compileExpression(compiler, word)
  return shell => andThen(expression(shell), Number)
}

function makeList(compiler: Compiler, list: List, last: boolean): Run {
  const background = (index: number) => compileBackground(compiler, list.items[index]!.command)
  return compileList(compiler, list, { last, background })
}

function makeStatement(compiler: Compiler, node: Statement, last: boolean, more: Additions | undefined): Run {
  switch (node.kind) {
    case 'simple':
      return compileSimple(compiler, node, last)
    case 'and-or':
      return compileAndOr(compiler, node, last)
    case 'pipeline': {
      const [only] = node.commands
      const run = node.commands.length === 1 && only ? compiler.statement(only) : compilePipeline(compiler, node)
      return node.negated ? shell => negate(shell, run) : run
    }
    case 'function':
      return shell => {
        shell.define(node)
        return (shell.status = 0)
      }
    default:
      return makeCompound(compiler, node, last, more)
  }
}

/** A compound command's redirections hold for the whole of it, so nothing in it may be the last then. */
function makeCompound(compiler: Compiler, node: Compound, last: boolean, more: Additions | undefined): Run {
  const redirect = compileRedirections(compiler, node.redirections)
  const run = makeBare(compiler, node, last && !redirect, more)
  if (!redirect) return run
  const isSubshell = node.kind === 'subshell'
  return shell => {
    shell.line = node.line
    return runRedirected(shell, redirect, () => run(shell), { isSubshell })
  }
}

function makeBare(compiler: Compiler, node: Compound, last: boolean, more: Additions | undefined): Run {
  switch (node.kind) {
    case 'group':
      return compiler.list(node.body, last)
    case 'subshell':
      return compileSubshell(compiler, node)
    case 'if':
      return compileIf(compiler, node, last)
    case 'loop':
      return compileLoop(compiler, node)
    case 'for':
      return compileFor(compiler, node)
    case 'case':
      return compileCase(compiler, node, last)
    case 'arithmetic-command':
    case 'arithmetic-for':
    case 'select':
    case 'coproc':
    case 'conditional':
      if (!more) throw new ExpansionError(`${node.kind}: not a command of this shell`)
      return more.compound(compiler, node)
  }
}
