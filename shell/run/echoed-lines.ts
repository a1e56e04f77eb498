import type { Source } from '../parser.ts'
import type { Shell } from '../shell.ts'

/** A text line by line, so that `set -v` shows each as it is read. */
export class EchoedLines implements Source {
  readonly #shell: Shell
  readonly #text: string
  #at = 0

  constructor(shell: Shell, text: string) {
    this.#shell = shell
    this.#text = text
  }

  read(isContinued: boolean): string | undefined {
    for (;;) {
      if (this.#at >= this.#text.length) return undefined
      const end = this.#text.indexOf('\n', this.#at) + 1
      const line = end === 0 ? this.#text.slice(this.#at) : this.#text.slice(this.#at, end)
      this.#at += line.length
      if (this.#shell.options.has('verbose')) this.#shell.say(line)
      const { extension } = this.#shell.language
      const taken = extension ? extension.takeLine(this.#shell, line, isContinued) : line
      if (taken !== undefined) return taken
    }
  }
}
