// The words of `for word in $(command)`: where the text is words and blanks and nothing else, each is taken out of it as the loop
// comes to it, for a list of a hundred thousand would be moved about in memory while the loop runs.

import type { Compiler, TextsOf } from '../compiler.ts'
import type { Ifs } from '../state/ifs.ts'
import type { Word } from '../syntax.ts'

/** What gives the next word; undefined: there is none. */
export type NextWord = () => string | undefined

/** The text of which the words are taken, where the list is nothing but one unquoted substitution. */
export function compileWordsText(compiler: Compiler, words: readonly Word[]): TextsOf | undefined {
  const [word] = words
  const [part] = word?.parts ?? []
  if (words.length !== 1 || word?.parts.length !== 1) return undefined
  return part?.kind === 'command-substitution' && !part.quoted ? compiler.substitutionTexts(part.body) : undefined
}

/** Of texts that are the pieces of one. undefined: something in it is a pattern, or separates without being a blank. */
export function plainWords(ifs: Ifs, texts: readonly string[]): NextWord | undefined {
  if (!texts.every(text => ifs.isWordsAndBlanks(text))) return undefined
  let piece = 0
  let text = texts[0] ?? ''
  let at = 0
  /** How a word began, in the piece before. */
  let begun = ''
  return () => {
    for (;;) {
      const start = at
      const end = ifs.plainEnd(text, start)
      at = end + 1
      if (end < text.length) {
        if (end === start && begun === '') continue
        const word = begun + text.slice(start, end)
        begun = ''
        return word
      }
      begun += text.slice(start)
      const next = texts[++piece]
      if (next === undefined) break
      text = next
      at = 0
    }
    text = ''
    const last = begun
    begun = ''
    return last === '' ? undefined : last
  }
}
