// What declare, local, export and readonly share: their options, and what they make of each operand.

import { ExpansionError } from '../../expansion-error.ts'
import { Parser } from '../../parser.ts'
import { parserOptions } from '../../run/parser-options.ts'
import type { Shell } from '../../shell.ts'
import type { ArrayOperand } from '../../state/bash-state.ts'
import { Traits } from '../../state/traits.ts'
import type { Variable } from '../../state/variable.ts'
import { isName } from '../../state/variables.ts'
import { assignElement, makeArray, shaped } from '../arrays.ts'
import { assignOperand, compileOperand } from '../assignment.ts'
import { quoteAssigned } from '../quoting.ts'
import { traceText } from '../trace.ts'

/** Letters with a minus, and with a plus. */
export interface Letters {
  readonly on: ReadonlySet<string>
  readonly off: ReadonlySet<string>
  readonly operands: readonly string[]
}

/** `known`: the letters that there are. An unknown one is refused with `usage`. */
export function readLetters(words: readonly string[], known: string, usage: string, shell: Shell): Letters | number {
  const on = new Set<string>()
  const off = new Set<string>()
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at]!
    if (word === '--') {
      at++
      break
    }
    if (!/^[-+]./.test(word)) break
    for (const letter of word.slice(1)) {
      if (!known.includes(letter)) {
        shell.complain(`${word[0]}${letter}: invalid option`)
        shell.say(`${usage}\n`)
        return 2
      }
      ;(word.startsWith('-') ? on : off).add(letter)
    }
  }
  return { on, off, operands: words.slice(at) }
}

export interface How {
  readonly on: ReadonlySet<string>
  readonly off: ReadonlySet<string>
  /** A variable of the function that runs. */
  readonly isLocal: boolean
  /** `declare -g`: not one of a function. */
  readonly isGlobal: boolean
  /** `declare a[1]=x`; export refuses it. */
  readonly takesElements?: boolean
}

interface Operand {
  readonly name: string
  readonly subscript: string | undefined
  readonly append: boolean
  readonly value: string | undefined
}

/** All operands; what is wrong with one is said, and the others are done. */
export async function declareAll(shell: Shell, words: readonly string[], how: How): Promise<number> {
  const arrays = shell.bash?.operands ?? []
  if (shell.bash) shell.bash.operands = []
  let status = 0
  const attempt = async (piece: () => void | Promise<void>) => {
    try {
      await piece()
    } catch (error) {
      if (!(error instanceof ExpansionError) || error.endsShell) throw error
      shell.report(error)
      status = 1
    }
  }
  for (const word of words) await attempt(() => declareWord(shell, word, how))
  for (const array of arrays) await attempt(() => declareArray(shell, array, how))
  return status
}

async function declareWord(shell: Shell, word: string, how: How): Promise<void> {
  const operand = parseOperand(word)
  if (!operand) throw new ExpansionError(`\`${word}': not a valid identifier`, 1)
  if (operand.subscript !== undefined && !how.takesElements)
    throw new ExpansionError(`\`${word.replace(/\+?=.*$/s, '')}': not a valid identifier`, 1)
  const { value } = operand
  const isCompound = value !== undefined && /^\(.*\)$/s.test(value) && mayHoldArray(shell, operand.name, how)
  const array = isCompound ? await readCompound(shell, `${operand.name}=${value}`) : undefined
  if (array) return declareArray(shell, { ...array, append: operand.append }, how)
  within(shell, operand.name, how, () => declareOne(shell, operand, how))
  if (shell.options.xtrace && !how.takesElements && value !== undefined) {
    await traceText(shell, `${operand.name}=${quoteAssigned(value)}`)
  }
}

function parseOperand(word: string): Operand | undefined {
  const found = /^([A-Za-z_][A-Za-z0-9_]*)(?:\[([\s\S]*?)\])?(?:(\+?)=([\s\S]*))?$/.exec(word)
  if (!found) return undefined
  return { name: found[1]!, subscript: found[2], append: found[3] === '+', value: found[4] }
}

function mayHoldArray(shell: Shell, name: string, { on }: How): boolean {
  return on.has('a') || on.has('A') || shell.variables.lookup(name)?.traits?.array !== undefined
}

/** `declare -a 'a=(1 2)'`: the text is read as the assignment it looks like. */
async function readCompound(shell: Shell, text: string): Promise<ArrayOperand | undefined> {
  const command = new Parser(text, parserOptions(shell)).next()?.items[0]?.command
  const assignment = command?.kind === 'simple' ? command.assignments[0] : undefined
  return assignment?.elements && compileOperand(shell.language.compiler, assignment)(shell)
}

function declareArray(shell: Shell, array: ArrayOperand, how: How): void {
  within(shell, array.name, how, () => {
    const kind = how.on.has('A') ? 'associative' : 'indexed'
    requireSameKind(shell, array.name, how)
    giveTraits(shell, array.name, { ...how, on: without(how.on, 'r'), off: how.off })
    assignOperand(shell, array, kind)
    giveMarks(shell, array.name, how)
  })
}

