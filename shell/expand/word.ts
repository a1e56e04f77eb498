// A word compiled: literal ones are known at once, one parameter is looked up, the rest is a sequence of steps into a sink.

import { hasMagic } from '../../lib/pattern.ts'
import type { Compiler, FieldsOf, Step, TextOf } from '../compiler.ts'
import { andThen, type Later } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import type { Parameter, Word, WordPart } from '../syntax.ts'
import { constantPattern } from './constant-pattern.ts'
import { Fields } from './fields.ts'
import { compileLookup } from './lookup.ts'
import type { Sink } from './sink.ts'
import { PatternText, Text } from './text.ts'
import { type TildePlace, withTildes } from './tilde.ts'

export function compileFields(compiler: Compiler, word: Word, isDeclaration: boolean): FieldsOf {
  const declared = isDeclaration ? declaration(compiler, word) : undefined
  if (declared) return declared
  const parts = withTildes(word.parts, 'word')
  const constant = constantField(parts)
  if (constant !== undefined) {
    return (_, fields) => {
      fields.push(constant)
    }
  }
  const [only] = parts
  if (parts.length === 1 && only && isPlainParameter(only)) return parameterFields(only)
  if (parts.length === 1 && only?.kind === 'arithmetic') return numberFields(compiler.arithmetic(only), only.quoted)
  const whole = parts.length > 0 && parts.every(isWhole) ? compileJoined(compiler, parts) : undefined
  if (whole) return wholeField(whole)
  const step = compiler.steps(parts)
  return (shell, fields) => {
    const out = new Fields(shell, fields)
    const waiting = step(shell, out)
    if (waiting) return waiting.then(() => out.finish())
    out.finish()
  }
}

/** What is neither split nor a pattern, and is there even when it is empty. */
function isWhole(part: WordPart): boolean {
  if (part.kind === 'literal') return part.quoted || !SPECIAL.test(part.text)
  // The operand of ${name-word} may be a list.
  if (part.kind === 'parameter') return part.quoted && part.operation?.kind !== 'default'
  return part.kind !== 'process-substitution' && part.quoted
}

function wholeField(text: TextOf): FieldsOf {
  return (shell, fields) => {
    const value = text(shell)
    if (value instanceof Promise) return value.then(later => void fields.push(later))
    fields.push(value)
  }
}

/** A number is one field, unless IFS has digits. */
function numberFields(text: TextOf, quoted: boolean): FieldsOf {
  return (shell, fields) => {
    const value = text(shell)
    if (value instanceof Promise) return value.then(later => addNumber(shell, fields, later, quoted))
    addNumber(shell, fields, value, quoted)
  }
}

function addNumber(shell: Shell, fields: string[], value: string, quoted: boolean): void {
  if (quoted || !shell.variables.ifs.splitsNumbers) fields.push(value)
  else addSplit(shell, fields, value)
}

function addSplit(shell: Shell, fields: string[], value: string): void {
  const out = new Fields(shell, fields)
  out.value(value, false)
  out.finish()
}

function declaration(compiler: Compiler, word: Word): FieldsOf | undefined {
  const declared = declaredParts(word)
  if (!declared) return undefined
  const { name, parts } = declared
  const value = compileText(compiler, { ...word, parts }, 'assignment')
  return (shell, fields) => {
    const text = value(shell)
    if (text instanceof Promise) return text.then(later => void fields.push(name + later))
    fields.push(name + text)
  }
}

/** `name` has the equals sign. */
function declaredParts(word: Word): { readonly name: string; readonly parts: readonly WordPart[] } | undefined {
  const [first, ...others] = word.parts
  if (first?.kind !== 'literal' || first.quoted) return undefined
  const name = /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=/.exec(first.text)?.[0]
  if (name === undefined) return undefined
  const rest = first.text.slice(name.length)
  return { name, parts: [...(rest === '' ? [] : [{ ...first, text: rest }]), ...others] }
}

export function compileText(compiler: Compiler, word: Word, tilde: TildePlace): TextOf {
  const parts = withTildes(word.parts, tilde)
  if (parts.every(part => part.kind === 'literal')) {
    const text = parts.map(part => part.text).join('')
    return () => text
  }
  const [only] = parts
  if (parts.length === 1 && only) {
    const text = compilePartText(compiler, only)
    if (text) return text
  }
  return compileJoined(compiler, parts) ?? collect(compiler.steps(parts), shell => new Text(shell))
}

/** The text of a part, where it is one text; undefined: it is a list, or must be asked for step by step. */
function compilePartText(compiler: Compiler, part: WordPart): TextOf | undefined {
  switch (part.kind) {
    case 'literal':
      return () => part.text
    case 'parameter':
      return compiler.parameterText(part)
    case 'arithmetic':
      return compiler.arithmetic(part)
    case 'command-substitution':
      return compiler.substitution(part.body)
    case 'process-substitution':
      return undefined
  }
}

/** Texts one behind the other, without a sink. */
function compileJoined(compiler: Compiler, parts: readonly WordPart[]): TextOf | undefined {
  const texts: TextOf[] = []
  for (const part of parts) {
    const text = compilePartText(compiler, part)
    if (!text) return undefined
    texts.push(text)
  }
  return shell => join(shell, texts, 0, '')
}

function join(shell: Shell, texts: readonly TextOf[], from: number, before: string): Later<string> {
  let joined = before
  for (let at = from; at < texts.length; at++) {
    const text = texts[at]!(shell)
    if (text instanceof Promise) return joinLater(shell, texts, at, joined, text)
    joined = add(shell, joined, text)
  }
  return joined
}

