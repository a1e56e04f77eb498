// bash: words as they were written, which `declare -f`, set -x and BASH_COMMAND show. They are no part of the tree.

import type { Word } from '../syntax.ts'

const sources = new WeakMap<Word, string>()

export function keepSource(word: Word, text: string): Word {
  sources.set(word, text)
  return word
}

/** undefined: it was made by no parser, or ran over what its source had handed out. */
export function sourceOf(word: Word): string | undefined {
  return sources.get(word)
}
