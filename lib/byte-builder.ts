// Bytes that grow: what loops over many small pieces write into.

const LEAST = 4096

export class ByteBuilder {
  #bytes = new Uint8Array(LEAST)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(byte: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1)
    this.#bytes[this.#length++] = byte
  }

  append(bytes: Uint8Array, from = 0, to = bytes.length): void {
    const count = to - from
    const end = this.#length + count
    if (end > this.#bytes.length) this.#grow(end)
    // A call of set costs more than a few steps of a loop.
    if (count < 64) for (let i = 0; i < count; i++) this.#bytes[this.#length + i] = bytes[from + i]!
    else this.#bytes.set(bytes.subarray(from, to), this.#length)
    this.#length = end
  }

  fill(byte: number, count: number): void {
    const end = this.#length + count
    if (end > this.#bytes.length) this.#grow(end)
    this.#bytes.fill(byte, this.#length, end)
    this.#length = end
  }

  /** A view of what was gathered; valid until the next change. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** What was gathered, the caller's to keep; the builder is empty again. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  clear(): void {
    this.#length = 0
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.#bytes.length))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
