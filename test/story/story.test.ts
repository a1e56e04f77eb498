// The owner's own session, end to end, with the built command: build, permission denied, chmod, rebuild, run, logs, exec,
// diff, stop. Texts and statuses are docker's, less the daemon.

import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = process.cwd()
const command = join(root, 'dist/cowbox.cjs')
const home = mkdtempSync(join(tmpdir(), 'cowbox-story-'))
const context = join(home, 'context')
const env = { ...process.env, COWBOX_HOME: join(home, 'state') }

function cowbox(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [command, ...args], { cwd: context, env, encoding: 'utf8' })
}

function entrypoint(words: string): void {
  writeFileSync(join(context, 'Dockerfile'), `FROM busybox\nCOPY . /\nRUN cat /hello.txt\nENTRYPOINT ${words}\n`)
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (isTrue()) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error('it did not come true in ten seconds')
}

beforeAll(() => {
  if (!existsSync(command)) throw new Error('dist/ is not built: npm run build')
  cpSync(join(root, 'examples/scbusybox'), context, { recursive: true })
  chmodSync(join(context, 'while.sh'), 0o644)
  entrypoint('["/while.sh"]')
})

afterAll(() => {
  for (const line of cowbox('ps', '-aq').stdout.split('\n').filter(Boolean)) cowbox('rm', '-f', line)
  rmSync(home, { recursive: true, force: true })
})

