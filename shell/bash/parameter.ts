// ${...} as bash has it: subscripts, indirections, and operations on each of several values.

import { compilePattern } from '../../lib/pattern.ts'
import type { Compiler, Step } from '../compiler.ts'
import { unset } from '../expand/lookup.ts'
import { countCharacters, endsEarly, missing, type OperationOf, substring } from '../expand/parameter.ts'
import type { Sink } from '../expand/sink.ts'
import { isTilde, withTildes } from '../expand/tilde.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen, type Later } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import { isName } from '../state/variables.ts'
import type { Parameter, ParameterOperation } from '../syntax.ts'
import { assignElement, keysOf, splitElement } from './arrays.ts'
import { changeCase, trimText } from './edits.ts'
import { isOn, trimOptions } from './patterns.ts'
import { compileReplacement, replaceText } from './replace.ts'
import { compileSubject, type Several, type Subject } from './subject.ts'
import { transform } from './transform.ts'

/** undefined: nothing about it is bash's own. */
export function compileBashParameter(compiler: Compiler, part: Parameter): Step | undefined {
  const { name, index, indirect, operation } = part
  if (isTilde(part)) return undefined
  const isPlain = !index && !indirect && name !== '@' && name !== '*'
  if (!operation && !index && !indirect) return undefined
  if (isPlain && operation && isShared(operation)) return undefined
  if (operation?.kind === 'names') return namesStep(name, operation.operator, part.quoted)
  if (operation?.kind === 'bad') return () => refuse(operation.text)
  const subject = compileSubject(compiler, part)
  const apply = compileOperation(compiler, part, operation)
  return (shell, out) => andThen(subject(shell), found => apply(shell, out, found))
}

/** Of a plain variable these are as in ash; a length may be too negative. */
function isShared(operation: ParameterOperation): boolean {
  return ['default', 'length'].includes(operation.kind) || (operation.kind === 'substring' && !operation.length)
}

type Apply = (shell: Shell, out: Sink, subject: Subject) => void | Promise<void>

function compileOperation(compiler: Compiler, part: Parameter, operation: ParameterOperation | undefined): Apply {
  const { quoted } = part
  switch (operation?.kind) {
    case undefined:
    case 'indirect':
      return (shell, out, subject) => give(shell, out, subject, quoted)
    case 'length':
      return (shell, out, subject) => out.value(String(lengthOf(shell, subject)), quoted)
    case 'keys':
      return (shell, out, { name, kind }) => giveKeys(shell, out, name, kind, quoted)
    case 'default':
      return defaultOf(compiler, part, operation)
    case 'substring':
      return substringOf(compiler, quoted, operation)
    case 'trim': {
      const pattern = compiler.pattern(operation.pattern)
      return (shell, out, subject) =>
        andThen(pattern(shell), what => {
          const matcher = compilePattern(what, trimOptions(shell))
          edit(shell, out, subject, quoted, value => trimText(value, matcher, operation.operator))
        })
    }
    case 'replace':
      return replaceOf(compiler, quoted, operation)
    case 'case': {
      const pattern = operation.pattern && compiler.pattern(operation.pattern)
      return (shell, out, subject) =>
        andThen(pattern ? pattern(shell) : '', what => {
          const matcher = what === '' ? undefined : compilePattern(what, trimOptions(shell))
          edit(shell, out, subject, quoted, value => changeCase(value, operation.operator, matcher))
        })
    }
    case 'transform':
      return (shell, out, subject) => giveTransformed(shell, out, subject, operation.operator, quoted)
    case 'names':
    case 'bad':
      return () => refuse('')
  }
}

const NO_NUMBERS = { history: 1, command: 1 }

function refuse(text: string): never {
  throw new ExpansionError(`\${${text}}: bad substitution`, 1)
}

function give(shell: Shell, out: Sink, subject: Subject, quoted: boolean): void {
  if (subject.kind !== 'single') return out.list(subject.values, subject.kind, quoted)
  out.value(valueOf(shell, subject) ?? '', quoted)
}

/** set -u refuses what is unset. */
function valueOf(shell: Shell, { name, value }: { name: string; value: string | undefined }): string | undefined {
  if (value === undefined && shell.options.nounset) throw unset(name)
  return value
}

function edit(shell: Shell, out: Sink, subject: Subject, quoted: boolean, change: (value: string) => string): void {
  if (subject.kind !== 'single') return out.list(subject.values.map(change), subject.kind, quoted)
  out.value(change(valueOf(shell, subject) ?? ''), quoted)
}

function lengthOf(shell: Shell, subject: Subject): number {
  return subject.kind === 'single' ? countCharacters(valueOf(shell, subject) ?? '') : subject.values.length
}

function giveKeys(shell: Shell, out: Sink, name: string, kind: Subject['kind'], quoted: boolean): void {
  out.list(keysOf(shell, name), kind === '*' ? '*' : '@', quoted)
}

function namesStep(prefix: string, kind: '@' | '*', quoted: boolean): Step {
  return (shell, out) => {
    const names = shell.variables.sorted().filter(([name]) => name.startsWith(prefix))
    out.list(
      names.filter(([, { value, traits }]) => value !== undefined || traits?.array).map(([name]) => name),
      kind,
      quoted,
    )
  }
}

