// The goldens in the real thing: plays every transcript in Debian's static busybox, in a root made of rootfs/base.
// `npm run oracle` fails on any difference that is not written down; `-- --record` writes what the real one prints.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Block, parseTranscript, printStep } from './golden/transcript.ts'

const folder = join(process.cwd(), 'test/golden')
const isRecording = process.argv.includes('--record')
const only = process.argv.slice(2).filter(arg => !arg.startsWith('--'))

const binary = findBusybox()
if (binary === undefined || process.getuid?.() !== 0) {
  console.log('oracle: needs root and a static busybox (Debian: apt-get install busybox-static)')
  process.exit(1)
}
const root = makeRoot(binary)
let differences = 0
let cases = 0
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.t') || (only.length > 0 && !only.some(part => name.includes(part)))) continue
  const path = join(folder, name)
  const blocks = parseTranscript(readFileSync(path, 'utf8'))
  const recorded = blocks.map(block => play(block, name))
  if (isRecording) writeFileSync(path, recorded.join('\n'))
}
rmSync(root, { recursive: true, force: true })
console.log(`oracle: ${cases} cases, ${differences} differences`)
process.exitCode = differences > 0 && !isRecording ? 1 : 0

function findBusybox(): string | undefined {
  if (process.env.BUSYBOX) return process.env.BUSYBOX
  const candidates = ['/bin/busybox', '/usr/bin/busybox']
  const isStatic = (path: string) =>
    existsSync(path) &&
    /not a dynamic|statically linked/.test(
      spawnSync('ldd', [path], { encoding: 'utf8' }).stdout + spawnSync('ldd', [path], { encoding: 'utf8' }).stderr,
    )
  return candidates.find(isStatic) ?? download()
}

/** The static one cannot be installed beside the dynamic one, so it is only unpacked. */
function download(): string | undefined {
  const work = mkdtempSync(join(tmpdir(), 'busybox-static-'))
  spawnSync('sh', ['-c', 'apt-get download busybox-static && dpkg -x busybox-static_*.deb .'], { cwd: work })
  const path = [join(work, 'bin/busybox'), join(work, 'usr/bin/busybox')].find(existsSync)
  return path
}

function makeRoot(busybox: string): string {
  const made = mkdtempSync(join(tmpdir(), 'oracle-'))
  cpSync(join(process.cwd(), 'rootfs/base'), made, { recursive: true })
  for (const name of ['bin', 'dev', 'proc', 'root', 'tmp', 'home', 'usr/bin', 'usr/sbin', 'sbin', 'var'])
    mkdirSync(join(made, name), { recursive: true })
  cpSync(busybox, join(made, 'bin/busybox'))
  spawnSync('chroot', [made, '/bin/busybox', '--install', '-s', '/bin'])
  spawnSync('sh', [
    '-c',
    `chmod 1777 ${made}/tmp; mknod -m 666 ${made}/dev/null c 1 3; mknod -m 666 ${made}/dev/zero c 1 5; mknod -m 666 ${made}/dev/full c 1 7; ln -s /proc/self/fd ${made}/dev/fd`,
  ])
  return made
}

function play(block: Block, name: string): string {
  const box = join(root, 'tmp/box')
  rmSync(box, { recursive: true, force: true })
  mkdirSync(box, { mode: 0o755 })
  for (const [file, text] of block.files) writeFileSync(join(box, file), text)
  const lines = [`# ${block.title}`]
  for (const [file, text] of block.files)
    lines.push(
      `< ${file}`,
      ...(text === '' ? [] : text.slice(0, -1).split('\n')).map(line =>
        /^[#$!?<~\\]/.test(line) ? `\\${line}` : line,
      ),
    )
  for (const step of block.steps) {
    cases++
    const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOSTNAME: 'box', HOME: '/root' }
    const ran = spawnSync('chroot', [root, '/bin/sh', '-c', `cd /tmp/box; exec sh -c "$1"`, 'sh', step.command], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const real = { command: step.command, stdout: ran.stdout, stderr: ran.stderr, status: ran.status ?? 128 }
    if (step.differs !== undefined) {
      lines.push(printStep(step), `~ differs: ${step.differs}`)
      continue
    }
    const text = printStep(real)
    lines.push(text)
    if (text === printStep(step)) continue
    differences++
    if (!isRecording) console.log(`${name}:${step.line}\n--- expected\n${printStep(step)}\n+++ real\n${text}\n`)
  }
  return `${lines.join('\n')}\n`
}
