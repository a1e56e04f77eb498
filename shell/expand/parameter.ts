// ${...}: what each operation does with the value of its parameter (POSIX XCU 2.6.2, and ash's substring and replacement).

import type { Compiler, Step } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import { isName } from '../state/variables.ts'
import type { Parameter, ParameterOperation } from '../syntax.ts'
import { lookupParameter, parameterValue, unset } from './lookup.ts'
import { replacePattern, trimPattern } from './match.ts'
import type { Sink } from './sink.ts'
import { homeOf, isTilde, withTildes } from './tilde.ts'

export function compileParameter(compiler: Compiler, part: Parameter): Step {
  const { name, quoted, operation } = part
  if (isTilde(part)) return (shell, out) => out.value(homeOf(shell, name) ?? name, true)
  if (!operation) return name === '@' || name === '*' ? listStep(name, quoted) : valueStep(name, quoted)
  switch (operation.kind) {
    case 'length':
      return (shell, out) => out.value(String(lengthOf(shell, name)), quoted)
    case 'default':
      return defaultStep(compiler, part, operation)
    case 'trim':
      return trimStep(compiler, part, operation)
    case 'substring':
      return substringStep(compiler, part, operation)
    case 'replace':
      return replaceStep(compiler, part, operation)
    case 'bad':
      return refuse
    // The operations of bash are its dialect's, which the parser of ash does not make.
    case 'case':
    case 'indirect':
    case 'names':
    case 'keys':
    case 'transform':
      return refuse
  }
}

function refuse(): never {
  throw new ExpansionError('syntax error: bad substitution')
}

function valueStep(name: string, quoted: boolean): Step {
  return (shell, out) => out.value(lookupParameter(shell, name) ?? '', quoted)
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

/** Unquoted, empty parameters are something when there are two of them, even with an empty IFS between (ash). */
function isSeveral(shell: Shell, name: string): boolean {
  return (name === '*' || name === '@') && shell.positional.length > 1
}

function give(shell: Shell, out: Sink, name: string, value: string, quoted: boolean): void {
  if (name === '@' || name === '*') out.list(shell.positional, name, quoted)
  else out.value(value, quoted)
}

function assign(shell: Shell, name: string, value: string): string {
  if (!isName(name)) throw new ExpansionError('syntax error: bad substitution')
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
function textOf(shell: Shell, name: string): string {
  return lookupParameter(shell, name) ?? ''
}

function trimStep(compiler: Compiler, { name, quoted }: Parameter, how: OperationOf<'trim'>): Step {
  const pattern = compiler.pattern(how.pattern)
  return (shell, out) => {
    const value = textOf(shell, name)
    return andThen(pattern(shell), what => out.value(trimPattern(value, what, how.operator), quoted))
  }
}

function substringStep(compiler: Compiler, { name, quoted }: Parameter, how: OperationOf<'substring'>): Step {
  const start = compiler.number(how.start)
  const length = how.length && compiler.number(how.length)
  return (shell, out) => {
    const value = textOf(shell, name)
    return andThen(start(shell), from => {
      if (!length) return out.value(substring(value, from, undefined), quoted)
      return andThen(length(shell), count => out.value(substring(value, from, count), quoted))
    })
  }
}

/** By code points. A negative start counts from the end, a negative length stops so far before the end. */
export function substring(value: string, start: number, length: number | undefined): string {
  const characters = /[\ud800-\udbff]/.test(value) ? [...value] : undefined
  const size = characters?.length ?? value.length
  const from = start < 0 ? size + start : start
  if (from < 0 || from > size) return ''
  const end = length === undefined ? size : length < 0 ? size + length : Math.min(size, from + length)
  if (end <= from) return ''
  return characters ? characters.slice(from, end).join('') : value.slice(from, end)
}

function replaceStep(compiler: Compiler, { name, quoted }: Parameter, how: OperationOf<'replace'>): Step {
  const pattern = compiler.pattern(how.pattern)
  const text = compiler.text(how.text)
  return (shell, out) => {
    const value = textOf(shell, name)
    return andThen(pattern(shell), what =>
      andThen(text(shell), by => out.value(replacePattern(value, what, { by, operator: how.operator }), quoted)),
    )
  }
}