function without(letters: ReadonlySet<string>, letter: string): ReadonlySet<string> {
  return new Set([...letters].filter(each => each !== letter))
}

/** In the scope that is meant. */
function within(shell: Shell, name: string, how: How, piece: () => void): void {
  if (how.isGlobal) return shell.variables.beyond(shell.scopes, name, piece)
  const scope = how.isLocal ? shell.openScope() : undefined
  if (scope && !scope.some(saved => saved.name === name)) {
    const before = shell.variables.lookup(name)
    if (before?.isReadOnly) throw new ExpansionError(`${name}: is read only`, 1)
    shell.variables.save(scope, name)
    shell.variables.renew(name)
    if (shell.bash?.shopt.has('localvar_inherit') && before) shell.variables.set(name, before.value ?? '')
  }
  piece()
}

function declareOne(shell: Shell, operand: Operand, how: How): void {
  const { name, subscript, append, value } = operand
  if (how.on.has('n') || how.off.has('n')) return declareReference(shell, name, value, how)
  const target = shell.variables.resolve(name)
  requireSameKind(shell, target, how)
  if (value !== undefined && shell.variables.lookup(target)?.isReadOnly) {
    throw new ExpansionError(`${name}: is read only`, 1)
  }
  if (subscript !== undefined && value === undefined && !how.on.has('A')) {
    shell.variables.change(target, variable => void makeArray(variable))
  }
  giveTraits(shell, target, how)
  if (value !== undefined) assignValue(shell, target, { ...operand, append, value })
  giveMarks(shell, target, how)
}

function assignValue(shell: Shell, name: string, operand: Operand & { readonly value: string }): void {
  const { subscript, append, value } = operand
  if (subscript !== undefined) return assignElement(shell, name, subscript, value, { append })
  const traits = shell.variables.lookup(name)?.traits
  const before = append ? shell.variables.get(name) : undefined
  shell.assign(name, traits && append ? shaped(shell, traits, before, value) : (before ?? '') + value)
}

function requireSameKind(shell: Shell, name: string, { on }: How): void {
  const array = shell.variables.lookup(name)?.traits?.array
  if (array?.kind === 'indexed' && on.has('A')) {
    throw new ExpansionError(`${name}: cannot convert indexed to associative array`, 1)
  }
  if (array?.kind === 'associative' && on.has('a')) {
    throw new ExpansionError(`${name}: cannot convert associative to indexed array`, 1)
  }
}

/** The letters a A i l u t; a variable that is not there is declared. */
function giveTraits(shell: Shell, name: string, { on, off }: How): void {
  const isThere = shell.variables.lookup(name) !== undefined
  const isPlain = !['a', 'A', 'i', 'l', 'u', 't'].some(letter => on.has(letter) || off.has(letter))
  if (isPlain && isThere) return
  shell.variables.change(name, variable => {
    if (isPlain) return
    variable.traits ??= new Traits()
    const { traits } = variable
    if (on.has('a') || on.has('A')) giveArray(variable, on.has('A') ? 'associative' : 'indexed')
    if (on.has('i')) traits.isInteger = true
    if (off.has('i')) traits.isInteger = false
    if (on.has('t')) traits.isTraced = true
    // bash: both at once are neither.
    if (on.has('l') || on.has('u'))
      traits.letterCase = on.has('l') && on.has('u') ? undefined : on.has('u') ? 'upper' : 'lower'
    if ((off.has('l') && traits.letterCase === 'lower') || (off.has('u') && traits.letterCase === 'upper')) {
      traits.letterCase = undefined
    }
  })
}

function giveArray(variable: Variable, kind: 'indexed' | 'associative'): void {
  if (variable.traits?.array) return
  const array = makeArray(variable, kind)
  array.isBare = array.size === 0
}

function giveMarks(shell: Shell, name: string, { on, off }: How): void {
  if (on.has('x')) shell.variables.mark(name, { isExported: true })
  if (off.has('x')) shell.variables.mark(name, { isExported: false })
  if (on.has('r')) shell.variables.mark(name, { isReadOnly: true })
  if (off.has('r') && shell.variables.lookup(name)?.isReadOnly) throw new ExpansionError(`${name}: is read only`, 1)
}

function declareReference(shell: Shell, name: string, value: string | undefined, how: How): void {
  if (value !== undefined && !isName(value.replace(/\[[\s\S]*\]$/, ''))) {
    throw new ExpansionError(`\`${value}': invalid variable name for name reference`, 1)
  }
  if (value === name && !how.isLocal) {
    throw new ExpansionError(`${name}: nameref variable self references not allowed`, 1)
  }
  shell.variables.change(name, variable => {
    variable.traits ??= new Traits()
    const { traits } = variable
    if (how.off.has('n')) {
      variable.setText(traits.target)
      traits.isReference = false
      traits.target = undefined
      return
    }
    const target = value ?? traits.target ?? variable.value
    variable.setText(undefined)
    traits.isReference = true
    traits.target = target
  })
  giveMarks(shell, name, how)
}
