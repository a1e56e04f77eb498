// fc (POSIX XCU fc) at an interactive shell.

import { expect, test } from 'vitest'
import { script } from '../box.ts'
import { openSession, plain } from '../session.ts'

async function last(...lines: string[]): Promise<string> {
  const session = await openSession()
  let shown = ''
  for (const line of lines) shown = plain(await session.type(`${line}\r`))
  return shown.slice(shown.indexOf('\n') + 1).replace(/\/ # $/, '')
}

test.each([
  ['fc -l', '1\techo a\n2\techo b\n'],
  ['fc -ln', '\techo a\n\techo b\n'],
  ['fc -lr', '2\techo b\n1\techo a\n'],
  ['fc -l 2 1', '2\techo b\n1\techo a\n'],
  ['fc -lr 2 1', '1\techo a\n2\techo b\n'],
  ['fc -l -1', '2\techo b\n'],
  ['fc -l -2 -2', '1\techo a\n'],
  ['fc -l 0 99', '2\techo b\n'],
  ["fc -l 'echo a'", '1\techo a\n2\techo b\n'],
  ['fc -s', 'echo b\nb\n'],
  ['fc -s 1', 'echo a\na\n'],
  ['fc -s b=c', 'echo c\nc\n'],
  ["fc -s echo='printf %s,' 'echo a'", 'printf %s, a\na,'],
  ['fc -e - 1', 'echo a\na\n'],
  ['fc -e true', 'echo b\nb\n'],
  ['fc -e true 1 2', 'echo a\necho b\na\nb\n'],
  ['fc -e false; echo $?', '1\n'],
  ["fc -e 'sed -i s/b/bb/'", 'echo bb\nbb\n'],
  ['FCEDIT=true fc -r 1 2', 'echo b\necho a\nb\na\n'],
  ['fc -s none; echo $?', 'sh: fc: none: not in the history\n1\n'],
  ['fc -x; echo $?', 'sh: fc: illegal option -x\n2\n'],
])('%s', async (line, expected) => {
  expect(await last('echo a', 'echo b', line)).toBe(expected)
})

test('what is run again takes the place of fc in the history', async () => {
  expect(await last('echo a', 'fc -s a=b', 'fc -l')).toBe('1\techo a\n2\techo b\n')
})

test('a line of several rows is listed with a tab before each', async () => {
  expect(await last('echo a', 'for i in 1', 'do echo b; done', 'fc -l -2')).toBe('2\tfor i in 1\n3\tdo echo b; done\n')
})

test('a script has no history', async () => {
  const { stderr, status } = await script('fc -l')
  expect(stderr).toBe('sh: fc: line 0: there is no history\n')
  expect(status).toBe(1)
})
