import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { newManifest, saveArchive } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { loadArchive } from '../../image/load-archive.ts'
import { type Descriptor, ImageError, MEDIA, parseManifest, toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage, readLayer } from '../../image/read.ts'
import type { Store } from '../../image/store.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { type NewTarEntry, readTar, TarError, writeTar } from '../../lib/tar.ts'
import { directory, file } from './tree.ts'

const NAME = 'docker.io/library/box:1.0'

/** An image of two layers in a store; with `pack` its layers are packed. */
async function imageIn(
  store: Store,
  pack?: (tar: Uint8Array) => { bytes: Uint8Array; mediaType: string },
): Promise<Descriptor> {
  const tars = [writeTar([file('one', '1')]), writeTar([directory('two'), file('two/two', '2')])]
  const layers: Descriptor[] = []
  for (const tar of tars) {
    const { bytes, mediaType } = pack?.(tar) ?? { bytes: tar, mediaType: MEDIA.layer }
    layers.push({ mediaType, digest: await store.put(bytes), size: bytes.length })
  }
  const config = toJson({
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['sh'], Labels: { a: 'ä' } },
    rootfs: { type: 'layers', diff_ids: tars.map(tar => portableDigester.digest(tar)) },
    history: [{ created_by: 'one' }, { created_by: 'two' }],
  })
  const manifest = toJson(
    newManifest({ mediaType: MEDIA.config, digest: await store.put(config), size: config.length }, layers),
  )
  return { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
}

async function saved(
  format: 'docker' | 'oci',
  names: readonly string[] = [NAME],
): Promise<{ archive: Uint8Array; manifest: Descriptor }> {
  const store = new MemoryStore()
  const manifest = await imageIn(store)
  return { archive: await saveArchive(store, [{ image: await readImage(store, manifest), names }], format), manifest }
}

function filesOf(archive: Uint8Array): Map<string, Uint8Array> {
  return new Map(
    [...readTar(archive)].filter(({ kind }) => kind === 'file').map(({ path, contents }) => [path, contents]),
  )
}

function archiveOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return writeTar([...files].map(([path, contents]): NewTarEntry => ({ path, kind: 'file', mode: 0o644, contents })))
}

describe('saved and loaded', () => {
  test.each(['docker', 'oci'] as const)('as %s: the same image, under its names', async format => {
    const { archive, manifest } = await saved(format, [NAME, 'localhost:5000/team/box:2'])
    for (const bytes of [archive, gzipSync(archive)]) {
      const store = new MemoryStore()
      const loaded = await loadArchive(store, bytes)
      expect(loaded).toEqual([
        { id: (await readImage(store, manifest)).id, names: ['box:1.0', 'localhost:5000/team/box:2'] },
      ])
      expect(await store.images()).toEqual([
        { name: NAME, manifest },
        { name: 'localhost:5000/team/box:2', manifest },
      ])
      expect((await readImage(store, manifest)).config.config.Labels).toEqual({ a: 'ä' })
    }
  })

  test('an image without a name stays without one', async () => {
    const { archive, manifest } = await saved('docker', [])
    const store = new MemoryStore()
    expect((await loadArchive(store, archive))[0]?.names).toEqual([])
    expect(await store.images()).toEqual([{ name: undefined, manifest }])
  })

  test('the same image is the same archive', async () => {
    expect((await saved('docker')).archive).toEqual((await saved('docker')).archive)
  })

  test('a docker archive says the same thing in both of its languages', async () => {
    const { archive, manifest } = await saved('docker')
    const files = filesOf(archive)
    const json = (path: string) => JSON.parse(decode(files.get(path) ?? new Uint8Array()))
    expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' })
    expect(json('index.json').manifests).toEqual([
      { ...manifest, annotations: { 'io.containerd.image.name': NAME, 'org.opencontainers.image.ref.name': '1.0' } },
    ])
    const [entry] = json('manifest.json')
    expect(entry.RepoTags).toEqual(['box:1.0'])
    for (const path of [entry.Config, ...entry.Layers]) expect(files.has(path)).toBe(true)
    expect(json('repositories')).toEqual({ box: { '1.0': entry.Layers[1].slice(-64) } })
  })

  test('packed layers stay packed, and their manifest keeps its digest', async () => {
    const store = new MemoryStore()
    const manifest = await imageIn(store, tar => ({ bytes: gzipSync(tar), mediaType: MEDIA.layerGzip }))
    const archive = await saveArchive(store, [{ image: await readImage(store, manifest), names: [NAME] }], 'docker')
    const other = new MemoryStore()
    await loadArchive(other, archive)
    expect((await other.images())[0]?.manifest).toEqual(manifest)
    const image = await readImage(other, manifest)
    const tar = await readLayer(other, image.layers[0] as Descriptor, image.config.rootfs.diff_ids[0])
    expect([...readTar(tar)].map(({ path }) => path)).toEqual(['one'])
  })
})

