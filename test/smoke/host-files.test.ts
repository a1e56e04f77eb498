// `cowbox test` with files of the host, with the built command: what it binds.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Command } from '../cli/command.ts'

let command: Command

beforeAll(() => {
  command = new Command()
})

afterAll(() => command.remove())

test('bindMounts: a directory that is not there is made, and what is written stays', async () => {
  writeFileSync(
    join(command.folder, 'bind.yaml'),
    `schemaVersion: 2.0.0
commandTests:
- {name: writes, command: sh, args: [-c, 'echo kept > /made/file']}
containerRunOptions: {bindMounts: ['not/there:/made']}
`,
  )
  const ran = await command.run('test', '--image', 'busybox', '--config', 'bind.yaml')
  expect(ran.status, ran.stdout + ran.stderr).toBe(0)
  expect(existsSync(join(command.folder, 'not/there'))).toBe(true)
  expect(readFileSync(join(command.folder, 'not/there/file'), 'utf8')).toBe('kept\n')
})
