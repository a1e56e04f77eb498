// What a stream has said so far, for those who ask: a test, `logs`.

import { concat, decode } from '../lib/bytes.ts'

const NEWLINE = 10

/** Bounded: the oldest is forgotten. */
export class Transcript {
  readonly #limit: number
  readonly #chunks: Uint8Array[] = []
  #size = 0
  /** How many chunks were forgotten. */
  #forgotten = 0
  #hasEnded = false
  #waiters: (() => void)[] = []

  constructor(limit = 64 * 1024 * 1024) {
    this.#limit = limit
  }

  add(bytes: Uint8Array): void {
    this.#chunks.push(bytes)
    this.#size += bytes.length
    while (this.#size > this.#limit && this.#chunks.length > 1) {
      this.#size -= this.#chunks.shift()!.length
      this.#forgotten++
    }
    this.#wake()
  }

  /** Nothing more will come. */
  end(): void {
    this.#hasEnded = true
    this.#wake()
  }

  /** Its bytes as they come, from the first one that is kept; ends when the stream does. */
  async *stream(): AsyncGenerator<Uint8Array> {
    for (let next = this.#forgotten; ; ) {
      next = Math.max(next, this.#forgotten)
      const chunk = this.#chunks[next - this.#forgotten]
      if (chunk) {
        next++
        yield chunk
      } else if (this.#hasEnded) {
        return
      } else {
        await new Promise<void>(resolve => this.#waiters.push(resolve))
      }
    }
  }

  /** Each line, from the first one on, as soon as it is whole; ends when the stream does. */
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    let begun: Uint8Array[] = []
    for await (const chunk of this.stream()) {
      let from = 0
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        yield decode(concat([...begun, chunk.subarray(from, end)]))
        begun = []
        from = end + 1
      }
      if (from < chunk.length) begun.push(chunk.subarray(from))
    }
    if (begun.length > 0) yield decode(concat(begun))
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake()
  }

  bytes(): Uint8Array {
    return concat(this.#chunks)
  }

  text(): string {
    return decode(this.bytes())
  }

  /** How many bytes are kept. */
  get size(): number {
    return this.#size
  }

  /** The last bytes, at least so many if there are. */
  tail(least: number): string {
    let first = this.#chunks.length
    for (let size = 0; first > 0 && size < least; ) size += this.#chunks[--first]!.length
    return decode(concat(this.#chunks.slice(first)))
  }

  /** Without the newline of each; an unfinished last line counts. */
  lines(): string[] {
    const text = this.text()
    if (text === '') return []
    return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  }
}
