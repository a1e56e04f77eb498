// The lines of a script on stdin, read as the parser asks for them: where they are there already, a command of a thousand
// lines is parsed once.

import { SysError } from '../../kernel/errno.ts'
import { decode } from '../../lib/bytes.ts'
import type { Source } from '../parser.ts'
import type { Shell } from '../shell.ts'

const NEWLINE = 10

export class StdinLines implements Source {
  /** What has been read of the command that is not complete yet. */
  unfinished = ''
  readonly #shell: Shell
  /** The beginning of a line whose end has not come. */
  #begun = ''
  /** A line that was waited for. */
  #come: string | undefined
  #pending: Promise<Uint8Array> | undefined
  #isAtEnd = false

  constructor(shell: Shell) {
    this.#shell = shell
  }

  /** undefined: there is none yet, or no more at all; `wait` tells. */
  read(isContinued: boolean): string | undefined {
    if (this.#come !== undefined) {
      const line = this.#come
      this.#come = undefined
      const taken = this.#took(line, isContinued)
      if (taken !== undefined) return taken
    }
    while (!this.#pending && !this.#isAtEnd) {
      const chunk = this.#shell.proc.readThrough(0, NEWLINE)
      if (chunk instanceof Promise) this.#pending = chunk
      else if (this.#add(chunk)) {
        const taken = this.#took(this.#take(), isContinued)
        if (taken !== undefined) return taken
      }
    }
    return undefined
  }

  /** Until a line is there, or a trapped signal arrives. What was printed is sent first. */
  async wait(): Promise<'line' | 'signal' | 'end'> {
    await this.#shell.proc.stdout.flush()
    while (!this.#isAtEnd) {
      const chunk = await this.#nextChunk()
      if (!chunk) return 'signal'
      if (!this.#add(chunk)) continue
      this.#come = this.#take()
      return 'line'
    }
    return 'end'
  }

  async #nextChunk(): Promise<Uint8Array | undefined> {
    const pending = this.#pending ?? this.#shell.proc.readThrough(0, NEWLINE)
    this.#pending = undefined
    try {
      return await pending
    } catch (error) {
      if (error instanceof SysError && error.errno === 'EINTR') return undefined
      throw error
    }
  }

  /** Whether a line is whole. The last one may lack its newline. */
  #add(chunk: Uint8Array): boolean {
    this.#begun += decode(chunk)
    if (chunk.length > 0) return chunk[chunk.length - 1] === NEWLINE
    this.#isAtEnd = true
    return this.#begun !== ''
  }

  #take(): string {
    const line = this.#begun
    this.#begun = ''
    return line
  }

  /** undefined: the dialect has refused it (bash: history expansion). */
  #took(line: string, isContinued: boolean): string | undefined {
    if (this.#shell.options.has('verbose')) this.#shell.say(line)
    const { extension } = this.#shell.language
    const taken = extension ? extension.takeLine(this.#shell, line, isContinued) : line
    if (taken !== undefined) this.unfinished += taken
    return taken
  }
}
