// $((...)): an expression without expansions is compiled once; one with `$name` in it, too, as long as the values are numbers.

import {
  type Arithmetic,
  ArithmeticError,
  type ArithmeticOptions,
  compileArithmetic,
  type Integer,
} from '../../lib/arithmetic.ts'
import type { Compiler, TextOf } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen, type Later } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import type { Word } from '../syntax.ts'

export function compileExpression(compiler: Compiler, word: Word): (shell: Shell) => Later<Integer> {
  const constant = constantText(word)
  if (constant !== undefined) {
    const compiled = onDemand(constant, compiler.arithmeticOptions)
    return shell => evaluate(shell, compiled)
  }
  const general = generalExpression(
    compiler.text({ ...word, parts: word.parts }, { tilde: 'none' }),
    compiler.arithmeticOptions,
  )
  return withNames(word, general, compiler.arithmeticOptions) ?? general
}

/** An expression of numbers and variables that assigns nothing; undefined: it is more. Its answer undefined: some `$name` is no number. */
export function compilePureExpression(
  word: Word,
  how: ArithmeticOptions,
): ((shell: Shell) => Integer | undefined) | undefined {
  const template = templateOf(word)
  if (!template || template.text.includes('[')) return undefined
  const { names, text } = template
  const compiled = onDemand(text, how)
  return shell => {
    for (let at = 0; at < names.length; at++) if (!isPlainNumber(shell, names[at]!)) return undefined
    return evaluate(shell, compiled)
  }
}

/** As text: what `$((...))` expands to. */
export function compileArithmeticText(compiler: Compiler, word: Word): TextOf {
  const expression = compileExpression(compiler, word)
  return shell => {
    const value = expression(shell)
    return value instanceof Promise ? value.then(String) : String(value)
  }
}

/** The value of a text, as `let` and `test` need it. */
export function evaluateText(shell: Shell, text: string): Integer {
  return evaluate(shell, () => compileArithmetic(text, shell.language.compiler.arithmeticOptions))
}

function evaluate(shell: Shell, compiled: () => Arithmetic): Integer {
  try {
    return compiled().evaluate(shell.names)
  } catch (error) {
    if (error instanceof ArithmeticError) throw new ExpansionError(error.message)
    throw error
  }
}

function constantText(word: Word): string | undefined {
  if (!word.parts.every(part => part.kind === 'literal')) return undefined
  return word.parts.map(part => part.text).join('')
}

/** A syntax error is one of running, not of reading. */
function onDemand(text: string, how: ArithmeticOptions): () => Arithmetic {
  let compiled: Arithmetic | undefined
  return () => (compiled ??= compileArithmetic(text, how))
}

function generalExpression(textOf: TextOf, how: ArithmeticOptions): (shell: Shell) => Later<Integer> {
  return shell => andThen(textOf(shell), text => evaluate(shell, () => compileArithmetic(text, how)))
}

/**
 * `$i` in an expression means the same as `i`, when its value is a plain number and it stands alone: then the expression need
 * not be compiled anew for every value.
 */
function withNames(
  word: Word,
  general: (shell: Shell) => Later<Integer>,
  how: ArithmeticOptions,
): ((shell: Shell) => Later<Integer>) | undefined {
  const template = templateOf(word)
  // A subscript may be a key, which is no expression.
  if (!template || (how.subscripts && template.text.includes('['))) return undefined
  const compiled = onDemand(template.text, how)
  return shell => {
    for (const name of template.names) if (!isPlainNumber(shell, name)) return general(shell)
    return evaluate(shell, compiled)
  }
}

function templateOf(word: Word): { text: string; names: string[] } | undefined {
  let text = ''
  const names: string[] = []
  for (const part of word.parts) {
    if (part.kind === 'literal') {
      if (/^[\w#$@.]/.test(part.text) && text !== '' && names.length > 0) return undefined
      text += part.text
    } else if (part.kind === 'parameter' && !part.operation && /^[A-Za-z_]/.test(part.name)) {
      if (/[\w#$@.]$/.test(text)) return undefined
      text += part.name
      names.push(part.name)
    } else {
      return undefined
    }
  }
  // An assignment or `++` is one to a name, but not to a value.
  return /(?:^|[^=!<>])=(?!=)|<<=|>>=|\+\+|--/.test(text) ? undefined : { text, names }
}

/** Negative ones need their parentheses: `2-$n`. */
function isPlainNumber(shell: Shell, name: string): boolean {
  const value = shell.variables.getNumber(name)
  return value !== undefined && value >= 0
}
