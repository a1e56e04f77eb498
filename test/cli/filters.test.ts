// `--filter` of images and ps, held against docker 20.10: the same questions were put to dockerd.

import { beforeAll, describe, expect, it } from 'vitest'
import { nodeHost } from '../../cli/node/host.ts'
import { cowboxProgram } from '../../cli/program.ts'
import { testEngine } from '../engine-box.ts'
import { run, testKernel } from '../kernel/box.ts'

const program = cowboxProgram({ engine: testEngine(nodeHost.clock), name: 'docker', version: '0' })

async function docker(...words: string[]) {
  return run(testKernel(), proc => proc.execProgram(program, ['docker', ...words]))
}

beforeAll(async () => {
  await docker('tag', 'busybox', 'my/app:1.0')
  await docker('tag', 'busybox', 'reg.io:5000/x/app:2')
  await docker('create', '--name', 'one', '--label', 'a=b', 'busybox', 'true')
  await docker('commit', '-c', 'LABEL a=b c=', '-c', 'EXPOSE 80 90/udp', 'one', 'kid:1')
  await docker('run', '--name', 'two', '-v', 'vol:/data', 'busybox', 'false')
  await docker('create', '--name', 'four', 'kid:1', 'true')
  await docker('run', '--name', 'five', 'my/app:1.0', 'true')
  await docker('commit', 'two')
})

async function names(...words: string[]): Promise<string[]> {
  const [command = ''] = words
  const format = command === 'ps' ? '{{.Names}}' : '{{.Repository}}:{{.Tag}}'
  const { stdout, stderr } = await docker(...words, '--format', format)
  return stderr === '' ? stdout.trim().split('\n').sort() : [stderr.trim()]
}

describe('images', () => {
  it.each([
    [['reference=busy*'], 'busybox:latest'],
    [['reference=*/app'], 'my/app:1.0'],
    [['reference=my/app:1*'], 'my/app:1.0'],
    [['reference=*app*'], ''],
    [['reference=*:latest', 'reference=kid'], 'busybox:latest kid:1'],
    [['dangling=true'], '<none>:<none>'],
    [['dangling=false'], 'busybox:latest kid:1 my/app:1.0 reg.io:5000/x/app:2'],
    [['label=a'], 'kid:1'],
    [['label=a=b', 'label=z'], ''],
    [['label=a=x'], ''],
    [['before=kid:1'], 'busybox:latest my/app:1.0 reg.io:5000/x/app:2'],
    [['since=busybox'], '<none>:<none> kid:1'],
    [['since=nosuch'], 'Error response: No such image: nosuch:latest'],
    [['dangling=x'], "Error response: invalid filter 'dangling=[x]'"],
    [['foo=1'], "Error response: invalid filter 'foo'"],
  ])('%j', async (filters, expected) => {
    const found = await names('images', ...filters.flatMap(filter => ['-f', filter]))
    expect(found.join(' ')).toBe(expected)
  })

  it('an operand is one reference more', async () => {
    expect(await names('images', 'busy*')).toEqual(['busybox:latest'])
    expect(await names('images', '-f', 'reference=busybox', 'kid:1')).toEqual(['busybox:latest', 'kid:1'])
  })
})

describe('ps -a', () => {
  it.each([
    [['status=created', 'status=running'], 'four one'],
    [['status=foo'], "Error response: invalid filter 'status=foo'"],
    [['name=^o', 'name=^f'], 'five four one'],
    [['name=/one'], 'one'],
    [['exited=0'], 'five'],
    [['exited=1', 'exited=0'], 'five two'],
    [['exited=x'], 'Error response: strconv.Atoi: parsing "x": invalid syntax'],
    [['ancestor=busybox'], 'five four one two'],
    [['ancestor=kid'], ''],
    [['ancestor=kid:1'], 'four'],
    [['ancestor=nosuch'], ''],
    [['before=four'], 'one two'],
    [['since=two'], 'five four'],
    [['before=five', 'since=one'], 'four two'],
    [['before=nosuch'], 'Error response: no such container nosuch'],
    [['volume=vol'], 'two'],
    [['volume=/data'], 'two'],
    [['expose=80'], 'four'],
    [['expose=85-95/udp'], 'four'],
    [['expose=90'], ''],
    [['publish=80'], ''],
    [['network=none'], 'five four one two'],
    [['health=none'], 'five four one two'],
    [['health=starting'], ''],
    [['is-task=true'], ''],
    [['label=a=b'], 'four one'],
    [['label=a=b', 'label=c'], 'four'],
    [['foo=bar'], "Error response: invalid filter 'foo'"],
  ])('%j', async (filters, expected) => {
    const found = await names('ps', '-a', ...filters.flatMap(filter => ['-f', filter]))
    expect(found.join(' ')).toBe(expected)
  })
})
