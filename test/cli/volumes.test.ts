// Volumes, in memory by the command line of one process and as folders of the host. Words are docker's.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { VolumeFolders } from '../../cli/node/volume-folders.ts'
import { cowboxProgram } from '../../cli/program.ts'
import { testEngine } from '../engine-box.ts'
import { run, testKernel } from '../kernel/box.ts'

function commandLine() {
  const engine = testEngine()
  const program = cowboxProgram({ engine, name: 'cowbox', version: '0' })
  const cowbox = (line: string, ...rest: string[]) => {
    const argv = ['cowbox', ...line.split(' '), ...rest]
    return run(testKernel(), proc => proc.execProgram(program, argv))
  }
  return { engine, cowbox }
}

describe('volume', () => {
  it('create, ls, inspect and rm', async () => {
    const { cowbox } = commandLine()
    expect((await cowbox('volume create --label a=b --label c data')).stdout).toBe('data\n')
    expect((await cowbox('volume create data')).stdout).toBe('data\n')
    const { stdout: anonymous } = await cowbox('volume create')
    expect(anonymous).toMatch(/^[0-9a-f]{64}\n$/)
    expect((await cowbox('volume rm', anonymous.trim())).stdout).toBe(anonymous)
    expect((await cowbox('volume ls')).stdout).toBe('DRIVER    VOLUME NAME\nlocal     data\n')
    const inspected = JSON.parse((await cowbox('volume inspect data')).stdout)
    expect(inspected).toMatchObject([{ Driver: 'local', Labels: { a: 'b', c: '' }, Name: 'data', Scope: 'local' }])
    expect((await cowbox('inspect --format {{.Name}} data')).stdout).toBe('data\n')
    expect((await cowbox('volume rm data nope')).stderr).toBe('Error response: get nope: no such volume\n')
    expect((await cowbox('volume rm -f nope')).status).toBe(0)
    expect(await cowbox('volume inspect data')).toMatchObject({ stdout: '[]\n', status: 1 })
  })

  it('refuses names that are none, and drivers and options that are not there', async () => {
    const { cowbox } = commandLine()
    expect((await cowbox('volume create a/b')).stderr).toContain('includes invalid characters for a local volume name')
    expect((await cowbox('volume create x')).stderr).toMatch(/^Error response: create x: volume name is too short, /)
    expect((await cowbox('volume create -d nfs data')).stderr).toContain(
      'create data: error looking up volume plugin nfs: plugin "nfs" not found',
    )
    expect((await cowbox('volume create -o size=1 data')).stderr).toContain('has no options: size=1')
    expect(await cowbox('run --rm -v a,b:/x busybox true')).toMatchObject({ status: 125 })
  })

  it('does not go while a container has it', async () => {
    const { engine, cowbox } = commandLine()
    await cowbox('create --name box -v data:/d busybox true')
    const id = (await engine.containers.find('box'))?.specification.id
    expect((await cowbox('volume rm data')).stderr).toBe(`Error response: remove data: volume is in use - [${id}]\n`)
    await cowbox('rm box')
    expect((await cowbox('volume rm data')).status).toBe(0)
  })

  it('prune takes anonymous ones that nobody uses, and others when told', async () => {
    const { cowbox } = commandLine()
    await cowbox('run --name box -v /anonymous -v used:/u busybox', 'sh', '-c', 'echo 12345 >/anonymous/f')
    await cowbox('volume create --label keep kept')
    await cowbox('volume create spare')
    expect((await cowbox('volume prune -f')).stdout).toBe('Total reclaimed space: 0B\n')
    await cowbox('rm box')
    expect((await cowbox('volume ls -q -f dangling=true')).stdout.split('\n')).toHaveLength(5)
    expect((await cowbox('volume prune')).stdout).toMatch(
      /^Deleted Volumes:\n[0-9a-f]{64}\n\nTotal reclaimed space: 6B\n$/,
    )
    expect((await cowbox('volume prune -a --filter label!=keep')).stdout).toBe(
      'Deleted Volumes:\nspare\nused\n\nTotal reclaimed space: 0B\n',
    )
    expect((await cowbox('volume ls -q')).stdout).toBe('kept\n')
    expect((await cowbox('volume ls -f size=1')).stderr).toBe("Error response: invalid filter 'size'\n")
  })
})

