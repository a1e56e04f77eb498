// The store under SIGKILL and on a full disk: `npm run build && node test/bundle-run.mjs test/image/kill-store.ts [MOMENTS]`.
//
// The command builds, loads, pulls (where docker-registry is installed) and prunes, and is killed at a random moment of each
// (200 in all). After each, the store opens, every blob has its digest, and every image that was reported done is there as
// it was. After the last, what the killed ones left is cleaned up. Then the same on disks too small (as root: tmpfs).

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeHost } from '../../cli/node/host.ts'
import { NodeLayoutFiles } from '../../cli/node/layout-files.ts'
import { Registry } from '../../engine/registry.ts'
import { newManifest, saveArchive } from '../../image/archive.ts'
import { portableDigester } from '../../image/digest.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { type Descriptor, MEDIA, toJson } from '../../image/manifest.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { neededBlobs } from '../../image/needed.ts'
import { readImage } from '../../image/read.ts'
import { fullName, parseReference } from '../../image/reference.ts'
import { writeTar } from '../../lib/tar.ts'

const moments = Number(process.argv[2] ?? 200)
const command = join(process.cwd(), 'dist/cowbox.cjs')
const top = mkdtempSync(join(tmpdir(), 'cowbox-kill-'))
const PORT = 6000 + (process.pid % 1000)
let problems = 0
let registry: ChildProcess | undefined

interface Work {
  readonly args: readonly string[]
  /** The image that is there when it has ended well. */
  readonly makes?: string
}

type Worker = (number: number) => Work | Promise<Work>

async function main(): Promise<void> {
  prepare()
  const workers: Record<string, Worker> = { build, load, prune }
  if (spawnSync('which', ['docker-registry']).status === 0) {
    await startRegistry()
    workers.pull = pull
  } else console.log('passed over: pull (docker-registry is not installed)')
  await killAll(join(top, 'home'), workers)
  if (process.getuid?.() === 0) fillDisks()
  else console.log('passed over: the full disk (needs root)')
}

/** What is loaded and pulled: images of some megabytes, made by the command itself. */
function prepare(): void {
  const context = join(top, 'context')
  mkdirSync(context)
  for (const name of ['one', 'two', 'three']) writeFileSync(join(context, name), noise(500_000))
  writeFileSync(join(context, 'Dockerfile'), 'FROM busybox\nARG N\nCOPY one /one\nRUN echo $N >/n\nCOPY two three /\n')
  finish(join(top, 'first'), ['build', '-q', '--build-arg', 'N=first', '-t', 'kept:1', context])
  finish(join(top, 'first'), ['save', '-o', join(top, 'kept.tar'), 'kept:1'])
}

const build: Worker = number => ({ args: buildArgs(number), makes: `built:${number}` })

function buildArgs(number: number): string[] {
  return ['build', '-q', '--build-arg', `N=${number}`, '-t', `built:${number}`, join(top, 'context')]
}

/** An archive of its own each time: what the store has already would be no work. */
const load: Worker = async number => {
  const name = `loaded:${number}`
  const { store, manifest } = await imageOf(name)
  const image = await readImage(store, manifest)
  writeFileSync(
    join(top, 'load.tar'),
    await saveArchive(store, [{ image, names: [fullName(parseReference(name))] }], 'docker'),
  )
  return { args: ['load', '-i', join(top, 'load.tar')], makes: name }
}
const pull: Worker = async number => {
  const name = `127.0.0.1:${PORT}/pulled:${number}`
  const { store } = await imageOf(name)
  const { clock, fetch: ask } = nodeHost
  if (!ask) throw new Error('Node lends a network')
  await new Registry({ store, digester: portableDigester, clock, fetch: ask }).push(name)
  return { args: ['pull', '-q', name], makes: name }
}

