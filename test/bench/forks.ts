// What a fork of a prepared container costs, and a check in one: `node test/bundle-run.mjs test/bench/forks.ts`.

import { Engine } from '../../cli/node/index.ts'
import { virtualClock } from '../../engine/library.ts'

const engine = await Engine.open()
const box = await engine.run('busybox', { cmd: ['true'], clock: virtualClock() })
await box.wait()
const { tree } = box

async function measure(name: string, count: number, act: () => unknown): Promise<void> {
  for (let warm = 0; warm < count / 10; warm++) await act()
  const start = process.cpuUsage()
  for (let i = 0; i < count; i++) await act()
  const { user, system } = process.cpuUsage(start)
  console.log(`${name}: ${((user + system) / 1000 / count).toFixed(4)} ms of CPU time each (${count} of them)`)
}

await measure('a fork of its files', 20_000, () => tree.fork({ now: tree.now }))
const snapshot = box.snapshot()
await measure('a container forked, run to its end (true)', 1000, async () => {
  const forked = await snapshot.run({ cmd: ['true'], clock: virtualClock() })
  await forked.wait()
})
await measure('the same with sh -c "echo hi > /f"', 1000, async () => {
  const forked = await snapshot.run({ cmd: ['sh', '-c', 'echo hi > /f'], clock: virtualClock() })
  await forked.wait()
})
globalThis.gc?.()
const before = process.memoryUsage().heapUsed
const kept = Array.from({ length: 10_000 }, () => tree.fork({ now: tree.now }))
globalThis.gc?.()
console.log(`memory of a fork: ${Math.round((process.memoryUsage().heapUsed - before) / kept.length)} bytes`)
