import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adler32 } from '../../lib/adler32.ts'
import { concat, equalBytes } from '../../lib/bytes.ts'
import { DecompressionError } from '../../lib/decompression-error.ts'
import { lzoCompress, lzoDecompress } from '../../lib/lzo.ts'
import { lzopStream, unlzopStream } from '../../lib/lzop.ts'

/** Bytes with much and little that comes again. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3000 }),
  fc.array(fc.constantFrom(1, 2, 3), { maxLength: 5000 }).map(values => Uint8Array.from(values)),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 300 }))
    .map(([piece, count]) => concat(Array.from({ length: count }, () => piece))),
)

test('a block comes back', () => {
  fc.assert(
    fc.property(bytes, block => {
      expect(equalBytes(lzoDecompress(lzoCompress(block), block.length), block)).toBe(true)
    }),
  )
})

test('far repetitions come back, up to beyond what can be reached', () => {
  for (const distance of [1, 2047, 2048, 2049, 16383, 16384, 16385, 32767, 32768, 49151, 49152, 60000]) {
    const block = new Uint8Array(distance + 600)
    for (let at = 0; at < distance; at++) block[at] = Math.imul(at, 2654435761) >>> 24
    block.copyWithin(distance, 0, 600)
    expect(equalBytes(lzoDecompress(lzoCompress(block), block.length), block)).toBe(true)
  }
})

test('what is damaged is refused, and nothing is read or written beyond', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat({ max: 255 }), (block, at, value) => {
      const packed = lzoCompress(block)
      packed[at % packed.length] = value
      try {
        expect(lzoDecompress(packed, block.length)).toHaveLength(block.length)
      } catch (error) {
        expect(error).toBeInstanceOf(DecompressionError)
      }
    }),
  )
})

test('codes of long runs and of two and three bytes, as the slow levels of lzop make them', () => {
  // Four literals, two bytes from two before, one literal, three from 2049 + before would be out of reach.
  expect(lzoDecompress(Uint8Array.of(21, 1, 2, 3, 4, 0x40 | (1 << 2) | 1, 0, 9, 17, 0, 0), 8)).toEqual(
    Uint8Array.of(1, 2, 3, 4, 3, 4, 3, 9),
  )
  expect(lzoDecompress(Uint8Array.of(18, 7, (0 << 2) | 0, 0, 17, 0, 0), 3)).toEqual(Uint8Array.of(7, 7, 7))
})

test('a file of many blocks comes back, whatever its chunks', async () => {
  const whole = new Uint8Array(700_000)
  for (let at = 0; at < whole.length; at++) whole[at] = (at >> 5) & 0xff
  const packed = await gather(lzopStream(inChunks(whole, 1000), { level: 3, hasNoSums: false, hasPackedSums: true }))
  expect(
    await gather(unlzopStream(inChunks(packed, 777), { checks: true })).then(back => equalBytes(back, whole)),
  ).toBe(true)
})

test('adler32 is that of RFC 1950', () => {
  expect(adler32(new TextEncoder().encode('Wikipedia'))).toBe(0x11e60398)
  expect(adler32(new Uint8Array(0))).toBe(1)
})

async function gather(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of source) pieces.push(piece.slice())
  return concat(pieces)
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}
