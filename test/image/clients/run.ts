// Images exchanged with the clients that people have: skopeo, umoci, podman, docker and docker-registry, all Debian's, as root.
// `npm run build && node test/bundle-run.mjs test/image/clients/run.ts [--busybox FOLDER] [--alpine FILE] [--schemas FOLDER] [--only PATTERN]`
//
// Each fixture becomes an image by umoci; what umoci unpacks of it is the tree that everybody must have. --busybox: a folder
// of OCI layouts of the official images; --alpine: the official root archive; --schemas: image-spec's schema folder (python3
// with jsonschema judges). What is not installed is passed over by name. The last line is the score.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeLayoutFiles } from '../../../cli/node/layout-files.ts'
import { applyLayer } from '../../../image/apply.ts'
import { LayoutStore } from '../../../image/layout-store.ts'
import { openLayer, readImage } from '../../../image/read.ts'
import { CowFileSystem } from '../../../kernel/vfs/cow.ts'
import { type Fixture, makeFixtures } from './fixtures.ts'
import { printingProgram } from './program.ts'
import { difference, has, linesOf, linesOnDisk, run, sh } from './tools.ts'

const option = (name: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}
const top = mkdtempSync(join(tmpdir(), 'cowbox-clients-'))
const command = join(process.cwd(), 'dist/cowbox.cjs')
const children: ChildProcess[] = []
let passed = 0
let failed = 0
const DOCKER = { DOCKER_HOST: `unix://${top}/docker.sock` }
const PORT = 5000 + (process.pid % 1000)

async function main(): Promise<void> {
  const missing = ['skopeo', 'umoci', 'podman', 'dockerd', 'docker-registry'].filter(program => !has(program))
  if (process.getuid?.() !== 0 || missing.includes('umoci') || missing.includes('skopeo')) {
    throw new Error('this needs root, skopeo and umoci')
  }
  for (const name of missing) console.log(`passed over: ${name} is not installed`)
  if (has('dockerd')) await startDocker()
  if (has('docker-registry')) await startRegistry()
  const only = option('only')
  if (only === undefined || new RegExp(only).test('runs')) await runs()
  for (const fixture of makeFixtures(top))
    if (only === undefined || new RegExp(only).test(fixture.name)) await exchange(fixture)
  const busybox = option('busybox')
  if (busybox !== undefined) for (const name of readdirSync(busybox)) await official(join(busybox, name), name)
  const alpine = option('alpine')
  if (alpine !== undefined) await alpineRuns(alpine)
}

async function check(what: string, piece: () => string | undefined | Promise<string | undefined>): Promise<void> {
  let problem: string | undefined
  try {
    problem = await piece()
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error)
  }
  if (problem === undefined) passed++
  else {
    failed++
    console.log(`FAIL ${what}: ${problem.slice(0, 600)}`)
  }
}

/** One image through everybody's hands. */
async function exchange({ name, layers, isSparse = false }: Fixture): Promise<void> {
  const folder = join(top, `image-${name}`)
  mkdirSync(folder)
  const layout = join(folder, 'layout')
  run('umoci', ['init', '--layout', layout])
  run('umoci', ['new', '--image', `${layout}:1`])
  for (const layer of layers) run('umoci', ['raw', 'add-layer', '--image', `${layout}:1`, layer])
  // An instruction that makes no layer: an empty one in the history.
  run('umoci', ['config', '--image', `${layout}:1`, '--config.cmd', '/none'])
  const expected = isSparse ? extracted(folder, layers) : unpacked(folder, `${layout}:1`)
  const forms: Record<string, readonly string[]> = {
    'docker-archive': ['skopeo', 'copy', '-q', `oci:${layout}:1`, `docker-archive:${folder}/in-docker.tar:box:1`],
    'oci-archive': ['skopeo', 'copy', '-q', `oci:${layout}:1`, `oci-archive:${folder}/in-oci.tar:box:1`],
    zstd: [
      'bash',
      '-c',
      `skopeo copy -q --dest-compress --dest-compress-format zstd oci:$1/layout:1 oci:$1/zstd:box:1 && tar -C $1/zstd -cf $1/in-zstd.tar .`,
      'bash',
      folder,
    ],
  }
  for (const [form, [program = '', ...args]] of Object.entries(forms)) {
    await check(`${name}: load of skopeo's ${form}`, async () => {
      run(program, args)
      return loaded(expected, `${folder}/in-${form.replace('-archive', '')}.tar`)
    })
  }
  if (isSparse) return
  cowbox(folder, ['load', '-i', `${folder}/in-docker.tar`])
  for (const format of ['docker', 'oci']) await handOut(name, folder, format, expected)
  if (existsSync(`${folder}/out-docker.tar`)) await throughRegistry(name, folder, expected)
  schemas(name, `${folder}/home/image`)
  if (failed === 0) rmSync(folder, { recursive: true })
}

