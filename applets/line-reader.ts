// One line at a time from an input, for commands that read several inputs side by side.

import type { Input } from '../kernel/input.ts'
import { EMPTY } from '../lib/bytes.ts'

export class LineReader {
  readonly #batches: AsyncIterator<Uint8Array>
  readonly #delimiter: number
  #batch: Uint8Array = EMPTY
  #at = 0

  constructor(source: Input | AsyncIterable<Uint8Array>, delimiter = 10) {
    const batches = 'batches' in source ? source.batches(delimiter) : source
    this.#batches = batches[Symbol.asyncIterator]()
    this.#delimiter = delimiter
  }

  /** With its newline, if it has one. undefined at the end. A promise only when more must be read. */
  next(): Uint8Array | undefined | Promise<Uint8Array | undefined> {
    return this.#at < this.#batch.length ? this.#take() : this.#more()
  }

  async #more(): Promise<Uint8Array | undefined> {
    const next = await this.#batches.next()
    if (next.done) return undefined
    this.#batch = next.value
    this.#at = 0
    return this.#take()
  }

  #take(): Uint8Array {
    const newline = this.#batch.indexOf(this.#delimiter, this.#at)
    const end = newline === -1 ? this.#batch.length : newline + 1
    const line = this.#batch.subarray(this.#at, end)
    this.#at = end
    return line
  }
}

/** A line without its newline. */
export function chomp(line: Uint8Array, delimiter = 10): Uint8Array {
  return line[line.length - 1] === delimiter ? line.subarray(0, line.length - 1) : line
}
