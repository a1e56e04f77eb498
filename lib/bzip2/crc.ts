// bzip2's CRC: the polynomial of Ethernet, most significant bit first.

export class BzipCrc {
  #state = -1

  update(bytes: Uint8Array, from = 0, to = bytes.length): void {
    let state = this.#state
    for (let i = from; i < to; i++) state = (state << 8) ^ TABLE[(state >>> 24) ^ bytes[i]!]!
    this.#state = state
  }

  /** Unsigned. */
  get value(): number {
    return ~this.#state >>> 0
  }
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let state = byte << 24
  for (let bit = 0; bit < 8; bit++) state = (state << 1) ^ (state < 0 ? 0x04c11db7 : 0)
  return state
})

/** The sum of a stream after one more block. */
export function joinCrc(stream: number, block: number): number {
  return (((stream << 1) | (stream >>> 31)) ^ block) >>> 0
}
