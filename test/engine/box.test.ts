// What a test can do with a box: time, terminals, stubs, faults, reports.

import { expect, test } from 'vitest'
import { Engine, type RunOptions, virtualClock } from '../../cli/node/index.ts'

async function sh(script: string, how: RunOptions = {}) {
  const engine = await Engine.open()
  return engine.run('busybox', { cmd: ['sh', '-c', script], clock: virtualClock(), seed: 1, ...how })
}

test('runUntil lets time pass until the text is there', async () => {
  const box = await sh('echo start; sleep 3600; echo "ready on port 80"; sleep 9999')
  const before = box.now()
  await box.runUntil('ready')
  expect(box.now() - before).toBe(3_600_000)
  await box.runUntil(/port \d+/)
  await expect(box.runUntil('never', { within: '5m' })).rejects.toMatchObject({ code: 'too-late' })
  await box.stop()
})

test('runUntil and runToEnd say why nothing more comes', async () => {
  const ended = await sh('echo only this; exit 3')
  await expect(ended.runUntil('more')).rejects.toThrow(
    /did not print "more" before it ended with 3; stdout: "only this/,
  )
  expect(await ended.runToEnd()).toBe(3)
  const stuck = await sh('mkfifo /p; cat /p')
  await expect(stuck.runToEnd()).rejects.toThrow(/deadlock|nothing will ever wake .*cat/)
  await stuck.kill('KILL')
})

test('runUntil on the real clock', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['sh', '-c', 'sleep 0.05; echo up; sleep 60'] })
  await box.runUntil('up', { within: '20s' })
  await box.kill('KILL')
  expect(await box.wait()).toBe(137)
})

test('exec lets time pass as it needs', async () => {
  const box = await sh('sleep 100000')
  expect(await box.exec(['sh', '-c', 'sleep 60; echo done'])).toEqual({ stdout: 'done\n', stderr: '', exitCode: 0 })
  await box.stop()
})

test('a script that asks is typed into, and its terminal read', async () => {
  const box = await sh('printf "\\033[1mName?\\033[0m "; read name; clear; echo "Hello, $name"; sleep 9; exit $?', {
    tty: true,
  })
  await box.runUntil('Name?')
  expect(await box.screen.lines()).toEqual(['Name?'])
  await box.type('World\n')
  expect(await box.screen.lines()).toEqual(['Hello, World'])
  expect(await box.screen.cursor()).toEqual({ row: 1, column: 0 })
  await box.type('\x03')
  expect(box.exitCode).toBe(130)
})

test('stubs answer, and their calls are kept', async () => {
  const script =
    'git clone "$1" >/dev/null && curl -s http://x/ | tr a-z A-Z; echo body | curl -d @- http://y; ls | wc -l'
  const box = await sh(script, {
    cmd: ['sh', '-c', script, 'sh', 'repo'],
    workingDirectory: '/srv',
    stubs: {
      git: 'echo "cloning $2"; touch cloned',
      curl: async call => (call.argv.includes('-d') ? { stdout: await call.stdin(), exitCode: 7 } : 'page\n'),
    },
  })
  expect(await box.runToEnd()).toBe(0)
  expect(box.stdout.lines()).toEqual(['PAGE', 'body', '1'])
  expect(box.calls('curl').map(({ argv }) => argv.join(' '))).toEqual(['curl -s http://x/', 'curl -d @- http://y'])
  expect(box.calls('git')[0]).toMatchObject({ argv: ['git', 'clone', 'repo'], cwd: '/srv' })
  expect(box.diff().map(({ path }) => path)).toEqual(['/srv', '/srv/cloned'])
  expect(() => box.calls('wget')).toThrow('wget is not one of the box')
})

test('a stub takes the place of a command, and of that one only', async () => {
  const box = await sh('date; ls -d /etc', { stubs: { date: 'echo today' } })
  await box.runToEnd()
  expect(box.stdout.lines()).toEqual(['today', '/etc'])
})