async function imageOf(name: string): Promise<{ store: MemoryStore; manifest: Descriptor }> {
  const store = new MemoryStore()
  const contents = noise(1_200_000)
  const tar = writeTar([{ path: 'data', kind: 'file', mode: 0o644, contents }])
  const layer = { mediaType: MEDIA.layer, digest: await store.put(tar), size: tar.length }
  const config = toJson({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [layer.digest] } })
  const id = { mediaType: MEDIA.config, digest: await store.put(config), size: config.length }
  const bytes = toJson(newManifest(id, [layer]))
  const manifest = { mediaType: MEDIA.manifest, digest: await store.put(bytes), size: bytes.length }
  await store.setName(fullName(parseReference(name)), manifest)
  return { store, manifest }
}

const prune: Worker = number => ({
  args:
    [
      ['system', 'prune', '-f'],
      ['builder', 'prune', '-f'],
      ['image', 'prune', '-f'],
    ][number % 3] ?? [],
})

async function killAll(home: string, workers: Record<string, Worker>): Promise<void> {
  finish(home, ['load', '-i', join(top, 'kept.tar')])
  const done = new Map<string, string>()
  await remember(home, 'kept:1', done)
  const lasts: Record<string, number> = {}
  const ended: Record<string, number> = {}
  const names = Object.keys(workers)
  for (let number = 0; number < moments; number++) {
    const name = names[number % names.length] ?? ''
    const work = await workers[name]?.(number)
    if (!work) continue
    // The first of each shows how long it takes when it is let be.
    const ms = lasts[name] === undefined ? undefined : lasts[name] * (0.25 + 0.85 * Math.random())
    const begun = performance.now()
    const isDone = await runFor(home, work.args, ms)
    lasts[name] ??= performance.now() - begun
    if (isDone) {
      ended[name] = (ended[name] ?? 0) + 1
      if (work.makes !== undefined) await remember(home, work.makes, done)
    }
    await judge(`moment ${number}, ${name} after ${ms?.toFixed(0)} ms`, home, done)
    // A store that grows for ever would make the last moments slower than the first.
    if (done.size > 12) forget(home, done)
  }
  console.log(`${moments} moments; ended before they were killed: ${JSON.stringify(ended)}`)
  for (const args of [
    ['builder', 'prune', '-af'],
    ['image', 'prune', '-f'],
  ])
    finish(home, args)
  await judgeRest(home)
}

/** Whether it ended well before it was killed. */
async function runFor(home: string, args: readonly string[], ms: number | undefined): Promise<boolean> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, COWBOX_HOME: home },
    stdio: 'ignore',
  })
  const timer = ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), ms)
  const [status] = await once(child, 'close')
  clearTimeout(timer)
  if (typeof status === 'number' && status !== 0) report(`${args.join(' ')} ended with status ${status}`)
  return status === 0
}

function storeAt(home: string): LayoutStore {
  return new LayoutStore(new NodeLayoutFiles(join(home, 'image')))
}

