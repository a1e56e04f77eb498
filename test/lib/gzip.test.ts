import { gunzipSync as nodeGunzip, gzipSync as nodeGzip } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GzipError, gunzip, gunzipMembers, gzip, isGzip } from '../../lib/gzip.ts'

const text = Buffer.from('the same words, the same words, and some others\n'.repeat(4000))

test('what is packed here unpacks in zlib, and the header is always the same', async () => {
  const packed = await gzip(text)
  expect(nodeGunzip(packed).equals(text)).toBe(true)
  expect([...packed.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
  expect(isGzip(packed)).toBe(true)
  expect(packed.length).toBeLessThan(text.length / 50)
})

test('what zlib packs unpacks here, at every level', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 0, max: 9 }), async (bytes, level) => {
      const packed = nodeGzip(Buffer.concat([bytes, bytes]), { level })
      expect(Buffer.from(await gunzip(packed))).toEqual(Buffer.concat([bytes, bytes]))
      expect(Buffer.from(gunzipMembers(packed))).toEqual(Buffer.concat([bytes, bytes]))
    }),
    { numRuns: 60 },
  )
})

describe.each([
  ['by the host first', gunzip],
  ['here', async (bytes: Uint8Array, most?: number) => gunzipMembers(bytes, most)],
])('read %s', (_, read) => {
  test('several members are one file', async () => {
    const packed = Buffer.concat([nodeGzip('one '), nodeGzip(''), nodeGzip('two')])
    expect(Buffer.from(await read(packed)).toString()).toBe('one two')
  })

  test('name, comment, extra field and header checksum are passed over', async () => {
    const [body] = [nodeGzip('x').subarray(10)]
    const header = Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 65, 66, 110, 0, 99, 0, 0, 0])
    // The checksum of the header: the low half of its CRC-32 (RFC 1952).
    header.writeUInt16LE(
      nodeGzip(header.subarray(0, 18)).readUInt32LE(nodeGzip(header.subarray(0, 18)).length - 8) & 0xffff,
      18,
    )
    expect(Buffer.from(await read(Buffer.concat([header, body]))).toString()).toBe('x')
  })

  test('a bomb is refused before it fills the memory', async () => {
    const bomb = nodeGzip(Buffer.alloc(50 << 20))
    await expect(read(bomb, 1 << 20)).rejects.toThrow('the gzip data unpacks to more than 1048576 bytes')
    expect((await read(bomb, 50 << 20)).length).toBe(50 << 20)
  })

  test('zeros after the end are padding', async () => {
    expect(Buffer.from(await read(Buffer.concat([nodeGzip('x'), Buffer.alloc(100)]))).toString()).toBe('x')
  })

  test.each([
    [
      'trailing garbage',
      Buffer.concat([nodeGzip('x'), Buffer.from('garbage')]),
      'trailing garbage after the gzip data at byte 21',
    ],
    ['no gzip at all', Buffer.from('this is text'), 'not gzip data at byte 0'],
    ['nothing', Buffer.alloc(0), 'not gzip data at byte 0'],
    ['half a header', nodeGzip('x').subarray(0, 7), 'unexpected end of file'],
    ['half the data', nodeGzip(text).subarray(0, 200), 'unexpected end of file'],
    ['half the trailer', nodeGzip('x').subarray(0, 18), 'unexpected end of file'],
    ['a wrong checksum', changed(nodeGzip('xyz'), -8), 'the checksum is wrong'],
    ['a wrong length', changed(nodeGzip('xyz'), -4), 'the length is wrong'],
    ['a wrong byte', changed(nodeGzip(text), 60), 'damaged gzip data'],
    ['an unknown method', changed(nodeGzip('x'), 2), 'an unknown method'],
  ])('%s is refused', async (_name, bytes, words) => {
    const failure = await read(bytes).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(GzipError)
    expect(String(failure)).toContain(words)
  })
})

function changed(bytes: Buffer, at: number): Buffer {
  const index = at < 0 ? bytes.length + at : at
  bytes[index] = (bytes[index] ?? 0) ^ 0x55
  return bytes
}
