// Patterns as regular expressions.

export interface Pattern {
  matches(text: string): boolean
}

/** `?`, `*`, brackets with classes, ranges and `!` or `^`, and backslashes (POSIX XCU 2.14.1). */
export function compilePattern(pattern: string): Pattern {
  let source = ''
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at]!
    const bracket = character === '[' ? readBracket(pattern, at) : undefined
    if (bracket) {
      source += bracket.source
      at = bracket.end
      continue
    }
    at++
    if (character === '*') source += source.endsWith('[^]*?') ? '' : '[^]*?'
    else if (character === '?') source += '[^]'
    else if (character === '\\' && at < pattern.length)
      source += escape(String.fromCodePoint(pattern.codePointAt(at++)!))
    else source += escape(character)
  }
  const expression = new RegExp(`^(?:${source})$`, 'u')
  return { matches: text => expression.test(text) }
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
}

function readBracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let at = start + 1
  const isNegated = pattern[at] === '!' || pattern[at] === '^'
  if (isNegated) at++
  let set = ''
  for (let isFirst = true; ; isFirst = false) {
    const character = pattern[at]
    if (character === undefined) return undefined
    if (character === ']' && !isFirst) break
    const named = /^\[:([a-z]+):\]/.exec(pattern.slice(at))
    if (named) {
      set += CLASSES[named[1] ?? ''] ?? ''
      at += named[0].length
      continue
    }
    at++
    if (character === '\\' && at < pattern.length) set += escapeInSet(pattern[at++]!)
    else if (character === '-' && !isFirst && pattern[at] !== ']') set += '-'
    else set += escapeInSet(character)
  }
  return { source: set === '' ? (isNegated ? '[^]' : '[]') : `[${isNegated ? '^' : ''}${set}]`, end: at + 1 }
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, character => (character === '-' ? '-' : `\\${character}`))
}

function escapeInSet(text: string): string {
  return text.replace(/[\\^\][-]/g, '\\$&')
}
