// What less shows: the lines of one file, read as far as they are needed.

import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import type { NamedInput } from '../applet.ts'
import { LineReader } from '../line-reader.ts'
import { untilRefused } from '../operands.ts'

export class Document {
  readonly name: string
  readonly lines: string[] = []
  isComplete = false
  readonly #proc: Process
  readonly #reader: LineReader
  #charged = 0

  constructor(proc: Process, input: NamedInput) {
    this.#proc = proc
    this.name = input.name === '-' ? '' : input.name
    this.#reader = new LineReader(untilRefused(input.batches()))
  }

  /** Reads until there are so many lines, or all. */
  async need(count: number): Promise<void> {
    while (this.lines.length < count && !this.isComplete) {
      const line = await this.#reader.next()
      if (!line) {
        this.isComplete = true
        return
      }
      this.#charged += line.length
      this.#proc.charge(line.length)
      this.lines.push(decode(line).replace(/\r?\n$/, ''))
      const pause = this.#proc.gate()
      if (pause) await pause
    }
  }

  close(): void {
    this.#proc.charge(-this.#charged)
    this.#charged = 0
  }
}
