// Where the parts of a word put what they expand to. What becomes of it is the sink's business: fields, one text, a pattern.

export interface Sink {
  /** Text as it stood in the script. */
  literal(text: string, quoted: boolean): void
  /** What an expansion gave. Unquoted, it is split and may be a pattern. */
  value(text: string, quoted: boolean): void
  /** The positional parameters: `$@` or `$*`. */
  list(values: readonly string[], kind: '@' | '*', quoted: boolean): void
}
