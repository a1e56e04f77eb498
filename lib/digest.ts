// The shape of every incremental digest here.

export interface IncrementalDigest {
  update(bytes: Uint8Array): void
  /** The digest; nothing may be added after. */
  finish(): Uint8Array
}

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Gathers bytes into blocks and pads the last one (FIPS 180-4 section 5.1; MD5 with a little-endian length). */
export abstract class BlockDigest implements IncrementalDigest {
  readonly #block: Uint8Array
  readonly #lengthBytes: number
  readonly #isLittleEndian: boolean
  #filled = 0
  #total = 0

  constructor(blockSize: number, lengthBytes: number, isLittleEndian = false) {
    this.#block = new Uint8Array(blockSize)
    this.#lengthBytes = lengthBytes
    this.#isLittleEndian = isLittleEndian
  }

  update(bytes: Uint8Array): void {
    this.#total += bytes.length
    const size = this.#block.length
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(size - this.#filled, bytes.length)
      this.#block.set(bytes.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < size) return
      this.compress(this.#block, 0)
      this.#filled = 0
    }
    for (; at + size <= bytes.length; at += size) this.compress(bytes, at)
    this.#block.set(bytes.subarray(at), 0)
    this.#filled = bytes.length - at
  }

  finish(): Uint8Array {
    const size = this.#block.length
    const bits = BigInt(this.#total) * 8n
    const padding = new Uint8Array(this.#filled + 1 + this.#lengthBytes > size ? 2 * size : size)
    padding.set(this.#block.subarray(0, this.#filled))
    padding[this.#filled] = 0x80
    const view = new DataView(padding.buffer)
    view.setBigUint64(padding.length - 8, bits, this.#isLittleEndian)
    for (let at = 0; at < padding.length; at += size) this.compress(padding, at)
    return this.result()
  }

  protected abstract compress(bytes: Uint8Array, at: number): void
  protected abstract result(): Uint8Array
}
