// The applets on large inputs: CPU time (user and system) less that of an empty run, and the peak of memory, beside busybox
// in the same run. `npm run bench applets [NAME...]`.
//
// BENCH_MB is the inputs' size, BENCH_ROUNDS how often each is run, the least counting. JUST_BASH names a folder with
// just-bash in its node_modules: its time is shown too.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inputs } from './inputs.ts'

interface Case {
  readonly name: string
  readonly script: string
  /** The bar for memory does not hold for it. */
  readonly mayHold?: boolean
}

const CASES: readonly Case[] = [
  { name: 'grep literal', script: 'grep mallory log' },
  { name: 'grep class', script: "grep 'bytes=[0-9]*7 ' log" },
  { name: 'grep -E alternation', script: "grep -E 'alice|carol|world' log" },
  { name: 'grep -v -c', script: 'grep -v -c status=20 log' },
  { name: 'grep -i', script: 'grep -i MALLORY log' },
  { name: 'sed s///g', script: "sed 's/status/STATUS/g' log" },
  { name: 'sed s/class/g', script: "sed 's/[0-9][0-9]*/N/g' log" },
  { name: 'awk sum', script: `awk '{ split($6, a, "="); s += a[2] } END { print s }' log` },
  { name: 'awk print field', script: "awk '{ print $3 }' log" },
  { name: 'awk associative count', script: "awk '{ n[$4]++ } END { for (k in n) print k, n[k] }' log" },
  { name: 'sort', script: 'sort log', mayHold: true },
  { name: 'sort -n', script: 'sort -n numbers', mayHold: true },
  { name: 'uniq -c', script: 'uniq -c repeated' },
  { name: 'wc', script: 'wc log' },
  { name: 'wc -l', script: 'wc -l log' },
  { name: 'cut -f', script: "cut -d ' ' -f 2,4 log" },
  { name: 'cut -c', script: 'cut -c 5-20 log' },
  { name: 'tr', script: 'tr a-z A-Z < log' },
  { name: 'tr -d', script: 'tr -d 0-9 < log' },
  { name: 'head -n', script: 'head -n 300000 log' },
  { name: 'tail -n', script: 'tail -n 300000 log' },
  { name: 'cat', script: 'mkdir -p OUT && cat log > OUT/copy' },
  { name: 'cat | cat', script: 'cat log | cat' },
  { name: 'od', script: 'head -c 10000000 log | od' },
  { name: 'sha256sum', script: 'sha256sum log' },
  { name: 'sha512sum', script: 'sha512sum log' },
  { name: 'sha1sum', script: 'sha1sum log' },
  { name: 'md5sum', script: 'md5sum log' },
  { name: 'gzip', script: 'gzip -c log' },
  { name: 'gunzip', script: 'gunzip -c log.gz' },
  { name: 'tar c', script: 'mkdir -p OUT && tar cf OUT/made.tar tree' },
  { name: 'tar x', script: 'mkdir -p OUT && tar xf tree.tar -C OUT' },
]

interface Cost {
  /** Milliseconds. */
  readonly cpu: number
  /** Megabytes. */
  readonly memory: number
}

const command = join(process.cwd(), 'dist/cowbox.cjs')

