import type { Word, WordPart } from '../syntax.ts'

/** The three expressions of bash's `for ((a; b; c))`; nothing unless there are three. */
export function splitExpressions(word: Word): [Word, Word, Word] | undefined {
  const { line, offset } = word
  const groups: WordPart[][] = [[]]
  for (const part of word.parts) {
    if (part.kind !== 'literal') {
      groups.at(-1)!.push(part)
      continue
    }
    part.text.split(';').forEach((piece, index) => {
      if (index > 0) groups.push([])
      const text = groups.at(-1)!.length === 0 ? piece.trimStart() : piece
      if (text !== '') groups.at(-1)!.push({ ...part, text })
    })
  }
  const [initial, condition, update, more] = groups.map(parts => ({ parts, line, offset }))
  if (initial === undefined || condition === undefined || update === undefined || more !== undefined) return undefined
  return [initial, condition, update]
}
