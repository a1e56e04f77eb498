// `cowbox sh SCRIPT`: scripts of the host as they are, with the built command, for their files are the host's.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Command } from '../cli/command.ts'

let command: Command

const SCRIPT = `#!/bin/bash
set -e
version=$(git describe --tags)
echo "deploying $version to $1 as $STAGE"
kubectl apply -f - <<END
image: app:$version
END
sleep 600
echo "$version" > deployed
if [ "$1" = prod ]; then
  echo never in this test
fi
read answer && echo "answered $answer"
exit 4
`

beforeAll(() => {
  command = new Command()
  mkdirSync(join(command.folder, 'bin'))
  writeFileSync(join(command.folder, 'bin/deploy.sh'), SCRIPT)
  writeFileSync(join(command.folder, 'fake-git.sh'), 'echo v1.2.3\n')
  chmodSync(join(command.folder, 'bin/deploy.sh'), 0o644)
})

afterAll(() => command.remove())

test('stubs, stdin, virtual time, calls, coverage, report; its files are those of the host', async () => {
  const options =
    '--virtual --stub git=fake-git.sh --stub kubectl -e STAGE=blue --calls calls --coverage lcov --report report'
  const ran = await command.feed('yes\n', 'sh', ...options.split(' '), 'bin/deploy.sh', 'test')
  expect(ran).toEqual({
    stdout: 'deploying v1.2.3 to test as blue\nanswered yes\n',
    stderr: '',
    status: 4,
  })
  const read = (name: string) => readFileSync(join(command.folder, name), 'utf8')
  expect(read('deployed')).toBe('v1.2.3\n')
  const calls = read('calls').trim().split('\n')
  expect(calls.map(line => JSON.parse(line).argv.join(' '))).toEqual(['git describe --tags', 'kubectl apply -f -'])
  expect(read('lcov')).toMatch(/^TN:\nSF:\/.*\/bin\/deploy.sh\n/)
  expect(read('lcov')).toMatch(/DA:10,1\nDA:11,0\nDA:13,1\n[^S]*$/)
  expect(read('report')).toMatch(/kubectl apply -f -: \d+ ms to \d+ ms: exit 0/)
})

test('--read-only keeps the files as they are; real time and a pipe', async () => {
  writeFileSync(join(command.folder, 'touch.sh'), 'cat; touch here || echo refused\n')
  const ran = await command.feed('piped\n', 'sh', '--read-only', 'touch.sh')
  expect(ran.stdout).toBe('piped\nrefused\n')
  expect(existsSync(join(command.folder, 'here'))).toBe(false)
})

test('what cannot be is refused', async () => {
  const missing = await command.run('sh', 'nope.sh')
  expect(missing.stderr).toContain('nope.sh: no such file or directory')
  expect(missing.status).toBe(1)
  writeFileSync(join(command.folder, 'stuck.sh'), 'mkfifo /f; cat /f\n')
  const stuck = await command.feed('', 'sh', '--virtual', 'stuck.sh')
  expect(stuck.stderr).toContain('nothing will ever wake')
  expect(stuck.status).toBe(1)
})
