// DEFLATE by node:zlib behind the interface that gunzip knows: the bytes, the sum, and exactly what came after the end.

import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { nodeInflate } from '../../cli/node/inflate.ts'
import { concat, encode } from '../../lib/bytes.ts'
import { Crc32 } from '../../lib/crc32.ts'
import { InflateError } from '../../lib/inflate.ts'

const text = encode(Array.from({ length: 40_000 }, (_, line) => `line ${(line * 7919) % 10_007}\n`).join(''))
const packed = new Uint8Array(deflateRawSync(text))
const after = encode('what follows')

async function inflate(bytes: Uint8Array, piece: number) {
  let at = 0
  const contents = nodeInflate(async () => bytes.slice(at, (at += piece)))
  const parts: Uint8Array[] = []
  let next = await contents.next()
  for (; !next.done; next = await contents.next()) parts.push(next.value)
  return { bytes: concat(parts), unread: bytes.slice(at), ...next.value }
}

test.each([1000, 65_536, packed.length, packed.length + 3])('in pieces of %i bytes', async piece => {
  const found = await inflate(concat([packed, after]), piece)
  const sum = new Crc32()
  sum.update(text)
  expect(Buffer.compare(found.bytes, text)).toBe(0)
  expect(found.crc).toBe(sum.value)
  expect(concat([found.rest, found.unread])).toEqual(after)
})

test('what ends too soon or is damaged is refused in the words of ours', async () => {
  await expect(inflate(packed.subarray(0, packed.length - 100), 1000)).rejects.toThrow(
    new InflateError('unexpected end of file'),
  )
  await expect(inflate(Uint8Array.of(7, 7, 7), 1000)).rejects.toThrow(new InflateError('corrupted data'))
})

test('what the source throws comes as it is', async () => {
  const failing = nodeInflate(() => Promise.reject(new RangeError('no more')))
  await expect(failing.next()).rejects.toThrow(new RangeError('no more'))
})