async function joinLater(
  shell: Shell,
  texts: readonly TextOf[],
  at: number,
  before: string,
  pending: Promise<string>,
): Promise<string> {
  return join(shell, texts, at + 1, add(shell, before, await pending))
}

function add(shell: Shell, before: string, text: string): string {
  shell.requireRoom(before.length + text.length)
  return before + text
}

export function compilePatternText(compiler: Compiler, word: Word): TextOf {
  const constant = constantPattern(word)
  if (constant !== undefined) return () => constant
  const step = compiler.steps(withTildes(word.parts, 'word'))
  return collect(step, shell => new PatternText(shell))
}

export function compileSteps(compiler: Compiler, parts: readonly WordPart[], isOperand: boolean): Step {
  return sequence(parts.map(part => compilePart(compiler, part, isOperand)))
}

function collect(step: Step, makeSink: (shell: Shell) => Text): TextOf {
  return shell => {
    const out = makeSink(shell)
    const waiting = step(shell, out)
    return waiting ? waiting.then(() => out.text) : out.text
  }
}

function compilePart(compiler: Compiler, part: WordPart, isOperand: boolean): Step {
  switch (part.kind) {
    case 'literal':
      return literalStep(part.text, part.quoted, isOperand)
    case 'parameter':
      return compiler.parameter(part)
    case 'arithmetic':
      return valueStep(compiler.arithmetic(part), part.quoted)
    case 'command-substitution':
      return valueStep(compiler.substitution(part.body), part.quoted)
    case 'process-substitution':
      return valueStep(compiler.processSubstitution(part), true)
  }
}

function literalStep(text: string, quoted: boolean, isOperand: boolean): Step {
  if (isOperand) return (_, out) => out.value(text, quoted)
  return (_, out) => out.literal(text, quoted)
}

function valueStep(text: TextOf, quoted: boolean): Step {
  return (shell, out) => andThen(text(shell), value => out.value(value, quoted))
}

function sequence(steps: readonly Step[]): Step {
  const [only] = steps
  if (steps.length === 1 && only) return only
  return (shell, out) => runSteps(steps, 0, shell, out)
}

function runSteps(steps: readonly Step[], from: number, shell: Shell, out: Sink): void | Promise<void> {
  for (let at = from; at < steps.length; at++) {
    const waiting = steps[at]!(shell, out)
    if (waiting) return waiting.then(() => runSteps(steps, at + 1, shell, out))
  }
}

/** What may begin or end a pattern, though another part of the word is between: `['a'b]`. */
const SPECIAL = /[*?[\\(]/

/** The field a word without expansions is, unless it is a pattern. */
function constantField(parts: readonly WordPart[]): string | undefined {
  if (parts.length === 0) return undefined
  const isOne = parts.length === 1
  let text = ''
  for (const part of parts) {
    if (part.kind !== 'literal') return undefined
    if (!part.quoted && (isOne ? mayBePattern(part.text) : SPECIAL.test(part.text))) return undefined
    text += part.text
  }
  return text
}

/** bash: parentheses are a pattern's, too. */
function mayBePattern(text: string): boolean {
  return hasMagic(text) || text.includes('(')
}

/** A word that is one constant field, or nothing but `$name`: those need no sink. */
export function simpleWord(word: Word): string | PlainParameter | undefined {
  // bash: braces may make several words of it.
  if (word.parts.some(part => part.kind === 'literal' && !part.quoted && BRACES.test(part.text))) return undefined
  const parts = withTildes(word.parts, 'word')
  const [only] = parts
  return constantField(parts) ?? (parts.length === 1 && only && isPlainParameter(only) ? only : undefined)
}

/** The parts of a word that is made of literals, plain parameters and arithmetic; `isDeclared`: it is `name=value`, and not split. */
export function simpleParts(
  word: Word,
  isOperand: boolean,
): { readonly parts: readonly WordPart[]; readonly isDeclared: boolean } | undefined {
  if (word.parts.some(part => part.kind === 'literal' && !part.quoted && BRACES.test(part.text))) return undefined
  const declared = isOperand ? declaredParts(word) : undefined
  const parts = declared
    ? [name(declared.name), ...withTildes(declared.parts, 'assignment')]
    : withTildes(word.parts, 'word')
  const isSimple = parts.every(part => {
    if (part.kind === 'literal') return declared !== undefined || part.quoted || !SPECIAL.test(part.text)
    return part.kind === 'arithmetic' || isPlainParameter(part)
  })
  return isSimple && parts.length > 0 ? { parts, isDeclared: declared !== undefined } : undefined
}

function name(text: string): WordPart {
  return { kind: 'literal', text, quoted: true }
}

const BRACES = /\{(?!\})/

export type PlainParameter = Parameter & { readonly operation?: undefined }

function isPlainParameter(part: WordPart): part is PlainParameter {
  return part.kind === 'parameter' && !part.operation && !part.index && !part.indirect && !/^[@*~]/.test(part.name)
}

/** `$name` or `"$name"` alone: a value that splitting leaves alone needs no sink. */
function parameterFields({ name, quoted }: PlainParameter): FieldsOf {
  const lookup = compileLookup(name)
  return (shell, fields) => {
    const value = lookup(shell) ?? ''
    if (quoted || shell.variables.ifs.isPlain(value)) {
      fields.push(value)
      return
    }
    if (value !== '') addSplit(shell, fields, value)
  }
}
