// One text: what assignments, here-documents, redirections and quoted operands expand to. And the same as a pattern.

import { escapePattern } from '../../lib/pattern.ts'
import type { Shell } from '../shell.ts'
import type { Sink } from './sink.ts'

export class Text implements Sink {
  readonly #shell: Shell
  text = ''

  constructor(shell: Shell) {
    this.#shell = shell
  }

  literal(text: string, quoted: boolean): void {
    this.value(text, quoted)
  }

  value(text: string, _quoted: boolean): void {
    this.#shell.requireRoom(this.text.length + text.length)
    this.text += text
  }

  list(values: readonly string[], kind: '@' | '*', quoted: boolean): void {
    this.value(values.join(kind === '*' ? this.#shell.variables.ifs.first : ' '), quoted)
  }
}

/** What was quoted is escaped, what was not keeps its meaning (POSIX XCU 2.14). */
export class PatternText extends Text {
  override value(text: string, quoted: boolean): void {
    super.value(quoted ? escapePattern(text) : text, quoted)
  }
}
