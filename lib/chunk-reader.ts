// Exact amounts out of a stream of chunks: what decoders of formats read from.

import { concat, EMPTY } from './bytes.ts'

type ReadInto = (into: Uint8Array) => number | Promise<number>

export class ChunkReader {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Uint8Array = EMPTY
  #isAtEnd = false
  readonly #readInto: ReadInto | undefined
  #scratch: Uint8Array = EMPTY

  /** `readInto`: reads what comes after the chunks that were asked for, for a source that can. */
  constructor(source: AsyncIterable<Uint8Array>, readInto?: ReadInto) {
    this.#source = source[Symbol.asyncIterator]()
    this.#readInto = readInto
  }

  /** Fewer at the end. A view of the chunk when it holds them all. */
  async take(count: number): Promise<Uint8Array> {
    if (this.#held.length < count) await this.fill(count)
    const taken = this.#held.subarray(0, count)
    this.#held = this.#held.subarray(taken.length)
    return taken
  }

  /** As take, but good until the next view: memory that is used again costs less than new. */
  async view(count: number): Promise<Uint8Array> {
    const held = this.#held
    if (!this.#readInto || held.length >= count || held.length === 0) return await this.take(count)
    if (this.#scratch.length < count) this.#scratch = new Uint8Array(count)
    this.#scratch.set(held)
    this.#held = EMPTY
    let size = held.length
    while (size < count) {
      const more = await this.#readInto(this.#scratch.subarray(size, count))
      if (more === 0) break
      size += more
    }
    return this.#scratch.subarray(0, size)
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

  /** The next bytes, at most so many, taken; empty at the end. */
  async chunk(most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const held = this.#held.length > 0 ? this.#held : await this.fill(1)
    const taken = held.length > most ? held.subarray(0, most) : held
    this.#held = held.subarray(taken.length)
    return taken
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