/** What we save, for those who read it; what they save again is ours to read. */
async function handOut(name: string, folder: string, format: string, expected: readonly string[]): Promise<void> {
  const archive = `${folder}/out-${format}.tar`
  cowbox(folder, ['save', '--format', format, '-o', archive, 'box:1'])
  await check(`${name}: skopeo and umoci take our ${format} archive`, () => {
    const from = format === 'oci' ? `oci-archive:${archive}` : `docker-archive:${archive}`
    run('skopeo', ['copy', '-q', from, `oci:${folder}/again-${format}:1`])
    return difference(expected, unpacked(folder, `${folder}/again-${format}:1`))
  })
  if (has('podman')) {
    await check(`${name}: podman loads our ${format} archive, with the same tree`, () => {
      podman(['load', '-q', '-i', archive])
      const mounted = podman(['image', 'mount', 'box:1']).trim()
      return difference(withoutTimes(expected), withoutTimes(linesOnDisk(mounted)))
    })
    for (const form of ['docker-archive', 'oci-archive']) {
      await check(`${name}: load of podman's ${form}`, () => {
        podman(['save', '-q', '--format', form, '-o', `${folder}/podman-${format}-${form}.tar`, 'box:1'])
        return loaded(expected, `${folder}/podman-${format}-${form}.tar`)
      })
    }
    podman(['image', 'unmount', '-f', 'box:1'])
    podman(['rmi', '-f', 'box:1'])
  }
  if (has('dockerd') && format === 'docker') {
    await check(`${name}: docker loads our archive, and we what it saves`, () => {
      docker(['load', '-q', '-i', archive])
      docker(['save', '-o', `${folder}/docker.tar`, 'box:1'])
      return loaded(expected, `${folder}/docker.tar`)
    })
    await check(`${name}: docker unpacks our archive to the same tree`, () =>
      difference(forExport(expected), forExport(exported(folder))),
    )
  }
}

/** The tree of docker's image: it archives again what it keeps of the layers, so only an export shows what it unpacked. */
function exported(folder: string): string[] {
  const id = docker(['create', '--network=none', 'box:1']).trim()
  docker(['export', '-o', `${folder}/exported.tar`, id])
  docker(['rm', id])
  const disk = mkdtempSync(join(folder, 'exported-'))
  sh('tar -C "$1" -xpf "$2" --numeric-owner --xattrs --xattrs-include="*"', disk, `${folder}/exported.tar`)
  return linesOnDisk(disk)
}

/** Without the files that docker lays into a container, and the attributes that its export leaves out. */
function forExport(lines: readonly string[]): string[] {
  return withoutTimes(lines)
    .filter(text => !/^\/(\.dockerenv|(dev|etc|proc|sys)(\/\S*)?) /.test(text))
    .map(text => text.replace(/user\.[^ ,]*,?/g, ''))
}

/** A program on an image from scratch, which a real kernel runs: with the words of the image, and with others. */
async function runs(): Promise<void> {
  const folder = join(top, 'runs')
  mkdirSync(`${folder}/context`, { recursive: true })
  writeFileSync(`${folder}/context/print`, printingProgram())
  writeFileSync(
    `${folder}/context/Dockerfile`,
    'FROM scratch\nCOPY --chmod=755 print /bin/\nENV SAID=word\nENTRYPOINT ["/bin/print"]\nCMD ["the image\'s"]\n',
  )
  cowbox(folder, ['build', '-q', '-t', 'runs:1', `${folder}/context`])
  for (const format of ['docker', 'oci']) {
    const archive = `${folder}/${format}.tar`
    cowbox(folder, ['save', '--format', format, '-o', archive, 'runs:1'])
    if (has('podman')) {
      await check(`podman loads our ${format} archive, and runs it`, () => ran(podman, archive, PODMAN_LIMITS))
    }
    if (has('dockerd') && format === 'docker') {
      await check('docker loads our archive, and runs it', () => ran(docker, archive, []))
    }
  }
}

