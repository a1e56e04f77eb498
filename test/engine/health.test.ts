// docker's rules of health checks: when they run, which failures count, and what they leave behind.

import { expect, test } from 'vitest'
import { HealthMonitor, type HealthState, healthCommand, type Probe } from '../../engine/health.ts'
import type { Healthcheck } from '../../image/config.ts'
import { VirtualClock } from '../../kernel/clock.ts'
import { encode } from '../../lib/bytes.ts'

const SECOND = 1_000_000_000

/** Each probe ends at once with the next status; undefined: it goes on until it is killed. */
function watch(check: Healthcheck, statuses: readonly (number | undefined)[]) {
  const clock = new VirtualClock(0)
  const seen: [at: number, health: HealthState][] = []
  const left = [...statuses]
  const run = (): Probe => {
    const status = left.shift()
    let kill: () => void = () => {}
    const ended =
      status === undefined ? new Promise<number>(resolve => (kill = () => resolve(137))) : Promise.resolve(status)
    return { ended, output: () => encode(`status ${status}\n`), kill: () => kill() }
  }
  const monitor = new HealthMonitor(check, { clock, run, tell: health => seen.push([clock.now(), health]) })
  const pass = async (seconds: number) => {
    const until = clock.now() + seconds * 1000
    do await new Promise(resolve => setTimeout(resolve))
    while (clock.ringNext(until))
  }
  return {
    monitor,
    pass,
    shown: () => seen.map(([at, { status, failingStreak }]) => [at / 1000, status, failingStreak]),
    seen,
  }
}

test('healthy by one success, unhealthy by so many failures in a row', async () => {
  const { pass, shown } = watch({ Interval: 10 * SECOND, Retries: 2 }, [1, 0, 1, 1, 0])
  await pass(55)
  expect(shown()).toEqual([
    [10, 'starting', 1],
    [20, 'healthy', 0],
    [30, 'healthy', 1],
    [40, 'unhealthy', 2],
    [50, 'healthy', 0],
  ])
})

test('while it starts, failures do not count, and checks come more often', async () => {
  const check = { Interval: 30 * SECOND, StartPeriod: 11 * SECOND, StartInterval: 4 * SECOND, Retries: 1 }
  const { pass, shown } = watch(check, [1, 1, 1, 1])
  await pass(50)
  expect(shown()).toEqual([
    [4, 'starting', 0],
    [8, 'starting', 0],
    [12, 'unhealthy', 1],
    [42, 'unhealthy', 2],
  ])
})

test('one that takes too long is killed, and has failed; nothing comes after the end', async () => {
  const { monitor, pass, seen } = watch({ Timeout: 5 * SECOND, Retries: 1 }, [undefined, 0])
  await pass(36)
  expect(seen.map(([at, { status, log }]) => [at, status, log.at(-1)?.exitCode, log.at(-1)?.output])).toEqual([
    [35_000, 'unhealthy', -1, 'Health check exceeded timeout (5s)'],
  ])
  monitor.stop()
  await pass(100)
  expect(seen).toHaveLength(1)
})

test('the words that run: as they are, by a shell, or none', () => {
  const shell = ['/bin/sh', '-c']
  expect(healthCommand({ Test: ['CMD', 'a', 'b c'] }, shell)).toEqual(['a', 'b c'])
  expect(healthCommand({ Test: ['CMD-SHELL', 'a b'] }, shell)).toEqual(['/bin/sh', '-c', 'a b'])
  expect([healthCommand({ Test: ['NONE'] }, shell), healthCommand(undefined, shell)]).toEqual([undefined, undefined])
})
