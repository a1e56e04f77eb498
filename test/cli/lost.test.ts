// Clients that are killed or lose their terminal, and runners that are killed: what goes on, and what is kept. As docker
// 20.10 was seen to do it.

import { type ChildProcess, spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { JournalFile } from '../../cli/node/journal-file.ts'
import { Command, eventually } from './command.ts'

const cowbox = new Command()

afterEach(async () => {
  const { stdout } = await cowbox.run('ps', '-aq')
  for (const id of stdout.split('\n').filter(line => line !== '')) await cowbox.run('rm', '-f', id)
})
afterAll(() => cowbox.remove())

const status = async () => (await cowbox.run('ps', '-a', '--format', '{{.Status}}')).stdout.trim()
const output = async (...words: string[]) => (await cowbox.run(...words)).stdout
const killRunner = () => process.kill(cowbox.runnerPid(), 'SIGKILL')

async function detached(...words: string[]): Promise<void> {
  expect(await cowbox.run('run', '-d', '--name', 'box', 'busybox', ...words)).toMatchObject({ stderr: '', status: 0 })
}

async function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise(resolve => child.once('close', resolve))
}

describe('a client that is killed', () => {
  it('leaves what it executed running', async () => {
    await detached('sleep', '1000')
    const client = cowbox.start('exec', 'box', 'sh', '-c', 'sleep 2000; echo unheard')
    await eventually(async () => (await output('top', 'box')).includes('sleep 2000'))
    client.kill('SIGKILL')
    await hasEnded(client)
    expect(await output('top', 'box')).toContain('sleep 2000')
  })

  it('ends the stdin of what it executed', async () => {
    await detached('sleep', '1000')
    const client = cowbox.start('exec', '-i', 'box', 'sh', '-c', 'cat; echo end > /end')
    await eventually(async () => (await output('top', 'box')).includes('cat'))
    client.kill('SIGKILL')
    await eventually(async () => (await output('exec', 'box', 'cat', '/end')) === 'end\n')
  })
})

describe('a runner that is killed', () => {
  it('loses nothing of what a command that has ended wrote', async () => {
    await detached('sleep', '1000')
    await cowbox.run('exec', 'box', 'sh', '-c', 'echo 1 > /one; ln /one /hard; mkdir /d; mv /one /d; rm /etc/motd')
    killRunner()
    expect(await status()).toMatch(/^Exited \(137\)/)
    const changed = 'A /d\nA /d/one\nC /etc\nD /etc/motd\nA /hard\n'
    expect(await output('diff', 'box')).toBe(changed)
    await cowbox.run('start', 'box')
    expect(await output('exec', 'box', 'sh', '-c', 'echo 2 >> /hard; cat /d/one')).toBe('1\n2\n')
    killRunner()
    expect(await output('diff', 'box')).toBe(changed)
    await cowbox.run('start', 'box')
    expect(await output('exec', 'box', 'cat', '/d/one')).toBe('1\n2\n')
    await cowbox.run('stop', '-t', '0', 'box')
    expect(await output('diff', 'box')).toBe(changed)
    const [id = ''] = readdirSync(join(cowbox.home, 'containers')).filter(name => name.length === 64)
    expect(existsSync(join(cowbox.home, 'containers', id, 'changes.journal'))).toBe(false)
  })

  it('loses no more than a moment of what is being written', async () => {
    await detached('sh', '-c', 'i=0; while :; do i=$((i+1)); echo $i >> /log; echo $i; sleep 0.01; done')
    await eventually(async () => (await output('logs', '-n', '1', 'box')).length > 2)
    killRunner()
    const printed = Number(await output('logs', '-n', '1', 'box'))
    await cowbox.run('cp', 'box:/log', join(cowbox.folder, 'log'))
    const kept = readFileSync(join(cowbox.folder, 'log'), 'utf8').trim().split('\n').map(Number)
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => index + 1))
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThanOrEqual(printed + 1)
  })

  it('in the foreground is the container itself', async () => {
    const client = cowbox.start('run', '--name', 'box', 'busybox', 'sh', '-c', 'echo x > /kept; echo on; sleep 1000')
    await new Promise(resolve => client.stdout?.once('data', resolve))
    await eventually(async () => (await output('exec', 'box', 'cat', '/kept')) === 'x\n')
    client.kill('SIGKILL')
    await hasEnded(client)
    expect(await status()).toMatch(/^Exited \(137\)/)
    expect(await output('diff', 'box')).toBe('A /kept\n')
  })
})

