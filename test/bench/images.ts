// Images beside the real builders: `npm run build && npm run bench images [build] [load] [hash]`.
//
// Wall and CPU time of whole commands, interleaved in one run, the least of several rounds. Peers that are not installed are
// passed over by name. docker's daemon works in another process: of it only the wall time tells. HASH_WASM names a folder
// with the npm package hash-wasm in it, which is not a dependency of ours.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { nodeDigester } from '../../cli/node/digester.ts'
import { nodeGunzip } from '../../cli/node/gunzip.ts'
import { Engine as Library } from '../../cli/node/index.ts'
import { digestLayer } from '../../image/layer-digests.ts'
import { piecesOf } from '../../image/pieces.ts'
import { setGunzipStream } from '../../lib/gunzip-stream.ts'
import { Sha256 } from '../../lib/sha256.ts'
import { writeTar } from '../../lib/tar.ts'
import { WasmDigester } from '../../wasm/digester.ts'
import { openHasher } from '../../wasm/hash.ts'
import { setModuleBytes } from '../../wasm/module.ts'
import { digesterBySize } from '../../wasm/sized-digester.ts'

const command = join(process.cwd(), 'dist/cowbox.cjs')
const ROUNDS = 3

interface Peer {
  readonly name: string
  /** Made ready before each round, not timed. */
  readonly before?: () => void
  readonly words: readonly string[]
}

export async function benchImages(names: readonly string[]): Promise<void> {
  const isWanted = (name: string) => names.length === 0 || names.includes(name)
  const top = mkdtempSync(join(tmpdir(), 'cowbox-bench-'))
  const docker = isWanted('build') || isWanted('load') ? await startDocker(top) : undefined
  try {
    if (isWanted('build')) await benchBuild(top, docker?.env)
    if (isWanted('load')) benchLoad(top, docker?.env)
    if (isWanted('hash')) await benchHash()
  } finally {
    await docker?.stop()
    rmSync(top, { recursive: true, force: true })
  }
}

type Environment = Readonly<Record<string, string>>

/** The same Dockerfile, on the same official image's layers where peers need an executable busybox. */
async function benchBuild(top: string, docker: Environment | undefined): Promise<void> {
  const context = resolve('examples/scbusybox')
  const ours = { COWBOX_HOME: join(top, 'ours') }
  const image = process.env.BUSYBOX_LAYOUT
  if (image === undefined)
    console.log('passed over: buildah and docker build (BUSYBOX_LAYOUT names no layout of busybox)')
  const peers = image === undefined ? [] : builders(top, image, context, docker)
  const build = (...how: string[]) =>
    environment(ours, [process.execPath, command, 'build', '-q', ...how, '-t', 'bench:1', context])
  // No program starts sooner than the one that it is written for.
  const floor = { name: 'node -e 0', words: [process.execPath, '-e', '0'] }
  compare('the example built from cold, by the command', 20, [
    { name: 'cowbox', words: build('--no-cache') },
    ...peers.map(({ cold }) => cold),
    floor,
  ])
  compare('the example built from cache, by the command', 50, [
    { name: 'cowbox', words: build() },
    ...peers.map(({ cached }) => cached),
    floor,
  ])
  await benchWarm(join(top, 'library'), context)
}

/** The library in a process that is up, as a test's: the first build compiles the engine, later ones find it warm. */
async function benchWarm(store: string, context: string): Promise<void> {
  const library = await Library.open({ store })
  for (const noCache of [true, false]) {
    const ms: number[] = []
    for (let build = 0; build < 100; build++) {
      const began = performance.now()
      await library.build({ context, tag: 'bench:1', noCache })
      ms.push(performance.now() - began)
    }
    const [first = 0, tenth = 0, last = 0] = [ms[0], ms[9], ms[99]]
    const middle = ms.sort((a, b) => a - b)[50] ?? 0
    const figures = [first, tenth, last].map(figure => figure.toFixed(1)).join(', ')
    console.log(
      `the example built from ${noCache ? 'cold' : 'cache'} by the library, in one process: first, 10th, 100th build ${figures} ms; median ${middle.toFixed(1)} ms`,
    )
  }
}

