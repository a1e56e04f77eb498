// Bytes that need not be in memory.

/** A Uint8Array is one; so is a file that is read when it is asked. A part beyond the end is cut, as Uint8Array's is. */
export type ByteSource = Pick<Uint8Array, 'length' | 'subarray'>

/** Some of a source, still unread. */
export function sliceOf(source: ByteSource, start: number, end: number): ByteSource {
  return source instanceof Uint8Array ? source.subarray(start, end) : new Slice(source, start, end - start)
}

class Slice implements ByteSource {
  readonly #source: ByteSource
  readonly #start: number
  readonly length: number

  constructor(source: ByteSource, start: number, length: number) {
    this.#source = source
    this.#start = start
    this.length = length
  }

  subarray(from = 0, to = this.length): Uint8Array {
    return this.#source.subarray(this.#start + from, this.#start + Math.min(to, this.length))
  }
}
