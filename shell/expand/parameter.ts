// ${...}: what each operation does with the value of its parameter (POSIX XCU 2.6.2, and ash's substring and replacement).

import { compilePattern } from '../../lib/pattern.ts'
import type { Compiler, Step, TextOf } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import { isName } from '../state/variables.ts'
import type { Parameter, ParameterOperation } from '../syntax.ts'
import { constantPattern } from './constant-pattern.ts'
import { compileLookup, lookupParameter, parameterValue, unset } from './lookup.ts'
import { replacePattern, trimPattern } from './match.ts'
import type { Sink } from './sink.ts'
import { homeOf, isTilde, withTildes } from './tilde.ts'

export function compileParameter(compiler: Compiler, part: Parameter): Step {
  const { name, quoted, operation } = part
  if (isTilde(part)) return valueStep(tildeText(name), true)
  if (!operation && (name === '@' || name === '*')) return listStep(name, quoted)
  if (operation?.kind === 'default') return defaultStep(compiler, part, operation)
  return valueStep(compileValue(compiler, part), quoted)
}

/** The same as one text, for those who need no more; undefined: it is a list. */
export function compileParameterText(compiler: Compiler, part: Parameter): TextOf | undefined {
  const { name, operation } = part
  if (isTilde(part)) return tildeText(name)
  if ((!operation || operation.kind === 'default') && (name === '@' || name === '*')) return undefined
  return operation?.kind === 'default' ? defaultText(compiler, part, operation) : compileValue(compiler, part)
}

function compileValue(compiler: Compiler, { name, operation }: Parameter): TextOf {
  const lookup = compileLookup(name)
  const value = (shell: Shell) => lookup(shell) ?? ''
  switch (operation?.kind) {
    case undefined:
      return value
    case 'length':
      return shell => String(lengthOf(shell, name))
    case 'trim':
      return trimText(compiler, value, operation)
    case 'substring':
      return substringText(compiler, value, operation)
    case 'replace':
      return replaceText(compiler, lookup, operation)
    // The operations of bash are its dialect's, which the parser of ash does not make.
    default:
      return refuse
  }
}

function valueStep(text: TextOf, quoted: boolean): Step {
  return (shell, out) => {
    const value = text(shell)
    if (value instanceof Promise) return value.then(later => out.value(later, quoted))
    out.value(value, quoted)
  }
}

function tildeText(name: string): TextOf {
  return shell => homeOf(shell, name) ?? name
}

function refuse(): never {
  throw new ExpansionError('syntax error: bad substitution')
}

function listStep(kind: '@' | '*', quoted: boolean): Step {
  return (shell, out) => out.list(shell.positional, kind, quoted)
}

function lengthOf(shell: Shell, name: string): number {
  if (name === '@' || name === '*') return shell.positional.length
  return countCharacters(lookupParameter(shell, name) ?? '')
}

export function countCharacters(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}

export type OperationOf<Kind> = Extract<ParameterOperation, { kind: Kind }>

function defaultStep(compiler: Compiler, { name, quoted }: Parameter, how: OperationOf<'default'>): Step {
  const word = compiler.steps(quoted ? how.word.parts : withTildes(how.word.parts, 'word'), { isOperand: true })
  const text = compiler.text(how.word)
  const operand: Step = (shell, out) => {
    if (quoted) out.value('', true)
    return word(shell, out)
  }
  return (shell, out) => {
    const value = parameterValue(shell, name)
    const isThere = value !== undefined && !(how.colon && value === '' && (quoted || !isSeveral(shell, name)))
    switch (how.operator) {
      case '-':
        return isThere ? give(shell, out, name, value, quoted) : operand(shell, out)
      case '+':
        return isThere ? operand(shell, out) : quoted && name !== '@' ? out.value('', true) : undefined
      case '=':
        if (isThere) return give(shell, out, name, value, quoted)
        return andThen(text(shell), fresh => out.value(assign(shell, name, fresh), quoted))
      case '?':
        if (isThere) return give(shell, out, name, value, quoted)
        return andThen(text(shell), message => missing(name, message, how))
    }
  }
}

