// Patterns of the shell (POSIX XCU 2.14), compiled once: the last few hundred are remembered.

import { compilePattern, type Pattern } from './matcher.ts'

const MOST = 512
const compiled = new Map<string, Pattern>()

export function compilePatternCached(pattern: string): Pattern {
  const known = compiled.get(pattern)
  if (known) return known
  if (compiled.size >= MOST) compiled.clear()
  const fresh = compilePattern(pattern)
  compiled.set(pattern, fresh)
  return fresh
}

/** The pattern that matches exactly this text. */
export function escapePattern(text: string): string {
  return /[*?[\]\\!^-]/.test(text) ? text.replace(/[*?[\]\\!^-]/g, '\\$&') : text
}

/** The text of a pattern without special characters. */
export function unescapePattern(pattern: string): string {
  return pattern.includes('\\') ? pattern.replace(/\\([\s\S])/g, '$1') : pattern
}

/** Whether it can match anything but itself. */
export function hasMagic(pattern: string): boolean {
  if (!/[*?]|\[[^]*\]/.test(pattern)) return false
  return /[*?]|\[[^]*\]/.test(pattern.includes('\\') ? pattern.replace(/\\[\s\S]/g, '') : pattern)
}
