// A stream whose pieces are pushed in, for those who have them only one after another.

export class PushedSource implements AsyncIterable<Uint8Array> {
  #piece: Uint8Array | undefined
  #isEnded = false
  #failure: Error | undefined
  #wakeReader: () => void = () => undefined
  #wakeWriter: () => void = () => undefined

  /** Resolves when the piece has been used: it may be changed then. */
  async push(piece: Uint8Array): Promise<void> {
    this.#piece = piece
    this.#wakeReader()
    while (this.#piece) await new Promise<void>(resolve => (this.#wakeWriter = resolve))
  }

  end(): void {
    this.#isEnded = true
    this.#wakeReader()
  }

  /** The reader is thrown this. */
  fail(failure: Error): void {
    this.#failure = failure
    this.#wakeReader()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (!this.#piece && !this.#isEnded && !this.#failure) {
        await new Promise<void>(resolve => (this.#wakeReader = resolve))
      }
      if (this.#failure) throw this.#failure
      if (!this.#piece) return
      yield this.#piece
      this.#piece = undefined
      this.#wakeWriter()
    }
  }
}