/** Full names of what is there, with the images' ids. */
async function imagesAt(home: string): Promise<Map<string, string>> {
  const store = storeAt(home)
  const found = new Map<string, string>()
  for (const { name, manifest } of await store.images()) {
    if (name !== undefined) found.set(name.replace(/^docker\.io\/library\//, ''), (await readImage(store, manifest)).id)
  }
  return found
}

async function remember(home: string, name: string, done: Map<string, string>): Promise<void> {
  const id = (await imagesAt(home)).get(name)
  if (id === undefined) report(`${name} was reported done, and is not there`)
  else done.set(name, id)
}

async function judge(when: string, home: string, done: ReadonlyMap<string, string>): Promise<void> {
  try {
    const wrong = await storeAt(home).check()
    if (wrong.length > 0) report(`${when}: ${wrong.join('; ')}`)
    const there = await imagesAt(home)
    for (const [name, id] of done)
      if (there.get(name) !== id) report(`${when}: ${name} is ${there.get(name)}, not ${id}`)
  } catch (error) {
    report(`${when}: the store does not open: ${error instanceof Error ? error.stack : error}`)
  }
}

/** Nothing is left but what the images need. */
async function judgeRest(home: string): Promise<void> {
  const store = storeAt(home)
  const needed = new Set<string>()
  for (const { manifest } of await store.images())
    for (const digest of await neededBlobs(store, manifest)) needed.add(digest)
  const extra = (await store.blobs()).filter(({ digest }) => !needed.has(digest))
  if (extra.length > 0) report(`${extra.length} blobs are left that no image needs`)
  for (const folder of ['', 'blobs/sha256', 'cache', 'verified']) {
    const left = readdirSync(join(home, 'image', folder)).filter(name => name.includes('.tmp-'))
    if (left.length > 0) report(`half-written files are left in ${folder || 'the store'}: ${left.join(' ')}`)
  }
}

function forget(home: string, done: Map<string, string>): void {
  const names = [...done.keys()].filter(name => name !== 'kept:1')
  finish(home, ['rmi', ...names])
  for (const name of names) done.delete(name)
}

/** Disks of every size from too small for anything to large enough. */
function fillDisks(): void {
  const disk = join(top, 'disk')
  mkdirSync(disk)
  const counts = { full: 0, enough: 0 }
  for (let kib = 300; kib < 5000; kib += 350) {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', disk])
    if (mounted.status !== 0) return console.log('passed over: the full disk (no tmpfs can be mounted here)')
    try {
      const tried = [
        { args: ['load', '-i', join(top, 'kept.tar')], name: 'kept:1' },
        { args: buildArgs(kib), name: `built:${kib}` },
      ]
      const done: string[] = []
      for (const { args, name } of tried) {
        const { status, stderr } = cowbox(disk, args)
        if (status === 0) done.push(name)
        else if (!/no space left/i.test(stderr))
          report(`${kib} KiB, ${args[0]}: status ${status}: ${stderr.slice(0, 300)}`)
        counts[status === 0 ? 'enough' : 'full']++
        const checked = cowbox(disk, ['system', 'check'])
        if (checked.status !== 0) report(`${kib} KiB after ${args[0]}: ${checked.stdout}${checked.stderr}`)
        const listed = cowbox(disk, ['images', '--format', '{{.Repository}}:{{.Tag}}'])
        for (const wanted of done)
          if (!listed.stdout.includes(wanted)) report(`${kib} KiB: ${wanted} is gone: ${listed.stderr}`)
      }
    } finally {
      spawnSync('umount', ['-l', disk])
    }
  }
  console.log(`disks: ${counts.full} times full, ${counts.enough} times enough`)
}

function cowbox(home: string, args: readonly string[]) {
  const env = { ...process.env, COWBOX_HOME: home }
  return spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', env, timeout: 60_000 })
}

function finish(home: string, args: readonly string[]): void {
  const { status, stderr } = cowbox(home, args)
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
}

function report(text: string): void {
  problems++
  console.log(`FAIL ${text}`)
}

/** Bytes that nothing packs. */
function noise(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, () => Math.floor(Math.random() * 256))
}

async function startRegistry(): Promise<void> {
  const config = join(top, 'registry.yml')
  const storage = `filesystem: {rootdirectory: ${join(top, 'registry')}}`
  writeFileSync(config, `version: 0.1\nstorage: {${storage}}\nhttp: {addr: "127.0.0.1:${PORT}"}\n`)
  registry = spawn('docker-registry', ['serve', config], { stdio: 'ignore' })
  for (let left = 100; ; left--) {
    try {
      await fetch(`http://127.0.0.1:${PORT}/v2/`)
      return
    } catch (error) {
      if (left === 0) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
}

try {
  await main()
} finally {
  registry?.kill()
  rmSync(top, { recursive: true, force: true })
}
console.log(`${problems} problems`)
process.exitCode = problems > 0 ? 1 : 0
