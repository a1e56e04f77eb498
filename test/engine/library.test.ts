import { expect, test } from 'vitest'
import { applet, Engine, Failure, option, StartError, virtualClock } from '../../cli/node/index.ts'

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

const greet = applet({
  name: 'greet',
  about: 'Greet each NAME',
  operands: 'NAME...',
  least: 1,
  options: { word: option.text('-w --word', 'WORD', 'What to say', 'Hello'), loud: option.flag('-l', 'In capitals') },
  async main({ proc, options: { word, loud }, operands }) {
    if (operands.includes('nobody')) throw new Failure('nobody is there', 3)
    for (const name of operands) {
      const line = `${word}, ${name}`
      await proc.stdout.line(loud ? line.toUpperCase() : line)
    }
  },
})

test('a command in TypeScript is declared as the applets are: options, help, pipes, refusals', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { commands: [greet], cmd: ['sleep', '1000'], clock: virtualClock() })
  const sh = (line: string) => box.exec(['sh', '-c', line])
  expect(await sh('greet -l --word=Hi you | sed s/HI/HO/; type greet')).toMatchObject({
    stdout: 'HO, YOU\ngreet is /usr/sbin/greet\n',
    exitCode: 0,
  })
  expect((await sh('greet --help')).stdout).toMatch(/Greet each NAME\n(.*\n)*.*--word WORD +What to say/)
  expect(await sh('greet you nobody')).toMatchObject({ stderr: 'greet: nobody is there\n', exitCode: 3 })
  expect((await sh('greet -x you')).stderr).toMatch(/^greet: invalid option -- 'x'\n/)
  expect((await sh('greet')).exitCode).toBe(1)
  await box.kill('KILL')
})

test('a character that a chunk cuts in two is read whole', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['sleep', '1000'], clock: virtualClock() })
  const { stdout } = await box.exec(['sh', '-c', "printf '\\303'; sleep 1; printf '\\251\\n'"])
  expect(stdout).toBe('é\n')
  await box.kill('KILL')
})

test('what it prints can be followed, as lines and as bytes', async () => {
  const engine = await Engine.open()
  const script = "printf 'a\\n\\303'; sleep 1; printf '\\251 b\\n\\nend'"
  const box = await engine.run('busybox', { cmd: ['sh', '-c', script], clock: virtualClock() })
  const lines = (async () => {
    const all: string[] = []
    for await (const line of box.stdout) all.push(line)
    return all
  })()
  const bytes = (async () => {
    let count = 0
    for await (const chunk of box.stdout.stream()) count += chunk.length
    return count
  })()
  await box.runToEnd()
  expect(await lines).toEqual(['a', 'é b', '', 'end'])
  expect(await bytes).toBe(11)
})
