// What bash 5.2 prints for scripts that use what only it has: recorded, and asked again where it is installed.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shell } from './box.ts'

interface Recorded {
  readonly script: string
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

// The recording is of this shape: the last test makes it.
const recorded = JSON.parse(
  readFileSync(new URL('../golden/shell/bash.json', import.meta.url), 'utf8'),
) as readonly Recorded[]

describe('bash prints what bash prints', () => {
  test.each(recorded.map(each => [each.script, each] as const))('%s', async (script, { stdout, stderr, status }) => {
    const ran = await shell([], { program: 'bash', stdin: script })
    expect({ stdout: ran.stdout, stderr: ran.stderr, status: ran.status }).toEqual({ stdout, stderr, status })
  })
})

// Neither is in the recording: what another machine's commands and locale make of it differs.
describe('builtins for the prompt', () => {
  test.each([
    ['compgen -W "apple apricot banana" -- ap; compgen -A function; echo $?', 'apple\napricot\n1\n'],
    ['f() { :; }; compgen -A function; compgen -b ech; compgen -k -- wh', 'f\necho\nwhile\n'],
    ["mkdir q; cd q; mkdir d; : >da; compgen -d; compgen -P '<' -S '>' -W 'x y'", 'd\n<x>\n<y>\n'],
    ["FOO1=1; compgen -v FOO; IFS=:; compgen -W 'a b:c'", 'FOO1\na b\nc\n'],
    [
      'logout; echo $?; suspend; echo $?; complete -F f x; complete -p; compgen -A nosuch; echo $?',
      '1\n1\ncomplete -F f x\n2\n',
    ],
    ["f() { COMPREPLY=(aa ab b-$2); }; compgen -F f -P '<' a; compgen -C 'echo xy #' x", '<aa\n<ab\n<b-a\nxy\n'],
    [
      'x=\'\\w|\\$|\\s|\\v|\\j|\\q\'; cd /; echo "${x@P}"; history -s one; history -s two; history; history -d 1; history',
      '/|#|bash|5.2|0|\\q\n    1  one\n    2  two\n    1  two\n',
    ],
  ])('%s', async (script, stdout) => {
    expect((await shell([], { program: 'bash', stdin: script })).stdout).toBe(stdout)
  })
})

const version = spawnSync('bash', ['-c', 'echo $BASH_VERSION'], { encoding: 'utf8' }).stdout ?? ''

const isRecorded = version.startsWith('5.2.')
const why = isRecorded ? '' : ` (skipped: bash here is ${version.trim() || 'not installed'}, and 5.2 was recorded)`

test.skipIf(!isRecorded)(`bash says so still${why}`, () => {
  for (const { script, stdout, stderr, status } of recorded) {
    const cwd = mkdtempSync(join(tmpdir(), 'bash-'))
    const env = { PATH: '/usr/bin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' }
    const ran = spawnSync('bash', [], { input: script, cwd, env, encoding: 'utf8' })
    rmSync(cwd, { recursive: true })
    expect([script, ran.stdout, ran.stderr, ran.status]).toEqual([script, stdout, stderr, status])
  }
})
