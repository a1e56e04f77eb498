// What `${...}` is about: a value, or a list of values, after subscripts and indirections.

import type { Compiler } from '../compiler.ts'
import { parameterValue } from '../expand/lookup.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen, type Later } from '../run/completion.ts'
import { promptText } from '../run/prompt-text.ts'
import type { Shell } from '../shell.ts'
import { isName } from '../state/variables.ts'
import type { Parameter, Word } from '../syntax.ts'
import { elementOf, isAssociative, keysOf, splitElement, valuesOf } from './arrays.ts'

export type Subject = Single | Several

export interface Single {
  /** `a` or `a[1]`: to assign to, and for messages. */
  readonly name: string
  readonly value: string | undefined
  readonly kind: 'single'
}

export interface Several {
  readonly name: string
  readonly values: readonly string[]
  readonly kind: '@' | '*'
  /** The array's keys; undefined: the positional parameters. */
  readonly keys: (() => readonly string[]) | undefined
}

export function compileSubject(compiler: Compiler, part: Parameter): (shell: Shell) => Later<Subject> {
  const direct = compileDirect(compiler, part)
  const isIndirect = part.indirect || part.operation?.kind === 'indirect'
  return isIndirect ? shell => andThen(direct(shell), subject => followed(shell, subject)) : direct
}

function compileDirect(compiler: Compiler, { name, index }: Parameter): (shell: Shell) => Later<Subject> {
  if (!index) return shell => named(shell, name)
  const every = everyKind(index)
  if (every) return shell => everyOf(shell, name, every)
  const subscript = compileSubscript(compiler, index)
  return shell => andThen(subscript(shell, name), text => element(shell, name, text))
}

export function everyKind({ parts }: Word): '@' | '*' | undefined {
  const [only] = parts
  if (parts.length !== 1 || only?.kind !== 'literal' || only.quoted) return undefined
  return only.text === '@' || only.text === '*' ? only.text : undefined
}

/** A key, or an expression. */
export function compileSubscript(compiler: Compiler, index: Word): (shell: Shell, name: string) => Later<string> {
  const text = compiler.text(index, { tilde: 'none' })
  const isBlank = (shell: Shell, name: string, found: string) => {
    if (found.trim() === '' && !isAssociative(shell, name)) throw new ExpansionError(`${name}: bad array subscript`, 1)
    return found
  }
  return (shell, name) => andThen(text(shell), found => isBlank(shell, name, found))
}

function named(shell: Shell, name: string): Subject {
  if (name === '@' || name === '*') return { name, values: shell.positional, kind: name, keys: undefined }
  return { name, value: parameterValue(shell, name), kind: 'single' }
}

function everyOf(shell: Shell, name: string, kind: '@' | '*'): Several {
  return { name, values: valuesOf(shell, name), kind, keys: () => keysOf(shell, name) }
}

function element(shell: Shell, name: string, subscript: string): Single {
  return { name: `${name}[${subscript}]`, value: elementOf(shell, name, subscript), kind: 'single' }
}

/** `${!name}`: a reference gives the name it refers to, anything else what its value names. */
function followed(shell: Shell, subject: Subject): Later<Subject> {
  const traits = shell.variables.lookup(subject.name)?.traits
  if (traits?.isReference) return { name: subject.name, value: traits.target, kind: 'single' }
  const target = subject.kind === 'single' ? subject.value : subject.values.join(' ')
  if (target === undefined || target === '') throw new ExpansionError(`${subject.name}: invalid indirect expansion`, 1)
  return subjectOf(shell, target)
}

/** By a name that is only known as the script runs: `x`, `a[@]`, `1`. */
export function subjectOf(shell: Shell, target: string): Later<Subject> {
  const found = splitElement(target)
  if (found) {
    const { name, subscript } = found
    if (subscript === '@' || subscript === '*') return everyOf(shell, name, subscript)
    return andThen(promptText(shell, subscript.replace(/^(["'])([\s\S]*)\1$/, '$2')), text =>
      element(shell, name, text),
    )
  }
  if (isName(target) || /^(?:\d+|[@*#?$!-])$/.test(target)) return named(shell, target)
  throw new ExpansionError(`${target}: invalid variable name`, 1)
}
