// The bars of the whole: ours beside dash and Node itself. `npm run bench`.
//
// A command's time is that of its whole process less an empty one's, the least of several interleaved rounds.

import { join } from 'node:path'
import { Engine } from '../../cli/node/index.ts'
import { leastOf } from './cpu.ts'

interface Case {
  readonly name: string
  readonly script: string
  /** dash runs so many times fewer turns, because a fork costs it milliseconds. */
  readonly fewer?: number
  readonly bar: number
}

const CASES: readonly Case[] = [
  { name: 'loop of 1,000,000', script: 'i=0; while [ $i -lt N ]; do i=$((i+1)); done', bar: 2.5 },
  {
    name: 'functions with case and if, 300,000',
    script:
      'f() { case $1 in *5) r=five;; *) if [ $1 -gt 9 ]; then r=big; else r=small; fi;; esac; }; i=0; while [ $i -lt N ]; do i=$((i+1)); f $i; done',
    bar: 1.3,
  },
  {
    name: 'x=$(echo a), 10,000',
    script: 'i=0; while [ $i -lt N ]; do i=$((i+1)); x=$(echo a); done',
    fewer: 20,
    bar: 100,
  },
  {
    name: 'echo a | cat, 1,000',
    script: 'i=0; while [ $i -lt N ]; do i=$((i+1)); echo a | cat >/dev/null; done',
    fewer: 5,
    bar: 20,
  },
]

const COUNTS = [1_000_000, 300_000, 10_000, 1_000]
const ROUNDS = 5
const command = join(process.cwd(), 'dist/cowbox.cjs')
const ours = (script: string) => ['node', command, 'run', '--rm', 'busybox', 'sh', '-c', script]
const dash = (script: string) => ['dash', '-c', script]

for (const [index, { name, script, fewer = 1, bar }] of CASES.entries()) {
  const count = COUNTS[index]!
  const [mine, theirs] = pair(
    ours(script.replace('N', String(count))),
    ours(':'),
    dash(script.replace('N', String(count / fewer))),
    dash(':'),
  )
  report(name, mine, theirs * fewer, bar)
}
const [run, node] = pair(ours('true').slice(0, 5).concat('true'), undefined, ['node', '-e', '0'], undefined)
console.log(
  `${'run --rm busybox true'.padEnd(40)} ${run.toFixed(0)} ms, node -e 0 ${node.toFixed(0)} ms: ${(run / node).toFixed(2)} times (bar: at most 2)`,
)
console.log(`${'container from the library'.padEnd(40)} ${(await containerTime()).toFixed(2)} ms (bar: at most 3)`)

function report(name: string, mine: number, theirs: number, bar: number): void {
  console.log(
    `${name.padEnd(40)} ours ${mine.toFixed(0)} ms, dash ${theirs.toFixed(0)} ms: ${(theirs / mine).toFixed(2)} times faster (bar: ${bar})`,
  )
}

function pair(a: string[], emptyA: string[] | undefined, b: string[], emptyB: string[] | undefined): [number, number] {
  const [mine = 0, mineEmpty = 0, theirs = 0, theirsEmpty = 0] = leastOf(
    ROUNDS,
    [a, emptyA, b, emptyB].map(words => words ?? []),
  )
  return [mine - mineEmpty, theirs - theirsEmpty]
}

async function containerTime(): Promise<number> {
  const engine = await Engine.open()
  const once = async () => (await engine.run('busybox', { cmd: ['true'] })).wait()
  for (let i = 0; i < 50; i++) await once()
  const before = process.cpuUsage()
  for (let i = 0; i < 200; i++) await once()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / 200
}
