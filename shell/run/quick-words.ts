// The words of most commands are constants, parameters and numbers: their fields need only be filled in. Nothing that is asked
// here changes anything, so that a command whose values turn out to be split or patterns can be expanded again, in full.

import type { Compiler } from '../compiler.ts'
import { compilePureExpression } from '../expand/arithmetic.ts'
import { compileLookup } from '../expand/lookup.ts'
import { simpleParts, simpleWord } from '../expand/word.ts'
import type { Shell } from '../shell.ts'
import type { Word, WordPart } from '../syntax.ts'

export interface QuickWords {
  /** The constants, in place. */
  readonly template: readonly string[]
  readonly holes: readonly Hole[]
}

interface Hole {
  readonly at: number
  readonly value: TextNow
  /** Whatever its value is, it is one field. */
  readonly isWhole: boolean
}

/** undefined: this cannot be told here. */
type TextNow = (shell: Shell) => string | undefined

/** `isDeclaration`: `name=value` is expanded as an assignment. undefined: some word is more than that. */
export function compileQuickWords(
  compiler: Compiler,
  words: readonly Word[],
  isDeclaration = false,
): QuickWords | undefined {
  const template: string[] = []
  const holes: Hole[] = []
  for (const [at, word] of words.entries()) {
    const isOperand = isDeclaration && at > 0
    const constant = simpleWord(word)
    // A tilde may be one only behind the equals sign.
    const isConstant = typeof constant === 'string' && !(isOperand && constant.includes('~'))
    const hole = isConstant ? undefined : compileHole(compiler, word, at, isOperand)
    if (!isConstant && !hole) return undefined
    template.push(isConstant ? constant : '')
    if (hole) holes.push(hole)
  }
  return { template, holes }
}

/** undefined: a value is to be split, or is a pattern, so the words must be expanded in full. */
export function fillQuickWords(shell: Shell, { template, holes }: QuickWords): readonly string[] | undefined {
  if (holes.length === 0) return template
  const fields = template.slice()
  const { ifs } = shell.variables
  for (let next = 0; next < holes.length; next++) {
    const { at, value, isWhole } = holes[next]!
    const text = value(shell)
    if (text === undefined || (!isWhole && !ifs.isPlain(text))) return undefined
    fields[at] = text
  }
  return fields
}

function compileHole(compiler: Compiler, word: Word, at: number, isOperand: boolean): Hole | undefined {
  const simple = simpleParts(word, isOperand)
  const texts = simple?.parts.map(part => compilePart(compiler, part))
  if (!simple || !texts || !isAll(texts)) return undefined
  const isWhole = simple.isDeclared || simple.parts.every(isFixed)
  return { at, isWhole, value: texts.length === 1 ? texts[0]! : joined(texts) }
}

/** Nothing of it is split, and it is no pattern. */
function isFixed(part: WordPart): boolean {
  return part.kind === 'literal' || (part.kind !== 'process-substitution' && part.quoted)
}

function isAll(texts: readonly (TextNow | undefined)[]): texts is readonly TextNow[] {
  return texts.every(text => text !== undefined)
}

function compilePart(compiler: Compiler, part: WordPart): TextNow | undefined {
  if (part.kind === 'literal') return () => part.text
  if (part.kind === 'arithmetic') {
    const expression = compilePureExpression(part.expression, compiler.arithmeticOptions)
    return (
      expression &&
      (shell => {
        const value = expression(shell)
        return value === undefined ? undefined : String(value)
      })
    )
  }
  if (part.kind !== 'parameter') return undefined
  const lookup = compileLookup(part.name)
  return shell => lookup(shell) ?? ''
}

function joined(texts: readonly TextNow[]): TextNow {
  return shell => {
    let whole = ''
    for (let at = 0; at < texts.length; at++) {
      const text = texts[at]!(shell)
      if (text === undefined) return undefined
      shell.requireRoom(whole.length + text.length)
      whole += text
    }
    return whole
  }
}