describe('a new volume', () => {
  const shell = (script: string) => ['sh', '-c', script] as const

  it('begins with what the image has there', async () => {
    const { cowbox } = commandLine()
    const files = 'mkdir -p /data/sub; cd /data; echo one >a; ln a b; ln -s a c; chmod 4750 a; mkfifo p; chmod 700 sub'
    await cowbox('run --name made busybox', ...shell(`${files}; chown 5:6 sub .`))
    await cowbox('commit made filled')
    const look = shell('cd /data; stat -c "%n %A %h %u:%g" . *; cat b; readlink c')
    const copied = await cowbox('run --rm -v data:/data filled', ...look)
    const original = await cowbox('run --rm filled', ...look)
    expect(copied.stdout).toBe(original.stdout)
    expect(copied.stdout).toContain('a -rwsr-x--- 2 0:0\n')
  })

  it('is not filled when it has something, when told so, or when the container is started again', async () => {
    const { cowbox } = commandLine()
    await cowbox('run --rm -v data:/etc busybox', ...shell('rm -r /etc/*; echo mine >/etc/mine'))
    expect((await cowbox('run --rm -v data:/etc busybox ls /etc')).stdout).toContain('mine\n')
    expect((await cowbox('run --rm -v data:/etc busybox ls /etc')).stdout).not.toContain('passwd')
    expect((await cowbox('run --rm -v other:/bin2:nocopy busybox ls /bin2')).stdout).toBe('')
    const nocopy = '--mount type=volume,source=third,target=/var,volume-nocopy'
    expect((await cowbox(`run --rm ${nocopy} busybox ls /var`)).stdout).toBe('')
    await cowbox('run --name again -v emptied:/var busybox', ...shell('ls /var; rm -r /var/*'))
    expect((await cowbox('start -a again')).stdout).toBe('')
  })
})

describe('folders of the host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cowbox-volumes-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('keep volumes with their labels', () => {
    const volumes = new VolumeFolders(join(folder, 'volumes'), () => 1000)
    expect(volumes.list()).toEqual([])
    volumes.create('data', { a: 'b' })
    volumes
      .open('data')
      .root.create('f', { kind: 'file', mode: 0o644, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 })
    const again = new VolumeFolders(join(folder, 'volumes'), () => 2000)
    const mountpoint = join(folder, 'volumes/data/_data')
    expect(again.list()).toEqual([{ name: 'data', created: 1000, labels: { a: 'b' }, mountpoint }])
    expect(again.create('data')).toEqual(again.find('data'))
    expect(readFileSync(join(mountpoint, 'f'), 'utf8')).toBe('')
    again.remove('data')
    expect(volumes.find('data')).toBeUndefined()
  })
})

describe('groups of commands', () => {
  it('list what they have, and know nothing else', async () => {
    const { cowbox } = commandLine()
    const help = await cowbox('volume')
    expect(help).toMatchObject({ status: 0 })
    expect(help.stdout).toMatch(
      /^Usage: {2}cowbox volume COMMAND\n\nManage volumes\n\nCommands:\n {2}create {3}Create a/,
    )
    expect((await cowbox('container --help')).stdout).toMatch(/\n {2}ls {7}List containers\n/)
    expect(await cowbox('volume foo')).toMatchObject({
      status: 1,
      stderr:
        "cowbox: unknown command: cowbox volume foo\n\nUsage:  cowbox volume COMMAND\n\nRun 'cowbox volume --help' for more information\n",
    })
    expect((await cowbox('container build .')).stderr).toContain('unknown command: cowbox container build')
    expect((await cowbox('help volume rm')).stdout).toContain('Usage:  cowbox volume rm [OPTIONS] VOLUME [VOLUME...]')
  })
})