test('faults: a full disk, a slow pipe, a signal at a call', async () => {
  const box = await sh('sleep 1; echo a > /f; echo "first $?"; echo b > /f; echo "second $?"', { watch: true })
  box.failNext('open', 'ENOSPC', { path: '/f' })
  await box.runToEnd()
  expect(box.stderr.text()).toContain('No space left on device')
  expect(box.stdout.lines()).toEqual(['first 1', 'second 0'])

  const slow = await sh('sleep 1; cat /etc/motd | cat >/dev/null; date +%s', { watch: true })
  const before = Math.floor(slow.now() / 1000)
  slow.slow('read', '10s', { process: 'cat' })
  await slow.runToEnd()
  expect(Number(slow.stdout.text()) - before).toBeGreaterThanOrEqual(20)

  const shot = await sh('trap "echo caught; exit 9" TERM; sleep 1; for i in 1 2 3; do echo $i > /f$i; done', {
    watch: true,
  })
  shot.signalAt('open', 2, 'TERM', { process: 'sh' })
  expect(await shot.runToEnd()).toBe(9)
  expect(shot.files.exists('/f3')).toBe(false)
  expect(() => slow.slow('mkdir', 1)).toThrow('mkdir never sleeps')
})

test('a report tells of every process, its files and its end', async () => {
  const box = await sh('cat /etc/motd >/tmp/copy; cat /nope; (exit 4); true', { watch: true })
  await box.runToEnd()
  const records = box.processRecords()
  expect(records.find(({ commands }) => commands.at(-1)?.join(' ') === 'cat /nope')).toMatchObject({
    ppid: 1,
    exitCode: 1,
    opened: [{ path: '/nope', how: 'read', error: 'ENOENT' }],
  })
  expect(box.report()).toMatch(/cat \/etc\/motd: 0 ms to 0 ms: exit 0\n {4}write \/tmp\/copy\n {4}read \/etc\/motd\n/)
  const plain = await sh('true')
  expect(() => plain.report()).toThrow('{ watch: true }')
})

test('with a seed, chance is the same every run', async () => {
  const script = 'echo $RANDOM $RANDOM; head -c 8 /dev/urandom | od -An -tx1'
  const runs = await Promise.all([1, 1, 2].map(seed => sh(script, { seed })))
  for (const run of runs) await run.runToEnd()
  const [a, b, c] = runs.map(run => run.stdout.text())
  expect(a).toBe(b)
  expect(a).not.toBe(c)
})

test('a server in a box is waited for and asked', async () => {
  const box = await sh('sleep 5; echo hello > index.html; httpd -p 127.0.0.1:80; nc -u -l -p 53 & sleep 3600')
  expect(box.ports()).toEqual([])
  await expect(box.connect(80)).rejects.toMatchObject({ errno: 'ECONNREFUSED' })
  const before = box.now()
  await box.runUntilPort('53/udp')
  expect(box.now() - before).toBe(5000)
  expect(box.ports()).toEqual([
    { protocol: 'tcp', host: '127.0.0.1', port: 80 },
    { protocol: 'udp', host: '::', port: 53 },
  ])
  const connection = await box.connect(80)
  await connection.write(new TextEncoder().encode('GET /index.html HTTP/1.0\r\n\r\n'))
  let answer = ''
  for (let bytes = await connection.read(); bytes.length > 0; bytes = await connection.read()) {
    answer += new TextDecoder().decode(bytes)
  }
  connection.close()
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nhello\n$/)
  await expect(box.runUntilPort(81, { within: '1m' })).rejects.toMatchObject({ code: 'too-late' })
  await expect(box.runUntilPort('web')).rejects.toThrow('invalid port: web')
  await box.kill('KILL')
  await box.wait()
  expect(box.ports()).toEqual([])
})

test('a port is waited for by the real clock too', async () => {
  const engine = await Engine.open()
  const box = await engine.run('busybox', { cmd: ['sh', '-c', 'sleep 0.1; httpd -p 80; sleep 60'] })
  await box.runUntilPort(80, { within: '20s' })
  await box.kill('KILL')
})
