// Text as the shell reads it back.

/** In single quotes always: `set`, `export -p`, `trap`, `alias`. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`
}

/** In quotes only where that is needed: `set -x`. */
export function quoteWord(text: string): string {
  return /^[A-Za-z0-9_@%+:,./^-]*$/.test(text) || /^\]+$/.test(text) ? text : quote(text)
}