describe('archives that others write', () => {
  const layers = [writeTar([file('one', '1')]), writeTar([file('two', '2')])]
  const config = toJson({ rootfs: { type: 'layers', diff_ids: layers.map(tar => portableDigester.digest(tar)) } })
  const id = portableDigester.digest(config)
  const hex = id.slice(7)

  test('docker’s before 25: a folder a layer, and links where layers are the same', async () => {
    const tars = [layers[0], layers[1]] as Uint8Array[]
    const archive = writeTar([
      directory('aaa'),
      file('aaa/VERSION', '1.0'),
      { path: 'aaa/layer.tar', kind: 'file', mode: 0o644, contents: tars[0] as Uint8Array },
      directory('bbb'),
      { path: 'real.tar', kind: 'file', mode: 0o644, contents: tars[1] as Uint8Array },
      { path: 'bbb/layer.tar', kind: 'symlink', mode: 0o777, link: '../real.tar' },
      { path: `${hex}.json`, kind: 'file', mode: 0o644, contents: config },
      file(
        'manifest.json',
        JSON.stringify([
          { Config: `${hex}.json`, RepoTags: ['team/old:1'], Layers: ['aaa/layer.tar', 'bbb/layer.tar'] },
        ]),
      ),
      file('repositories', '{}'),
    ])
    const store = new MemoryStore()
    expect(await loadArchive(store, archive)).toEqual([{ id, names: ['team/old:1'] }])
    const [stored] = await store.images()
    expect((await readImage(store, stored?.manifest as Descriptor)).layers.map(({ digest }) => digest)).toEqual(
      layers.map(tar => portableDigester.digest(tar)),
    )
  })

  test('buildx’s: an index with attestations beside the image', async () => {
    const files = new Map<string, Uint8Array>()
    const put = (bytes: Uint8Array, mediaType: string): Descriptor => {
      const digest = portableDigester.digest(bytes)
      files.set(`blobs/sha256/${digest.slice(7)}`, bytes)
      return { mediaType, digest, size: bytes.length }
    }
    const manifest = put(
      toJson(
        newManifest(
          put(config, MEDIA.config),
          layers.map(tar => put(tar, MEDIA.layer)),
        ),
      ),
      MEDIA.manifest,
    )
    const attestation = put(encode('{"schemaVersion":2}'), MEDIA.manifest)
    const index = put(
      toJson({
        schemaVersion: 2,
        manifests: [
          { ...attestation, platform: { architecture: 'unknown', os: 'unknown' } },
          { ...manifest, platform: { architecture: 'arm64', os: 'linux' } },
        ],
      }),
      MEDIA.index,
    )
    files.set(
      'index.json',
      toJson({ schemaVersion: 2, manifests: [{ ...index, annotations: { 'io.containerd.image.name': NAME } }] }),
    )
    expect(await loadArchive(new MemoryStore(), archiveOf(files))).toEqual([{ id, names: ['box:1.0'] }])
  })

  test('a tag alone in the annotation is no name', async () => {
    const { archive } = await saved('oci')
    const files = filesOf(archive)
    const index = JSON.parse(decode(files.get('index.json') ?? new Uint8Array()))
    index.manifests[0].annotations = { 'org.opencontainers.image.ref.name': 'latest' }
    files.set('index.json', toJson(index))
    expect((await loadArchive(new MemoryStore(), archiveOf(files)))[0]?.names).toEqual([])
  })
})