/** In one text: no list can come of it but a joined one. */
function defaultText(compiler: Compiler, { name, quoted }: Parameter, how: OperationOf<'default'>): TextOf {
  const isKept = how.operator === '=' || how.operator === '?'
  const operand = compiler.text(how.word, { tilde: quoted && !isKept ? 'none' : 'word' })
  return shell => {
    const value = parameterValue(shell, name)
    const isThere = value !== undefined && !(how.colon && value === '')
    switch (how.operator) {
      case '-':
        return isThere ? value : operand(shell)
      case '+':
        return isThere ? operand(shell) : ''
      case '=':
        return isThere ? value : andThen(operand(shell), fresh => assign(shell, name, fresh))
      case '?':
        return isThere ? value : andThen(operand(shell), message => missing(name, message, how))
    }
  }
}

/** Unquoted, empty parameters are something when there are two of them, even with an empty IFS between (ash). */
function isSeveral(shell: Shell, name: string): boolean {
  return (name === '*' || name === '@') && shell.positional.length > 1
}

function give(shell: Shell, out: Sink, name: string, value: string, quoted: boolean): void {
  if (name === '@' || name === '*') out.list(shell.positional, name, quoted)
  else out.value(value, quoted)
}

function assign(shell: Shell, name: string, value: string): string {
  if (!isName(name)) throw new ExpansionError(`${name}: bad variable name`)
  shell.assign(name, value)
  return value
}

/** `${name?message}` */
export function missing(name: string, message: string, how: OperationOf<'default'>): never {
  const error = unset(name)
  if (how.word.parts.length > 0) error.message = `${name}: ${message}`
  else if (how.colon) error.message = `${name}: parameter not set or null`
  throw error
}

/** `$@` and `$*` are worked on as one text, as ash does. */
type Value = (shell: Shell) => string
/** undefined: it is unset. */
type Lookup = (shell: Shell) => string | undefined

function trimText(compiler: Compiler, value: Value, { pattern, operator }: OperationOf<'trim'>): TextOf {
  const constant = constantPattern(pattern)
  if (constant !== undefined) {
    const matcher = compilePattern(constant)
    return shell => trimPattern(value(shell), matcher, operator)
  }
  const text = compiler.pattern(pattern)
  return shell => {
    const before = value(shell)
    return andThen(text(shell), what => trimPattern(before, compilePattern(what), operator))
  }
}

function substringText(compiler: Compiler, value: Value, how: OperationOf<'substring'>): TextOf {
  const start = compiler.number(how.start)
  const length = how.length && compiler.number(how.length)
  return shell => {
    const text = value(shell)
    return andThen(start(shell), from => {
      if (!length) return substring(text, from, undefined)
      return andThen(length(shell), count => substring(text, from, count))
    })
  }
}

/** By code points. A negative start counts from the end, a negative length stops so far before the end. */
export function substring(value: string, start: number, length: number | undefined): string {
  const characters = /[\ud800-\udbff]/.test(value) ? [...value] : undefined
  const size = characters?.length ?? value.length
  const from = start < 0 ? size + start : start
  if (from < 0 || from > size) return ''
  const end = endOf(size, from, length) ?? size
  if (end <= from) return ''
  return characters ? characters.slice(from, end).join('') : value.slice(from, end)
}

/** Whether it would end before it begins: then ash gives the whole rest, and bash refuses. */
export function endsEarly(value: string, start: number, length: number | undefined): boolean {
  const size = /[\ud800-\udbff]/.test(value) ? [...value].length : value.length
  const from = start < 0 ? size + start : start
  return from >= 0 && from <= size && endOf(size, from, length) === undefined
}

/** undefined: before `from`. */
function endOf(size: number, from: number, length: number | undefined): number | undefined {
  if (length === undefined) return size
  if (length >= 0) return Math.min(size, from + length)
  return size + length < from ? undefined : size + length
}

/** What is unset holds nothing to replace, not even for `*`; an empty value does, as in bash. */
function replaceText(compiler: Compiler, lookup: Lookup, how: OperationOf<'replace'>): TextOf {
  const pattern = compiler.pattern(how.pattern)
  const text = compiler.text(how.text)
  return shell => {
    const before = lookup(shell)
    if (before === undefined) return ''
    return andThen(pattern(shell), what =>
      andThen(text(shell), by => replacePattern(before, what, { by, operator: how.operator })),
    )
  }
}
