// POSIX regular expressions: leftmost, then longest; in time linear in the text but for back-references.

import { Automaton } from './automaton.ts'
import { parseRegex } from './parser.ts'
import { translate } from './translate.ts'

export { RegexError } from './tree.ts'

export interface RegexOptions {
  readonly syntax: 'basic' | 'extended'
  readonly ignoreCase?: boolean
  /** ^ and $ also match at the newlines inside the text. */
  readonly newline?: boolean
}

export interface Match {
  readonly start: number
  readonly end: number
  /** Of each group from the first: start and end, or undefined where it took no part. */
  readonly groups: readonly (readonly [start: number, end: number] | undefined)[]
}

export interface Regex {
  readonly groupCount: number
  /** The leftmost longest match at or after `from`. `notBol`: the text's beginning is no beginning of a line. */
  exec(text: string, from?: number, how?: { readonly notBol?: boolean }): Match | undefined
  test(text: string): boolean
}

/** Beyond this, texts go to the linear engine when a pattern has loops. */
const SHORT = 8192

/** Throws RegexError in regcomp's words. */
export function compileRegex(source: string, how: RegexOptions): Regex {
  const { root, groupCount, hasReferences } = parseRegex(source, how.syntax === 'extended')
  const ignoreCase = how.ignoreCase ?? false
  const newline = how.newline ?? false
  const translation = translate(root)
  const flags = `gud${ignoreCase ? 'i' : ''}${newline ? 'm' : ''}`
  const fast = translation && new RegExp(translation.source, groupCount > 0 ? flags : flags.replace('d', ''))
  const isAnchored = source.startsWith('^') && !newline
  let automaton: Automaton | undefined
  const exec: Regex['exec'] = (text, from = 0, { notBol = false } = {}) => {
    if (fast && (translation.loops === 0 || text.length <= SHORT) && !(notBol && source.includes('^'))) {
      if (isAnchored && from > 0) return undefined
      fast.lastIndex = from
      const found = fast.exec(text)
      return found ? fromRegExp(found, groupCount) : undefined
    }
    automaton ??= new Automaton(root, groupCount, hasReferences, { ignoreCase, newline })
    const slots = automaton.exec({ text, notBol }, from)
    return slots && fromSlots(slots, groupCount)
  }
  return { groupCount, exec, test: text => exec(text) !== undefined }
}

function fromRegExp(found: RegExpExecArray, groupCount: number): Match {
  const start = found.index
  const end = start + found[0].length
  if (groupCount === 0) return { start, end, groups: [] }
  const groups = Array.from({ length: groupCount }, (_, index) => found.indices?.[index + 1])
  return { start, end, groups }
}

function fromSlots(slots: readonly number[], groupCount: number): Match {
  const groups = Array.from({ length: groupCount }, (_, index): readonly [number, number] | undefined => {
    const start = slots[2 * index + 2]!
    const end = slots[2 * index + 3]!
    return start === -1 || end === -1 ? undefined : [start, end]
  })
  return { start: slots[0]!, end: slots[1]!, groups }
}
