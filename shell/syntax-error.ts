/** A script the grammar refuses; `message` is ash's, without the `NAME: line N: ` that the shell puts before it. */
export class ShellSyntaxError extends Error {
  override readonly name = 'ShellSyntaxError'
  readonly line: number
  /** Where the parser stood, in UTF-16 units from the start of the source. */
  readonly offset: number
  /** The input ended too early: with more lines it may be right (a line editor asks for one at PS2). */
  readonly isIncomplete: boolean

  /** The line that it was found in, which bash shows. */
  readonly source: string
  /** Where in that line, in UTF-16 units; undefined: nowhere. */
  readonly column: number | undefined

  constructor(
    message: string,
    where: { line: number; offset: number; sourceLine?: string; column?: number },
    isIncomplete = false,
  ) {
    super(message)
    this.line = where.line
    this.offset = where.offset
    this.isIncomplete = isIncomplete
    this.source = where.sourceLine ?? ''
    this.column = where.column
  }
}
