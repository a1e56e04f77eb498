// The .lzma format: thirteen bytes of header, and one LZMA stream.

import { ChunkReader } from '../chunk-reader.ts'
import { DecompressionError } from '../decompression-error.ts'
import { LzmaDecoder, parseProperties } from './decoder.ts'

const PIECE = 65536
const MOST_DICTIONARY = 2 ** 30

export async function* unlzmaStream(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ChunkReader(source)
  const header = await reader.take(13)
  const properties = parseProperties(header[0] ?? 255)
  if (header.length < 13 || !properties) throw new DecompressionError('bad lzma header')
  const view = new DataView(header.buffer, header.byteOffset, 13)
  const stored = view.getBigUint64(5, true)
  const size = stored === 0xffff_ffff_ffff_ffffn ? Number.POSITIVE_INFINITY : Number(stored)
  const decoder = new LzmaDecoder(Math.min(view.getUint32(1, true), MOST_DICTIONARY))
  decoder.resetState(properties)
  decoder.startRange(await reader.take(5))
  while (decoder.total < size && !decoder.isEnded) {
    const input = (await reader.fill(PIECE)).subarray(0)
    yield* decoder.decode(input, size - decoder.total, reader.isAtEnd)
    reader.skip(input.length - decoder.rest.length)
  }
  // What writes the stream must not be told that nobody reads its end.
  await reader.drain()
}
