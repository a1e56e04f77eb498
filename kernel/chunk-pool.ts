// Memory of chunks on their way through a pipe: what has been read is written into again, for new memory costs a system more
// than the copy does.

/** Sizes are whole multiples of this, and none is larger than so many of them. */
const UNIT = 32768
const MOST_UNITS = 8
/** So many of a size are kept. */
const KEPT = 8

class ChunkPool {
  readonly #free: ArrayBuffer[][] = Array.from({ length: MOST_UNITS + 1 }, () => [])
  /** The memory that was taken from here, and where its chunk ends. */
  readonly #ends = new WeakMap<ArrayBufferLike, number>()

  /** A copy, to be given away. */
  copyOf(bytes: Uint8Array): Uint8Array {
    const units = Math.ceil(bytes.length / UNIT)
    if (units === 0 || units > MOST_UNITS) return new Uint8Array(bytes)
    const buffer = this.#free[units]!.pop() ?? new ArrayBuffer(units * UNIT)
    const chunk = new Uint8Array(buffer, 0, bytes.length)
    chunk.set(bytes)
    this.#ends.set(buffer, bytes.length)
    return chunk
  }

  /** All of a chunk's memory up to the end of this part has been read, and nobody else has any of it. */
  giveBack(part: Uint8Array): void {
    const { buffer } = part
    if (this.#ends.get(buffer) !== part.byteOffset + part.length || !(buffer instanceof ArrayBuffer)) return
    this.#ends.delete(buffer)
    const free = this.#free[buffer.byteLength / UNIT]!
    if (free.length < KEPT) free.push(buffer)
  }

  /** Somebody keeps a part of it. */
  keep(part: Uint8Array): void {
    this.#ends.delete(part.buffer)
  }
}

/** One for all systems of a program. */
export const chunkPool = new ChunkPool()
