// Archives and layers judged by skopeo, umoci and podman, where they are installed.

import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { NodeLayoutFiles } from '../../cli/node/layout-files.ts'
import { applyLayer } from '../../image/apply.ts'
import { newManifest, saveArchive } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { loadArchive } from '../../image/load-archive.ts'
import { type Descriptor, MEDIA, toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage, readLayer } from '../../image/read.ts'
import type { Store } from '../../image/store.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { type NewTarEntry, writeTar } from '../../lib/tar.ts'
import { directory, file, hardlink, show, symlink } from './tree.ts'

const top = mkdtempSync(join(tmpdir(), 'cowbox-tools-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

const NAME = 'docker.io/library/box:1.0'
const TIME = 1_700_000_000_000_000_000n
const long = `${'long-name-'.repeat(12)}/${'longer-name-'.repeat(12)}`

const LAYERS: readonly (readonly NewTarEntry[])[] = [
  [
    directory('bin', { mtime: TIME }),
    file('bin/tool', '#!/bin/sh\n', { mode: 0o4755, mtime: TIME }),
    hardlink('bin/other', 'bin/tool'),
    symlink('bin/link', '../etc/passwd'),
    directory('etc', { mode: 0o1777, mtime: TIME }),
    file('etc/passwd', 'root:x:0:0::/:/bin/sh\n', { mode: 0o640, uid: 10, gid: 20, mtime: TIME }),
    file('etc/gone', 'x', { mtime: TIME }),
    directory('hidden', { mtime: TIME }),
    file('hidden/below', 'x', { mtime: TIME }),
    { path: 'fifo', kind: 'fifo', mode: 0o600, mtime: TIME },
    directory(long.split('/')[0] ?? '', { mtime: TIME }),
    file(long, 'long', { mtime: TIME }),
    file('ümläut', 'ä', { mtime: TIME }),
  ],
  [
    directory('etc', { mode: 0o755, mtime: TIME }),
    file('etc/.wh.gone', ''),
    file('etc/passwd', 'changed\n', { mtime: TIME }),
    directory('hidden', { mtime: TIME }),
    file('hidden/.wh..wh..opq', ''),
    file('hidden/above', 'y', { mtime: TIME }),
  ],
]

async function imageIn(store: Store): Promise<Descriptor> {
  const layers: Descriptor[] = []
  for (const entries of LAYERS) {
    const tar = writeTar(entries)
    layers.push({ mediaType: MEDIA.layer, digest: await store.put(tar), size: tar.length })
  }
  const config = toJson({
    created: '2024-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['/bin/tool'], Env: ['PATH=/bin'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: LAYERS.map((_, i) => ({ created: '2024-01-01T00:00:00Z', created_by: `layer ${i}` })),
  })
  const manifest = toJson(
    newManifest({ mediaType: MEDIA.config, digest: await store.put(config), size: config.length }, layers),
  )
  return { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
}

async function savedAs(format: 'docker' | 'oci'): Promise<string> {
  const store = new MemoryStore()
  const image = await readImage(store, await imageIn(store))
  const path = join(top, `${format}-${Math.random()}.tar`)
  writeFileSync(path, await saveArchive(store, [{ image, names: [NAME] }], format))
  return path
}

/** The tree of an image, all its layers laid over one another. */
async function treeOf(store: Store, manifest: Descriptor): Promise<CowFileSystem> {
  const image = await readImage(store, manifest)
  const tree = new CowFileSystem({ now: () => 0n })
  for (const [index, layer] of image.layers.entries()) {
    applyLayer(tree, await readLayer(store, layer, image.config.rootfs.diff_ids[index]))
  }
  return tree
}

describe.skipIf(!has('skopeo'))('skopeo', () => {
  test.each([
    ['docker-archive', 'docker'],
    ['oci-archive', 'docker'],
    ['oci-archive', 'oci'],
  ] as const)('inspects %s of a saved %s archive', async (transport, format) => {
    const { Layers, Env, Created } = JSON.parse(run('skopeo', ['inspect', `${transport}:${await savedAs(format)}`]))
    expect(Layers).toEqual(LAYERS.map(entries => portableDigester.digest(writeTar(entries))))
    expect([Env, Created]).toEqual([['PATH=/bin'], '2024-01-01T00:00:00Z'])
  })

  test('reads a store as it lies on the disk, and its copy loads here as the same image', async () => {
    const path = join(top, 'layout')
    const store = new LayoutStore(new NodeLayoutFiles(path))
    const manifest = await imageIn(store)
    await store.setName(NAME, manifest)
    expect(JSON.parse(run('skopeo', ['inspect', `oci:${path}:box:1.0`])).Digest).toBe(manifest.digest)
    const copy = join(top, 'copy.tar')
    run('skopeo', ['copy', '-q', `oci:${path}:box:1.0`, `oci-archive:${copy}:docker.io/library/copy:2`])
    const other = new MemoryStore()
    const { id } = await readImage(store, manifest)
    expect(await loadArchive(other, readFileSync(copy))).toEqual([{ id, names: ['copy:2'] }])
  })

  test('gzip and zstd layers, as skopeo packs them, give the same tree', async () => {
    const source = await savedAs('oci')
    for (const [format, extra] of [
      ['gzip', []],
      ['zstd', ['--dest-compress-format', 'zstd']],
    ] as const) {
      const folder = join(top, `packed-${format}`)
      run('skopeo', ['copy', '-q', '--dest-compress', ...extra, `oci-archive:${source}`, `dir:${folder}`])
      const store = new MemoryStore()
      for (const name of readdirSync(folder)) await store.put(readFileSync(join(folder, name)))
      const bytes = readFileSync(join(folder, 'manifest.json'))
      const manifest: Descriptor = {
        mediaType: MEDIA.manifest,
        digest: portableDigester.digest(bytes),
        size: bytes.length,
      }
      expect((await readImage(store, manifest)).layers[0]?.mediaType).toContain(format)
      const plain = new MemoryStore()
      expect(show(await treeOf(store, manifest))).toEqual(show(await treeOf(plain, await imageIn(plain))))
    }
  })
})

describe.skipIf(!has('umoci') || process.getuid?.() !== 0)('umoci', () => {
  test('unpacks a saved image to the same tree', async () => {
    const [archive, layout, bundle] = [await savedAs('oci'), join(top, 'umoci'), join(top, 'bundle')]
    mkdirSync(layout)
    run('tar', ['-xf', archive, '-C', layout])
    run('umoci', ['unpack', '--image', `${layout}:1.0`, bundle])
    const store = new MemoryStore()
    const tree = await treeOf(store, await imageIn(store))
    expect(onDisk(join(bundle, 'rootfs'))).toEqual(show(tree))
  })
})

describe.skipIf(!has('podman') || process.getuid?.() !== 0)('podman', () => {
  const podman = (...args: string[]) =>
    run('podman', [
      '--root',
      join(top, 'root'),
      '--runroot',
      join(top, 'run'),
      '--storage-driver',
      'vfs',
      '--runtime',
      'runc',
      ...args,
    ])

  test.each(['docker', 'oci'] as const)(
    'loads a saved %s archive, and what it saves again loads here',
    async format => {
      const path = await savedAs(format)
      const store = new MemoryStore()
      const image = await readImage(store, await imageIn(store))
      expect(podman('load', '-q', '-i', path)).toContain('docker.io/library/box:1.0')
      expect(podman('image', 'inspect', '--format', '{{.Id}} {{.Config.Cmd}}', 'box:1.0').trim()).toBe(
        `${image.id.slice(7)} [/bin/tool]`,
      )
      for (const form of ['docker-archive', 'oci-archive']) {
        const again = join(top, `${format}-${form}.tar`)
        podman('save', '-q', '--format', form, '-o', again, 'box:1.0')
        const other = new MemoryStore()
        expect(await loadArchive(other, readFileSync(again))).toEqual([{ id: image.id, names: ['box:1.0'] }])
        const [stored] = await other.images()
        expect(show(await treeOf(other, stored?.manifest as Descriptor))).toEqual(
          show(await treeOf(store, image.manifest)),
        )
      }
      podman('rmi', 'box:1.0')
    },
  )
})

/** As `show` shows a tree. */
function onDisk(root: string): string[] {
  const lines: string[] = []
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, name)
    const stat = lstatSync(path)
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : stat.isSymbolicLink() ? 'symlink' : 'fifo'
    const what =
      kind === 'file' ? JSON.stringify(readFileSync(path, 'utf8')) : kind === 'symlink' ? readlinkSync(path) : '0'
    const links = kind === 'directory' ? '-' : stat.nlink
    lines.push(
      `/${name} ${kind} ${(stat.mode & 0o7777).toString(8)} ${stat.uid}:${stat.gid} ${links} ${Math.floor(stat.mtimeMs / 1000)} ${what}`,
    )
  }
  return lines.sort()
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  expect(`${program} ${args.join(' ')}: ${status === 0 ? '' : stderr}`).toBe(`${program} ${args.join(' ')}: `)
  return stdout
}

function has(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, program)))
}
