// What was typed and not yet read: whole lines that may be read, then the line that is still being edited.

/** Linux's N_TTY_BUF_SIZE. */
const CAPACITY = 4096

export class LineBuffer {
  readonly #bytes = new Uint8Array(CAPACITY)
  /** 1 where a line ends, 2 where an end of file ends it: that byte is never read. */
  readonly #ends = new Uint8Array(CAPACITY)
  #length = 0
  /** How much belongs to whole lines. In raw mode nothing does. */
  #whole = 0

  get length(): number {
    return this.#length
  }

  get wholeLength(): number {
    return this.#whole
  }

  /** How many more bytes fit; one place is always kept for the end of a line. */
  get room(): number {
    return CAPACITY - 1 - this.#length
  }

  /** The line under edit. */
  get editing(): Uint8Array {
    return this.#bytes.subarray(this.#whole, this.#length)
  }

  /** A byte that finds no room takes the last one's place, so that the end of a line always fits (Linux's n_tty). */
  push(byte: number): void {
    if (this.#length === CAPACITY) this.#length--
    this.#ends[this.#length] = 0
    this.#bytes[this.#length++] = byte
  }

  endLine(byte: number, how: { isEof: boolean }): void {
    this.push(byte)
    this.#ends[this.#length - 1] = how.isEof ? 2 : 1
    this.#whole = this.#length
  }

  /** Takes away the last `count` bytes of the line under edit. */
  erase(count: number): void {
    this.#length = Math.max(this.#whole, this.#length - count)
  }

  clear(): void {
    this.#length = 0
    this.#whole = 0
  }

  /** The first line, or as much of it as fits in `max`; empty for an end of file. undefined: there is no whole line. */
  takeLine(max: number): Uint8Array | undefined {
    if (this.#whole === 0) return undefined
    let length = 0
    while (length < this.#whole && this.#ends[length] === 0) length++
    const isEof = this.#ends[length] === 2
    const hasEnd = length < this.#whole
    const line = hasEnd && !isEof ? length + 1 : length
    if (line > max) return this.#take(max)
    const taken = this.#take(line)
    if (isEof) this.#drop(1)
    return taken
  }

  /** What there is, lines or not: raw mode. */
  takeAny(max: number): Uint8Array {
    return this.#take(Math.min(max, this.#length))
  }

  /** Every end of a line is forgotten, as when canonical mode is left. */
  becomeRaw(): void {
    this.#ends.fill(0)
    this.#whole = 0
  }

  /** What was typed in raw mode may be read at once, as a line without an end. */
  becomeCanonical(): void {
    this.#ends.fill(0)
    if (this.#length > 0) this.#ends[this.#length - 1] = 1
    this.#whole = this.#length
  }

  #take(count: number): Uint8Array {
    const taken = this.#bytes.slice(0, count)
    this.#drop(count)
    return taken
  }

  #drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length)
    this.#ends.copyWithin(0, count, this.#length)
    this.#length -= count
    this.#whole = Math.max(0, this.#whole - count)
  }
}
