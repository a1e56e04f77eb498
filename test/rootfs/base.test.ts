import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { allPrograms } from '../../cli/programs.ts'
import { applyLayer } from '../../image/apply.ts'
import { readImage, readLayer } from '../../image/read.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { decode } from '../../lib/bytes.ts'
import { bakeBase, baseImage, baseLayer, baseTree } from '../../rootfs/build.ts'
import { bake } from '../build.mjs'
import { show } from '../image/tree.ts'

const applets = [...allPrograms().keys()]
const now = () => 0n

function native(bytes: Uint8Array | undefined): string {
  return `sha256:${createHash('sha256')
    .update(bytes ?? new Uint8Array())
    .digest('hex')}`
}

test('what bundles bring is what is computed here, and the same each time', async () => {
  const { base: baked } = await bake()
  expect(baked).toEqual(bakeBase(applets))
  expect((await bake()).base).toEqual(baked)
})

test('an image from what was baked is the one that is made from scratch', () => {
  const made = baseImage(applets, undefined)
  const opened = baseImage(applets, bakeBase(applets))
  expect({ id: opened.id, manifest: opened.manifest }).toEqual({ id: made.id, manifest: made.manifest })
  expect([...opened.blobs.keys()]).toEqual([...made.blobs.keys()])
  for (const digest of made.blobs.keys()) {
    expect(native(made.blobs.get(digest)), digest).toBe(digest)
    expect(native(opened.blobs.get(digest)), digest).toBe(digest)
  }
})

test('what was baked of other commands is not used', () => {
  const fewer = applets.slice(1)
  expect(baseImage(fewer, bakeBase(applets)).id).toBe(baseImage(fewer, undefined).id)
  expect(baseImage(fewer, bakeBase(applets)).id).not.toBe(baseImage(applets, undefined).id)
})

test('the order in which commands are named makes no other image', () => {
  expect(bakeBase([...applets].reverse())).toEqual(bakeBase(applets))
})

test('a store reads it as any other image', async () => {
  const { blobs, manifest, id } = baseImage(applets)
  const store = { get: async (digest: `sha256:${string}`) => blobs.get(digest) }
  const image = await readImage(store, manifest)
  expect(image.id).toBe(id)
  const [layer] = image.layers
  if (!layer) throw new Error('it has no layer')
  expect(layer.size).toBe(blobs.get(layer.digest)?.length)
  const tar = await readLayer(store, layer, image.config.rootfs.diff_ids[0])
  expect(tar).toEqual(baseLayer(applets))
  expect(blobs.get('sha256:none')).toBeUndefined()
  expect(decode(blobs.get(id) ?? new Uint8Array())).toContain('"Cmd":["sh"]')
})

test('the tree that is made without the archive is the archive’s', () => {
  const unpacked = new CowFileSystem({ now })
  applyLayer(unpacked, baseLayer(applets))
  unpacked.freeze()
  const direct = baseTree(applets, now)
  expect(show(direct)).toEqual(show(unpacked))
  expect(direct.layers).toBe(1)
})
