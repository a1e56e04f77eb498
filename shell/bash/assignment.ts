// Assignments that only bash has: `a[i]=x`, `a=(...)`, `x+=y`.

import type { Compiler, FieldsOf, TextOf } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { printWord } from '../printer/word.ts'
import { print } from '../printer.ts'
import { andThen, type Later } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import { AssociativeArray, IndexedArray } from '../state/arrays.ts'
import type { ArrayOperand, EvaluatedElement } from '../state/bash-state.ts'
import { Traits } from '../state/traits.ts'
import type { ArrayElement, Assignment } from '../syntax.ts'
import { assignElement, isAssociative, makeArray, requireWritable, shaped } from './arrays.ts'
import { quoteAssigned } from './quoting.ts'
import { compileSubscript, everyKind } from './subject.ts'
import { traceText } from './trace.ts'

export type RunAssignment = (shell: Shell) => Later<void>

export function isSpecial({ index, elements }: Assignment): boolean {
  return index !== undefined || elements !== undefined
}

export function compileSpecial(compiler: Compiler, assignment: Assignment): RunAssignment {
  const { index, elements } = assignment
  if (elements && index) return () => refuseElement(assignment.name)
  if (elements) {
    const operand = compileOperand(compiler, assignment)
    return shell =>
      andThen(operand(shell), evaluated => {
        const assign = () => assignOperand(shell, evaluated)
        return shell.options.xtrace ? andThen(traceText(shell, assignmentText(assignment)), assign) : assign()
      })
  }
  return index ? compileElement(compiler, assignment, index) : () => undefined
}

function refuseElement(name: string): never {
  throw new ExpansionError(`${name}: cannot assign list to array member`, 1)
}

function compileElement(
  compiler: Compiler,
  { name, value, append }: Assignment,
  index: Assignment['value'],
): RunAssignment {
  if (everyKind(index)) {
    return shell => {
      if (isAssociative(shell, name)) return andThen(text(shell), found => assignElement(shell, name, '@', found))
      throw new ExpansionError(`${name}[@]: bad array subscript`, 1)
    }
  }
  const subscript = compileSubscript(compiler, index)
  const text = compiler.text(value, { tilde: 'assignment' })
  return shell =>
    andThen(subscript(shell, shell.variables.resolve(name)), key =>
      andThen(text(shell), found => {
        const assign = () => assignElement(shell, name, key, found, { append: append === true })
        if (!shell.options.xtrace) return assign()
        const shown = `${name}[${printWord(index, print, 'index')}]${append ? '+' : ''}=${quoteAssigned(found)}`
        return andThen(traceText(shell, shown), assign)
      }),
    )
}

/** As it was written. */
export function assignmentText(assignment: Assignment): string {
  return print({ kind: 'simple', assignments: [assignment], words: [], redirections: [], line: 0, offset: 0 })
}

/** The value that `name+=word` assigns. */
export function compileAppended(compiler: Compiler, { name, value }: Assignment): TextOf {
  const text = compiler.text(value, { tilde: 'assignment' })
  return shell =>
    andThen(text(shell), found => {
      const traits = shell.variables.lookup(shell.variables.resolve(name))?.traits
      const before = shell.variables.get(name)
      return traits ? shaped(shell, traits, before, found) : (before ?? '') + found
    })
}

// --- name=(...) --------------------------------------------------------------------------------------------------------

export function compileOperand(compiler: Compiler, assignment: Assignment): (shell: Shell) => Later<ArrayOperand> {
  const parts = (assignment.elements ?? []).map(element => compileArrayElement(compiler, element))
  const { name } = assignment
  const append = assignment.append === true
  return shell => {
    const elements: EvaluatedElement[] = []
    const waiting = collect(shell, name, parts, 0, elements)
    return waiting ? waiting.then(() => ({ name, append, elements })) : { name, append, elements }
  }
}

type Collect = (shell: Shell, name: string, elements: EvaluatedElement[]) => Later<void>

