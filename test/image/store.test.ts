import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { NodeLayoutFiles } from '../../cli/node/layout-files.ts'
import { type Digest, type Digester, portableDigester } from '../../image/digest.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { ImageError } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage } from '../../image/read.ts'
import { encode } from '../../lib/bytes.ts'
import { putImage, testStore } from '../conformance/store.ts'
import { MemoryFiles } from './memory-files.ts'

const top = mkdtempSync(join(tmpdir(), 'cowbox-store-'))
afterAll(() => rmSync(top, { recursive: true }))

function folder(): string {
  return mkdtempSync(join(top, 'store-'))
}

testStore('MemoryStore', async () => new MemoryStore())
testStore('LayoutStore over memory', async () => new LayoutStore(new MemoryFiles()))
testStore('LayoutStore on disk', async () => new LayoutStore(new NodeLayoutFiles(folder())))

const NAME = 'docker.io/library/box:latest'

describe('an image layout', () => {
  test('is one by the specification', async () => {
    const files = new MemoryFiles()
    const store = new LayoutStore(files)
    const manifest = await putImage(store, 'one')
    await store.setName(NAME, manifest)
    const json = (path: string) => JSON.parse(Buffer.from(files.files.get(path) ?? []).toString())
    expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' })
    expect(json('index.json')).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          ...manifest,
          annotations: { 'io.containerd.image.name': NAME, 'org.opencontainers.image.ref.name': 'box:latest' },
        },
      ],
    })
    expect(files.files.has(`blobs/sha256/${manifest.digest.slice(7)}`)).toBe(true)
  })

  test('is seen by another store over the same folder', async () => {
    const path = folder()
    const manifest = await putImage(new LayoutStore(new NodeLayoutFiles(path)), 'one')
    await new LayoutStore(new NodeLayoutFiles(path)).setName(NAME, manifest)
    const third = new LayoutStore(new NodeLayoutFiles(path))
    expect(await third.images()).toEqual([{ name: NAME, manifest }])
    expect((await readImage(third, manifest)).layers).toHaveLength(2)
  })

  test('a damaged blob is refused, found by check, and removed by its repair', async () => {
    const path = folder()
    const store = new LayoutStore(new NodeLayoutFiles(path))
    const [one, two] = [await putImage(store, 'one'), await putImage(store, 'two')]
    await store.setName(NAME, one)
    await store.setName('docker.io/library/two:latest', two)
    expect(await store.check()).toEqual([])
    const layer = (await readImage(store, one)).layers[1]?.digest as Digest
    writeFileSync(join(path, 'blobs/sha256', layer.slice(7)), 'something else')
    await expect(store.get(layer)).rejects.toThrow(ImageError)
    expect(await store.check()).toEqual([`blob ${layer} is damaged`, `image ${NAME}: its blob ${layer} is damaged`])
    expect(await store.check({ repair: true })).toHaveLength(2)
    expect(await store.check()).toEqual([])
    expect((await store.images()).map(({ name }) => name)).toEqual(['docker.io/library/two:latest'])
  })

  test('a large blob is hashed once, again when its file is another, and always by check', async () => {
    const path = folder()
    let hashed = 0
    const counting: Digester = {
      digest: bytes => {
        hashed++
        return portableDigester.digest(bytes)
      },
      start: () => {
        hashed++
        return portableDigester.start()
      },
    }
    const open = () => new LayoutStore(new NodeLayoutFiles(path), counting)
    const bytes = new Uint8Array(1 << 17).fill(7)
    const digest = await open().put(bytes)
    const file = join(path, 'blobs/sha256', digest.slice(7))
    hashed = 0
    expect(await open().get(digest)).toEqual(bytes)
    for await (const _ of (await open().stream(digest)) ?? []);
    expect(hashed).toBe(0)
    expect(await open().check()).toEqual([])
    expect(hashed).toBe(1)
    // Noted anew by the check.
    await open().get(digest)
    expect(hashed).toBe(1)
    // A copy with the same contents is verified once.
    copyFileSync(file, `${file}.new`)
    renameSync(`${file}.new`, file)
    await open().get(digest)
    await open().get(digest)
    expect(hashed).toBe(2)
    // Torn by a power cut.
    writeFileSync(join(path, 'verified', digest.slice(7)), '')
    await open().get(digest)
    expect(hashed).toBe(3)
  })

  test('a large blob changed in its place is found, its size and its time kept', async () => {
    const path = folder()
    const store = new LayoutStore(new NodeLayoutFiles(path))
    const bytes = new Uint8Array(1 << 17).fill(7)
    const digest = await store.put(bytes)
    const file = join(path, 'blobs/sha256', digest.slice(7))
    const { atime, mtime } = statSync(file)
    writeFileSync(file, bytes.fill(8), { flag: 'r+' })
    utimesSync(file, atime, mtime)
    await expect(store.get(digest)).rejects.toThrow('is damaged')
    const read = async () => {
      for await (const _ of (await store.stream(digest)) ?? []);
    }
    await expect(read()).rejects.toThrow('is damaged')
    expect(await store.check()).toEqual([`blob ${digest} is damaged`])
    await store.check({ repair: true })
    expect(readdirSync(join(path, 'verified'))).toEqual([])
  })

  test('a blob that is missing is found by check', async () => {
    const files = new MemoryFiles()
    const store = new LayoutStore(files)
    const one = await putImage(store, 'one')
    await store.setName(NAME, one)
    const layer = (await readImage(store, one)).layers[1]?.digest as Digest
    files.files.delete(`blobs/sha256/${layer.slice(7)}`)
    expect(await store.check()).toEqual([`image ${NAME}: its blob ${layer} is missing`])
  })

  test('an index that is damaged is told, and a damaged cache is as if it were empty', async () => {
    const files = new MemoryFiles()
    const store = new LayoutStore(files)
    files.files.set('cache/key.json', encode('{"layer":'))
    expect(await store.remembered('key')).toBeUndefined()
    files.files.set('cache/key.json', encode('{"layer":{"digest":"nonsense"}}'))
    expect(await store.remembered('key')).toBeUndefined()
    files.files.set('index.json', encode('{"manifests":[{}]}'))
    await expect(store.images()).rejects.toThrow('index.json is not an image index')
  })
})