function ran(client: (args: readonly string[]) => string, archive: string, how: readonly string[]): string | undefined {
  client(['load', '-q', '-i', archive])
  const words = ['run', '--rm', '--network=none', ...how, 'runs:1']
  const said = [client(words), client([...words, 'others'])].join(' ')
  client(['rmi', '-f', 'runs:1'])
  return said === "the image's others" ? undefined : `it said ${said}`
}

/** Each pushes, each pulls. */
async function throughRegistry(name: string, folder: string, expected: readonly string[]): Promise<void> {
  if (!has('docker-registry')) return
  const base = `127.0.0.1:${PORT}/${name.replace(/\./g, '-')}`
  await check(`${name}: skopeo pulls what we push`, () => {
    cowbox(folder, ['tag', 'box:1', `${base}:ours`])
    cowbox(folder, ['push', '-q', `${base}:ours`])
    run('skopeo', ['copy', '-q', '--src-tls-verify=false', `docker://${base}:ours`, `oci:${folder}/pulled:1`])
    return difference(expected, unpacked(folder, `${folder}/pulled:1`))
  })
  await check(`${name}: skopeo pulls what we push packed`, () => {
    cowbox(folder, ['tag', 'box:1', `${base}:packed`])
    cowbox(folder, ['push', '-q', '--compression-format', 'gzip', `${base}:packed`])
    run('skopeo', ['copy', '-q', '--src-tls-verify=false', `docker://${base}:packed`, `oci:${folder}/packed:1`])
    return difference(expected, unpacked(folder, `${folder}/packed:1`))
  })
  const pushers: Record<string, () => void> = {
    skopeo: () =>
      void run('skopeo', [
        'copy',
        '-q',
        '--dest-tls-verify=false',
        `oci:${folder}/layout:1`,
        `docker://${base}:skopeo`,
      ]),
    zstd: () =>
      void run('skopeo', [
        'copy',
        '-q',
        '--dest-tls-verify=false',
        '--dest-compress-format',
        'zstd',
        `docker-archive:${folder}/in-docker.tar`,
        `docker://${base}:zstd`,
      ]),
  }
  if (has('podman')) {
    pushers.podman = () => {
      podman(['pull', '-q', '--tls-verify=false', `${base}:ours`])
      podman(['push', '-q', '--tls-verify=false', `${base}:ours`, `${base}:podman`])
      podman(['rmi', '-f', `${base}:ours`])
    }
  }
  if (has('dockerd')) {
    pushers.docker = () => {
      docker(['pull', '-q', `${base}:ours`])
      docker(['tag', `${base}:ours`, `${base}:docker`])
      docker(['push', '-q', `${base}:docker`])
    }
  }
  for (const [pusher, push] of Object.entries(pushers)) {
    await check(`${name}: we pull what ${pusher} pushes`, async () => {
      push()
      const home = mkdtempSync(join(folder, 'home-'))
      cowboxAt(home, ['pull', '-q', `${base}:${pusher}`])
      return difference(expected, await treeIn(home))
    })
  }
}

/** The tree that umoci unpacks of an image of a layout. */
function unpacked(folder: string, image: string): string[] {
  const bundle = mkdtempSync(join(folder, 'bundle-'))
  rmSync(bundle, { recursive: true })
  run('umoci', ['unpack', '--keep-dirlinks', '--image', image, bundle])
  const lines = linesOnDisk(join(bundle, 'rootfs'))
  rmSync(bundle, { recursive: true })
  return lines
}

/** Archives without whiteouts, as GNU tar lays them over one another. */
function extracted(folder: string, layers: readonly string[]): string[] {
  mkdirSync(join(folder, 'extracted'))
  for (const layer of layers) run('tar', ['-C', join(folder, 'extracted'), '--numeric-owner', '-xpf', layer])
  return linesOnDisk(join(folder, 'extracted'))
}

