import type { Dialect } from './dialect.ts'
import { Grammar, textSource } from './parser/grammar.ts'
import { Input, type Source } from './parser/input.ts'
import type { List } from './syntax.ts'
import { ShellSyntaxError } from './syntax-error.ts'

export type { Source }
export { textSource }

export interface ParserOptions {
  readonly dialect: Dialect
  /** Asked for each word where a command may begin (POSIX XCU 2.3.1). */
  readonly lookupAlias?: (name: string) => string | undefined
  /** The source may have more lines later: a terminal, or a pipe read line by line. */
  readonly partial?: boolean
  /** bash: whether `@(a|b)` is a pattern, asked as it is met. */
  readonly isExtglob?: () => boolean
  /** The line of the source's first character, 1 if not given. */
  readonly line?: number
}

/**
 * Reads one complete command after another, never further than its last newline, so that each can be executed, and may
 * define aliases, before the next is read (POSIX XCU 2.3).
 */
export class Parser {
  readonly #input: Input
  readonly #grammar: Grammar

  constructor(source: Source | string, how: ParserOptions) {
    this.#input = new Input(typeof source === 'string' ? textSource(source) : source, how)
    this.#grammar = new Grammar(this.#input, how)
  }

  /** The line to be read next. */
  get line(): number {
    return this.#input.line
  }

  /** How much of the source the commands so far have used up. */
  get offset(): number {
    return this.#input.offset
  }

  /**
   * The next complete command; `undefined` at the end of the source.
   * Throws ShellSyntaxError. When that `isIncomplete`, nothing has been used up: called again, once the source has more to
   * read, it begins at the same place. After any other error the rest of what was read is dropped up to the end of the line.
   */
  next(): List | undefined {
    const { lexer } = this.#grammar
    try {
      for (;;) {
        this.#skipBlankLines()
        if (lexer.peek() === 'end') break
        const command = this.#grammar.completeCommand()
        // An alias's value may be blank.
        if (command.items.length > 0) return command
      }
      lexer.drop()
      return undefined
    } catch (caught) {
      // Called from deep inside an executor, the stack may be short even for what nests little.
      const error = caught instanceof RangeError ? this.#input.error('syntax error: nesting too deep') : caught
      if (!(error instanceof ShellSyntaxError)) throw error
      lexer.reset()
      if (error.isIncomplete) this.#input.rewind()
      else this.#input.skipLine()
      throw error
    }
  }

  #skipBlankLines(): void {
    const { lexer } = this.#grammar
    this.#input.mark()
    while (lexer.peek() === 'newline') {
      lexer.take()
      this.#input.mark()
    }
  }
}

/** All commands of a text, for those who need not execute one before the next is read. */
export function parse(text: string, how: ParserOptions): List[] {
  const parser = new Parser(text, how)
  const commands: List[] = []
  for (let command = parser.next(); command !== undefined; command = parser.next()) commands.push(command)
  return commands
}
