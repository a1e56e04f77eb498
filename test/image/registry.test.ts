import { expect, test } from 'vitest'
import { nodeHost } from '../../cli/node/host.ts'
import { Registry } from '../../engine/registry.ts'
import { newManifest } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { type Descriptor, ImageError, MEDIA, toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { readImage } from '../../image/read.ts'
import { fullName, parseReference } from '../../image/reference.ts'
import { parseChallenge } from '../../image/registry/authorization.ts'
import type { Login } from '../../image/registry/credentials.ts'
import { RegistryError } from '../../image/registry/registry-error.ts'
import type { TransferEvent } from '../../image/registry/transfer.ts'
import type { Store } from '../../image/store.ts'
import { encode } from '../../lib/bytes.ts'
import { writeTar } from '../../lib/tar.ts'
import { digestOf, FakeRegistry } from './fake-registry.ts'

const NAME = 'localhost:5000/team/box:1.0'
const LARGE = layerOf(new Uint8Array(5_000_000).map((_, i) => i * 7))

function layerOf(contents: Uint8Array): Uint8Array {
  return writeTar([{ path: 'file', kind: 'file', mode: 0o644, contents }])
}

async function imageIn(store: Store, layers: readonly Uint8Array[], architecture = 'amd64'): Promise<Descriptor> {
  const config = toJson({
    architecture,
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
  })
  const described = []
  for (const layer of layers) {
    described.push({ mediaType: MEDIA.layer, digest: await store.put(layer), size: layer.length })
  }
  const id = { mediaType: MEDIA.config, digest: await store.put(config), size: config.length }
  const manifest = toJson(newManifest(id, described))
  return { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
}

function clientOf(fake: Pick<FakeRegistry, 'fetch'>, store: Store, login?: Login): Registry {
  const { clock } = nodeHost
  const credentials = async () => login
  return new Registry({ store, digester: portableDigester, fetch: fake.fetch, clock, credentials })
}

async function pushed(fake: FakeRegistry, layers: readonly Uint8Array[], login?: Login): Promise<Descriptor> {
  const store = new MemoryStore()
  const manifest = await imageIn(store, layers)
  await store.setName(fullName(parseReference(NAME)), manifest)
  await clientOf(fake, store, login).push(NAME)
  return manifest
}

test('layers are packed for a registry when that is asked for, and nothing of it stays here', async () => {
  const fake = new FakeRegistry()
  const store = new MemoryStore()
  const plain = await imageIn(store, [layerOf(encode('one '.repeat(500))), LARGE])
  await store.setName(fullName(parseReference(NAME)), plain)
  const before = await store.blobs()
  const pushed = await clientOf(fake, store).push(NAME, { gzip: true })
  expect(pushed.digest).not.toBe(plain.digest)
  expect(await store.blobs()).toEqual(before)
  const other = new MemoryStore()
  const pulled = await clientOf(fake, other).pull(NAME)
  expect(pulled.digest).toBe(pushed.digest)
  const { layers, config, id } = await readImage(other, { mediaType: MEDIA.manifest, ...pushed })
  expect(layers.map(({ mediaType }) => mediaType)).toEqual([MEDIA.layerGzip, MEDIA.layerGzip])
  expect(id).toBe((await readImage(store, plain)).id)
  expect(config.rootfs.diff_ids).toEqual([layerOf(encode('one '.repeat(500))), LARGE].map(digestOf))
  // What is packed is sent as it is.
  await other.setName(fullName(parseReference(NAME)), { mediaType: MEDIA.manifest, ...pushed })
  expect((await clientOf(fake, other).push(NAME, { gzip: true })).digest).toBe(pushed.digest)
})

test.each(['none', 'basic', 'bearer'] as const)('what was pushed is pulled again, asked for: %s', async auth => {
  const fake = new FakeRegistry()
  fake.auth = auth
  const login = { username: 'me', password: 'secret' }
  const manifest = await pushed(fake, [layerOf(encode('one')), LARGE], login)
  const store = new MemoryStore()
  const events: TransferEvent[] = []
  const pulled = await clientOf(fake, store, login).pull(NAME, { tell: event => events.push(event) })
  expect(pulled).toMatchObject({ digest: manifest.digest, isUpToDate: false })
  expect((await readImage(store, manifest)).layers).toHaveLength(2)
  expect(events.filter(({ kind }) => kind === 'done')).toHaveLength(3)
  expect(await clientOf(fake, store, login).pull(NAME)).toMatchObject({ isUpToDate: true })
})

test('a wrong login is told, and none where one is asked for', async () => {
  const fake = new FakeRegistry()
  fake.auth = 'bearer'
  await expect(pushed(fake, [], { username: 'me', password: 'wrong' })).rejects.toThrow(/unauthorized: incorrect/)
  fake.auth = 'basic'
  await expect(pushed(fake, [])).rejects.toThrow('no basic auth credentials for localhost:5000: log in first')
})

test.each([[true], [false]])('a broken download goes on where it broke off; ranges: %s', async takesRanges => {
  const fake = new FakeRegistry()
  await pushed(fake, [LARGE])
  fake.takesRanges = takesRanges
  fake.breaks = [0, 1000, 70_000]
  const store = new MemoryStore()
  const events: TransferEvent[] = []
  await clientOf(fake, store).pull(NAME, { tell: event => events.push(event) })
  expect(await store.has(digestOf(LARGE))).toBe(true)
  expect(events.filter(({ kind }) => kind === 'again').length).toBeGreaterThan(1)
})

test('a broken upload goes on where the registry has it', async () => {
  const fake = new FakeRegistry()
  fake.breaks = [1000, 2_000_000]
  await pushed(fake, [LARGE])
  // Compared byte by byte, five million take vitest half a minute.
  expect(digestOf(fake.blobs.get(`team/box ${digestOf(LARGE)}`) ?? encode(''))).toBe(digestOf(LARGE))
})

test('wrong bytes leave the store as it was', async () => {
  const fake = new FakeRegistry()
  const manifest = await pushed(fake, [layerOf(encode('right'))])
  const store = new MemoryStore()
  fake.blobs.set(`team/box ${digestOf(layerOf(encode('right')))}`, layerOf(encode('wrong')))
  await expect(clientOf(fake, store).pull(NAME)).rejects.toThrow(/is damaged: its contents have the digest/)
  expect(await store.images()).toEqual([])
  fake.manifests.set(`team/box:${manifest.digest}`, { bytes: encode('{}'), type: MEDIA.manifest })
  await expect(clientOf(fake, store).pull(`localhost:5000/team/box@${manifest.digest}`)).rejects.toThrow(ImageError)
})

test('a layer that cannot be unpacked is not kept', async () => {
  const fake = new FakeRegistry()
  await pushed(fake, [writeTar([{ path: '../evil', kind: 'file', mode: 0o644, contents: encode('x') }])])
  const store = new MemoryStore()
  await expect(clientOf(fake, store).pull(NAME)).rejects.toThrow('leads out of the image')
  expect([await store.images(), await store.blobs()]).toEqual([[], []])
})

test('a blob that another repository has is mounted', async () => {
  const fake = new FakeRegistry()
  const store = new MemoryStore()
  const manifest = await imageIn(store, [layerOf(encode('shared'))])
  const events: TransferEvent[] = []
  for (const name of [NAME, 'localhost:5000/other:2']) {
    await store.setName(fullName(parseReference(name)), manifest)
    await clientOf(fake, store).push(name, { tell: event => events.push(event) })
  }
  expect(events.filter(({ kind }) => kind === 'mounted').map(({ text }) => text)).toEqual(['team/box'])
})

test('an index gives the image for the platform', async () => {
  const fake = new FakeRegistry()
  const store = new MemoryStore()
  const [amd, arm] = [
    await imageIn(store, [layerOf(encode('a'))]),
    await imageIn(store, [layerOf(encode('b'))], 'arm64'),
  ]
  const index = toJson({
    schemaVersion: 2,
    mediaType: MEDIA.index,
    manifests: [
      { ...amd, platform: { os: 'linux', architecture: 'amd64' } },
      { ...arm, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    ],
  })
  await store.setName(NAME, { mediaType: MEDIA.index, digest: await store.put(index), size: index.length })
  await clientOf(fake, store).push(NAME)
  const pull = async (os: string, architecture: string) => {
    const { manifest } = await clientOf(fake, new MemoryStore()).pull(NAME, { platform: { os, architecture } })
    return manifest.digest
  }
  expect([await pull('linux', 'amd64'), await pull('linux', 'arm64')]).toEqual([amd.digest, arm.digest])
  await expect(pull('linux', 's390x')).rejects.toThrow(
    'no matching manifest for linux/s390x in the manifest list entries',
  )
})

test('what is not there, tags over several pages', async () => {
  const fake = new FakeRegistry()
  await pushed(fake, [])
  fake.manifests.set('team/box:2.0', { bytes: encode('{}'), type: '' })
  const client = clientOf(fake, new MemoryStore())
  expect(await client.tags(NAME)).toEqual(['1.0', '2.0'])
  await expect(client.pull('localhost:5000/nosuch')).rejects.toThrow(
    new RegistryError('manifest for nosuch:latest not found: manifest unknown: manifest unknown', 404),
  )
})

test('challenges', () => {
  const { scheme, parameters } = parseChallenge(
    'Bearer realm="https://a/t",service="r",scope="repository:x:pull,push"',
  )!
  expect([scheme, ...parameters]).toEqual([
    'bearer',
    ['realm', 'https://a/t'],
    ['service', 'r'],
    ['scope', 'repository:x:pull,push'],
  ])
})

test.each([
  ['a manifest', 200, 'the manifest of 1.0 is larger than'],
  ['an error', 404, 'the answer of localhost:5000 is larger than'],
])('%s without end does not fill the memory', async (_, status, words) => {
  const fake = new FakeRegistry()
  const endless = async function* () {
    for (;;) yield new Uint8Array(1 << 20)
  }
  const answer: FakeRegistry['fetch'] = async ({ url }) => ({ status, url, headers: new Map(), body: endless() })
  const lying: Pick<FakeRegistry, 'fetch'> = {
    fetch: request => (request.url.includes('/manifests/') ? answer(request) : fake.fetch(request)),
  }
  await expect(clientOf(lying, new MemoryStore()).pull(NAME)).rejects.toThrow(words)
})

test('an index that does not name its own media type is not taken for the first of its manifests', async () => {
  const fake = new FakeRegistry()
  const manifest = await pushed(fake, [layerOf(encode('one'))])
  const { bytes } = fake.manifests.get('1.0') ?? { bytes: encode('') }
  const index = toJson({ schemaVersion: 2, manifests: [{ ...manifest, size: bytes.length }] })
  fake.manifests.set(manifest.digest, { bytes, type: MEDIA.manifest })
  fake.manifests.set('1.0', { bytes: index, type: MEDIA.index })
  const pulled = await clientOf(fake, new MemoryStore()).pull(NAME)
  expect(pulled.manifest.digest).toBe(manifest.digest)
})
