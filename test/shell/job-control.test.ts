// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell scripts are full of them
// Job control of scripts: as busybox 1.35 does it on a terminal.

import { expect, test } from 'vitest'
import { script, shell } from './box.ts'

const line = (head: string, text = '') => `${head.padEnd(33)}${text}\n`

test('a script with set -m tells of its jobs between its commands', async () => {
  const stdin = 'set -m\n(exit 3) | (exit 4) & wait $!\necho $?\nsh -c "kill -STOP \\$\\$"; echo $?\nexit 5\n'
  const { stderr, stdout, status } = await shell([], { stdin })
  expect(stdout).toBe('4\n147\n')
  const stopped = line('[1]+  Stopped (signal)', 'sh -c "kill -STOP \\$\\$"')
  expect(stderr).toBe(line('[1]+  Done(4)', '(exit 3) | (exit 4)') + stopped)
  expect(status).toBe(5)
})

test.each([
  ['sleep 5 & sleep 6 & sleep 7 & jobs', line('[3]+  Running') + line('[2]-  Running') + line('[1]   Running')],
  ['set -m; sleep 5 & set +m; jobs; fg', `${line('[1]+  Running', 'sleep 5')}sleep 5\n`],
  ['set -m; sleep 5 | cat & jobs -p | wc -l', '1\n'],
  [
    'set -m; sleep 5 & jobs | cat; kill %1; wait %1; jobs; jobs',
    line('[1]+  Running', 'sleep 5') + line('[1]+  Terminated', 'sleep 5'),
  ],
  [
    'set -m; sleep 5 & sleep 6 & sleep 7 & kill -STOP %1; sleep 1; jobs %% %-',
    line('[1]+  Stopped (signal)', 'sleep 5') + line('[3]-  Running', 'sleep 7'),
  ],
  ['(exit 5) & sleep 1; (sleep 3; exit 6) & wait -n; echo $?; wait -n; echo $?; wait -n; echo $?', '5\n6\n127\n'],
  ['set -o pipefail; (exit 3) | : & wait $!; echo $?', '3\n'],
  ['set -m; (exit 3) & sleep 1; fg %1; echo $?', '(exit 3)\n3\n'],
  ['set -m; sh -c "kill -STOP 0; echo on"; bg; wait %1; echo $?', '[1] sh -c "kill -STOP 0; echo on"\non\n0\n'],
  ['(sh -c "echo \\$PPID"; exit) & wait; echo $((!$!))', /^\d+\n0\n$/],
])('%s', async (text, expected) => {
  const { stdout } = await script(text)
  if (typeof expected === 'string') expect(stdout).toBe(expected)
  else expect(stdout).toMatch(expected)
})

test.each([
  ['fg', 'fg: line 0: No current job'],
  ['sleep 5 & fg %-', 'fg: line 0: No previous job'],
  ['sleep 5 & fg', 'fg: line 0: job (null) not created under job control'],
  ['sleep 5 & bg %1', 'bg: line 0: job %1 not created under job control'],
  ['set -m; sleep 5 & sleep 6 & jobs %sl', 'jobs: line 0: %sl: ambiguous'],
  ['jobs %?x', 'jobs: line 0: %?x: no such job'],
  ['disown', 'disown: not found'],
])('%s: %s', async (text, message) => {
  const { stderr, status } = await script(text)
  expect(stderr).toBe(`sh: ${message}\n`)
  expect(status).not.toBe(0)
})

test('a subshell that is a whole process keeps its redirections for its errors and its exit trap', async () => {
  const ran = await script('(trap "echo bye" EXIT; ${x?oops}) >a 2>&1 | cat; (${y?late}) 2>b & wait; cat a b')
  expect(ran.stdout).toBe('sh: x: oops\nbye\nsh: y: late\n')
  expect(ran.stderr).toBe('')
})

test('jobs have groups of their own with set -m', async () => {
  const group = 'cut -d" " -f5 /proc/self/stat'
  const { stdout } = await script(`set -m; ${group}; ${group} | cat; ${group}`)
  expect(new Set(stdout.trim().split('\n')).size).toBe(3)
})

test('a process substitution is there until the function that was given it returns', async () => {
  const ran = await shell(['-c', 'f() { : a; : "$1"; cat "$1" "$2"; }; f <(echo one) <(echo two); ls /dev/fd | wc -l'])
  expect(ran.stdout.split('\n').slice(0, 2)).toEqual(['one', 'two'])
  const without = await shell(['-c', 'f() { :; }; f; ls /dev/fd | wc -l'])
  expect(ran.stdout.split('\n')[2]).toBe(without.stdout.trim())
})

test('a process substitution may have ended when its pipe is opened', async () => {
  expect((await script('cat <(echo a) <(echo b) <(echo c)')).stdout).toBe('a\nb\nc\n')
})

test('an error in a here-document is that of the command it is for', async () => {
  const { stdout, stderr } = await script('cat <<E\n${x?none}\nE\necho $?')
  expect(stdout).toBe('1\n')
  expect(stderr).toBe('sh: x: none\n')
})