test('an archive in pieces of any size gives the same image', async () => {
  const { archive, manifest } = await saved('docker')
  for (const [bytes, size] of [
    [archive, 700],
    [archive, 1 << 20],
    [gzipSync(archive), 333],
  ] as const) {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const store = new MemoryStore()
    await loadArchive(store, pieces())
    expect((await store.images())[0]?.manifest).toEqual(manifest)
  }
})

test('of an index for several platforms, the one that is asked for', async () => {
  const store = new MemoryStore()
  const made = async (architecture: string) => {
    const bytes = toJson({ architecture, os: 'linux', config: {}, rootfs: { type: 'layers', diff_ids: [] } })
    const config = { mediaType: MEDIA.config, digest: await store.put(bytes), size: bytes.length }
    const manifest = toJson(newManifest(config, []))
    const platform = { os: 'linux', architecture }
    return { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length, platform }
  }
  const [amd, arm] = [await made('amd64'), await made('arm64')]
  const index = toJson({ schemaVersion: 2, mediaType: MEDIA.index, manifests: [amd, arm] })
  const top = { mediaType: MEDIA.index, digest: await store.put(index), size: index.length }
  const files = new Map([['index.json', toJson({ schemaVersion: 2, manifests: [top] })]])
  for (const { digest } of await store.blobs()) files.set(`blobs/sha256/${digest.slice(7)}`, (await store.get(digest))!)
  const load = async (platform?: { os: string; architecture: string }) => {
    const other = new MemoryStore()
    await loadArchive(other, archiveOf(files), platform ? { platform } : {})
    return (await other.images())[0]?.manifest.digest
  }
  expect(await load()).toBe(amd.digest)
  expect(await load({ os: 'linux', architecture: 'arm64' })).toBe(arm.digest)
  await expect(load({ os: 'linux', architecture: 's390x' })).rejects.toThrow(/names no image for linux\/s390x/)
})

test('a layer that lies elsewhere is refused', () => {
  const config = { mediaType: MEDIA.config, digest: `sha256:${'1'.repeat(64)}`, size: 1 }
  const layer = { mediaType: MEDIA.layer, digest: `sha256:${'2'.repeat(64)}`, size: 1 }
  const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'
  for (const change of [{ mediaType: foreign }, { urls: ['https://elsewhere'] }]) {
    const bytes = toJson({ schemaVersion: 2, config, layers: [{ ...layer, ...change }] })
    expect(() => parseManifest(bytes, 'it')).toThrow(/is foreign/)
  }
})