async function loaded(expected: readonly string[], archive: string): Promise<string | undefined> {
  const home = mkdtempSync(join(top, 'home-'))
  cowboxAt(home, ['load', '-i', archive])
  const found = difference(expected, await treeIn(home))
  rmSync(home, { recursive: true })
  return found
}

/** Of the last image of a store. */
async function treeIn(home: string): Promise<string[]> {
  const store = new LayoutStore(new NodeLayoutFiles(join(home, 'image')))
  const stored = (await store.images()).at(-1)
  if (!stored) throw new Error('the store holds no image')
  const image = await readImage(store, stored.manifest)
  const tree = new CowFileSystem({ now: () => 0n })
  for (const [index, layer] of image.layers.entries()) {
    applyLayer(tree, await openLayer(store, layer, image.config.rootfs.diff_ids[index]))
    tree.freeze({ always: true })
  }
  return linesOf(tree)
}

/** podman's storage sets times of directories as it goes; files must have theirs. */
function withoutTimes(lines: readonly string[]): string[] {
  return lines.map(text => text.replace(/^(\/.* (?:directory|symlink) \d+ \d+ \d+ \d+ \d+) \d+ /, '$1 - '))
}

/** An official image: it loads, its shell runs, and so does what we build on it, elsewhere. */
async function official(layout: string, name: string): Promise<void> {
  if (!existsSync(join(layout, 'oci-layout'))) return
  const folder = join(top, `official-${name}`)
  mkdirSync(folder)
  sh('tar -C "$1" -chf "$2" oci-layout index.json blobs', layout, `${folder}/in.tar`)
  await check(`${name}: loads with the same tree, and its /bin/sh runs`, async () => {
    cowbox(folder, ['load', '-i', `${folder}/in.tar`])
    run('skopeo', ['copy', '-q', `oci-archive:${folder}/in.tar`, `oci:${folder}/layout:1`])
    const id = cowbox(folder, ['images', '-q', '--no-trunc']).trim().split('\n')[0] ?? ''
    cowbox(folder, ['tag', id, 'official:1'])
    const said = cowbox(folder, [
      'run',
      '--rm',
      'official:1',
      '/bin/sh',
      '-c',
      'echo $((6 * 7)); ls -d /etc; head -1 /etc/passwd',
    ])
    if (said !== '42\n/etc\nroot:x:0:0:root:/root:/bin/sh\n') return `it said ${said}`
    return difference(unpacked(folder, `${folder}/layout:1`), await treeIn(`${folder}/home`))
  })
  mkdirSync(`${folder}/context`)
  writeFileSync(
    `${folder}/context/Dockerfile`,
    'FROM official:1\nCOPY hello /srv/hello\nRUN sed -i s/o/0/g /srv/hello && ln -s hello /srv/link\nCMD ["cat", "/srv/link"]\n',
  )
  writeFileSync(`${folder}/context/hello`, 'hello world\n')
  await check(`${name}: what is built on it runs in podman and docker`, () => {
    cowbox(folder, ['build', '-q', '-t', 'built:1', `${folder}/context`])
    cowbox(folder, ['save', '-o', `${folder}/built.tar`, 'built:1'])
    const said = [cowbox(folder, ['run', '--rm', 'built:1'])]
    if (has('podman')) {
      podman(['load', '-q', '-i', `${folder}/built.tar`])
      said.push(podman(['run', '--rm', '--network=none', ...PODMAN_LIMITS, 'built:1']))
      podman(['rmi', '-f', 'built:1'])
    }
    if (has('dockerd')) {
      docker(['load', '-q', '-i', `${folder}/built.tar`])
      said.push(docker(['run', '--rm', '--network=none', 'built:1']))
    }
    const wrong = said.filter(text => text !== 'hell0 w0rld\n')
    return wrong.length === 0 ? undefined : `${wrong.length} of ${said.length} said ${JSON.stringify(wrong)}`
  })
  schemas(name, `${folder}/home/image`)
}

