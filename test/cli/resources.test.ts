// What looks after containers and measures them, from the command line. Words are docker's.

import { expect, test } from 'vitest'
import { cowboxProgram } from '../../cli/program.ts'
import { VirtualClock } from '../../kernel/clock.ts'
import { testEngine } from '../engine-box.ts'
import { run, testKernel } from '../kernel/box.ts'

function commandLine() {
  const engine = testEngine()
  const program = cowboxProgram({ engine, name: 'cowbox', version: '0' })
  const cowbox = (...words: string[]) => {
    const argv = ['cowbox', ...words]
    return run(testKernel(), proc => proc.execProgram(program, argv))
  }
  return Object.assign(cowbox, { clock: engine.host.clock })
}

test('a container with a check of its health says how it is', async () => {
  const cowbox = commandLine()
  const check = ['--health-cmd', 'echo fine', '--health-interval', '10ms']
  await cowbox('run', '-d', '--name', 'box', ...check, 'busybox', 'sleep', '99')
  expect((await cowbox('ps')).stdout).toMatch(/Up .* \((health: starting|healthy)\)/)
  const isHealthy = async () => (await cowbox('ps', '-qf', 'health=healthy')).stdout !== ''
  for (let left = 100; left > 0 && !(await isHealthy()); left--) {
    if (cowbox.clock instanceof VirtualClock) cowbox.clock.ringNext(cowbox.clock.now() + 20)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  const { stdout } = await cowbox('inspect', '-f', '{{.State.Health.Status}} {{json .Config.Healthcheck}}', 'box')
  expect(stdout).toBe('healthy {"Test":["CMD-SHELL","echo fine"],"Interval":10000000}\n')
  await cowbox('rm', '-f', 'box')
})

test('--no-healthcheck takes the check away, and not together with another', async () => {
  const cowbox = commandLine()
  await cowbox('create', '--name', 'box', '--no-healthcheck', 'busybox')
  expect((await cowbox('inspect', 'box')).stdout).not.toContain('Healthcheck')
  const { stderr, status } = await cowbox('create', '--no-healthcheck', '--health-cmd', 'true', 'busybox')
  expect([stderr, status]).toEqual([expect.stringContaining('--no-healthcheck conflicts with --health-* options'), 125])
})

test.each([
  [['--health-interval', '1x'], 'time: invalid duration "1x"'],
  [['--health-timeout', '-1s'], 'time: negative duration "-1s"'],
  [['--restart', 'always'], '--restart always is not supported'],
  [['--restart', 'sometimes'], "invalid restart policy: unknown policy 'sometimes'"],
  [['--cpus', '2'], '--cpus is not supported'],
])('%j is refused by name', async (flags, words) => {
  const { stderr, status } = await commandLine()('create', ...flags, 'busybox')
  expect([stderr, status]).toEqual([expect.stringContaining(words), 125])
})

test('stats measures what runs', async () => {
  const cowbox = commandLine()
  await cowbox('run', '-d', '--name', 'box', '-m', '64m', 'busybox', 'sleep', '99')
  await cowbox('create', '--name', 'other', 'busybox')
  const { stdout } = await cowbox('stats', '--no-stream')
  expect(stdout).toMatch(
    /^CONTAINER ID {3}NAME {6}CPU % {5}MEM USAGE \/ LIMIT {3}MEM % {5}PIDS\n[0-9a-f]{12} {3}box {7}\d+\.\d\d% {5}\S+ \/ 64MiB +\d+\.\d\d% {5}1\n$/,
  )
  expect((await cowbox('stats', '-a', '--no-stream', '--format', '{{.Name}} {{.PIDs}}')).stdout).toContain('other 0\n')
  expect(await cowbox('stats', '--no-stream', 'gone')).toMatchObject({
    status: 1,
    stderr: 'Error response: No such container: gone\n',
  })
  await cowbox('rm', '-f', 'box')
})

test('info counts containers and images', async () => {
  const cowbox = commandLine()
  await cowbox('create', 'busybox')
  expect((await cowbox('info')).stdout).toMatch(/^Containers: 1\n Running: 0\n Paused: 0\n Stopped: 1\nImages: 1\n/)
  expect((await cowbox('system', 'info', '-f', '{{.ContainersStopped}} {{.OSType}}')).stdout).toBe('1 linux\n')
})