describe('a full disk', () => {
  class FullFiles extends MemoryFiles {
    room = Number.POSITIVE_INFINITY

    override async writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
      if (this.files.size >= this.room) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
      return super.writeAtomically(path, bytes)
    }

    isFull(error: unknown): boolean {
      return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    }
  }

  test('lets go of images: what only saves work makes room for the new index', async () => {
    const files = new FullFiles()
    const store = new LayoutStore(files)
    const manifest = await putImage(store, NAME)
    await store.setName(NAME, manifest)
    await store.remember('step', { layer: undefined, diffId: undefined, created: '2024-01-01T00:00:00Z' })
    files.room = files.files.size
    await store.remove(NAME, manifest.digest)
    expect(await store.images()).toEqual([])
    expect(await store.steps()).toEqual([])
    expect(await store.blobs()).toEqual([])
  })

  test('where nothing makes room, an image stays', async () => {
    const files = new FullFiles()
    const store = new LayoutStore(files)
    const manifest = await putImage(store, NAME)
    await store.setName(NAME, manifest)
    files.room = 0
    await expect(store.remove(NAME, manifest.digest)).rejects.toThrow('no room')
    expect(await store.images()).toHaveLength(1)
    expect(await store.check()).toEqual([])
  })
})

describe('a crash', () => {
  test('at any change leaves a store that opens, with every image that was reported whole', async () => {
    let isDone = false
    for (let changes = 0; !isDone; changes++) {
      const files = new MemoryFiles()
      const store = new LayoutStore(files)
      files.changesLeft = changes
      let reported = 0
      try {
        for (const words of ['one', 'two', 'three']) {
          await store.setName(`docker.io/library/box:${words}`, await putImage(store, words))
          reported++
        }
        const [first] = await store.images()
        if (first) await store.remove(first.name, first.manifest.digest)
        isDone = true
      } catch (error) {
        expect(String(error)).toBe('Error: killed')
      }
      files.changesLeft = Number.POSITIVE_INFINITY
      const after = new LayoutStore(files)
      expect(await after.check(), `after ${changes} changes`).toEqual([])
      const count = (await after.images()).length
      expect(count).toBeGreaterThanOrEqual(Math.max(0, reported === 3 ? 2 : reported))
    }
    expect(isDone).toBe(true)
  })

  test('of a real process on disk, by SIGKILL', async () => {
    const path = folder()
    const script = join(top, 'writer.mjs')
    const { build } = await import('esbuild')
    await build({
      stdin: { contents: WRITER, resolveDir: new URL('.', import.meta.url).pathname, loader: 'ts' },
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      external: ['esbuild'],
    })
    for (let run = 0; run < 8; run++) {
      const reported = await killedAfter(spawn(process.execPath, [script, path]), 7 * run)
      const store = new LayoutStore(new NodeLayoutFiles(path))
      expect(await store.check()).toEqual([])
      const names = new Set((await store.images()).map(({ name }) => name))
      for (const name of reported) expect(names.has(name)).toBe(true)
      expect(reported.length).toBeGreaterThan(0)
    }
    // The next to write takes away what the killed ones left.
    await putImage(new LayoutStore(new NodeLayoutFiles(path)), 'last')
    expect(readdirSync(join(path, 'blobs/sha256')).filter(name => name.includes('tmp'))).toEqual([])
    expect(readFileSync(join(path, 'index.json'), 'utf8')).toContain('manifests')
  }, 60_000)
})

/** What it had reported when it was killed, so many milliseconds after its first report. */
async function killedAfter(child: ChildProcessWithoutNullStreams, ms: number): Promise<string[]> {
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), ms)
    text += chunk
  })
  await once(child, 'close')
  return text.split('\n').slice(0, -1)
}

const WRITER = `
import { NodeLayoutFiles } from '../../cli/node/layout-files.ts'
import { newManifest } from '../../image/archive.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { MEDIA, toJson } from '../../image/manifest.ts'
const store = new LayoutStore(new NodeLayoutFiles(process.argv[2]))
for (let i = 0; ; i++) {
  const layer = new Uint8Array(200_000).fill(i)
  layer.set(new TextEncoder().encode(process.pid + ' ' + i))
  const digest = await store.put(layer)
  const config = toJson({ rootfs: { type: 'layers', diff_ids: [digest] } })
  const manifest = toJson(newManifest(
    { mediaType: MEDIA.config, digest: await store.put(config), size: config.length },
    [{ mediaType: MEDIA.layer, digest, size: layer.length }]))
  const name = 'docker.io/library/box:' + process.pid + '-' + i
  await store.setName(name, { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length })
  process.stdout.write(name + '\\n')
}
`
