// bash as one types at it: its prompt, its history, and completion that the user has programmed.

import { describe, expect, test } from 'vitest'
import { openSession, plain } from './session.ts'

async function typed(...lines: string[]): Promise<string[]> {
  const session = await openSession({ program: 'bash' })
  const shown: string[] = []
  for (const line of lines) shown.push(plain(await session.type(line)))
  return shown
}

test('the prompt, its escapes, PROMPT_COMMAND and PS0', async () => {
  const shown = await typed(
    'cd /bin\r',
    "PS1='\\W|\\j|\\#|$(echo x)\\$ '\r",
    'sleep 9 &\r',
    "PROMPT_COMMAND='echo before $?'\r",
    'false\r',
    "PS0='now\\n'; PROMPT_COMMAND=\r",
    'echo ran\r',
  )
  expect(shown[0]).toBe('bash-5.2# cd /bin\nbash-5.2# ')
  expect(shown[1]).toContain('bin|0|3|x# ')
  expect(shown[2]).toMatch(/\[1\] \d+\nbin\|1\|4\|x# $/)
  expect(shown[4]).toBe('false\nbefore 1\nbin|1|6|x# ')
  expect(shown[6]).toBe('echo ran\nnow\nran\nbin|1|8|x# ')
})

describe('history expansion', () => {
  test.each([
    ['echo !!', 'echo echo one two/three.txt', 'echo one two/three.txt'],
    ['echo !$', 'echo two/three.txt', 'two/three.txt'],
    ['echo !:1', 'echo one', 'one'],
    ['echo !$:t:r', 'echo three', 'three'],
    ['^one^1^', 'echo 1 two/three.txt', '1 two/three.txt'],
    ['!ec:s/one/1/', 'echo 1 two/three.txt', '1 two/three.txt'],
    ['echo "!?three?:0-1"', 'echo "echo one"', 'echo one'],
  ])('%s', async (line, shown, printed) => {
    const [, answer] = await typed('echo one two/three.txt\r', `${line}\r`)
    expect(answer).toBe(`${line}\n${shown}\n${printed}\nbash-5.2# `)
  })

  test('what is none, and what is only shown', async () => {
    const shown = await typed('echo a\r', '!nosuch\r', '!e:p\r', "echo '!!' \\!! x!\r", 'set +H; echo b\r', 'echo !!\r')
    expect(shown[1]).toBe('!nosuch\nbash: !nosuch: event not found\nbash-5.2# ')
    expect(shown[2]).toBe('!e:p\necho a\nbash-5.2# ')
    expect(shown[3]).toContain('\n!! !! x!\n')
    expect(shown[5]).toContain('\n!!\n')
  })
})

test('what the history keeps', async () => {
  const shown = await typed(
    'HISTCONTROL=ignoreboth HISTIGNORE="ls:echo x*"\r',
    ' echo hidden\r',
    'echo a\r',
    'echo a\r',
    'echo x1\r',
    'for i in 1\r',
    'do echo $i\r',
    'done\r',
    'history\r',
    'history -d 2; history | tail -n 1\r',
  )
  expect(shown[8]).toContain(
    '    1  HISTCONTROL=ignoreboth HISTIGNORE="ls:echo x*"\n    2  echo a\n    3  for i in 1; do echo $i; done\n    4  history\n',
  )
  expect(shown[9]).toContain('    4  history -d 2; history | tail -n 1\n')
})

test('Tab asks what complete has said', async () => {
  const shown = await typed(
    'complete -W "start stop status" svc\r',
    'svc sto\t',
    '\x15f() { COMPREPLY=($(compgen -W "${COMP_WORDS[1]}1 $COMP_CWORD-$3" -- "$2")); }; complete -o nospace -F f g\r',
    'g top t\t',
    '\x15g top \t\t',
  )
  expect(shown[1]).toBe('svc stop ')
  expect(shown[3]).toBe('g top top1')
  expect(shown[4]).toContain('2-top  top1')
})

test('jobs in the words of bash, and disown', async () => {
  const shown = await typed('cat\r', '\x1a', 'sleep 50 &\r', 'jobs\r', 'disown %2; jobs\r', 'bg\r')
  expect(shown[1]).toContain('[1]+  Stopped                 cat\n')
  expect(shown[3]).toContain('[1]+  Stopped                 cat\n[2]-  Running                 sleep 50 &\n')
  expect(shown[4]).not.toContain('sleep 50 &')
  expect(shown[5]).toContain('[1]+ cat &\n')
})
