// The contract of image/store.ts, for every store.

import { describe, expect, test } from 'vitest'
import { newManifest } from '../../image/archive.ts'
import type { Digest } from '../../image/digest.ts'
import { type Descriptor, ImageError, MEDIA, toJson } from '../../image/manifest.ts'
import type { Store } from '../../image/store.ts'
import { concat, encode } from '../../lib/bytes.ts'
import { sha256Hex } from '../../lib/sha256.ts'

const NAME = 'docker.io/library/box:latest'
const OTHER = 'localhost:5000/team/box:1.0'

/** `open` gives an empty store. */
export function testStore(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the contract of a store`, () => {
    test('what was put is there, by its digest', async () => {
      const store = await open()
      const bytes = encode('a blob')
      const digest: Digest = `sha256:${sha256Hex(bytes)}`
      expect(await store.get(digest)).toBeUndefined()
      expect(await store.has(digest)).toBe(false)
      expect(await store.put(bytes)).toBe(digest)
      expect(await store.put(bytes)).toBe(digest)
      expect(await store.get(digest)).toEqual(bytes)
      expect(await store.has(digest)).toBe(true)
    })

    test('an empty blob and a large one', async () => {
      const store = await open()
      const large = new Uint8Array(300_000).map((_, i) => i * 31)
      const [empty, other] = [await store.put(new Uint8Array(0)), await store.put(large)]
      expect(await store.get(empty)).toEqual(new Uint8Array(0))
      expect(await store.get(other)).toEqual(large)
    })

    test('names point to manifests, in the order they were set', async () => {
      const store = await open()
      expect(await store.images()).toEqual([])
      const [one, two] = [await putImage(store, 'one'), await putImage(store, 'two')]
      await store.setName(NAME, one)
      await store.setName(OTHER, two)
      expect(await store.images()).toEqual([
        { name: NAME, manifest: one },
        { name: OTHER, manifest: two },
      ])
    })

    test('a manifest that loses its last name stays without one', async () => {
      const store = await open()
      const [one, two] = [await putImage(store, 'one'), await putImage(store, 'two')]
      await store.setName(NAME, one)
      await store.setName(NAME, two)
      expect(await store.images()).toEqual([
        { name: undefined, manifest: one },
        { name: NAME, manifest: two },
      ])
      await store.setName(NAME, two)
      await store.setName(OTHER, one)
      expect(await store.images()).toEqual([
        { name: NAME, manifest: two },
        { name: OTHER, manifest: one },
      ])
    })

    test('a manifest with another name is not left without one', async () => {
      const store = await open()
      const [one, two] = [await putImage(store, 'one'), await putImage(store, 'two')]
      await store.setName(NAME, one)
      await store.setName(OTHER, one)
      await store.setName(NAME, two)
      expect(await store.images()).toEqual([
        { name: OTHER, manifest: one },
        { name: NAME, manifest: two },
      ])
    })

    test('an image without a name is listed once', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      await store.setName(undefined, one)
      await store.setName(undefined, one)
      expect(await store.images()).toEqual([{ name: undefined, manifest: one }])
      await store.setName(NAME, one)
      await store.setName(undefined, one)
      expect(await store.images()).toEqual([{ name: NAME, manifest: one }])
    })

    test('a manifest that lacks something gets no name', async () => {
      const store = await open()
      const config = { mediaType: MEDIA.config, digest: await store.put(encode('{}')), size: 2 }
      const layer = { mediaType: MEDIA.layer, digest: `sha256:${'0'.repeat(64)}` as const, size: 5 }
      const bytes = toJson(newManifest(config, [layer]))
      const manifest = { mediaType: MEDIA.manifest, digest: await store.put(bytes), size: bytes.length }
      await expect(store.setName(NAME, manifest)).rejects.toThrow(ImageError)
      await expect(store.setName(NAME, { ...manifest, digest: layer.digest })).rejects.toThrow(/is missing/)
      expect(await store.images()).toEqual([])
    })

    test('removing a name leaves the others; removing the last takes what nobody needs', async () => {
      const store = await open()
      const [one, two] = [await putImage(store, 'one'), await putImage(store, 'two')]
      await store.setName(NAME, one)
      await store.setName(OTHER, one)
      await store.setName('docker.io/library/two:latest', two)
      expect(await store.remove(NAME, one.digest)).toEqual([])
      expect((await store.images()).map(image => image.name)).toEqual([OTHER, 'docker.io/library/two:latest'])
      const gone = await store.remove(OTHER, one.digest)
      expect(gone).toContain(one.digest)
      expect(await store.has(one.digest)).toBe(false)
      expect(await store.has(two.digest)).toBe(true)
      expect(await store.has(digestOf('shared layer'))).toBe(true)
      expect(await store.remove(undefined, two.digest)).toContain(digestOf('shared layer'))
      expect(await store.images()).toEqual([])
    })

    test('removing a manifest takes all its names', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      await store.setName(NAME, one)
      await store.setName(OTHER, one)
      expect(await store.remove(undefined, one.digest)).toHaveLength(4)
      expect(await store.images()).toEqual([])
    })

    test('removing what is not there changes nothing', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      await store.setName(NAME, one)
      expect(await store.remove(OTHER, one.digest)).toEqual([])
      expect(await store.remove(NAME, `sha256:${'f'.repeat(64)}`)).toEqual([])
      expect(await store.images()).toEqual([{ name: NAME, manifest: one }])
    })

    test('an index keeps what each of its images needs', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      const bytes = toJson({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [one] })
      const index = { mediaType: MEDIA.index, digest: await store.put(bytes), size: bytes.length }
      await store.setName(NAME, index)
      await store.setName(OTHER, one)
      await store.remove(OTHER, one.digest)
      expect(await store.has(digestOf('shared layer'))).toBe(true)
      expect(await store.remove(NAME, index.digest)).toHaveLength(5)
    })

    test('what a build step gave is remembered, with its layer, until it is forgotten', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      await store.setName(NAME, one)
      const digest = digestOf('shared layer')
      const record = { layer: { mediaType: MEDIA.layer, digest, size: 12 }, diffId: digest }
      const key = sha256Hex(encode('RUN something'))
      expect(await store.remembered(key)).toBeUndefined()
      await store.remember(key, record)
      expect(await store.remembered(key)).toEqual(record)
      await store.remember('no-layer', { layer: undefined, diffId: undefined })
      expect(await store.remembered('no-layer')).toEqual({})
      await store.remove(NAME, one.digest)
      expect(await store.remembered(key)).toEqual(record)
      expect((await store.steps()).map(([name]) => name).sort()).toEqual([key, 'no-layer'].sort())
      await store.forget([key])
      expect(await store.remembered(key)).toBeUndefined()
      await store.discard([digest])
      expect(await store.has(digest)).toBe(false)
      await store.forget()
      expect(await store.steps()).toEqual([])
    })

    test('what comes in pieces is kept when it is what was expected', async () => {
      const store = await open()
      const large = new Uint8Array(3_000_000).map((_, i) => i * 13)
      const digest: Digest = `sha256:${sha256Hex(large)}`
      const pieces = async function* () {
        for (let at = 0; at < large.length; at += 700_000) yield large.subarray(at, at + 700_000)
      }
      await expect(store.putStream(pieces(), { size: 4 })).rejects.toThrow(ImageError)
      await expect(store.putStream(pieces(), { digest: digestOf('other') })).rejects.toThrow(ImageError)
      expect(await store.blobs()).toEqual([])
      expect(await store.putStream(pieces(), { digest })).toEqual({ digest, size: large.length })
      expect(await store.blobs()).toEqual([{ digest, size: large.length }])
      const gathered = async (from: number) => {
        const parts: Uint8Array[] = []
        for await (const part of (await store.stream(digest, from))!) parts.push(part)
        return concat(parts)
      }
      expect(Buffer.from(await gathered(0)).equals(large)).toBe(true)
      expect(Buffer.from(await gathered(2_999_990)).equals(large.subarray(2_999_990))).toBe(true)
      expect(await store.stream(digestOf('none'))).toBeUndefined()
    })

    test('what another process has put, and not named yet, outlives a removal', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      const loose = await store.put(encode('not named yet'))
      await store.setName(NAME, one)
      expect(await store.remove(NAME, one.digest)).not.toContain(loose)
      expect(await store.has(loose)).toBe(true)
    })

    test('only blobs that nobody needs are discarded', async () => {
      const store = await open()
      const one = await putImage(store, 'one')
      await store.setName(NAME, one)
      const loose = await store.put(encode('loose'))
      await store.discard([loose, one.digest])
      expect([await store.has(loose), await store.has(one.digest)]).toEqual([false, true])
    })

    test('changes at the same time are all kept', async () => {
      const store = await open()
      const images = await Promise.all(Array.from({ length: 8 }, (_, i) => putImage(store, `image ${i}`)))
      await Promise.all(images.map((manifest, i) => store.setName(`docker.io/library/many:${i}`, manifest)))
      expect(await store.images()).toHaveLength(8)
    })
  })
}

/** An image of a layer of its own and one that all share. */
export async function putImage(store: Store, words: string): Promise<Descriptor> {
  const contents = [encode('shared layer'), encode(`layer of ${words}`)]
  const layers: Descriptor[] = []
  for (const bytes of contents)
    layers.push({ mediaType: MEDIA.layer, digest: await store.put(bytes), size: bytes.length })
  const config = toJson({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  })
  const descriptor = { mediaType: MEDIA.config, digest: await store.put(config), size: config.length }
  const manifest = toJson(newManifest(descriptor, layers))
  return { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
}

function digestOf(text: string): Digest {
  return `sha256:${sha256Hex(encode(text))}`
}
