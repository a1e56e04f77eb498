import { expect, test } from 'vitest'
import { newManifest } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { analyzeLayers } from '../../image/layer-analysis.ts'
import { MEDIA, toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage } from '../../image/read.ts'
import { type NewTarEntry, writeTar } from '../../lib/tar.ts'
import { directory, file } from './tree.ts'

async function analyze(...layers: readonly NewTarEntry[][]) {
  const store = new MemoryStore()
  const described = []
  for (const entries of layers) {
    const tar = writeTar(entries)
    described.push({ mediaType: MEDIA.layer, digest: await store.put(tar), size: tar.length })
  }
  const config = toJson({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: described.map(({ digest }) => digest) },
    history: layers.map((_, index) => ({ created_by: `step ${index}` })),
  })
  const id = { mediaType: MEDIA.config, digest: await store.put(config), size: config.length }
  const manifest = toJson(newManifest(id, described))
  const descriptor = { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
  return analyzeLayers(store, await readImage(store, descriptor), portableDigester)
}

test('what layers add, change and remove, and what they hide', async () => {
  const { layers } = await analyze(
    [directory('d'), file('d/a', '12345'), file('b', '123')],
    [file('b', '1234567'), directory('d'), file('d/.wh.a', ''), file('c', '1')],
    [file('.wh.d', '')],
  )
  expect(layers.map(({ changes }) => changes.map(({ kind, path, size }) => `${kind} ${path} ${size}`))).toEqual([
    ['added b 3', 'added d 0', 'added d/a 5'],
    ['changed b 7', 'added c 1', 'changed d 0', 'removed d/a 5'],
    ['removed d 0'],
  ])
  expect(layers.map(({ size, hidden, createdBy }) => [size, hidden, createdBy])).toEqual([
    [8, 0, 'step 0'],
    [8, 8, 'step 1'],
    [0, 0, 'step 2'],
  ])
})

test("efficiency and waste are dive's", async () => {
  const once = await analyze([file('a', '12345')], [file('b', '12345')])
  expect([once.efficiency, once.wastedBytes, once.wastedUserPart]).toEqual([1, 0, 0])
  const twice = await analyze([file('a', '1234'), file('x', '12')], [file('a', '123456')])
  // The least of a (4) and x (2), of all that they take (4 + 6 + 2).
  expect(twice.efficiency).toBe(6 / 12)
  expect([twice.wastedBytes, twice.userSize, twice.wasted]).toEqual([10, 6, [{ path: 'a', count: 2, size: 10 }]])
  const opaque = await analyze(
    [directory('d'), file('d/old', '123')],
    [directory('d'), file('d/new', '1'), file('d/.wh..wh..opq', '')],
  )
  expect(opaque.layers[1]?.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'changed d',
    'added d/new',
    'removed d/old',
  ])
  expect(opaque.wasted).toEqual([{ path: 'd/old', count: 2, size: 3 }])
})
