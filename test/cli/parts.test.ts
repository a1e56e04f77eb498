// The command as it is divided: every part finds what it asks other parts for, and stand-ins are what they stand for.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { applets } from '../../applets/index.ts'
import { commands } from '../../cli/commands/index.ts'
import { TestBox } from '../engine-box.ts'
import { Command } from './command.ts'

const command = new Command()
const dist = join(command.folder, 'dist')
const parts = readdirSync(join(dist, 'parts'))

afterAll(() => command.remove())

function matches(path: string, pattern: RegExp): string[] {
  return [...readFileSync(join(dist, path), 'utf8').matchAll(pattern)].map(([, found = '']) => found)
}

test('each module that a part asks for is handed out by another', () => {
  const shared = ['cowbox-main.cjs', 'parts/programs.cjs', 'parts/commands.cjs', 'parts/shell.cjs']
  const handedOut = new Set(shared.flatMap(path => matches(path, /"([\w/.-]+\.ts)":\(\)=>/g)))
  const asked = parts.flatMap(name => matches(`parts/${name}`, /require\("(?:\.\.\/)+([\w/.-]+\.ts)"\)/g))
  expect(asked.length).toBeGreaterThan(parts.length)
  expect(asked.filter(path => !handedOut.has(path))).toEqual([])
})

test('what a part asks for is what another hands out, its default export too', async () => {
  expect(parts.flatMap(name => matches(`parts/${name}`, /require\("(?:\.\.\/)+([\w/.-]+\.ts)"\),1\)/g))).toEqual([])
  // adduser uses addgroup's default export, and bash those of ash's builtins.
  const added = await command.run(
    'run',
    '--rm',
    'busybox',
    'sh',
    '-c',
    'adduser -D me; addgroup g; adduser me g; id me',
  )
  expect(added).toMatchObject({ stdout: 'uid=1000(me) gid=1000(me) groups=1000(me),1001(g)\n', stderr: '', status: 0 })
  const counted = await command.run(
    'run',
    '--rm',
    'cowbox/bash',
    'bash',
    '-c',
    'for i in 1 2; do a+=($i); break; done; echo ${#a[@]}',
  )
  expect(counted).toEqual({ stdout: '1\n', stderr: '', status: 0 })
})

test('each late part is there', () => {
  const late = matches('cowbox-main.cjs', /require\("late:([\w/.-]+\.ts)"\)/g)
  const shared = new Set(matches('cowbox-main.cjs', /"([\w/.-]+\.ts)":(?:\(\)=>|")/g))
  const names = [...new Set(late)].filter(path => !shared.has(path))
  const files = names.map(path => `${path.replace(/(\/index)?\.ts$/, '').replaceAll('/', '-')}.cjs`)
  expect(files.filter(file => !parts.includes(file))).toEqual([])
  expect(new Set(late).size).toBe(applets.length + commands.length + ['sh', 'bash'].length)
})

test('nothing names the folder that it was built in', () => {
  for (const name of ['cowbox-main.cjs', ...parts.map(part => `parts/${part}`)]) {
    expect(readFileSync(join(dist, name), 'utf8').includes(process.cwd()), name).toBe(false)
  }
})

test('every command says of itself what its source says', async () => {
  // yes has no options: it would print them for ever.
  const script =
    'for name in $(busybox --list); do case $name in busybox|yes) ;; *) busybox $name --help; echo $?;; esac; done 2>&1'
  const { stdout, status } = await command.run('run', '--rm', 'busybox', 'sh', '-c', script)
  const box = await TestBox.open()
  expect({ stdout, status }).toEqual({ stdout: (await box.run(script)).stdout, status: 0 })
})

test.each(['run', 'ps', 'image prune', 'system df', 'wait'])('%s --help is that command’s', async name => {
  const { stdout, status } = await command.run(...name.split(' '), '--help')
  const about = commands.find(found => found.name === name)?.about
  expect({ stdout, status }).toMatchObject({ stdout: expect.stringContaining(`cowbox ${name}`), status: 0 })
  expect(stdout).toContain(about)
})

test('the overview names every command of the command line', async () => {
  const { stdout } = await command.run('--help')
  for (const { name } of commands) expect(stdout).toContain(`  ${name} `)
  expect(commands.filter(({ about }) => !stdout.includes(about))).toEqual([])
})
