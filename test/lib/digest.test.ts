import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Crc32 } from '../../lib/crc32.ts'
import { type IncrementalDigest, toHex } from '../../lib/digest.ts'
import { Md5 } from '../../lib/md5.ts'
import { Sha1 } from '../../lib/sha1.ts'
import { Sha256 } from '../../lib/sha256.ts'
import { Sha384, Sha512 } from '../../lib/sha512.ts'
import { crc32 as zlibCrc32 } from './zlib-crc32.ts'

const DIGESTS: readonly [name: string, open: () => IncrementalDigest][] = [
  ['md5', () => new Md5()],
  ['sha1', () => new Sha1()],
  ['sha256', () => new Sha256()],
  ['sha384', () => new Sha384()],
  ['sha512', () => new Sha512()],
]

describe.each(DIGESTS)('%s', (name, open) => {
  const native = (bytes: Uint8Array) => createHash(name).update(bytes).digest('hex')

  test('agrees with the host on every length near a block', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 11 + 5) % 253)
    for (let length = 0; length <= bytes.length; length++) {
      const digest = open()
      digest.update(bytes.subarray(0, length))
      expect(toHex(digest.finish()), `length ${length}`).toBe(native(bytes.subarray(0, length)))
    }
  })

  test('agrees however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), chunks => {
        const digest = open()
        for (const chunk of chunks) digest.update(chunk)
        expect(toHex(digest.finish())).toBe(native(Buffer.concat(chunks)))
      }),
    )
  })
})

test('CRC-32 agrees with zlib however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 8 }), chunks => {
      const sum = new Crc32()
      for (const chunk of chunks) sum.update(chunk)
      expect(sum.value).toBe(zlibCrc32(Buffer.concat(chunks)))
    }),
  )
})
