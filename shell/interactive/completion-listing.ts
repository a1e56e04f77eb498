// The candidates of a completion in columns, sorted downwards as ls has them, and what all of them begin with.

import { textWidth } from '../../lib/width.ts'

export interface Candidate {
  /** What takes the place of the line from `from` to the cursor. */
  readonly text: string
  /** What a listing shows; by default the text. */
  readonly display?: string
  /** Added when it is the only one: a space, a slash, a closing quote. */
  readonly suffix?: string
}

export interface Completion {
  readonly from: number
  readonly candidates: readonly Candidate[]
}

/** The longest text that all candidates begin with, never cut within a character or after a lone backslash. */
export function commonPrefix(candidates: readonly Candidate[]): string {
  const [first, ...others] = candidates.map(candidate => [...candidate.text])
  if (!first) return ''
  let length = first.length
  for (const other of others) {
    let same = 0
    while (same < length && first[same] === other[same]) same++
    length = same
  }
  const prefix = first.slice(0, length).join('')
  const backslashes = /\\*$/.exec(prefix)?.[0].length ?? 0
  return backslashes % 2 === 1 && others.length > 0 ? prefix.slice(0, -1) : prefix
}

/** Rows of text for a screen of so many columns. */
export function listCandidates(candidates: readonly Candidate[], columns: number): string[] {
  const names = [...new Set(candidates.map(candidate => candidate.display ?? candidate.text))]
  const width = Math.max(...names.map(name => textWidth(name))) + 2
  const across = Math.max(1, Math.floor((columns - 1) / width))
  const rows = Math.ceil(names.length / across)
  return Array.from({ length: rows }, (_, row) => {
    const cells = names.filter((_, i) => i % rows === row)
    return cells.map((name, i) => (i === cells.length - 1 ? name : name + ' '.repeat(width - textWidth(name)))).join('')
  })
}
