// The pool over Node's threads, with the worker's script as it is built.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeDigester } from '../../cli/node/digester.ts'
import { buildNode } from '../build.mjs'

const folder = mkdtempSync(join(tmpdir(), 'cowbox-test-'))
const script = join(folder, 'dist/hash-worker.cjs')
const large = new Uint8Array(3_000_001).map((_, i) => i >> 3)

function native(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

function scriptOf(text: string): string {
  const path = join(folder, `${text.length}.cjs`)
  writeFileSync(path, text)
  return path
}

beforeAll(() => buildNode(join(folder, 'dist')))
afterAll(() => rmSync(folder, { recursive: true }))

test('gives the digests of large and small pieces, at the same time', async () => {
  const digester = nodeDigester(script, 'wasi')
  const pieces = [new Uint8Array(0), large.subarray(0, 65_535), large.subarray(0, 65_536), large, large.subarray(7)]
  expect(await Promise.all(pieces.map(piece => digester.digest(piece)))).toEqual(pieces.map(native))
  expect(large.length).toBe(3_000_001)
})

test('a worker that exits is said, and the next one is asked', async () => {
  const digester = nodeDigester(
    scriptOf("require('node:worker_threads').parentPort.once('message', () => process.exit(3))"),
    'wasi',
  )
  await expect(digester.digest(large)).rejects.toThrow('a hashing worker ended: it exited with status 3')
  await expect(digester.digest(large)).rejects.toThrow('a hashing worker ended: it exited with status 3')
})

test('a worker that throws is said in its words', async () => {
  const digester = nodeDigester(scriptOf("throw new Error('no memory is left')"), 'wasi')
  await expect(digester.digest(large)).rejects.toThrow('a hashing worker ended: no memory is left')
})

test('a worker that cannot be started is said with its path', async () => {
  const digester = nodeDigester(join(folder, 'nosuch.cjs'), 'wasi')
  await expect(digester.digest(large)).rejects.toThrow(/a hashing worker ended: Cannot find module .*nosuch\.cjs/)
})

test('a program waits for its digests, and does not wait for an idle worker', () => {
  const context = join(folder, 'context')
  mkdirSync(context)
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY large /\n')
  writeFileSync(join(context, 'large'), large)
  const program = join(folder, 'program.mjs')
  const library = JSON.stringify(join(folder, 'dist/index.js'))
  const options = JSON.stringify({ context, sourceDateEpoch: 0 })
  writeFileSync(
    program,
    `import { Engine } from ${library}\nconsole.log((await (await Engine.open()).build(${options})).layers[0].digest)\n`,
  )
  expect(execFileSync(process.execPath, [program], { encoding: 'utf8' })).toMatch(/^sha256:[0-9a-f]{64}\n$/)
})