function builders(top: string, image: string, context: string, docker: Environment | undefined) {
  const found: { cold: Peer; cached: Peer }[] = []
  if (has('buildah')) {
    const storage = ['--root', join(top, 'buildah'), '--runroot', join(top, 'buildah-run'), '--storage-driver', 'vfs']
    run([
      'skopeo',
      'copy',
      '-q',
      `oci:${image}`,
      `containers-storage:[vfs@${top}/buildah+${top}/buildah-run]docker.io/library/busybox:latest`,
    ])
    const bud = (...how: string[]) => [
      'buildah',
      ...storage,
      'bud',
      '--isolation',
      'chroot',
      '--pull-never',
      ...how,
      '-q',
      '-t',
      'bench:1',
      context,
    ]
    found.push({
      cold: { name: 'buildah', words: bud('--no-cache', '--layers') },
      cached: { name: 'buildah', words: bud('--layers') },
    })
  }
  if (docker) {
    run(['skopeo', 'copy', '-q', `oci:${image}`, `docker-archive:${top}/busybox.tar:busybox:latest`])
    run(environment(docker, ['docker', 'load', '-q', '-i', `${top}/busybox.tar`]))
    const build = (...how: string[]) =>
      environment({ ...docker, DOCKER_BUILDKIT: '0' }, [
        'docker',
        'build',
        '--network=none',
        ...how,
        '-q',
        '-t',
        'bench:1',
        context,
      ])
    found.push({ cold: { name: 'docker', words: build('--no-cache') }, cached: { name: 'docker', words: build() } })
  }
  return found
}

/** 50 MB in one docker-archive. */
function benchLoad(top: string, docker: Environment | undefined): void {
  const context = join(top, 'load')
  mkdirSync(context)
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY . /\nCMD ["/none"]\n')
  writeFileSync(join(context, '.dockerignore'), 'Dockerfile\n')
  for (let file = 0; file < 500; file++) writeFileSync(join(context, `file-${file}`), noise(100_000, file))
  const maker = { COWBOX_HOME: join(top, 'maker') }
  const archive = join(top, 'load.tar')
  run(environment(maker, [process.execPath, command, 'build', '-q', '-t', 'load:1', context]))
  run(environment(maker, [process.execPath, command, 'save', '-o', archive, 'load:1']))
  const ours = { COWBOX_HOME: join(top, 'loader') }
  const peers: Peer[] = [
    {
      name: 'cowbox',
      words: environment(ours, [process.execPath, command, 'load', '-i', archive]),
      before: () => rmSync(ours.COWBOX_HOME, { recursive: true, force: true }),
    },
  ]
  if (has('podman')) {
    const podman = [
      'podman',
      '--root',
      join(top, 'podman'),
      '--runroot',
      join(top, 'podman-run'),
      '--storage-driver',
      'vfs',
    ]
    peers.push({
      name: 'podman',
      words: [...podman, 'load', '-q', '-i', archive],
      before: () => run([...podman, 'rmi', '-af']),
    })
  }
  if (docker) {
    peers.push({
      name: 'docker',
      words: environment(docker, ['docker', 'load', '-q', '-i', archive]),
      before: () => run(environment(docker, ['docker', 'image', 'prune', '-af'])),
    })
  }
  compare('50 MB loaded', 1, peers)
}

/** Digests in this process: CPU time of the same 32 MiB by each. */
async function benchHash(): Promise<void> {
  for (const name of ['layer-hash', 'file-hash'] as const) setModuleBytes(name, readFileSync(`wasm/${name}.wasm`))
  const bytes = noise(32 << 20, 1)
  const hasher = await openHasher()
  const engines: Record<string, () => unknown> = {
    'WASI module': () => {
      for (let at = 0; at < bytes.length; at += 1 << 20) hasher.update(bytes.subarray(at, at + (1 << 20)))
      return hasher.finish()
    },
    TypeScript: () => {
      const hash = new Sha256()
      hash.update(bytes)
      return hash.finish()
    },
    'node:crypto': () => createHash('sha256').update(bytes).digest(),
  }
  const folder = process.env.HASH_WASM
  let theirs: ((input: Uint8Array) => unknown) | undefined
  if (folder !== undefined && existsSync(folder)) {
    const { createSHA256 } = createRequire(join(resolve(folder), 'index.js'))('hash-wasm')
    const hash = await createSHA256()
    theirs = (input: Uint8Array) => hash.init().update(input).digest('binary')
    engines['hash-wasm'] = () => theirs?.(bytes)
  } else console.log('passed over: hash-wasm (HASH_WASM names no folder)')
  await compareHere('32 MiB digested', engines)
  await benchMany(theirs)
  await benchWhole()
}

/** 800 files, which the module takes four at a time. */
async function benchMany(theirs: ((bytes: Uint8Array) => unknown) | undefined): Promise<void> {
  const files = Array.from({ length: 800 }, (_, file) => noise(39_000 + ((file * 7919) % 3000), file))
  const digester = new WasmDigester()
  await compareHere('800 files of 40 KB digested', {
    'WASI module, four lanes': async () => {
      for (let at = 0; at < files.length; at += 100) await digester.many(files.slice(at, at + 100))
    },
    ...(theirs ? { 'hash-wasm': () => files.map(theirs) } : {}),
    'node:crypto': () => files.map(file => createHash('sha256').update(file).digest()),
  })
}