function collect(
  shell: Shell,
  name: string,
  parts: readonly Collect[],
  from: number,
  elements: EvaluatedElement[],
): void | Promise<void> {
  for (let at = from; at < parts.length; at++) {
    const waiting = parts[at]!(shell, name, elements)
    if (waiting) return waiting.then(() => collect(shell, name, parts, at + 1, elements))
  }
}

function compileArrayElement(compiler: Compiler, { index, value, append: adds }: ArrayElement): Collect {
  const append = adds === true
  if (!index) return compileWords(compiler.fields(value))
  const subscript = compileSubscript(compiler, index)
  const text = compiler.text(value, { tilde: 'assignment' })
  return (shell, name, elements) =>
    andThen(subscript(shell, name), key =>
      andThen(text(shell), found => void elements.push({ index: key, value: found, append })),
    )
}

function compileWords(fieldsOf: FieldsOf): Collect {
  return (shell, _, elements) => {
    const fields: string[] = []
    const add = () => {
      for (const value of fields) elements.push({ index: undefined, value, append: false })
    }
    return andThen(fieldsOf(shell, fields), add)
  }
}

/** `kind`: what it is made if it is no array yet. */
export function assignOperand(shell: Shell, operand: ArrayOperand, kind: 'indexed' | 'associative' = 'indexed'): void {
  const target = shell.variables.resolve(operand.name)
  requireWritable(shell, target)
  shell.variables.change(target, variable => {
    variable.traits ??= new Traits()
    const { traits } = variable
    const before = traits.array
    if (!operand.append) {
      const isKeyed = before ? before.kind === 'associative' : kind === 'associative'
      // What the elements' subscripts see while they are assigned is the new array.
      traits.array = isKeyed ? new AssociativeArray() : new IndexedArray()
      variable.setText(undefined)
    } else {
      makeArray(variable, kind).isBare = false
    }
  })
  fill(shell, target, operand)
  if (shell.options.allexport) shell.variables.mark(target, { isExported: true })
}

function fill(shell: Shell, name: string, { elements }: ArrayOperand): void {
  if (!isAssociative(shell, name)) return fillIndexed(shell, name, elements)
  const isPairs = elements[0] !== undefined && elements[0].index === undefined
  for (let at = 0; at < elements.length; at++) {
    const { index, value, append } = elements[at]!
    // bash: without brackets, keys and values take turns.
    if (isPairs) assignElement(shell, name, wholeText(elements[at]!), wholeOf(elements[++at]))
    else if (index === undefined) throw mustHaveSubscript(name, value)
    else assignElement(shell, name, index, value, { append })
  }
}

/** Between keys and values in turns, brackets mean nothing. */
function wholeText({ index, value, append }: EvaluatedElement): string {
  return index === undefined ? value : `[${index}]${append ? '+' : ''}=${value}`
}

function wholeOf(element: EvaluatedElement | undefined): string {
  return element ? wholeText(element) : ''
}

function mustHaveSubscript(name: string, value: string): ExpansionError {
  return new ExpansionError(`${name}: ${value}: must use subscript when assigning associative array`, 1)
}

/** What has no index follows the element before it. */
function fillIndexed(shell: Shell, name: string, elements: readonly EvaluatedElement[]): void {
  const variable = shell.variables.lookup(name)
  const array = variable?.traits?.array
  if (array?.kind !== 'indexed') return
  let next = array.end
  for (const { index, value, append } of elements) {
    if (index !== undefined) next = numberOf(shell, name, index, array)
    const key = String(next++)
    shell.variables.change(name, changed => {
      const traits = changed.traits!
      changed.grow(
        traits.array?.set(key, shaped(shell, traits, append ? traits.array.get(key) : undefined, value)) ?? 0,
      )
    })
  }
}

function numberOf(shell: Shell, name: string, index: string, array: IndexedArray): number {
  const number = Number(shell.language.extension?.evaluate(shell, index) ?? 0)
  if (number >= 0) return number
  if (array.end + number < 0) throw new ExpansionError(`${name}: [${index}]: bad array subscript`, 1)
  return array.end + number
}
