import type { ArrayElement, Word } from '../syntax.ts'

/** `name[index]=value` or `[index]+=value`. */
export interface Indexed {
  readonly name: string
  readonly index: Word
  readonly value: Word
  readonly append: boolean
}

/** What elements are read from. */
interface Tokens {
  readonly word: Word
  readonly indexed: Indexed | undefined
  isInElements: boolean
  peek(): string
  take(): void
  unexpected(expected: string): Error
}

/** bash: the elements after `name=`, whose `(` is the next character. */
export function readElements(lexer: Tokens): ArrayElement[] {
  const elements: ArrayElement[] = []
  lexer.peek()
  lexer.take()
  lexer.isInElements = true
  for (let kind = lexer.peek(); kind !== ')'; kind = lexer.peek()) {
    if (kind !== 'newline' && kind !== 'word') {
      lexer.isInElements = false
      throw lexer.unexpected('")"')
    }
    if (kind === 'word') elements.push(element(lexer.word, lexer.indexed))
    lexer.take()
  }
  lexer.isInElements = false
  lexer.take()
  return elements
}

function element(word: Word, indexed: Indexed | undefined): ArrayElement {
  if (indexed === undefined || indexed.name !== '') return { value: word }
  const { index, value, append } = indexed
  return { index, value, ...(append && { append }) }
}