test('build prints each step and what RUN says', () => {
  const { stderr, status } = cowbox('build', '-t', 'scbusybox:1.0', '.')
  expect(status).toBe(0)
  expect(stderr).toMatch(/\[2\/3\] COPY \. \/\n/)
  expect(stderr).toMatch(/#\d+ [\d.]+ welcome to sanchuang!\n/)
  expect(cowbox('images').stdout).toMatch(/^REPOSITORY {3}TAG {7}IMAGE ID {7}CREATED .*\nscbusybox {4}1\.0 /)
  expect(cowbox('history', 'scbusybox:1.0').stdout).toContain('RUN /bin/sh -c cat /hello.txt # buildkit')
})

test('no x bit: permission denied, 126, Created, and why', () => {
  const { stdout, stderr, status } = cowbox('run', '-d', '--name', 'scbusybox-1', 'scbusybox:1.0')
  expect(status).toBe(126)
  expect(stdout).toMatch(/^[0-9a-f]{64}\n$/)
  expect(stderr).toContain('exec: "/while.sh": permission denied\n/while.sh has no x bit in the image')
  expect(cowbox('ps', '-a').stdout).toMatch(/scbusybox:1\.0 {3}"\/while\.sh" .* Created +scbusybox-1\n/)
  expect(cowbox('inspect', '-f', '{{.State.Status}} {{.State.ExitCode}}', 'scbusybox-1').stdout).toBe('created 126\n')
  chmodSync(join(context, 'while.sh'), 0o755)
  expect(cowbox('run', '-d', 'scbusybox:1.0').status).toBe(126)
})

test('rebuilt with the x bit: the interpreter is missing', () => {
  const built = cowbox('build', '-t', 'scbusybox:1.1', '.')
  expect(built.stderr).not.toContain('CACHED')
  const { stderr, status } = cowbox('run', '--rm', 'scbusybox:1.1')
  expect(status).toBe(255)
  expect(stderr).toMatch(
    /^exec \/while\.sh: no such file or directory\nthe #! line of \/while\.sh asks for \/bin\/bash, which is not in the image/,
  )
})

test('the script as published is refused by the shell', () => {
  const script = readFileSync(join(context, 'while.sh'), 'utf8')
  writeFileSync(join(context, 'while.sh'), script.replace('while :', 'while:'))
  entrypoint('["/bin/sh","/while.sh"]')
  expect(cowbox('build', '-q', '-t', 'scbusybox:1.2', '.').stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/)
  const { stderr, status } = cowbox('run', '--rm', 'scbusybox:1.2')
  expect(stderr).toBe('/while.sh: line 3: while:: not found\n/while.sh: line 4: syntax error: unexpected "do"\n')
  expect(status).toBe(2)
  writeFileSync(join(context, 'while.sh'), script)
})

test('it counts in the background; ps, logs, exec, diff, stop and rm find it', async () => {
  cowbox('build', '-q', '-t', 'scbusybox:1.3', '.')
  expect(cowbox('run', '-itd', '--name', 'scbusybox-6', 'scbusybox:1.3').status).toBe(0)
  expect(cowbox('ps').stdout).toMatch(/scbusybox:1\.3 {3}"\/bin\/sh \/while\.sh" {3}.* Up .* scbusybox-6\n/)
  await until(() => cowbox('logs', 'scbusybox-6').stdout.includes('hello world,sanchuang 3'))
  expect(cowbox('exec', 'scbusybox-6', 'sh', '-c', 'cat /hello.txt; exit 7')).toMatchObject({
    stdout: 'welcome to sanchuang!\n',
    status: 7,
  })
  expect(cowbox('diff', 'scbusybox-6').stdout).toBe('')
  cowbox('exec', 'scbusybox-6', 'sh', '-c', 'echo x >> /etc/motd; rm /etc/group; touch /new')
  expect(cowbox('diff', 'scbusybox-6').stdout).toBe('C /etc\nD /etc/group\nC /etc/motd\nA /new\n')
  expect(cowbox('exec', 'scbusybox-6', 'nosuch').status).toBe(127)
  expect(cowbox('stop', '-t', '1', 'scbusybox-6').stdout).toBe('scbusybox-6\n')
  expect(cowbox('ps', '-a', '--filter', 'name=scbusybox-6').stdout).toContain('Exited (137)')
  expect(cowbox('diff', 'scbusybox-6').stdout).toBe('C /etc\nD /etc/group\nC /etc/motd\nA /new\n')
  expect(cowbox('commit', 'scbusybox-6', 'changed').status).toBe(0)
  expect(cowbox('run', '--rm', '--entrypoint', 'ls', 'changed', '/etc/group', '/new')).toMatchObject({
    stdout: '/new\n',
    status: 1,
  })
  expect(cowbox('rm', 'scbusybox-6').stdout).toBe('scbusybox-6\n')
})

test('logs -f follows until the container ends', async () => {
  cowbox('run', '-d', '--name', 'follow', 'busybox', 'sh', '-c', 'for i in 1 2 3; do echo $i; sleep 0.2; done')
  const { stdout, status } = cowbox('logs', '-f', 'follow')
  expect({ stdout, status }).toEqual({ stdout: '1\n2\n3\n', status: 0 })
})

test('a foreground run with --init ends on SIGINT with 130', async () => {
  const child = spawn(process.execPath, [command, 'run', '--rm', '--init', 'scbusybox:1.3'], { env })
  let printed = ''
  child.stdout.on('data', chunk => (printed += chunk))
  await until(() => printed.includes('sanchuang 2'))
  const ended = new Promise(resolve => child.on('close', resolve))
  child.kill('SIGINT')
  expect(await ended).toBe(130)
  expect(printed.startsWith('hello world,sanchuang 1\nhello world,sanchuang 2\n')).toBe(true)
})

test.each([
  [['run', '--rm', 'busybox', 'true'], 0],
  [['run', '--rm', 'busybox', 'sh', '-c', 'exit 300'], 44],
  [['run', '--rm', 'busybox', 'nosuchcmd'], 127],
  [['run', '--rm', 'busybox', '/nosuch/path'], 127],
  [['run', '--rm', 'busybox', '/etc'], 126],
  [['run', '--rm', 'busybox', 'sh', '-c', 'kill -9 $$'], 0],
  [['run', '--rm', 'nosuchimage'], 125],
  [['run', '--rm', 'UPPER'], 125],
  [['run', '--rm', '--nosuchflag', 'busybox'], 125],
  [['run', '--rm', '-u', 'nosuch', 'busybox', 'id'], 125],
  [['run', '--rm', '--read-only', 'busybox', 'touch', '/x'], 1],
  [['nosuchcommand'], 1],
  [['exec', 'nosuch', 'true'], 1],
  [['build', 'nosuchdir'], 1],
])('%j exits %i', (args, status) => {
  expect(cowbox(...args).status).toBe(status)
})

test('a bind mount reaches the host, and nothing in it leads out', () => {
  const result = cowbox(
    'run',
    '--rm',
    '-v',
    `${context}:/m`,
    '-w',
    '/m',
    'busybox',
    'sh',
    '-c',
    'echo made > made; ln -s /etc/passwd out; cat out | head -1; ls ..',
  )
  expect(result.stdout).toContain('root:x:0:0:root:/root:/bin/sh\n')
  expect(readFileSync(join(context, 'made'), 'utf8')).toBe('made\n')
  expect(cowbox('run', '--rm', '-v', `${context}:/m:ro`, 'busybox', 'touch', '/m/x').stderr).toBe(
    'touch: /m/x: Read-only file system\n',
  )
})

test('a mistake in a Dockerfile is shown with its place', () => {
  writeFileSync(join(context, 'Bad'), 'FROM busybox\nRUN exit 3\n')
  const { stderr, status } = cowbox('build', '-f', join(context, 'Bad'), '.')
  expect(status).toBe(1)
  expect(stderr).toContain('   2 | >>> RUN exit 3\n')
  expect(stderr).toContain(
    'ERROR: failed to build: failed to solve: process "/bin/sh -c exit 3" did not complete successfully: exit code: 3\n',
  )
})

test('an archive that is cut short or changed is refused, and leaves nothing', () => {
  const archive = join(home, 'image.tar')
  expect(cowbox('save', '-o', archive, 'scbusybox:1.3').status).toBe(0)
  const bytes = readFileSync(archive)
  writeFileSync(archive, bytes.subarray(0, bytes.length / 2))
  const images = cowbox('images').stdout.split('\n').length
  expect(cowbox('load', '-i', archive)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('truncated archive'),
  })
  const damaged = Buffer.from(bytes)
  damaged.write('XXXX', damaged.indexOf('welcome to sanchuang'))
  writeFileSync(archive, damaged)
  expect(cowbox('load', '-i', archive)).toMatchObject({ status: 1, stderr: expect.stringContaining('damaged') })
  expect(cowbox('images').stdout.split('\n').length).toBe(images)
  writeFileSync(archive, bytes)
  expect(cowbox('load', '-i', archive).stdout).toBe('Loaded image: scbusybox:1.3\n')
})