/** A .tar.gz: digest of the blob, of what is in it, and of each of its entries. */
async function benchWhole(): Promise<void> {
  const entries = Array.from({ length: 800 }, (_, file) => ({
    path: `f${file}`,
    kind: 'file' as const,
    mode: 0o644,
    contents: text(40_000, file),
  }))
  const packed = gzipSync(writeTar(entries), { level: 6 })
  const native = nodeDigester('', 'native')
  const wasi = digesterBySize(() => new WasmDigester())
  setGunzipStream(nodeGunzip)
  await compareHere('a .tar.gz of 32 MB: blob, diff id, 800 entries', {
    'native digests': () => digestLayer(piecesOf(packed), native),
    'the WASI modules': () => digestLayer(piecesOf(packed), wasi),
    'node:zlib and one node:crypto digest': () => createHash('sha256').update(gunzipSync(packed)).digest(),
  })
}

async function compareHere(what: string, engines: Readonly<Record<string, () => unknown>>): Promise<void> {
  const least = new Map<string, number>()
  for (let round = 0; round < 5; round++) {
    for (const [name, once] of Object.entries(engines)) {
      const before = process.cpuUsage()
      await once()
      const { user, system } = process.cpuUsage(before)
      least.set(name, Math.min(least.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / 1000))
    }
  }
  const [[first, mine] = ['', 0], ...others] = least
  console.log(`${what}: ${first} ${mine.toFixed(0)} ms of CPU`)
  for (const [name, ms] of others)
    console.log(`  ${name} ${ms.toFixed(0)} ms: ours takes ${(mine / ms).toFixed(2)} times that`)
}

function compare(what: string, bar: number, peers: readonly Peer[]): void {
  const least = peers.map(() => ({ wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY }))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { before, words }] of peers.entries()) {
      before?.()
      const { wall, cpu } = timed(words)
      const found = least[index]!
      least[index] = { wall: Math.min(found.wall, wall), cpu: Math.min(found.cpu, cpu) }
    }
  }
  const [mine, ...others] = least
  if (!mine) return
  console.log(`${what}: cowbox ${mine.wall.toFixed(0)} ms, CPU ${mine.cpu.toFixed(0)} ms`)
  for (const [index, { wall, cpu }] of others.entries()) {
    const name = peers[index + 1]?.name
    console.log(
      `  ${name} ${wall.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms: ${(wall / mine.wall).toFixed(2)} times the time, ${(cpu / mine.cpu).toFixed(2)} times the CPU (bar: ${bar})`,
    )
  }
}

function timed(words: readonly string[]): { wall: number; cpu: number } {
  const script = 'TIMEFORMAT="%R %U %S"; exec 3>&2; time "$@" >/dev/null 2>&3 </dev/null'
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
  const [wall = 0, user = 0, system = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return { wall: wall * 1000, cpu: (user + system) * 1000 }
}

function environment(set: Environment, words: readonly string[]): string[] {
  return ['env', ...Object.entries(set).map(([name, value]) => `${name}=${value}`), ...words]
}

function run([program = '', ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
}

function has(program: string): boolean {
  const isThere = spawnSync('which', [program]).status === 0
  if (!isThere) console.log(`passed over: ${program} is not installed`)
  return isThere
}

async function startDocker(top: string): Promise<{ env: Environment; stop(): Promise<void> } | undefined> {
  if (!has('dockerd') || process.getuid?.() !== 0) return undefined
  const env = { DOCKER_HOST: `unix://${top}/docker.sock` }
  const where = ['--data-root', `${top}/docker`, '--exec-root', `${top}/docker-run`, '--pidfile', `${top}/docker.pid`]
  const daemon = spawn(
    'dockerd',
    [...where, '--bridge=none', '--iptables=false', '--storage-driver=vfs', '-H', env.DOCKER_HOST],
    { stdio: 'ignore' },
  )
  for (
    let left = 100;
    left > 0 && spawnSync('docker', ['version'], { env: { ...process.env, ...env } }).status !== 0;
    left--
  ) {
    await new Promise(done => setTimeout(done, 200))
  }
  const stop = () =>
    new Promise<void>(done => {
      daemon.once('exit', () => done())
      daemon.kill()
    })
  return { env, stop }
}

/** Bytes that nothing packs, the same for the same seed. */
function noise(size: number, seed: number): Uint8Array {
  let word = seed + 1
  return Uint8Array.from({ length: size }, () => {
    word = (Math.imul(word, 1_103_515_245) + 12_345) >>> 0
    return word >>> 24
  })
}

/** Bytes that pack as text does. */
function text(size: number, seed: number): Uint8Array {
  return noise(size, seed).map(byte => 97 + (byte % 13))
}
