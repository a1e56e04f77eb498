// A sed script once it is read: commands in one flat list, blocks and labels as places to jump to.

import type { Regex } from '../../lib/regex/index.ts'

/** `undefined` stands for the last regular expression that was used (an empty one in the script). */
export type Pattern = Regex | undefined

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  /** `literal`: the one text that matches, when there is one. */
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly literal: string | undefined }
  /** FIRST~STEP */
  | { readonly kind: 'step'; readonly first: number; readonly step: number }

export type EndAddress =
  | Address
  /** ADDR,+N */
  | { readonly kind: 'count'; readonly count: number }
  /** ADDR,~N */
  | { readonly kind: 'multiple'; readonly multiple: number }

export interface Selection {
  readonly from: Address | undefined
  readonly to: EndAddress | undefined
  readonly isNegated: boolean
}

export interface Substitution {
  readonly pattern: Pattern
  readonly literal?: string | undefined
  readonly parts: readonly ReplacementPart[]
  /** Begin with the Nth match. */
  readonly occurrence: number
  readonly isGlobal: boolean
  readonly prints: boolean
  readonly executes: boolean
  readonly file: string | undefined
}

export type ReplacementPart =
  | string
  /** What a group matched; 0: all. */
  | { readonly group: number }
  /** \L \U \l \u \E */
  | { readonly change: 'L' | 'U' | 'l' | 'u' | 'E' }

export type Action =
  | { readonly kind: 'substitute'; readonly substitution: Substitution }
  | { readonly kind: 'translate'; readonly table: ReadonlyMap<string, string> }
  | { readonly kind: 'append' | 'insert' | 'change'; readonly text: string }
  | { readonly kind: 'readFile' | 'readLine' | 'writeFile' | 'writeFirst'; readonly file: string }
  | { readonly kind: 'quit' | 'quitSilently'; readonly status: number }
  | { readonly kind: 'list'; readonly width: number | undefined }
  | { readonly kind: 'branch' | 'branchIf' | 'branchUnless'; readonly label: string }
  | { readonly kind: 'execute'; readonly command: string }
  | { readonly kind: 'simple'; readonly letter: SimpleLetter }
  /** Where the block ends: the place in the list behind its `}`. */
  | { readonly kind: 'block' }

export const SIMPLE_LETTERS = '=dDgGhHnNpPxFz'
export type SimpleLetter = '=' | 'd' | 'D' | 'g' | 'G' | 'h' | 'H' | 'n' | 'N' | 'p' | 'P' | 'x' | 'F' | 'z'

export interface Command extends Selection {
  readonly action: Action
  /** A block: what comes behind it. A branch: where it leads. Set when the whole script is known. */
  target: number
  /** Inside the range of `from,to`: its last line, or undefined while that is not known. */
  isActive: boolean
  /** The range has come to its end before. */
  isOver: boolean
  /** It asks whether this is the last line. */
  readonly needsLast: boolean
  lastLine: number | undefined
}

export interface Script {
  readonly commands: readonly Command[]
  /** All files that are written: they are made before the first line is read (POSIX). */
  readonly outputFiles: ReadonlySet<string>
  /** Nothing is done to a line that has none of these; undefined: that is not known. */
  readonly needles: readonly string[] | undefined
}
