// Containers in processes of their own, found from other processes; and what is left when one of them is killed.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { Command, eventually, finish } from './command.ts'

const cowbox = new Command()
const LONG = new Command('a-folder-with-a-name/'.repeat(6))
const COUNT = 'i=0; while :; do i=$((i+1)); echo line $i; sleep 0.1; done'

afterEach(async () => {
  const { stdout } = await cowbox.run('ps', '-aq')
  for (const id of stdout.split('\n').filter(line => line !== '')) await cowbox.run('rm', '-f', id)
})
afterAll(async () => {
  await cowbox.remove()
  await LONG.remove()
})

async function detached(...words: string[]): Promise<void> {
  expect(await cowbox.run('run', '-d', '--name', 'box', 'busybox', ...words)).toMatchObject({ stderr: '', status: 0 })
}

const status = async () => (await cowbox.run('ps', '-a', '--format', '{{.Status}}')).stdout.trim()

describe('a detached container', () => {
  it('is found, asked and stopped from other processes', async () => {
    await detached('sh', '-c', `trap 'echo bye; exit 7' TERM; ${COUNT}`)
    expect(await status()).toMatch(/^Up /)
    expect(await cowbox.run('exec', 'box', 'sh', '-c', 'echo out; echo err >&2; exit 3')).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      status: 3,
    })
    expect((await cowbox.run('top', 'box')).stdout).toContain('sh -c trap')
    expect((await cowbox.run('stop', 'box')).status).toBe(0)
    expect(await status()).toMatch(/^Exited \(7\)/)
    expect((await cowbox.run('logs', 'box')).stdout).toMatch(/^line 1\nline 2\n[\s\S]*bye\n$/)
  })

  it('keeps what it changed, and starts again with it', async () => {
    await detached('sh', '-c', 'echo x >> /kept; sleep 1000')
    await eventually(async () => (await cowbox.run('exec', 'box', 'cat', '/kept')).stdout === 'x\n')
    await cowbox.run('stop', '-t', '0', 'box')
    expect((await cowbox.run('diff', 'box')).stdout).toBe('A /kept\n')
    await cowbox.run('start', 'box')
    await eventually(async () => (await cowbox.run('exec', 'box', 'cat', '/kept')).stdout === 'x\nx\n')
  })

  it('streams bytes both ways, whole', async () => {
    await detached('sleep', '1000')
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 2654435761) >>> 24)
    const sum = await cowbox.feed(bytes, 'exec', '-i', 'box', 'md5sum')
    expect(sum.stdout).toBe(String(execFileSync('md5sum', { input: bytes })))
    const counted = await cowbox.run('exec', 'box', 'sh', '-c', 'head -c 5000000 /dev/zero | tr "\\0" x')
    expect(counted.stdout.length).toBe(5_000_000)
  })

  it('is followed by logs -f to its last line, each line once', async () => {
    await detached('sh', '-c', 'for i in 1 2 3 4 5 6 7 8; do echo line $i; sleep 0.1; done; echo last')
    const { stdout } = await cowbox.run('logs', '-f', 'box')
    expect(stdout).toBe('line 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\nline 8\nlast\n')
  })

  it('says why it cannot start, and stays as it was created', async () => {
    const ran = await cowbox.run('run', '-d', '--name', 'box', 'busybox', '/nope')
    expect(ran.status).toBe(127)
    expect(ran.stderr).toContain('exec: "/nope": stat /nope: no such file or directory')
    expect(await status()).toBe('Created')
  })

  it('that is killed with its process has ended, is mended, and can start again', async () => {
    await detached('sleep', '1000')
    const waiting = cowbox.run('wait', 'box')
    process.kill(cowbox.runnerPid(), 'SIGKILL')
    expect((await waiting).stdout).toBe('137\n')
    expect(await status()).toMatch(/^Exited \(137\)/)
    expect((await cowbox.run('exec', 'box', 'true')).stderr).toContain('is not running')
    expect((await cowbox.run('start', 'box')).status).toBe(0)
    expect(await status()).toMatch(/^Up /)
  })

  it('is not mistaken for another process that got its pid', async () => {
    await detached('sleep', '1000')
    process.kill(cowbox.runnerPid(), 'SIGKILL')
    const [id = ''] = readdirSync(join(cowbox.home, 'containers')).filter(name => name.length === 64)
    writeFileSync(join(cowbox.home, 'containers', id, 'pid'), JSON.stringify({ pid: process.pid, began: '1' }))
    expect(await status()).toMatch(/^Exited \(137\)/)
  })

  it('with --rm leaves nothing', async () => {
    await cowbox.run('run', '-d', '--rm', '--name', 'box', 'busybox', 'sleep', '1000')
    expect((await cowbox.run('stop', '-t', '0', 'box')).status).toBe(0)
    expect(readdirSync(join(cowbox.home, 'containers')).filter(name => name.length === 64)).toEqual([])
  })

  it('has its socket elsewhere when the state folder has a long name', async () => {
    await LONG.run('run', '-d', '--name', 'box', 'busybox', 'sleep', '1000')
    expect((await LONG.run('exec', 'box', 'echo', 'reached')).stdout).toBe('reached\n')
  })

  it('that only waits stays up', async () => {
    await cowbox.run('run', '-itd', '--name', 'box', 'busybox')
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(await status()).toMatch(/^Up /)
  })
})

