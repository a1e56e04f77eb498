// A pull in the tab, from a registry that lets pages of other origins read it (CORS); the digests are Node's.

import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newManifest } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { MEDIA, toJson } from '../../image/manifest.ts'
import { encode } from '../../lib/bytes.ts'
import { gzip } from '../../lib/gzip.ts'
import { writeTar } from '../../lib/tar.ts'
import { useTab } from './tab.ts'

const tab = useTab()
const LONG = 120_000
/** Larger than what is hashed without a worker. */
const LAYER = writeTar([
  { path: 'hello', kind: 'file', mode: 0o644, contents: encode('pulled\n') },
  { path: 'large', kind: 'file', mode: 0o644, contents: new Uint8Array(300_000).map((_, i) => (i * i) >> 3) },
])
const blobs = new Map<string, Uint8Array>()
let server: Server
let manifest = ''
let domain = ''

beforeAll(async () => {
  const packed = await gzip(LAYER)
  const config = toJson({
    created: '2024-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [portableDigester.digest(LAYER)] },
    history: [{ created: '2024-01-01T00:00:00Z', created_by: 'made' }],
  })
  const layer = { mediaType: MEDIA.layerGzip, digest: await kept(packed), size: packed.length }
  manifest = await kept(
    toJson(newManifest({ mediaType: MEDIA.config, digest: await kept(config), size: config.length }, [layer])),
  )
  server = createServer(({ method, url = '' }, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*')
    if (method === 'OPTIONS' || url === '/v2/') return void response.writeHead(200).end()
    const [, kind, name = ''] = /^\/v2\/team\/box\/(manifests|blobs)\/(.+)$/.exec(url) ?? []
    const bytes = blobs.get(name === 'open' ? manifest : name)
    if (!bytes) return void response.writeHead(404).end()
    response.setHeader('content-type', kind === 'manifests' ? MEDIA.manifest : 'application/octet-stream')
    response.end(bytes)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  domain = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
})

afterAll(() => server.close())

async function kept(bytes: Uint8Array): Promise<`sha256:${string}`> {
  const digest = await portableDigester.digest(bytes)
  blobs.set(digest, bytes)
  return digest
}

test('an image is pulled into the tab and has the digest that it has here', { timeout: LONG }, async () => {
  await tab.run(`docker pull -q ${domain}/team/box:open`, 0, LONG)
  expect(await tab.run("docker images --format '{{.Repository}} {{.Digest}}'")).toContain(
    `${domain}/team/box ${manifest}`,
  )
  await tab.run(
    `printf 'FROM ${domain}/team/box:open\\nFROM busybox\\nCOPY --from=0 /hello /large /\\n' >/tmp/Dockerfile`,
  )
  await tab.run('docker build -q -t mixed -f /tmp/Dockerfile .', 0, LONG)
  expect(await tab.run("docker run --rm mixed sh -c 'cat /hello; wc -c </large'", 0, LONG)).toBe('pulled\n300000')
})

test('what the registry does not have is said', { timeout: LONG }, async () => {
  expect(await tab.run(`docker pull -q ${domain}/team/box:none`, 0, LONG)).toContain('not found')
})
