// Exact amounts out of a stream of chunks: what decoders of formats read from.

import { concat, EMPTY } from './bytes.ts'

export class ChunkReader {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Uint8Array = EMPTY
  #isAtEnd = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Fewer at the end. A view of the chunk when it holds them all. */
  async take(count: number): Promise<Uint8Array> {
    if (this.#held.length < count) await this.fill(count)
    const taken = this.#held.subarray(0, count)
    this.#held = this.#held.subarray(taken.length)
    return taken
  }

  /** As take, without taking. */
  async peek(count: number): Promise<Uint8Array> {
    if (this.#held.length < count) await this.fill(count)
    return this.#held.subarray(0, count)
  }

  /** What is held after holding at least `count`, or all there is. */
  async fill(count: number): Promise<Uint8Array> {
    const parts = [this.#held]
    let size = this.#held.length
    while (size < count && !this.#isAtEnd) {
      const next = await this.#source.next()
      if (next.done) this.#isAtEnd = true
      else {
        parts.push(next.value)
        size += next.value.length
      }
    }
    this.#held = parts.length === 1 ? this.#held : concat(parts.filter(part => part.length > 0 || parts.length === 1))
    return this.#held
  }

  /** The next bytes, taken; empty at the end. */
  async chunk(): Promise<Uint8Array> {
    const held = await this.fill(1)
    this.#held = EMPTY
    return held
  }

  skip(count: number): void {
    this.#held = this.#held.subarray(count)
  }

  giveBack(bytes: Uint8Array): void {
    this.#held = this.#held.length > 0 ? concat([bytes, this.#held]) : bytes
  }

  /** Nothing more will come beyond what is held. */
  get isAtEnd(): boolean {
    return this.#isAtEnd
  }

  async drain(): Promise<void> {
    this.#held = EMPTY
    while (!this.#isAtEnd) if ((await this.#source.next()).done) this.#isAtEnd = true
  }
}