export function benchApplets(names: readonly string[]): void {
  const megabytes = Number(process.env.BENCH_MB ?? 50)
  const rounds = Number(process.env.BENCH_ROUNDS ?? 3)
  const folder = inputs(megabytes)
  const ours = (script: string) => [
    process.execPath,
    command,
    ...`run --rm -v ${folder}:/w -w /w busybox sh -c`.split(' '),
    script.replaceAll('OUT', '/tmp/out'),
  ]
  const links = busyboxLinks()
  const theirs = (script: string) => [
    'env',
    `PATH=${links}`,
    '/bin/busybox',
    'sh',
    '-c',
    script.replaceAll('OUT', join(links, 'out')),
  ]
  const peer = process.env.JUST_BASH
  const cases = CASES.filter(({ name }) => names.length === 0 || names.some(part => name.includes(part)))
  const logs: number[] = []
  console.log(
    `${'applet'.padEnd(24)}${'ours'.padStart(10)}${'busybox'.padStart(10)}${'ratio'.padStart(8)}${'memory'.padStart(9)}`,
  )
  for (const { name, script, mayHold } of cases) {
    const [mine, empty, real, idle] = least([ours(script), ours(':'), theirs(script), theirs(':')], rounds, folder)
    // Nobody takes less than a millisecond: what is below is the error of the measurement.
    const [a, b] = [Math.max(1, mine!.cpu - empty!.cpu), Math.max(1, real!.cpu - idle!.cpu)]
    logs.push(Math.log(a / b))
    const marks = `${a > 2 * b ? ' SLOW' : ''}${!mayHold && mine!.memory > 200 ? ' LARGE' : ''}`
    const compared = peer && existsSync(peer) ? peerTime(peer, script, folder, a) : ''
    console.log(
      `${name.padEnd(24)}${`${a.toFixed(0)} ms`.padStart(10)}${`${b.toFixed(0)} ms`.padStart(10)}${(a / b).toFixed(2).padStart(8)}${`${mine!.memory.toFixed(0)} MB`.padStart(9)}${marks}${compared}`,
    )
  }
  const mean = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)
  console.log(`geometric mean of ${logs.length}: ${mean.toFixed(2)} (bar: 1, and none above 2)`)
}

/** A folder where each of busybox's commands is a link to it: its shell looks in PATH, and a host has others there. */
function busyboxLinks(): string {
  const folder = join(tmpdir(), 'cowbox-bench-busybox')
  if (existsSync(folder)) return folder
  mkdirSync(folder)
  spawnSync('busybox', ['--install', '-s', folder])
  return folder
}

/** Each the least of its rounds, which take turns. */
function least(commands: readonly (readonly string[])[], rounds: number, folder: string): Cost[] {
  const costs = commands.map(() => ({ cpu: Number.POSITIVE_INFINITY, memory: 0 }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, words] of commands.entries()) {
      const { cpu, memory } = measure(words, folder)
      costs[index] = { cpu: Math.min(cpu, costs[index]!.cpu), memory: Math.max(memory, costs[index]!.memory) }
    }
  }
  return costs
}

/** bash tells thousandths of a second, time(1) the memory. */
function measure(words: readonly string[], folder: string): Cost {
  const timed = 'TIMEFORMAT="%U %S"; time /usr/bin/time -f %M "$@" >/dev/null </dev/null'
  const { stderr } = spawnSync('bash', ['-c', timed, 'bash', ...words], { encoding: 'utf8', cwd: folder })
  const lines = stderr.trim().split('\n')
  const [user = 0, system = 0] = lines.at(-1)!.split(' ').map(Number)
  if (lines.length > 2) console.log(lines.slice(0, -2).join('\n'))
  return { cpu: (user + system) * 1000, memory: Number(lines.at(-2)) / 1024 }
}

const PEER = `
const { Bash, OverlayFs } = require('just-bash')
const bash = new Bash({ fs: new OverlayFs({ root: process.argv[2], mountPoint: '/w' }), cwd: '/w' })
bash.exec(process.argv[3]).then(({ exitCode, stderr }) => { if (exitCode !== 0) console.error(stderr); process.exitCode = exitCode })
`

function peerTime(peer: string, script: string, folder: string, mine: number): string {
  const words = (text: string) => [
    process.execPath,
    '-e',
    PEER.replace("'just-bash'", JSON.stringify(join(peer, 'node_modules/just-bash'))),
    '-',
    folder,
    text,
  ]
  const [busy, empty] = least([words(script.replaceAll('OUT', '/tmp/out')), words(':')], 1, folder)
  const time = busy!.cpu - empty!.cpu
  return `  just-bash ${time.toFixed(0)} ms: ${(time / mine).toFixed(1)} times ours`
}
