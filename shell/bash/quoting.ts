// Text as bash shows it so that it can be read back.

import { decode, encode } from '../../lib/bytes.ts'

/** `${x@Q}`, set -x: in single quotes, or in `$'...'` when there are control characters. */
export function quoteAlways(text: string): string {
  return needsEscapes(text) ? ansiQuote(text) : `'${text.replaceAll("'", "'\\''")}'`
}

/** `printf %q`: with backslashes, and nothing where nothing is needed. */
export function quoteByBackslash(text: string): string {
  if (text === '') return "''"
  if (needsEscapes(text)) return ansiQuote(text)
  return text.replace(/[ !"$&'()*,;<>?[\\\]^`{|}]/g, '\\$&').replace(/^[#~]/, '\\$&')
}

/** `set`: only where it is needed, in single quotes. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return ''
  if (needsEscapes(text)) return ansiQuote(text)
  return isPlain(text) ? text : quoteAlways(text)
}

/** `declare -p`: in double quotes. */
export function quoteDouble(text: string): string {
  return needsEscapes(text) ? ansiQuote(text) : `"${text.replace(/[$`"\\]/g, '\\$&')}"`
}

/** Keys: bare where they can be, as `declare -p` of an associative array shows them. */
export function quoteKey(text: string): string {
  return /^[^\s'"\\$`!&();<>|*?[\]{}~#^]+$/.test(text) && !needsEscapes(text) ? text : quoteDouble(text)
}

/** set -x: a newline stays one. */
export function quoteTraced(text: string): string {
  return text === '' ? "''" : quoteAssigned(text)
}

/** set -x of an assignment: a newline stays one. */
export function quoteAssigned(text: string): string {
  return isPlain(text) ? quoteIfNeeded(text) : `'${text.replaceAll("'", "'\\''")}'`
}

function isPlain(text: string): boolean {
  return !/[\s!"$&'()*;<>?[\\\]^`{|}]/.test(text) && !/^[~#]/.test(text)
}

function needsEscapes(text: string): boolean {
  return /[\x00-\x1f\x7f]|[\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))
}

function ansiQuote(text: string): string {
  const shown = [...text].map(character => {
    const named = NAMED.get(character)
    if (named !== undefined) return named
    const code = character.codePointAt(0) ?? 0
    if (code < 32 || code === 127) return octal(code)
    if (code >= 0xdc80 && code <= 0xdcff) return octal(code - 0xdc00)
    return character
  })
  return `$'${shown.join('')}'`
}

function octal(code: number): string {
  return `\\${code.toString(8).padStart(3, '0')}`
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\x1b', '\\E'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ["'", "\\'"],
])

/** Bytes that make a character only together. */
export function recoded(text: string): string {
  return decode(encode(text))
}
