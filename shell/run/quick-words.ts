// The words of most commands are constants and plain parameters: their fields need only be filled in.

import { compileLookup } from '../expand/lookup.ts'
import { simpleWord } from '../expand/word.ts'
import type { Shell } from '../shell.ts'
import type { Word } from '../syntax.ts'

export interface QuickWords {
  /** The constants, in place. */
  readonly template: readonly string[]
  readonly holes: readonly Hole[]
}

interface Hole {
  readonly at: number
  readonly value: (shell: Shell) => string | undefined
  readonly quoted: boolean
}

/** undefined: some word is more than that. */
export function compileQuickWords(words: readonly Word[]): QuickWords | undefined {
  const template: string[] = []
  const holes: Hole[] = []
  for (const [at, word] of words.entries()) {
    const simple = simpleWord(word)
    if (simple === undefined) return undefined
    template.push(typeof simple === 'string' ? simple : '')
    if (typeof simple !== 'string') holes.push({ at, value: compileLookup(simple.name), quoted: simple.quoted })
  }
  return { template, holes }
}

/** undefined: a value is to be split, or is a pattern, so the words must be expanded in full. */
export function fillQuickWords(shell: Shell, { template, holes }: QuickWords): readonly string[] | undefined {
  if (holes.length === 0) return template
  const fields = template.slice()
  const { ifs } = shell.variables
  for (let next = 0; next < holes.length; next++) {
    const { at, value, quoted } = holes[next]!
    const text = value(shell) ?? ''
    if (!quoted && !ifs.isPlain(text)) return undefined
    fields[at] = text
  }
  return fields
}
