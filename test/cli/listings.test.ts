// What the commands that list containers show, in one process. Columns and words are docker's.

import { describe, expect, it } from 'vitest'
import { processTable } from '../../cli/process-columns.ts'
import { cowboxProgram } from '../../cli/program.ts'
import type { ProcessRow } from '../../engine/handle.ts'
import { testEngine } from '../engine-box.ts'
import { run, testKernel } from '../kernel/box.ts'

function commandLine() {
  const engine = testEngine()
  const program = cowboxProgram({ engine, name: 'cowbox', version: '0' })
  const cowbox = (...words: string[]) => {
    const argv = ['cowbox', ...words]
    return run(testKernel(), proc => proc.execProgram(program, argv))
  }
  return { engine, cowbox }
}

describe('sizes', () => {
  it('of what was changed, and with the image', async () => {
    const { engine, cowbox } = commandLine()
    const script =
      'head -c 100000 /dev/zero > /big; ln /big /again; mkdir /d; echo hello > /etc/motd; rm /etc/group; sleep 9'
    await cowbox('run', '-d', '--name', 'box', 'busybox', 'sh', '-c', script)
    await new Promise(resolve => setTimeout(resolve, 50))
    const image = await engine.requireImage('busybox')
    const all = image.layers.reduce((sum, { size }) => sum + size, 100_006)
    const inspected = await cowbox('inspect', '-s', '-f', '{{.SizeRw}} {{.SizeRootFs}}', 'box')
    expect(inspected.stdout).toBe(`100006 ${all}\n`)
    expect((await cowbox('inspect', 'box')).stdout).not.toContain('SizeRw')
    const { stdout } = await cowbox('ps', '-s')
    expect(stdout).toMatch(/ NAMES {5}SIZE\n.* box {7}100kB \(virtual [\d.]+[kM]B\)\n$/)
    expect((await cowbox('ps', '--format', '{{.Size}}')).stdout).toMatch(/^100kB \(virtual /)
    expect((await cowbox('ps', '--format', 'json')).stdout).toContain('"Size":"0B"')
    const warned = await cowbox('inspect', '-s', 'busybox')
    expect(warned.stderr).toBe('WARNING: --size ignored for image\n')
    expect(warned.status).toBe(0)
  })
})

describe('anonymous volumes', () => {
  it('are each one of its own, and go with rm -v and --rm', async () => {
    const { engine, cowbox } = commandLine()
    const mounts = async (name: string) => (await engine.containers.find(name))?.specification.mounts ?? []
    await cowbox(
      'run',
      '--name',
      'one',
      '-v',
      '/data',
      '-v',
      'named:/n',
      'busybox',
      'sh',
      '-c',
      'echo x > /data/f; echo y > /n/f',
    )
    const [anonymous] = await mounts('one')
    expect(anonymous?.source).toMatch(/^[0-9a-f]{64}$/)
    const read = (source = '') => cowbox('run', '--rm', '-v', `${source}:/v`, 'busybox', 'cat', '/v/f')
    expect((await read(anonymous?.source)).stdout).toBe('x\n')
    await cowbox('rm', '-v', 'one')
    expect((await read(anonymous?.source)).status).toBe(1)
    expect((await read('named')).stdout).toBe('y\n')
  })

  it('stay with rm alone, and while another container has them', async () => {
    const { engine, cowbox } = commandLine()
    await cowbox('run', '--name', 'one', '-v', '/data', 'busybox', 'sh', '-c', 'echo x > /data/f')
    const source = (await engine.containers.find('one'))?.specification.mounts[0]?.source ?? ''
    await cowbox('create', '--name', 'two', '-v', `${source}:/v`, 'busybox', 'cat', '/v/f')
    await cowbox('rm', '-v', 'one')
    expect((await cowbox('start', '-a', 'two')).stdout).toBe('x\n')
  })
})

describe('top', () => {
  const row: ProcessRow = {
    ...{ pid: 1, ppid: 0, pgid: 1, sid: 1, user: 'root', uid: 0, gid: 0, state: 'S', memory: 2048 * 1024 },
    ...{ startedAt: Date.UTC(2026, 0, 2, 3, 4, 5), cpu: 61_000, terminal: 'pts/0', isForeground: true },
    ...{ comm: 'sleep', command: 'sleep 9' },
  }
  const around = { now: Date.UTC(2026, 0, 2, 4, 4, 5), memory: 1024 * 1024 * 1024 }
  const shown = (...options: string[]) => {
    const { headings, row: cells } = processTable(options)
    return [headings.join(' '), cells(row, around).join(' ')]
  }

  it.each([
    [[], 'UID PID PPID C STIME TTY TIME CMD', 'root 1 0 1 03:04 pts/0 00:01:01 sleep 9'],
    [['-ef'], 'UID PID PPID C STIME TTY TIME CMD', 'root 1 0 1 03:04 pts/0 00:01:01 sleep 9'],
    [
      ['aux'],
      'USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND',
      'root 1 1.7 0.2 2048 2048 pts/0 Ss+ 03:04 1:01 sleep 9',
    ],
    [['x'], 'PID TTY STAT TIME COMMAND', '1 pts/0 Ss+ 1:01 sleep 9'],
    [['-o', 'pid,tty,args'], 'PID TT COMMAND', '1 pts/0 sleep 9'],
    [['-eo', 'pid=P,user,etime,comm'], 'P USER ELAPSED COMMAND', '1 root 01:00:00 sleep'],
    [['-opid'], 'PID', '1'],
  ])('%j', (options, heading, cells) => {
    if (heading.startsWith('P ')) expect(() => processTable(options)).toThrow("Couldn't find PID field in ps output")
    else expect(shown(...options)).toEqual([heading, cells])
  })

  it('refuses what it does not know', () => {
    expect(() => processTable(['-o', 'pid,bogus'])).toThrow('ps: error: unknown user-defined format specifier "bogus"')
    expect(() => processTable(['-o', 'args'])).toThrow("Couldn't find PID field in ps output")
    expect(() => processTable(['--forest'])).toThrow('ps: error: unsupported option --forest')
  })

  it('has wide columns', async () => {
    const { cowbox } = commandLine()
    await cowbox('run', '-d', '--name', 'box', 'busybox', 'sleep', '9')
    expect((await cowbox('top', 'box')).stdout).toMatch(
      /^UID {17}PID {17}PPID {16}C {19}STIME {15}TTY {17}TIME {16}CMD\n/,
    )
    expect((await cowbox('top', 'box', '-o', 'pid,args')).stdout).toBe(
      'PID                 COMMAND\n1                   sleep 9\n',
    )
    expect(await cowbox('top', 'box', '-o', 'x')).toMatchObject({
      stderr: 'Error response: ps: error: unknown user-defined format specifier "x"\n',
      status: 1,
    })
  })
})

describe('layers --against', () => {
  it('tells files and configuration that differ, also as JSON', async () => {
    const { cowbox } = commandLine()
    const script =
      'echo longer >>/etc/passwd; chmod 600 /etc/group; rm -r /var/spool; mkdir /d; echo x >/d/f; ln -s /d /etc/link; chown 5:6 /home'
    await cowbox('run', '--name', 'box', 'busybox', 'sh', '-c', script)
    await cowbox('commit', '-c', 'ENV A=b', '-c', 'WORKDIR /d', 'box', 'other')
    const { stdout, status } = await cowbox('layers', 'busybox', '--against', 'other')
    expect(status).toBe(0)
    const lines = stdout.split('\n').map(line => line.replace(/ +/g, ' '))
    expect(lines).toContain('A /d')
    expect(lines).toContain('A 2B /d/f')
    expect(lines).toContain('C /home (owner 65534:65534 -> 5:6)')
    expect(lines.find(line => line.includes('/etc/group'))).toMatch(/^C \d+B \/etc\/group \(mode 0644 -> 0600\)$/)
    expect(lines.find(line => line.includes('/etc/passwd'))).toMatch(/\/etc\/passwd \(contents, \+7 bytes\)$/)
    expect(lines.find(line => line.startsWith('D'))).toBe('D /var/spool')
    expect(lines).toContain('WorkingDir: none -> "/d"')
    const json = JSON.parse((await cowbox('layers', 'busybox', '--against', 'other', '--json')).stdout)
    expect(json.files.find(({ path }: { path: string }) => path === '/etc/link')).toEqual({
      kind: 'added',
      path: '/etc/link',
      size: {},
      differs: {},
    })
    expect(json.config.map(({ field }: { field: string }) => field)).toEqual(['Env', 'WorkingDir'])
    expect((await cowbox('layers', 'busybox', '--against', 'other', '--ci')).status).toBe(1)
    const same = await cowbox('layers', 'other', '--against', 'other', '--ci')
    expect([same.stdout, same.status]).toEqual(['No difference in files or configuration\n', 0])
  })
})