async function alpineRuns(archive: string): Promise<void> {
  const folder = join(top, 'alpine')
  mkdirSync(folder)
  await check("alpine's root archive is imported with the same tree, and its /bin/sh runs", async () => {
    cowbox(folder, ['import', archive, 'alpine:1'])
    const said = cowbox(folder, [
      'run',
      '--rm',
      'alpine:1',
      '/bin/sh',
      '-c',
      '. /etc/os-release; echo $ID; ls -l /bin/sh | sed "s/.* //"; test -e /lib/apk/db && echo there',
    ])
    if (said !== 'alpine\n/bin/busybox\nthere\n') return `it said ${said}`
    mkdirSync(`${folder}/disk`)
    sh('tar -C "$1" -xpf "$2" --numeric-owner --xattrs', `${folder}/disk`, archive)
    return difference(linesOnDisk(`${folder}/disk`), await treeIn(`${folder}/home`))
  })
}

/** The specification's own schemas, of every document in a store. */
function schemas(name: string, layout: string): void {
  const folder = option('schemas')
  if (folder === undefined) return
  void check(`${name}: the specification's schemas`, () => {
    const said = run('python3', ['-W', 'ignore', '-c', VALIDATE, folder, layout]).trim()
    return said === '' ? undefined : said
  })
}

const VALIDATE = `
import json, os, sys
from jsonschema import Draft4Validator, RefResolver
folder, layout = sys.argv[1:]
load = lambda p: json.load(open(p))
# The schemas name one another by addresses: here they are files.
find = lambda uri: load(os.path.join(folder, uri.split('#')[0].rstrip('/').split('/')[-1]))
def judge(what, document, schema):
    s = load(os.path.join(folder, schema))
    for e in Draft4Validator(s, resolver=RefResolver(s.get('id', ''), s, handlers={'https': find, 'http': find})).iter_errors(document): print(what, list(e.path), e.message[:200])
blob = lambda d: load(os.path.join(layout, 'blobs/sha256', d['digest'].split(':')[1]))
judge('oci-layout', load(os.path.join(layout, 'oci-layout')), 'image-layout-schema.json')
index = load(os.path.join(layout, 'index.json')); judge('index.json', index, 'image-index-schema.json')
for d in index['manifests']:
    m = blob(d)
    if d['mediaType'].endswith('index.v1+json'): judge('index', m, 'image-index-schema.json'); continue
    if not d['mediaType'].startswith('application/vnd.oci'): continue
    judge('manifest', m, 'image-manifest-schema.json'); judge('config', blob(m['config']), 'config-schema.json')
`

function cowbox(folder: string, args: readonly string[]): string {
  return cowboxAt(join(folder, 'home'), args)
}

function cowboxAt(home: string, args: readonly string[]): string {
  return run(process.execPath, [command, ...args], { COWBOX_HOME: home })
}

function podman(args: readonly string[]): string {
  const where = [
    '--root',
    `${top}/podman`,
    '--runroot',
    `${top}/podman-run`,
    '--storage-driver',
    'vfs',
    '--runtime',
    'runc',
  ]
  return run('podman', [...where, ...args])
}

/** podman asks for more than its own limits; without CAP_SYS_RESOURCE, which a container here may lack, only less is given. */
const PODMAN_LIMITS = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024']

function docker(args: readonly string[]): string {
  return run('docker', args, DOCKER)
}

async function startDocker(): Promise<void> {
  const where = ['--data-root', `${top}/docker`, '--exec-root', `${top}/docker-run`, '--pidfile', `${top}/docker.pid`]
  const how = ['--bridge=none', '--iptables=false', '--storage-driver=vfs', '-H', `unix://${top}/docker.sock`]
  children.push(spawn('dockerd', [...where, ...how], { stdio: 'ignore' }))
  await until(() => has('docker') && run('docker', ['version'], DOCKER) !== '')
}

async function startRegistry(): Promise<void> {
  const config = join(top, 'registry.yml')
  const storage = `filesystem: {rootdirectory: ${join(top, 'registry')}}`
  writeFileSync(config, `version: 0.1\nstorage: {${storage}}\nhttp: {addr: "127.0.0.1:${PORT}"}\n`)
  children.push(spawn('docker-registry', ['serve', config], { stdio: 'ignore' }))
  await until(async () => (await fetch(`http://127.0.0.1:${PORT}/v2/`)).ok)
}

async function until(isReady: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 150; ; left--) {
    try {
      if (await isReady()) return
    } catch (error) {
      if (left === 0) throw error
    }
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function stop(): Promise<void> {
  for (const child of children) {
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill()
    await ended
  }
  rmSync(top, { recursive: true, force: true })
}

try {
  await main()
} finally {
  await stop()
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
