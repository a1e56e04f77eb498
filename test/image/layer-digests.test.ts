import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { nodeGunzip } from '../../cli/node/gunzip.ts'
import { portableDigester } from '../../image/digest.ts'
import { digestLayer } from '../../image/layer-digests.ts'
import { gather, piecesOf } from '../../image/pieces.ts'
import { unpackStream } from '../../image/unpack.ts'
import { concat } from '../../lib/bytes.ts'
import { setGunzipStream } from '../../lib/gunzip-stream.ts'
import { GzipError } from '../../lib/gzip.ts'
import { writeTar } from '../../lib/tar.ts'
import { directory, file, hardlink, symlink } from './tree.ts'

const sha256 = (bytes: Uint8Array | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const large = 'large '.repeat(400_000)
const tar = writeTar([
  directory('d'),
  file('d/small', 'text'),
  file('large', large),
  symlink('link', 'large'),
  hardlink('hard', 'd/small'),
  file('empty', ''),
  file('last', 'z'),
])
const files = [
  { path: 'd/small', size: 4, digest: sha256('text') },
  { path: 'large', size: large.length, digest: sha256(large) },
  { path: 'empty', size: 0, digest: sha256('') },
  { path: 'last', size: 1, digest: sha256('z') },
]

test.each([
  ['a plain archive', tar],
  ['a packed one', new Uint8Array(gzipSync(tar))],
])('%s: blob, archive and files in one pass', async (_, bytes) => {
  const found = await digestLayer(cut(bytes, 10_007), portableDigester)
  expect(found).toEqual({ blob: sha256(bytes), size: bytes.length, diffId: sha256(tar), files })
})

test('what lies behind the end of the archive counts', async () => {
  const longer = concat([tar, new Uint8Array(10_240)])
  const found = await digestLayer(piecesOf(longer), portableDigester)
  expect([found.blob, found.diffId]).toEqual([sha256(longer), sha256(longer)])
})

test('beyond a size, what unpacks to more than a hundred times itself is a bomb', async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(3_000_000)))
  await expect(gather(unpackStream(piecesOf(bomb), 1_000_000))).rejects.toThrow('unpacks to more than 1000000 bytes')
  expect((await gather(unpackStream(piecesOf(bomb), 4_000_000))).length).toBe(3_000_000)
  const noisy = new Uint8Array(3_000_000).map((_, i) => (Math.imul(i, 2_654_435_761) >>> 13) & 0xff)
  expect((await gather(unpackStream(piecesOf(new Uint8Array(gzipSync(noisy))), 1_000_000))).length).toBe(3_000_000)
})

describe("gzip by the host's own stream", () => {
  const packed = new Uint8Array(gzipSync(tar))

  afterEach(() => setGunzipStream(undefined))

  test('gives the same, also of several members', async () => {
    setGunzipStream(nodeGunzip)
    expect(sha256(await gather(unpackStream(cut(packed, 5000))))).toBe(sha256(tar))
    expect(sha256(await gather(unpackStream(piecesOf(concat([packed, packed])))))).toBe(sha256(concat([tar, tar])))
  })

  test('what is damaged or cut off is refused; what fails in the source is told as it is', async () => {
    setGunzipStream(nodeGunzip)
    const damaged = packed.slice()
    damaged[100]! ^= 0xff
    await expect(gather(unpackStream(piecesOf(damaged)))).rejects.toThrow(GzipError)
    await expect(gather(unpackStream(piecesOf(packed.subarray(0, 3000))))).rejects.toThrow(GzipError)
    await expect(gather(unpackStream(failing(packed)))).rejects.toThrow('the disk is gone')
  })

  test('one that is left early takes no more of its source', async () => {
    setGunzipStream(nodeGunzip)
    for await (const piece of unpackStream(cut(packed, 1000))) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
  })
})

/** In pieces of a size that fits nothing. */
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

async function* failing(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 1000)
  throw new Error('the disk is gone')
}
