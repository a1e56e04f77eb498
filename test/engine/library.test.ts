import { expect, test } from 'vitest'
import { Engine, StartError, virtualClock } from '../../cli/node/index.ts'

test('five simulated minutes of the example, the same bytes every run', async () => {
  const engine = await Engine.open()
  const image = await engine.build({ context: 'examples/scbusybox', tag: 'scbusybox:1.2' })
  const texts: string[] = []
  for (let run = 0; run < 2; run++) {
    const box = await engine.run(image, { clock: virtualClock() })
    await box.advance('5s')
    expect(box.stdout.lines()).toHaveLength(6)
    await box.advance('4m54s')
    texts.push(box.stdout.text())
    await box.stop()
    expect(box.exitCode).toBe(137)
    expect(box.diff()).toEqual([])
  }
  expect(texts[0]).toBe(Array.from({ length: 300 }, (_, i) => `hello world,sanchuang ${i + 1}\n`).join(''))
  expect(texts[1]).toBe(texts[0])
})

test('exec, files, diff, snapshot', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['sleep', '1000'], clock: virtualClock() })
  box.files.write('/etc/motd', 'changed\n')
  expect(await box.exec(['sh', '-c', 'cat /etc/motd; read x; echo "$x" > /new; exit 4'], { stdin: 'typed\n' })).toEqual(
    {
      stdout: 'changed\n',
      stderr: '',
      exitCode: 4,
    },
  )
  expect(box.files.read('/new')).toBe('typed\n')
  expect(box.diff().map(({ kind, path }) => `${kind} ${path}`)).toEqual(['C /etc', 'C /etc/motd', 'A /new'])
  const snapshot = box.snapshot()
  const first = await snapshot.run({ cmd: ['sh', '-c', 'cat /new; rm /new'] })
  const second = await snapshot.run({ cmd: ['cat', '/new'] })
  expect([await first.wait(), await second.wait()]).toEqual([0, 0])
  expect([first.stdout.text(), second.stdout.text()]).toEqual(['typed\n', 'typed\n'])
  expect(box.files.exists('/new')).toBe(true)
  await box.stop()
})

test("ENTRYPOINT and CMD combine as docker's table says", async () => {
  const engine = await Engine.open()
  const run = async (how: Parameters<typeof engine.run>[1]) => {
    const box = await engine.run('busybox', how)
    await box.wait()
    return box.stdout.text()
  }
  expect(await run({ cmd: ['echo', 'C'] })).toBe('C\n')
  expect(await run({ entrypoint: ['echo', 'E'] })).toBe('E\n')
  expect(await run({ entrypoint: ['echo', 'E'], cmd: ['x', 'y'] })).toBe('E x y\n')
  expect(await run({ entrypoint: ['sh', '-c', 'echo zero=$0 args=$*'], cmd: ['a', 'b'] })).toBe('zero=a args=b\n')
})

test('a start that fails says why', async () => {
  const engine = await Engine.open()
  const refused = await engine.run('busybox', { cmd: ['/etc/motd'] }).catch(error => error)
  expect(refused).toBeInstanceOf(StartError)
  expect(refused).toMatchObject({ code: 'start-failed', status: 126, message: 'exec: "/etc/motd": permission denied' })
  expect(refused.advice).toContain('has no x bit in the image')
  const script = async (text: string) => {
    const box = await engine.run('busybox', { cmd: ['sleep', '9'], clock: virtualClock() })
    box.files.write('/x', text, 0o755)
    const started = await box.snapshot().run({ cmd: ['/x'] })
    expect(await started.wait()).toBe(255)
    return started.stderr.text()
  }
  expect(await script('#!/bin/bash\n')).toMatch(
    /^exec \/x: no such file or directory\nthe #! line of \/x asks for \/bin\/bash/,
  )
  expect(await script('#!/bin/sh\r\n')).toMatch(/carriage return/)
  expect(await script('echo hi\n')).toMatch(/^exec \/x: exec format error\n\/x has no #! line/)
  expect(await script('\x7fELF\x02\x01\x01'.padEnd(64, '\0'))).toMatch(/is an ELF executable for a real/)
})

test.each([
  ['a fork bomb', ':(){ :|:& };:; wait; echo survived', {}],
  ['memory', 'a=x; while :; do a=$a$a; done', { memory: 16 * 1024 * 1024 }],
  ['a full disk', 'yes > /f; echo status $?', { fileBytes: 1024 * 1024 }],
])('%s ends in its limit, and nothing freezes', async (_name, script, limits) => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['sh', '-c', script], limits: { processes: 64, ...limits } })
  const code = await Promise.race([box.wait(), new Promise(resolve => setTimeout(resolve, 15_000, 'timeout'))])
  if (script.startsWith('a=')) expect(code).toBe(137)
  else if (script.startsWith('yes'))
    expect(box.stderr.text() + box.stdout.text()).toMatch(/No space left on device[\s\S]*status 1/)
  else expect(code).not.toBe('timeout')
})
