import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { newManifest } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { type Descriptor, ImageError, MEDIA, toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage, readLayer } from '../../image/read.ts'
import { unpack } from '../../image/unpack.ts'
import { encode } from '../../lib/bytes.ts'
import { GzipError } from '../../lib/gzip.ts'

/** A zstd frame (RFC 8878) with one raw block. */
const ZSTD = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, ...encode('hello'))

test('layers are unpacked by what they are, not by what their media type says', async () => {
  expect(await unpack(encode('hello'))).toEqual(encode('hello'))
  expect(Buffer.from(await unpack(gzipSync('hello')))).toEqual(Buffer.from('hello'))
  expect(await unpack(ZSTD)).toEqual(encode('hello'))
})

test('damaged ones are refused by a typed error', async () => {
  await expect(unpack(gzipSync('hello').subarray(0, 12))).rejects.toThrow(GzipError)
  for (const bytes of [ZSTD.subarray(0, 7), Uint8Array.of(...ZSTD.subarray(0, 6), 0x2f, 0, 0)]) {
    await expect(unpack(bytes)).rejects.toThrow(ImageError)
  }
})

test('a layer that is not what the config says is refused', async () => {
  const store = new MemoryStore()
  const packed = gzipSync('hello')
  const layer: Descriptor = { mediaType: MEDIA.layerGzip, digest: await store.put(packed), size: packed.length }
  const diffId = portableDigester.digest(encode('hello'))
  expect(Buffer.from(await readLayer(store, layer, diffId)).toString()).toBe('hello')
  await expect(readLayer(store, layer, `sha256:${'0'.repeat(64)}`)).rejects.toThrow(/has the diff id/)
  await expect(readLayer(store, { ...layer, digest: diffId }, diffId)).rejects.toThrow(/is missing/)
})

test('a config with more or fewer layers than its manifest is refused', async () => {
  const store = new MemoryStore()
  const config = toJson({ rootfs: { type: 'layers', diff_ids: [`sha256:${'1'.repeat(64)}`] } })
  const manifest = toJson(
    newManifest({ mediaType: MEDIA.config, digest: await store.put(config), size: config.length }, []),
  )
  const descriptor = { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
  await expect(readImage(store, descriptor)).rejects.toThrow(/names 1 layers, its manifest 0/)
})

test('of a schema 1 manifest the reader says what it is', async () => {
  const store = new MemoryStore()
  const bytes = encode('{"schemaVersion":1,"fsLayers":[]}')
  const descriptor = { mediaType: MEDIA.dockerManifest, digest: await store.put(bytes), size: bytes.length }
  await expect(readImage(store, descriptor)).rejects.toThrow(/schema version 1/)
})
