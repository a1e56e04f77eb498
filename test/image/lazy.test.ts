// Layers that are not read as a whole: large ones on the disk.

import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { FileBytes } from '../../cli/node/file-bytes.ts'
import { NodeLayoutFiles } from '../../cli/node/layout-files.ts'
import { applyLayer } from '../../image/apply.ts'
import { newManifest } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { type Descriptor, MEDIA, toJson } from '../../image/manifest.ts'
import { openLayer } from '../../image/read.ts'
import { CowFileSystem, type CowInode } from '../../kernel/vfs/cow.ts'
import { gzip } from '../../lib/gzip.ts'
import { readTar, scanTar, writeTar } from '../../lib/tar.ts'
import { directory, file, hardlink, show, symlink } from './tree.ts'

const top = mkdtempSync(join(tmpdir(), 'cowbox-lazy-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

const LARGE = 'The quick brown fox.\n'.repeat(70_000)
const TAR = writeTar([
  directory('bin'),
  ...Array.from({ length: 40 }, (_, i) => file(`bin/${'long'.repeat(i)}${i}`, `number ${i}`.repeat(i * 7))),
  file('large', LARGE, { attributes: new Map([['user.a', Uint8Array.of(0, 255)]]) }),
  hardlink('same', 'large'),
  symlink('link', 'large'),
  file('empty', ''),
  file('last', 'the end'),
])

async function opened(bytes: Uint8Array, diffId: string) {
  const store = new LayoutStore(new NodeLayoutFiles(mkdtempSync(join(top, 'store-'))))
  const layer: Descriptor = { mediaType: MEDIA.layer, digest: await store.put(bytes), size: bytes.length }
  return { store, layer, source: await openLayer(store, layer, diffId, portableDigester) }
}

test('a large plain layer is read where it is asked for, and gives the same tree', async () => {
  const { source } = await opened(TAR, portableDigester.digest(TAR) as string)
  expect(source).toBeInstanceOf(FileBytes)
  const [lazy, whole] = [new CowFileSystem({ now: () => 0n }), new CowFileSystem({ now: () => 0n })]
  applyLayer(lazy, source)
  applyLayer(whole, TAR)
  expect(show(lazy)).toEqual(show(whole))
  const headers = Array.from(scanTar(source), ({ contents, ...header }) => ({ ...header, length: contents.length }))
  expect(headers).toEqual(Array.from(readTar(TAR), ({ contents, ...rest }) => ({ ...rest, length: contents.length })))
})

test('what is written over a file that was not read leaves the rest of it as it was', async () => {
  const { source } = await opened(TAR, portableDigester.digest(TAR) as string)
  const tree = new CowFileSystem({ now: () => 0n })
  applyLayer(tree, source)
  tree.freeze()
  const fork = tree.fork({ now: () => 0n })
  const large = fork.root.lookup('large') as CowInode
  large.writeAt(100_000, Uint8Array.of(1, 2, 3), 0)
  large.truncate(200_000)
  const expected = new TextEncoder().encode(LARGE).slice(0, 200_000)
  expected.set([1, 2, 3], 100_000)
  expect(isSame(large.readAll(), expected)).toBe(true)
  expect((tree.root.lookup('large') as CowInode).readAll().length).toBe(LARGE.length)
})

test('a packed layer is unpacked into the store once, and goes with the image that names it', async () => {
  const noise = writeTar([
    file(
      'noise',
      Array.from({ length: 9_000 }, (_, i) => String.fromCharCode(33 + (((i * i * 31) % 9973) % 90))).join(''),
    ),
  ])
  const packed = await gzip(noise, 1)
  const diffId = portableDigester.digest(noise) as `sha256:${string}`
  const store = new LayoutStore(new NodeLayoutFiles(mkdtempSync(join(top, 'store-'))))
  const layer = { mediaType: MEDIA.layerGzip, digest: await store.put(packed), size: packed.length }
  const config = toJson({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [diffId] } })
  const id = { mediaType: MEDIA.config, digest: await store.put(config), size: config.length }
  const bytes = toJson(newManifest(id, [layer]))
  const manifest = { mediaType: MEDIA.manifest, digest: await store.put(bytes), size: bytes.length }
  await store.setName('docker.io/library/box:1', manifest)
  // Small enough to be unpacked in memory each time.
  expect(isSame((await openLayer(store, layer, diffId)).subarray(), noise)).toBe(true)
  expect(await store.has(diffId)).toBe(false)
  await store.putStream(
    (async function* () {
      yield noise
    })(),
    { digest: diffId },
  )
  await store.discard([diffId])
  expect(await store.has(diffId)).toBe(true)
  await store.remove(undefined, manifest.digest)
  expect(await store.blobs()).toEqual([])
})

test('a large packed layer, a damaged one, and one whose diff id is another', async () => {
  const contents = new Uint8Array(3_000_000)
  for (let i = 0, word = 1; i < contents.length; i++) {
    word = (Math.imul(word, 1103515245) + 12345) >>> 0
    contents[i] = word >>> 24
  }
  const tar = writeTar([{ path: 'noise', kind: 'file', mode: 0o644, contents }])
  const packed = await gzip(tar, 1)
  const { store, layer, source } = await opened(packed, portableDigester.digest(tar) as string)
  expect(source).toBeInstanceOf(FileBytes)
  expect(isSame(source.subarray(), tar)).toBe(true)
  expect((await store.blobs()).map(({ size }) => size).sort()).toEqual([packed.length, tar.length].sort())
  await expect(openLayer(store, layer, `sha256:${'0'.repeat(64)}`)).rejects.toThrow('is damaged')
  await expect(opened(packed.subarray(0, 2_000_000), portableDigester.digest(tar) as string)).rejects.toThrow()
})

test('a large layer that is changed on the disk is refused before it is read', async () => {
  const path = mkdtempSync(join(top, 'store-'))
  const store = new LayoutStore(new NodeLayoutFiles(path))
  const digest = await store.put(TAR)
  const blob = join(path, 'blobs/sha256', digest.slice(7))
  copyFileSync(blob, join(path, 'copy'))
  truncateSync(blob, statSync(blob).size - 1)
  await expect(store.open(digest)).rejects.toThrow('is damaged')
  expect(readdirSync(join(path, 'blobs/sha256'))).toHaveLength(1)
})

test('parts of a file', () => {
  const path = join(top, 'file')
  const store = new NodeLayoutFiles(top)
  const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => i * 7 + (i >> 8))
  return store.writeAtomically('file', bytes).then(() => {
    const source = new FileBytes(path)
    for (const [from, to] of [
      [0, 10],
      [5, 16_390],
      [20_000, 20_100],
      [19_990, 20_010],
      [49_990, 60_000],
      [60_000, 70_000],
      [10, 5],
      [40_000, 50_000],
    ] as const) {
      expect(isSame(source.subarray(from, to), bytes.subarray(from, Math.max(from, to)))).toBe(true)
    }
    expect(isSame(source.subarray(), bytes)).toBe(true)
  })
})

/** vitest's own comparison takes half a minute for some megabytes. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
