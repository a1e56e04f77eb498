// / ? n N, and the patterns of ex addresses.

import { compileRegex, type Regex, RegexError } from '../../lib/regex/index.ts'
import type { Position } from './buffer.ts'
import type { Target } from './motion.ts'
import type { Session } from './session.ts'

/** Asks for the pattern. */
export async function searchTyped(session: Session, key: '/' | '?'): Promise<Target | 'failed'> {
  const pattern = await session.prompt(key)
  if (pattern === undefined) return { ...session.cursor }
  session.searchDirection = key === '/' ? 1 : -1
  return search(session, pattern, session.searchDirection)
}

/** An empty pattern is the last one. What went wrong is in the message. */
export function search(session: Session, pattern: string, direction: 1 | -1): Target | 'failed' {
  try {
    const found = searchFrom(session, pattern, direction)
    if (found) return found
    session.message = session.lastPattern === undefined ? 'No previous search' : 'Pattern not found'
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    session.message = `bad search pattern '${pattern}': ${error.message}`
  }
  return 'failed'
}

/** From the cursor on, round the ends of the text, back to its own line. Throws RegexError. */
export function searchFrom(session: Session, pattern: string, direction: 1 | -1): Position | undefined {
  const { buffer, cursor, settings } = session
  const source = pattern === '' ? session.lastPattern : pattern
  if (source === undefined) return undefined
  session.lastPattern = source
  const regex = compileRegex(source, { syntax: 'basic', ignoreCase: settings.ignoreCase })
  for (let step = 0; step <= buffer.count; step++) {
    const line = (cursor.line + direction * step + buffer.count * 2) % buffer.count
    const from = step === 0 ? cursor.column : undefined
    const column =
      direction === 1 ? firstMatch(regex, buffer.line(line), from) : lastMatch(regex, buffer.line(line), from)
    if (column !== undefined) return { line, column }
  }
  return undefined
}

/** The first match behind a column. */
function firstMatch(regex: Regex, text: string, after = -1): number | undefined {
  return after < text.length ? regex.exec(text, after + 1)?.start : undefined
}

/** The last match before a column. */
function lastMatch(regex: Regex, text: string, before = Infinity): number | undefined {
  let found: number | undefined
  for (let match = regex.exec(text, 0); match && match.start < before; match = regex.exec(text, match.start + 1)) {
    found = match.start
    if (match.start >= text.length) break
  }
  return found
}