describe.skipIf(!existsSync('/usr/bin/script'))('a terminal that is closed', () => {
  /** In a terminal of its own; `close` closes that, `client` is the command's pid. */
  const inTerminal = (...words: string[]) => {
    const line = ['exec', process.execPath, cowbox.path, ...words].map(word => `'${word}'`).join(' ')
    const child = spawn('script', ['-qec', line, '/dev/null'], { env: cowbox.env })
    const client = () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ')[0])
    return { client, close: () => child.kill('SIGKILL') }
  }
  const TRAP = 'trap "exit 7" HUP; echo on; while :; do sleep 0.1; done'

  it('leaves the shell that was executed on it', async () => {
    await detached('sleep', '1000')
    const { close } = inTerminal('exec', '-it', 'box', 'sh')
    await eventually(
      async () => / \/?sh$/m.test(await output('top', 'box')) && (await output('top', 'box')).includes('pts/'),
    )
    close()
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(await output('top', 'box')).toMatch(/pts\/\d .* sh$/m)
  })

  it('is told to what was run on it', async () => {
    const { close } = inTerminal('run', '-it', '--name', 'box', 'busybox', 'sh', '-c', TRAP)
    await eventually(async () => (await output('logs', 'box')) === 'on\r\n')
    close()
    await eventually(async () => /^Exited \(7\)/.test(await status()))
  })

  it('is told to what was run without one, too', async () => {
    const { close } = inTerminal('run', '--name', 'box', 'busybox', 'sh', '-c', TRAP)
    await eventually(async () => (await output('logs', 'box')) === 'on\n')
    close()
    await eventually(async () => /^Exited \(7\)/.test(await status()))
  })

  it('and whose client is killed leaves the container up, for others to attach to', async () => {
    const { client, close } = inTerminal('run', '-it', '--name', 'box', 'busybox', 'sh')
    await eventually(async () => (await output('logs', 'box')).includes('# '))
    process.kill(client(), 'SIGKILL')
    close()
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(await status()).toMatch(/^Up /)
    expect(await output('top', 'box')).toMatch(/pts\/0/)
  })
})

it('a terminal in the container that is typed on needs one here', async () => {
  const refused = { stdout: '', stderr: 'the input device is not a TTY\n', status: 1 }
  expect(await cowbox.feed('', 'run', '-it', '--name', 'box', 'busybox', 'sh')).toEqual(refused)
  expect(await output('ps', '-aq')).toBe('')
})

describe('a journal in a file', () => {
  const folder = mkdtempSync(join(cowbox.folder, 'journal-'))
  const path = join(folder, 'journal')
  const base = { format: 1, lastIno: 7, changes: 'none' } as const
  const written = (...texts: string[]) => {
    const file = new JournalFile(path)
    file.open(base)
    for (const text of texts) file.append(Buffer.from(text))
    file.close()
  }
  const read = (over: Parameters<JournalFile['read']>[0] = base) => new JournalFile(path).read(over).map(String)
  afterEach(() => rmSync(path, { force: true }))

  it('goes on after the last whole frame', () => {
    written('one', 'two', '')
    expect(read()).toEqual(['one', 'two', ''])
    appendFileSync(path, Buffer.from([0, 0, 0, 9, 1, 2, 3, 4, 5]))
    expect(read()).toEqual(['one', 'two', ''])
    written('three')
    expect(read()).toEqual(['one', 'two', '', 'three'])
    truncateSync(path, statSync(path).size - 1)
    expect(read()).toEqual(['one', 'two', ''])
  })

  it('is none over another base', () => {
    written('one')
    expect(read({ ...base, changes: '100-5' })).toEqual([])
    expect(read({ ...base, lastIno: 8 })).toEqual([])
  })

  it('is replaced as a whole', () => {
    written('one', 'two')
    const file = new JournalFile(path)
    file.open(base)
    file.replace(base, Buffer.from('all'))
    file.append(Buffer.from('more'))
    expect(read()).toEqual(['all', 'more'])
    file.remove()
    expect(read()).toEqual([])
  })
})
