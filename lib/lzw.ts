// The .Z files of compress: LZW with codes of 9 to 16 bits.

import { ByteBuilder } from './byte-builder.ts'
import { ChunkReader } from './chunk-reader.ts'
import { DecompressionError } from './decompression-error.ts'

const CLEAR = 256
const FIRST_WIDTH = 9
/** Decoded in stretches: at least so much is held, or all there is. */
const PIECE = 65536

export async function* uncompressStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ChunkReader(source)
  const header = await reader.take(3)
  if (header[0] !== 0x1f || header[1] !== 0x9d) throw new DecompressionError('invalid magic')
  if (header.length < 3) throw new DecompressionError('short read')
  const most = header[2]! & 31
  if (most < FIRST_WIDTH || most > 16)
    throw new DecompressionError(`compressed with ${most} bits, can only handle 16 bits`)
  const decoder = new LzwDecoder(most, (header[2]! & 0x80) !== 0)
  for (;;) {
    const held = await reader.fill(PIECE)
    if (held.length === 0) return
    const used = decoder.decode(held, reader.isAtEnd)
    const bytes = decoder.output.take()
    if (bytes.length > 0) yield bytes
    reader.skip(used)
    if (reader.isAtEnd) return
  }
}

class LzwDecoder {
  readonly output = new ByteBuilder()
  readonly #most: number
  readonly #hasClear: boolean
  readonly #prefixes = new Uint16Array(65536)
  readonly #suffixes = new Uint8Array(65536)
  readonly #stack = new Uint8Array(65536)
  #free: number
  #width = FIRST_WIDTH
  #before = -1
  #last = 0

  constructor(most: number, hasClear: boolean) {
    this.#most = most
    this.#hasClear = hasClear
    this.#free = hasClear ? 257 : 256
    for (let i = 0; i < 256; i++) this.#suffixes[i] = i
  }

  /** Whole groups of eight codes, which begin at a byte: how many bytes were used. */
  decode(bytes: Uint8Array, isLast: boolean): number {
    let at = 0
    for (;;) {
      const width = this.#width
      const group = bytes.subarray(at, at + width)
      if (group.length < width && !isLast) return at
      const codes = Math.floor((group.length * 8) / width)
      for (let i = 0; i < codes; i++) {
        this.#take(codeAt(group, i * width, width))
        // A new width begins a new group: what is left of this one is filling.
        if (this.#width !== width) break
      }
      at += group.length
      if (group.length < width) return at
    }
  }

  #take(code: number): void {
    if (code === CLEAR && this.#hasClear) {
      this.#free = 257
      this.#width = FIRST_WIDTH
      this.#before = -1
      return
    }
    if (this.#before === -1) {
      if (code > 255) throw new DecompressionError('corrupted data')
      this.#last = code
      this.#before = code
      this.output.push(code)
      return
    }
    if (code > this.#free) throw new DecompressionError('corrupted data')
    this.#write(code)
    if (this.#free < 1 << this.#most) {
      this.#prefixes[this.#free] = this.#before
      this.#suffixes[this.#free] = this.#last
      this.#free++
    }
    this.#before = code
    if (this.#free >= 1 << this.#width && this.#width < this.#most) this.#width++
  }

  #write(code: number): void {
    let depth = 0
    let at = code
    // A code that is just being made stands for the one before and its own first byte.
    if (code === this.#free) {
      this.#stack[depth++] = this.#last
      at = this.#before
    }
    for (; at > 255; at = this.#prefixes[at]!) this.#stack[depth++] = this.#suffixes[at]!
    this.#last = at
    this.output.push(at)
    while (depth > 0) this.output.push(this.#stack[--depth]!)
  }
}

function codeAt(bytes: Uint8Array, bit: number, width: number): number {
  const at = bit >>> 3
  const three = bytes[at]! | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
  return (three >>> (bit & 7)) & ((1 << width) - 1)
}