describe('a container in the foreground', () => {
  it('is reached from other processes, and gets the signals of its command', async () => {
    const child = cowbox.start('run', '--name', 'box', 'busybox', 'sh', '-c', `trap 'echo got; exit 9' TERM; ${COUNT}`)
    const ran = finish(child)
    await eventually(async () => (await cowbox.run('exec', 'box', 'echo', 'hi')).stdout === 'hi\n')
    child.kill('SIGTERM')
    expect(await ran).toMatchObject({ status: 9, stdout: expect.stringMatching(/got\n$/) })
    expect(await status()).toMatch(/^Exited \(9\)/)
  })

  it('ends when nobody reads what it prints', async () => {
    const pipeline = spawn(
      'bash',
      ['-c', `"$0" "$1" run --rm busybox yes | head -1; echo \${PIPESTATUS[0]}`, process.execPath, cowbox.path],
      {
        env: cowbox.env,
      },
    )
    expect((await finish(pipeline)).stdout).toBe('y\n141\n')
    expect((await cowbox.run('ps', '-aq')).stdout).toBe('')
  })
})

describe('two processes at once', () => {
  it('lose no name of the store', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `name${i}:1`)
    const ran = await Promise.all(names.map(name => cowbox.run('tag', 'busybox', name)))
    expect(ran.map(({ stderr }) => stderr)).toEqual(names.map(() => ''))
    const { stdout } = await cowbox.run('images', '--format', '{{.Repository}}:{{.Tag}}')
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(names))
    expect(readdirSync(join(cowbox.home, 'image')).filter(name => /lock|tmp/.test(name))).toEqual([])
  })

  it('make one container of a name', async () => {
    const ran = await Promise.all([1, 2, 3, 4].map(() => cowbox.run('create', '--name', 'box', 'busybox')))
    expect(ran.filter(({ status: code }) => code === 0)).toHaveLength(1)
    expect((await cowbox.run('ps', '-aq')).stdout.trim().split('\n')).toHaveLength(1)
  })

  it('start a container once', async () => {
    await cowbox.run('create', '--name', 'box', 'busybox', 'sh', '-c', 'echo started; sleep 1000')
    await Promise.all([1, 2, 3].map(() => cowbox.run('start', 'box')))
    expect((await cowbox.run('logs', 'box')).stdout).toBe('started\n')
  })
})

describe.skipIf(!existsSync('/usr/bin/script'))('a terminal', () => {
  /** Keys are typed when what must come before them has come: what is typed earlier, another terminal would take. */
  const typed = (steps: readonly (readonly [after: string, keys: string])[], ...words: string[]) => {
    const line = [process.execPath, cowbox.path, ...words].map(word => `'${word}'`).join(' ')
    const child = spawn('script', ['-qec', line, '/dev/null'], { env: cowbox.env })
    const left = [...steps]
    let fresh = ''
    const look = () => {
      const [after, keys] = left[0] ?? []
      if (after === undefined || keys === undefined || !fresh.includes(after)) return
      left.shift()
      fresh = ''
      child.stdin.write(keys)
    }
    child.stdout.on('data', chunk => {
      fresh += chunk
      look()
    })
    look()
    return finish(child)
  }

  it('is the one of the container, which goes on when it is detached from', async () => {
    const left = await typed(
      [
        ['# ', 'tty\r'],
        ['/dev/pts/0', '\x10\x11'],
      ],
      ...['run', '-it', '--name', 'box', 'busybox', 'sh'],
    )
    expect(left.stdout).toContain('/dev/pts/0')
    expect(left.status).toBe(0)
    expect(await status()).toMatch(/^Up /)
    const back = await typed(
      [
        ['', 'echo $((40+2))\r'],
        ['42', 'exit 5\r'],
      ],
      ...['attach', 'box'],
    )
    expect(back.stdout).toContain('42')
    expect(back.status).toBe(5)
    expect(await status()).toMatch(/^Exited \(5\)/)
  })
})
