// What a short command does not do, and what archives do: seen from inside the command's own process.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { Command } from './command.ts'

const command = new Command()
const hook = join(command.folder, 'hook.cjs')
const report = join(command.folder, 'report.json')

/** Counts the workers that are started and the digests that Node's crypto computes, and names what Node has loaded. */
writeFileSync(
  hook,
  `const seen = { workers: 0, hashes: 0 }
  const Module = require('node:module'), load = Module._load
  Module._load = (request, ...rest) => {
    const loaded = load(request, ...rest)
    if (request === 'node:worker_threads') {
      return { ...loaded, Worker: class extends loaded.Worker { constructor(...how) { super(...how); seen.workers++ } } }
    }
    if (request === 'node:crypto') {
      return { ...loaded, createHash: (...how) => { seen.hashes++; return loaded.createHash(...how) } }
    }
    return loaded
  }
  process.on('exit', () => {
    const loaded = process.moduleLoadList.map(name => name.replace('NativeModule ', ''))
    require('node:fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({ ...seen, loaded }))
  })`,
)

function watch(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, ['--require', hook, command.path, ...args], {
    env: command.env,
    cwd: command.folder,
    encoding: 'utf8',
  })
  const seen: { workers: number; hashes: number; loaded: string[] } = JSON.parse(readFileSync(report, 'utf8'))
  return { status, stderr, ...seen }
}

afterAll(() => command.remove())

const context = join(command.folder, 'context')
mkdirSync(context)
writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY large /\n')
writeFileSync(join(context, 'large'), new Uint8Array(1 << 20))

test('a start loads none of what it does not use, and computes no digest', async () => {
  const { status, workers, hashes, loaded } = watch('run', '--rm', 'busybox', 'true')
  expect({ status, workers, hashes }).toEqual({ status: 0, workers: 0, hashes: 0 })
  // `stream` comes with `v8`, whose flags the launcher sets.
  const late = ['crypto', 'worker_threads', 'net', 'perf_hooks', 'fs/promises', 'tty', 'child_process']
  expect(loaded.filter(name => late.includes(name))).toEqual([])
})

const archive = join(command.folder, 'large.tar')

const heavy = [
  // Of the file for the cache, and of the layer.
  { what: 'build', args: ['build', '--no-cache', '-q', '-t', 'large', context], digests: 2 },
  // What build hashed, and nobody has touched since.
  { what: 'save', args: ['save', '-o', archive, 'large'], digests: 0 },
  { what: 'load', args: ['load', '-i', archive], digests: 1 },
]

test.each(heavy)('$what: node:crypto computes what is large, and nothing twice', ({ args, digests }) => {
  const { status, stderr, workers, hashes } = watch(...args)
  expect({ status, stderr, workers, hashes }).toMatchObject({ status: 0, workers: 0, hashes: digests })
})

test.each(heavy)('$what: where it is asked for, the WASI modules do, in threads', ({ args, digests }) => {
  vi.stubEnv('COWBOX_DIGESTS', 'wasi')
  const { status, stderr, workers, hashes } = watch(...args)
  vi.unstubAllEnvs()
  expect({ status, stderr, hashes, inThreads: workers > 0 }).toMatchObject({
    status: 0,
    hashes: 0,
    inThreads: digests > 0,
  })
})

test('an archive that does not have its digests is refused', () => {
  const bytes = readFileSync(archive)
  bytes.fill(1, 700_000, 700_001)
  writeFileSync(archive, bytes)
  const { status, stderr } = watch('load', '-i', archive)
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('sha256:') })
})
