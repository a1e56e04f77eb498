// What tests of an image cost: a suite of 1,000 checks as the command runs it, and the forks below it. `npm run bench smoke`.
//
// The wall's clock is that of whoever waits; the least of the rounds, for nobody else's work is ours.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Engine } from '../../cli/node/index.ts'
import { virtualClock } from '../../engine/library.ts'

const CHECKS = 1000
const ROUNDS = 5

export async function benchSmoke(): Promise<void> {
  suite()
  await forks()
}

/** `cowbox test` with that many checks, each in a fork of its own, start of the program included. */
function suite(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cowbox-bench-'))
  try {
    const file = join(folder, 'checks.yaml')
    writeFileSync(file, checks())
    const seconds = Array.from({ length: ROUNDS }, () => {
      const start = performance.now()
      const ran = spawnSync('node', ['dist/cowbox.cjs', 'test', '--image', 'busybox', '--config', file, '--json'])
      const { Pass, Total } = JSON.parse(String(ran.stdout))
      if (ran.status !== 0 || Pass !== CHECKS || Total !== CHECKS) throw new Error(`${Pass} of ${Total} passed`)
      return (performance.now() - start) / 1000
    })
    report(`${CHECKS} checks of one image`, `${Math.min(...seconds).toFixed(2)} s on the wall (bar: 5)`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Five kinds by turns: builtins, applets, pipes, files written and read, and what is in the image. */
function checks(): string {
  const kinds: readonly ((i: number) => readonly [args: readonly string[], expected: string])[] = [
    i => [['sh', '-c', `echo $((${i} * 2))`], `^${i * 2}\\n$`],
    i => [['echo', 'hello', String(i)], `^hello ${i}\\n$`],
    i => [['sh', '-c', `echo x > /tmp/f${i}; cat /tmp/f${i} | wc -c`], '^2\\n$'],
    () => [['grep', 'root', '/etc/passwd'], '^root:x'],
    () => [['ls', '-l', '/bin/busybox'], '/bin/busybox'],
  ]
  const commandTests = Array.from({ length: CHECKS }, (_, i) => {
    const [[command, ...args], expected] = kinds[i % kinds.length]!(i)
    return { name: `check ${i}`, command, args, expectedOutput: [expected] }
  })
  return JSON.stringify({ schemaVersion: '2.0.0', commandTests })
}

async function forks(): Promise<void> {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['true'], clock: virtualClock() })
  await box.wait()
  const { tree } = box
  const snapshot = box.snapshot()
  const run = async (cmd: readonly string[]) => {
    const forked = await snapshot.run({ cmd, clock: virtualClock() })
    await forked.wait()
    return forked
  }
  report('a fork of its files', `${(await time(20_000, () => tree.fork({ now: tree.now }))).toFixed(4)} ms (bar: 0.2)`)
  report('a fork started, run and ended: true', `${(await time(1000, () => run(['true']))).toFixed(3)} ms`)
  const writes = ['sh', '-c', 'echo hi > /f']
  report('a fork that writes a file: sh -c', `${(await time(1000, () => run(writes))).toFixed(3)} ms`)
  const fork = async () => tree.fork({ now: tree.now })
  report('memory of a fork', `${((await memory(5000, fork)) / 1024).toFixed(1)} KiB (bar: 20)`)
  const ended = ((await memory(500, () => run(writes))) / 1024).toFixed(1)
  report('memory of a fork that ran, all of it kept', `${ended} KiB`)
}

/** CPU time of one, in milliseconds. */
async function time(count: number, act: () => unknown): Promise<number> {
  for (let warm = 0; warm < count / 10; warm++) await act()
  const start = process.cpuUsage()
  for (let i = 0; i < count; i++) await act()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000 / count
}

/** Bytes of the heap that one holds. */
async function memory(count: number, make: () => Promise<unknown>): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const kept: unknown[] = []
  for (let warm = 0; warm < 10; warm++) await make()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < count; i++) kept.push(await make())
  collect()
  return (process.memoryUsage().heapUsed - before) / kept.length
}

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(44)} ${figure}`)
}
