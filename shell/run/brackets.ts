// The words of ash's `[[ ... ]]`, which is a utility to its parser.
// differs: ash splits and globs them as it does any command's, and forgets what was quoted in a pattern.

import type { Compiler, FieldsOf, TextOf } from '../compiler.ts'
import type { Simple, Word } from '../syntax.ts'

export function isDoubleBracket({ words }: Simple): boolean {
  return literalOf(words[0]) === '[['
}

/** Each word is one field; right of `==` it is a pattern, in which what was quoted is escaped. */
export function compileBracketWords(compiler: Compiler, words: readonly Word[]): FieldsOf[] {
  return words.map((word, at) => {
    const operator = at > 2 ? literalOf(words[at - 1]) : undefined
    const isPattern = operator === '=' || operator === '==' || operator === '!='
    return oneField(isPattern ? compiler.pattern(word) : compiler.text(word))
  })
}

function oneField(text: TextOf): FieldsOf {
  return (shell, fields) => {
    const value = text(shell)
    if (value instanceof Promise) return value.then(later => void fields.push(later))
    fields.push(value)
  }
}

function literalOf(word: Word | undefined): string | undefined {
  const [part] = word?.parts ?? []
  return word?.parts.length === 1 && part?.kind === 'literal' && !part.quoted ? part.text : undefined
}
