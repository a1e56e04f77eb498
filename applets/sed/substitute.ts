// The s command on a text.

import type { Regex } from '../../lib/regex/index.ts'
import type { ReplacementPart, Substitution } from './script.ts'

/** The new text; undefined: nothing was replaced. */
export function substitute(text: string, regex: Regex, how: Substitution): string | undefined {
  let out = ''
  let at = 0
  let copied = 0
  let count = 0
  let lastEnd = -1
  let hasReplaced = false
  while (at <= text.length) {
    const match = regex.exec(text, at)
    if (!match) break
    const isEmpty = match.start === match.end
    // An empty match right behind the last one is none (POSIX: the matches do not overlap).
    if (!(isEmpty && match.start === lastEnd) && ++count >= how.occurrence) {
      out += text.slice(copied, match.start) + expand(how.parts, text, match)
      copied = match.end
      hasReplaced = true
      if (!how.isGlobal) break
    }
    lastEnd = match.end
    at = isEmpty ? match.end + 1 : match.end
  }
  return hasReplaced ? out + text.slice(copied) : undefined
}

type Match = NonNullable<ReturnType<Regex['exec']>>

function expand(parts: readonly ReplacementPart[], text: string, match: Match): string {
  let out = ''
  let lasting: 'L' | 'U' | undefined
  let once: 'l' | 'u' | undefined
  for (const part of parts) {
    if (typeof part !== 'string' && 'change' in part) {
      if (part.change === 'l' || part.change === 'u') once = part.change
      else lasting = part.change === 'E' ? undefined : part.change
      continue
    }
    let piece = typeof part === 'string' ? part : groupText(part.group, text, match)
    if (lasting) piece = lasting === 'L' ? piece.toLowerCase() : piece.toUpperCase()
    if (once && piece !== '') {
      const first = String.fromCodePoint(piece.codePointAt(0)!)
      piece = (once === 'l' ? first.toLowerCase() : first.toUpperCase()) + piece.slice(first.length)
      once = undefined
    }
    out += piece
  }
  return out
}

function groupText(group: number, text: string, match: Match): string {
  if (group === 0) return text.slice(match.start, match.end)
  const found = match.groups[group - 1]
  return found ? text.slice(found[0], found[1]) : ''
}
