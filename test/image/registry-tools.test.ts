// Pushing and pulling judged by Debian's docker-registry, skopeo and podman, where they are installed.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeHost } from '../../cli/node/host.ts'
import { NodeLayoutFiles } from '../../cli/node/layout-files.ts'
import { Registry } from '../../engine/registry.ts'
import { newManifest } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { type Descriptor, MEDIA, toJson } from '../../image/manifest.ts'
import { readImage, readLayer } from '../../image/read.ts'
import { fullName, parseReference } from '../../image/reference.ts'
import { writeTar } from '../../lib/tar.ts'
import { file } from './tree.ts'

const missing = ['docker-registry', 'skopeo'].filter(tool => spawnSync('which', [tool]).status !== 0)
if (missing.length > 0) console.log(`registry tests are skipped: ${missing.join(' and ')} not installed`)

const top = mkdtempSync(join(tmpdir(), 'cowbox-registry-'))
const LAYERS = [writeTar([file('a', 'one')]), writeTar([file('big', 'x'.repeat(6_000_000))])]
let server: ChildProcess | undefined
let domain = ''

describe.skipIf(missing.length > 0)('docker-registry', () => {
  beforeAll(async () => {
    const port = await freePort()
    domain = `127.0.0.1:${port}`
    const config = join(top, 'config.yml')
    const storage = `filesystem: {rootdirectory: ${join(top, 'data')}}`
    writeFileSync(config, `version: 0.1\nstorage: {${storage}}\nhttp: {addr: ${domain}}\n`)
    server = spawn('docker-registry', ['serve', config], { stdio: 'ignore' })
    for (let left = 100; left > 0; left--) {
      try {
        await fetch(`http://${domain}/v2/`)
        return
      } catch {
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    }
  })

  afterAll(() => {
    server?.kill()
    rmSync(top, { recursive: true, force: true })
  })

  test('takes what we push, and skopeo finds it whole', async () => {
    const store = storeAt('ours')
    const manifest = await imageIn(store)
    const name = `${domain}/team/box:1.0`
    await store.setName(fullName(parseReference(name)), manifest)
    await registryOf(store).push(name)
    const { Digest, Layers } = JSON.parse(run('skopeo', ['inspect', '--tls-verify=false', `docker://${name}`]))
    expect([Digest, Layers]).toEqual([manifest.digest, LAYERS.map(portableDigester.digest)])
    run('skopeo', ['copy', '-q', '--src-tls-verify=false', `docker://${name}`, `dir:${join(top, 'copied')}`])
  })

  test('what skopeo pushes, packed its own way, is pulled with the same layers', async () => {
    const tls = ['--src-tls-verify=false', '--dest-tls-verify=false']
    const from = `docker://${domain}/team/box:1.0`
    run('skopeo', [
      'copy',
      '-q',
      ...tls,
      '--format=v2s2',
      '--dest-compress-format=gzip',
      from,
      `docker://${domain}/skopeo:gz`,
    ])
    run('skopeo', ['copy', '-q', ...tls, '--dest-compress-format=zstd', from, `docker://${domain}/skopeo:zst`])
    for (const tag of ['gz', 'zst']) {
      const store = storeAt(tag)
      const { manifest } = await registryOf(store).pull(`${domain}/skopeo:${tag}`)
      const image = await readImage(store, manifest)
      for (const [index, layer] of image.layers.entries()) {
        const tar = await readLayer(store, layer, image.config.rootfs.diff_ids[index], portableDigester)
        expect(Buffer.from(tar).equals(LAYERS[index]!)).toBe(true)
      }
    }
  })

  test('tags are listed, a digest is pinned, a second push sends nothing', async () => {
    const store = storeAt('ours')
    expect((await registryOf(store).tags(`${domain}/skopeo`)).sort()).toEqual(['gz', 'zst'])
    const kinds: string[] = []
    const { digest } = await registryOf(store).push(`${domain}/team/box:1.0`, { tell: ({ kind }) => kinds.push(kind) })
    expect(kinds.filter(kind => kind !== 'waiting')).toEqual(['exists', 'exists', 'exists'])
    const pinned = `${domain}/team/box@${digest}`
    expect((await registryOf(storeAt('pinned')).pull(pinned)).manifest.digest).toBe(digest)
  })
})

function storeAt(name: string): LayoutStore {
  return new LayoutStore(new NodeLayoutFiles(join(top, name)), portableDigester)
}

function registryOf(store: LayoutStore): Registry {
  const { clock, fetch } = nodeHost
  if (!fetch) throw new Error('Node lends a network')
  return new Registry({ store, digester: portableDigester, clock, fetch })
}

async function imageIn(store: LayoutStore): Promise<Descriptor> {
  const layers = []
  for (const tar of LAYERS) layers.push({ mediaType: MEDIA.layer, digest: await store.put(tar), size: tar.length })
  const config = toJson({
    created: '2024-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: ['/a'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: layers.map(() => ({ created: '2024-01-01T00:00:00Z', created_by: 'made' })),
  })
  const id = { mediaType: MEDIA.config, digest: await store.put(config), size: config.length }
  const manifest = toJson(newManifest(id, layers))
  return { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function run(tool: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`)
  return stdout
}
