// Everything that computes digests, behind its one interface: all give the same.

import './module-bytes.ts'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeDigester } from '../../cli/node/digester.ts'
import { type Digester, digestMany, portableDigester, startDigest } from '../../image/digest.ts'
import { encode } from '../../lib/bytes.ts'
import { writeTar } from '../../lib/tar.ts'
import { WasmDigester } from '../../wasm/digester.ts'
import { digesterBySize } from '../../wasm/sized-digester.ts'
import { buildNode } from '../build.mjs'

const folder = mkdtempSync(join(tmpdir(), 'cowbox-test-'))
const script = join(folder, 'dist/hash-worker.cjs')
const SIZES = [0, 1, 55, 56, 63, 64, 65, 119, 120, 4096, 262_143, 262_144, 262_145, 5_000_003]
const pieces = SIZES.map(size => new Uint8Array(size).map((_, i) => (i * 7) ^ (i >> 9) ^ size))
const expected = pieces.map(piece => `sha256:${createHash('sha256').update(piece).digest('hex')}`)

const digesters: readonly (readonly [string, Digester])[] = [
  ['TypeScript', portableDigester],
  ['node:crypto', nodeDigester(script, 'native')],
  ['the WASI modules in threads', nodeDigester(script, 'wasi')],
  ['the WASI modules in this thread', digesterBySize(() => new WasmDigester())],
]

beforeAll(() => buildNode(join(folder, 'dist')))
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(digesters)('%s', (_, digester) => {
  test('whole pieces', async () => {
    const found: string[] = []
    for (const piece of pieces) found.push(await digester.digest(piece))
    expect(found).toEqual(expected)
  })

  test('many pieces', async () => {
    expect(await digestMany(digester, pieces)).toEqual(expected)
    expect(await digestMany(digester, [...pieces.slice(0, 9), ...pieces.slice(0, 9)])).toEqual([
      ...expected.slice(0, 9),
      ...expected.slice(0, 9),
    ])
    expect(await digestMany(digester, [])).toEqual([])
  })

  test('streams, of which some are given up', async () => {
    for (const [index, piece] of pieces.entries()) {
      const lost = startDigest(digester)
      await lost.update(piece)
      lost.cancel()
      const stream = startDigest(digester)
      for (let at = 0; at < piece.length; at += 70_001) await stream.update(piece.subarray(at, at + 70_001))
      expect(await stream.finish()).toBe(expected[index])
    }
  })
})

test('an engine that does not exist is refused by its name', () => {
  expect(() => nodeDigester(script, 'openssl')).toThrow("COWBOX_DIGESTS is 'openssl'")
})

test('the built command unpacks gzip and hashes natively, also when its scripts come compiled', () => {
  const context = gzipSync(
    writeTar([{ path: 'Dockerfile', kind: 'file', mode: 0o644, contents: encode('FROM busybox') }]),
  )
  const env = { ...process.env, COWBOX_HOME: join(folder, 'home') }
  const build = () =>
    execFileSync(process.execPath, [join(folder, 'dist/cowbox.cjs'), 'build', '-q', '-'], { input: context, env })
  const [first, second] = [build(), build()].map(String)
  expect(first).toMatch(/^sha256:[0-9a-f]{64}\n$/)
  expect(second).toBe(first)
})
