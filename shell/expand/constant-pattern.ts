import { escapePattern } from '../../lib/pattern.ts'
import type { Word } from '../syntax.ts'

/** The pattern a word is, in which what was quoted is escaped. undefined: it has expansions, or a tilde. */
export function constantPattern(word: Word): string | undefined {
  let pattern = ''
  for (const part of word.parts) {
    if (part.kind !== 'literal' || part.text.includes('~')) return undefined
    pattern += part.quoted ? escapePattern(part.text) : part.text
  }
  return pattern
}