describe('what is wrong is refused, and leaves nothing behind', () => {
  async function refusal(archive: Uint8Array): Promise<unknown> {
    const store = new MemoryStore()
    const before = await imageIn(store)
    await store.setName('docker.io/library/there:latest', before)
    const blobs = await store.blobs()
    const error = await loadArchive(store, archive).then(
      () => undefined,
      (failure: unknown) => failure,
    )
    expect(await store.blobs()).toEqual(blobs)
    expect(await store.images()).toHaveLength(1)
    return error
  }

  async function without(format: 'docker' | 'oci', change: (files: Map<string, Uint8Array>) => void): Promise<unknown> {
    const files = filesOf((await saved(format)).archive)
    change(files)
    return refusal(archiveOf(files))
  }

  const layerDigest = portableDigester.digest(writeTar([file('one', '1')])).slice(7)

  test('no archive, half an archive, an archive of something else', async () => {
    expect(await refusal(encode('nonsense'.repeat(200)))).toBeInstanceOf(TarError)
    const { archive } = await saved('docker')
    const half = await refusal(archive.subarray(0, 5000))
    expect(half).toBeInstanceOf(TarError)
    expect(String(half)).toMatch(/truncated archive/)
    expect(String(await refusal(gzipSync(archive).subarray(0, 400)))).toMatch(/damaged gzip data/)
    expect(String(await refusal(writeTar([file('README', 'x')])))).toMatch(/neither manifest.json nor index.json/)
  })

  test.each(['docker', 'oci'] as const)('%s: a layer that is missing', async format => {
    const error = await without(format, files => files.delete(`blobs/sha256/${layerDigest}`))
    expect(error).toBeInstanceOf(ImageError)
    expect(String(error)).toContain(`the archive has no blobs/sha256/${layerDigest}`)
  })

  test.each(['docker', 'oci'] as const)('%s: a layer that was changed', async format => {
    const error = await without(format, files =>
      files.set(`blobs/sha256/${layerDigest}`, writeTar([file('one', 'other')])),
    )
    expect(error).toBeInstanceOf(ImageError)
    expect(String(error)).toContain('the archive is damaged')
    expect(String(error)).toContain(layerDigest)
  })

  test('a config, a manifest and a size that are not what they should be', async () => {
    const change = (wanted: RegExp) => (files: Map<string, Uint8Array>) => {
      for (const [path, bytes] of files)
        if (path.startsWith('blobs') && wanted.test(decode(bytes))) files.set(path, encode(`${decode(bytes)} `))
    }
    expect(String(await without('docker', change(/^\{.*"rootfs"/)))).toMatch(
      /config .* has the digest .*: the archive is damaged/,
    )
    expect(String(await without('oci', change(/^\{.*"config":\{"mediaType"/)))).toMatch(/blob sha256:.* has the digest/)
    const smaller = (files: Map<string, Uint8Array>) => {
      const index = JSON.parse(decode(files.get('index.json') ?? new Uint8Array()))
      index.manifests[0].size--
      files.set('index.json', toJson(index))
    }
    expect(String(await without('oci', smaller))).toMatch(/has \d+ bytes, but its descriptor says/)
  })

  test('paths that lead out', async () => {
    expect(String(await refusal(writeTar([file('../../evil', 'x'), file('manifest.json', '[]')])))).toMatch(
      /leads out of it: "..\/..\/evil"/,
    )
    const entry = { Config: '../../../etc/passwd', RepoTags: null, Layers: [] }
    expect(String(await refusal(writeTar([file('manifest.json', JSON.stringify([entry]))])))).toMatch(/leads out of it/)
    const link: NewTarEntry = { path: 'x.json', kind: 'symlink', mode: 0o777, link: '/etc/passwd' }
    const linked = { Config: 'x.json', RepoTags: null, Layers: [] }
    expect(String(await refusal(writeTar([link, file('manifest.json', JSON.stringify([linked]))])))).toMatch(
      /the archive has no x.json/,
    )
  })

  test.each([
    ['no JSON', '[', /manifest.json is not JSON/],
    ['no list', '{}', /manifest.json is not a list of images/],
    ['no image', '[{"Config":1}]', /holds an entry that is no image/],
    ['a number for a layer', '[{"Config":"c","Layers":[1]}]', /holds an entry that is no image/],
    ['no config', '[{"Config":"c","Layers":[]}]', /the archive has no c$/],
  ])('a manifest.json that is %s', async (_name, text, words) => {
    expect(String(await refusal(writeTar([file('manifest.json', text)])))).toMatch(words)
  })

  test('a config whose fields are of the wrong type', async () => {
    for (const [text, words] of [
      ['{}', /has no rootfs.diff_ids/],
      ['{"rootfs":{"diff_ids":["sha256:1"]}}', /has no rootfs.diff_ids/],
      ['{"rootfs":{"diff_ids":[]},"config":{"Env":"PATH"}}', /Env is not a list of texts/],
      ['{"rootfs":{"diff_ids":[]},"config":{"Labels":{"a":1}}}', /Labels is not a record of texts/],
      ['{"rootfs":{"diff_ids":[]},"config":{"Healthcheck":{"Test":"x"}}}', /Healthcheck is not a health check/],
      ['{"rootfs":{"diff_ids":[]},"history":[{"created_by":1}]}', /history is not a list of records/],
    ] as const) {
      const entry = { Config: 'c', RepoTags: null, Layers: [] }
      expect(
        String(await refusal(writeTar([file('c', text), file('manifest.json', JSON.stringify([entry]))]))),
      ).toMatch(words)
    }
  })

  test('a name that is none', async () => {
    const text = '{"rootfs":{"diff_ids":[]}}'
    const entry = { Config: 'c', RepoTags: ['UPPER:1'], Layers: [] }
    expect(String(await refusal(writeTar([file('c', text), file('manifest.json', JSON.stringify([entry]))])))).toMatch(
      /repository name \(library\/UPPER\) must be lowercase/,
    )
  })
})
