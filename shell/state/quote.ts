// Text as the shell reads it back.

/** In single quotes always: `set`, `export -p`, `trap`, `alias`. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`
}

/**
 * differs: ash writes control characters as they are; `$'...'` (POSIX.1-2024 XCU 2.2.4) keeps a variable on its line.
 */
export function quoteVisibly(text: string): string {
  if (!/[\x01-\x1f\x7f]/.test(text)) return quote(text)
  return `$'${text.replace(/[\x01-\x1f\x7f\\']/g, escapeCharacter)}'`
}

function escapeCharacter(character: string): string {
  const named = NAMED.get(character)
  return named ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\\', '\\\\'],
  ["'", "\\'"],
])

/** In quotes only where that is needed, and a reserved word always (ash): `set -x`. */
export function quoteWord(text: string): string {
  if (RESERVED.has(text)) return quote(text)
  return /^[A-Za-z0-9_@%+:,./^-]*$/.test(text) || /^\]+$/.test(text) ? text : quote(text)
}

const RESERVED: ReadonlySet<string> = new Set(
  '! { } case do done elif else esac fi for function if in then until while [['.split(' '),
)
