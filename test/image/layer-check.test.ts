// What comes from outside is looked at whole before it has a name: a layer that cannot be unpacked is refused when it is
// loaded, and leaves nothing behind.

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { portableDigester } from '../../image/digest.ts'
import { LayerCheck } from '../../image/layer-check.ts'
import { loadArchive } from '../../image/load-archive.ts'
import { toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage } from '../../image/read.ts'
import { concat, encode } from '../../lib/bytes.ts'
import { type NewTarEntry, TAR_END, writeTar } from '../../lib/tar.ts'
import { directory, file, hardlink, paths, symlink, treeOf } from './tree.ts'

const BASE = writeTar([directory('d'), file('d/a', 'a'), file('f', 'f')])

/** As docker saves it. */
function archive(layers: readonly Uint8Array[], more: Readonly<Record<string, unknown>> = {}): Uint8Array {
  const config = toJson({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: layers.map(layer => portableDigester.digest(layer)) },
    ...more,
  })
  const names = layers.map((_, index) => `${index}/layer.tar`)
  return writeTar([
    blob('config.json', config),
    ...layers.map((layer, index) => blob(`${index}/layer.tar`, index % 2 === 0 ? layer : gzipSync(layer))),
    blob('manifest.json', toJson([{ Config: 'config.json', RepoTags: ['box:1'], Layers: names }])),
  ])
}

function blob(path: string, contents: Uint8Array): NewTarEntry {
  return { path, kind: 'file', mode: 0o644, contents }
}

async function refused(bytes: Uint8Array): Promise<string> {
  const store = new MemoryStore()
  try {
    await loadArchive(store, bytes)
  } catch (error) {
    expect([await store.blobs(), await store.images()]).toEqual([[], []])
    return error instanceof Error ? error.message : ''
  }
  throw new Error('it was loaded')
}

describe.each([
  ['plain', (layer: Uint8Array) => archive([BASE, BASE, layer])],
  ['packed', (layer: Uint8Array) => archive([BASE, layer])],
])('a %s layer is refused', (_, around) => {
  test.each([
    ['that leads out', writeTar([file('../evil', 'x')]), 'leads out of the image: "../evil"'],
    ['that leads out on the way', writeTar([file('d/../../evil', 'x')]), 'leads out of the image'],
    ['whose hard link leads out', writeTar([hardlink('x', '../../etc/passwd')]), 'leads out of the image'],
    ['whose hard link is to nothing', writeTar([hardlink('x', 'gone')]), 'links x to gone, which is not there'],
    ['whose hard link is to a directory', writeTar([hardlink('x', 'd')]), 'which is not there'],
    ['that hides no file', writeTar([file('d/.wh...', '')]), 'a whiteout of no file'],
    ['that links to nothing', writeTar([symlink('x', '')]), 'a symbolic link to nothing'],
    [
      'whose links go round',
      writeTar([symlink('a', 'b'), symlink('b', 'a'), file('a/x', '')]),
      'too many symbolic links',
    ],
    ['with a name no file can have', writeTar([file('n'.repeat(256), '')]), 'a name of more than 255 bytes'],
    ['that is cut off', BASE.subarray(0, 1024), 'cannot be unpacked: truncated archive'],
    ['that is no archive', encode('<html>\n'.repeat(100)), 'cannot be unpacked: this is not a tar archive'],
    ['whose map of holes does not fit', sparse('8,5'), 'the sparse map of "x" does not fit'],
    ['whose map of holes overlaps', sparse('0,4,2,1'), 'the sparse map of "x" does not fit'],
  ])('%s', async (_, layer, message) => {
    expect(await refused(around(layer))).toContain(message)
  })
})

test('a link to a file that a lower layer has taken away is refused', async () => {
  const layers = [BASE, writeTar([file('.wh.f', '')]), writeTar([hardlink('x', 'f')])]
  expect(await refused(archive(layers))).toContain('links x to f, which is not there')
})

test('a damaged layer is damaged first of all', async () => {
  const store = new MemoryStore()
  const { digest } = await store.putStream(pieces(gzipSync(writeTar([file('../evil', 'x')]))))
  const check = new LayerCheck(store, portableDigester)
  await expect(check.take(digest, 'sha256:other', 'layer 0')).rejects.toThrow('but its config says sha256:other')
})