function defaultOf(compiler: Compiler, { quoted }: Parameter, how: OperationOf<'default'>): Apply {
  const word = compiler.steps(quoted ? how.word.parts : withTildes(how.word.parts, 'word'), { isOperand: true })
  const text = compiler.text(how.word)
  const operand: Step = (shell, out) => {
    if (quoted) out.value('', true)
    return word(shell, out)
  }
  return (shell, out, subject) => {
    const isThere = isSet(shell, subject, how.colon, quoted)
    switch (how.operator) {
      case '-':
        return isThere ? give(shell, out, subject, quoted) : operand(shell, out)
      case '+':
        return isThere ? operand(shell, out) : quoted && subject.kind !== '@' ? out.value('', true) : undefined
      case '=':
        if (isThere) return give(shell, out, subject, quoted)
        return andThen(text(shell), fresh => out.value(assign(shell, subject, fresh), quoted))
      case '?':
        if (isThere) return give(shell, out, subject, quoted)
        return andThen(text(shell), message => missing(subject.name, message, how))
    }
  }
}

function isSet(shell: Shell, subject: Subject, colon: boolean, quoted: boolean): boolean {
  if (subject.kind === 'single') return subject.value !== undefined && !(colon && subject.value === '')
  const { values } = subject
  if (!colon || values.length === 0) return values.length > 0
  return values.join(subject.kind === '*' && quoted ? shell.variables.ifs.first : ' ') !== ''
}

function assign(shell: Shell, { name, kind }: Subject, value: string): string {
  const element = splitElement(name)
  if (kind !== 'single') throw new ExpansionError(`${name}[${kind}]: bad array subscript`, 1)
  if (element) assignElement(shell, element.name, element.subscript, value)
  else if (isName(name)) shell.assign(name, value)
  else throw new ExpansionError(`$${name}: cannot assign in this way`, 1)
  return value
}

function substringOf(compiler: Compiler, quoted: boolean, how: OperationOf<'substring'>): Apply {
  const start = compiler.number(how.start)
  const length = how.length && compiler.number(how.length)
  return (shell, out, subject) =>
    andThen(start(shell), from =>
      andThen(length ? length(shell) : undefined, (count: number | undefined): void => {
        if (subject.kind === 'single') out.value(piece(valueOf(shell, subject) ?? '', from, count), quoted)
        else out.list(slice(shell, subject, from, count), subject.kind, quoted)
      }),
    )
}

function piece(value: string, from: number, count: number | undefined): string {
  if (endsEarly(value, from, count)) throw new ExpansionError(`${count}: substring expression < 0`, 1)
  return substring(value, from, count)
}

/** Of an array from that index on, of the parameters from that position on, where 0 is `$0`. */
function slice(
  shell: Shell,
  { name, values, keys }: Several,
  start: number,
  length: number | undefined,
): readonly string[] {
  if (length !== undefined && length < 0) throw new ExpansionError(`${length}: substring expression < 0`, 1)
  const places = keys ? keys() : [...Array(values.length + 1).keys()].map(String)
  const all = keys ? values : [shell.name, ...values]
  const isKeyed = keys && !places.every(key => /^\d+$/.test(key))
  const positions = isKeyed ? places.map((_, at) => at) : places.map(Number)
  const end = (positions.at(-1) ?? -1) + 1
  const from = start < 0 ? end + start : start
  if (from < 0 || name === '') return []
  const first = positions.findIndex(position => position >= from)
  return first === -1 ? [] : all.slice(first, length === undefined ? undefined : first + length)
}

function replaceOf(compiler: Compiler, quoted: boolean, how: OperationOf<'replace'>): Apply {
  const pattern = compiler.pattern(how.pattern)
  const replacement = compileReplacement(compiler, how.text)
  return (shell, out, subject) =>
    andThen(
      pattern(shell),
      (what): Later<void> =>
        andThen(replacement(shell), by => {
          const options = { ...trimOptions(shell), ...(isOn(shell, 'nocasematch') && { ignoreCase: true }) }
          const matcher = compilePattern(what, options)
          const isEmpty = what === ''
          // What is unset holds nothing to replace, not even for `*`.
          const isUnset = subject.kind === 'single' && subject.value === undefined
          edit(shell, out, subject, quoted, value =>
            isUnset ? '' : replaceText(value, { matcher, isEmpty, by, operator: how.operator }),
          )
        }),
    )
}

function giveTransformed(shell: Shell, out: Sink, subject: Subject, operator: string, quoted: boolean): Later<void> {
  if (operator === 'P' && subject.kind === 'single') {
    return andThen(shell.language.extension?.prompt(shell, subject.value ?? '', NO_NUMBERS) ?? '', text =>
      out.value(text.replace(/[\x01\x02]/g, ''), quoted),
    )
  }
  const answer = transform(shell, subject, operator)
  if (typeof answer === 'string') out.value(answer, quoted)
  else if (answer) out.list(answer, subject.kind === '*' ? '*' : '@', quoted)
  else if (subject.kind === 'single') out.value('', quoted)
}
