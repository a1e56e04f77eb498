import type { ArrayElement, Word, WordPart } from '../syntax.ts'

/** What elements are read from. */
interface Tokens {
  readonly word: Word
  peek(): string
  take(): void
  unexpected(expected: string): Error
}

/** bash: the elements after `name=`, whose `(` is the next character. */
export function readElements(lexer: Tokens): ArrayElement[] {
  const elements: ArrayElement[] = []
  lexer.peek()
  lexer.take()
  for (let kind = lexer.peek(); kind !== ')'; kind = lexer.peek()) {
    if (kind !== 'newline' && kind !== 'word') throw lexer.unexpected('")"')
    if (kind === 'word') elements.push(element(lexer.word))
    lexer.take()
  }
  lexer.take()
  return elements
}

function element(word: Word): ArrayElement {
  const first = word.parts[0]
  if (first?.kind !== 'literal' || first.quoted || !first.text.startsWith('[')) return { value: word }
  const split = splitIndex(word, 1)
  return split === undefined || split.append ? { value: word } : { index: split.index, value: split.value }
}

export interface Indexed {
  readonly index: Word
  readonly value: Word
  readonly append: boolean
}

/** `[index]=value` or `[index]+=value`, where the word's first literal has `start` characters up to and with the `[`. */
export function splitIndex(word: Word, start: number): Indexed | undefined {
  const { line, offset } = word
  const index: WordPart[] = []
  for (const [at, part] of word.parts.entries()) {
    const text = part.kind === 'literal' && !part.quoted ? part.text.slice(at === 0 ? start : 0) : undefined
    const close = text === undefined ? null : /\](\+?)=/.exec(text)
    if (part.kind !== 'literal' || text === undefined || close === null) {
      if (part.kind !== 'literal' || text === undefined) index.push(part)
      else if (text !== '') index.push({ ...part, text })
      continue
    }
    const before = text.slice(0, close.index)
    const after = text.slice(close.index + close[0].length)
    if (before !== '') index.push({ ...part, text: before })
    const value = [...(after === '' ? [] : [{ ...part, text: after }]), ...word.parts.slice(at + 1)]
    return {
      index: { parts: index, line, offset },
      value: { parts: value, line, offset },
      append: close[1] === '+',
    }
  }
  return undefined
}