test('a whiteout hides nothing of its own layer, before it or after it', () => {
  expect(paths(treeOf([file('a', 'low')], [file('a', 'new'), file('.wh.a', '')]))).toEqual(['/a'])
  expect(paths(treeOf([file('a', 'low')], [file('.wh.a', ''), file('a', 'new')]))).toEqual(['/a'])
  const below = [directory('d'), file('d/low', 'x')]
  expect(paths(treeOf(below, [file('d/new', 'n'), file('.wh.d', '')]))).toEqual(['/d', '/d/new'])
})

test('a path may turn round inside of the image', () => {
  expect(paths(treeOf([file('d/../in', 'x')]))).toEqual(['/in'])
})

test('sparse files are read from plain and packed layers alike', async () => {
  const store = new MemoryStore()
  await loadArchive(store, archive([sparse('2,3'), sparse('5,5')]))
  expect(await store.images()).toHaveLength(1)
})

test.each([
  ['rootfs of another kind', { rootfs: { type: 'windows', diff_ids: [] } }, 'rootfs.type is not layers'],
  ['a time that is none', { created: 'yesterday' }, 'created is not a time'],
  ['a number for a system', { os: 5 }, 'os is not a text'],
])('%s is refused', async (_, more, message) => {
  expect(await refused(archive([], more))).toContain(message)
})

test('depth without end is refused before it is read', async () => {
  const nested = encode(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(await refused(writeTar([blob('manifest.json', nested)]))).toContain('nested more than')
})

test('an image without layers has no list of them', async () => {
  const store = new MemoryStore()
  const config = toJson({ os: 'linux', architecture: 'amd64', rootfs: { type: 'layers' } })
  const manifest = toJson([{ Config: 'c', RepoTags: null, Layers: null }])
  await loadArchive(store, writeTar([blob('c', config), blob('manifest.json', manifest)]))
  expect(await store.images()).toHaveLength(1)
})

test('an archive of docker before 1.10 is read by its repositories', async () => {
  const layer = (id: string, parent: string | undefined, bytes: Uint8Array, more = {}) => [
    blob(`${id}/json`, toJson({ id, ...(parent ? { parent } : {}), os: 'linux', architecture: 'amd64', ...more })),
    blob(`${id}/layer.tar`, bytes),
  ]
  const store = new MemoryStore()
  const loaded = await loadArchive(
    store,
    writeTar([
      ...layer('one', undefined, BASE, { container_config: { Cmd: ['/bin/sh', '-c', '#(nop) ADD'] } }),
      ...layer('two', 'one', writeTar([file('g', 'g')]), { config: { Cmd: ['sh'] } }),
      blob('repositories', toJson({ box: { new: 'two', old: 'one' } })),
    ]),
  )
  expect(loaded.map(({ names }) => names)).toEqual([['box:new'], ['box:old']])
  const [newest] = await store.images()
  const image = await readImage(store, newest!.manifest)
  expect([image.layers.length, image.config.config.Cmd, image.config.history?.[0]?.created_by]).toEqual([
    2,
    ['sh'],
    '/bin/sh -c #(nop) ADD',
  ])
})

test('what came with the archive and belongs to no image does not stay', async () => {
  const store = new MemoryStore()
  const whole = archive([BASE])
  const stray = writeTar([blob('stray', new Uint8Array(2_000_000))])
  await loadArchive(store, concat([stray.subarray(0, stray.length - TAR_END.length), whole]))
  expect((await store.blobs()).every(({ size }) => size < 1_000_000)).toBe(true)
})

/** A file of ten bytes with holes, its map in pax records (GNU tar manual, version 0.1). */
function sparse(map: string): Uint8Array {
  const records = [
    ['GNU.sparse.size', '10'],
    ['GNU.sparse.numblocks', '1'],
    ['GNU.sparse.map', map],
  ]
  const text = records.map(([key, value]) => record(`${key}=${value}`)).join('')
  const header = writeTar([file('pax', text)])
  // What speaks of the next entry has the type x.
  header[156] = 0x78
  for (let at = 148; at < 156; at++) header[at] = 32
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  header.set(encode(`${sum.toString(8).padStart(6, '0')}\0`), 148)
  return concat([header.subarray(0, header.length - TAR_END.length), writeTar([file('x', '01234')])])
}

function record(text: string): string {
  const rest = text.length + 2
  const length = rest + String(rest).length
  return `${String(length).length === String(rest).length ? length : length + 1} ${text}\n`
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
