// The interactive shell as one types at it.

import { expect, test } from 'vitest'
import { openSession, plain } from './session.ts'

async function typed(...lines: string[]): Promise<string[]> {
  const session = await openSession()
  const shown: string[] = []
  for (const line of lines) shown.push(plain(await session.type(line)))
  return shown
}

test('a prompt, a command, its output', async () => {
  expect(await typed('echo hi\r')).toEqual(['/ # echo hi\nhi\n/ # '])
})

test('a command over several lines is asked for at PS2', async () => {
  expect((await typed('for i in 1 2\r', 'do echo $i; done\r')).slice(1)).toEqual(['do echo $i; done\n1\n2\n/ # '])
})

test('an error of expansion or syntax ends the command, not the shell', async () => {
  const shown = await typed('echo ${x?oops}\r', 'fi\r', 'echo on\r')
  expect(shown[0]).toContain('sh: x: oops\n')
  expect(shown[1]).toContain('sh: syntax error: unexpected "fi"\n')
  expect(shown[2]).toContain('on\n')
})

test.each([
  ['if true; then; fi', 'if true; then; fi\n             ^\n'],
  ['echo a | | b', 'echo a | | b\n         ^\n'],
  ['é漢 && && x', 'é漢 && && x\n       ^\n'],
  ['f( {', 'f( {\n   ^\n'],
])('a mark stands where the syntax of %s is wrong', async (line, place) => {
  expect((await typed(`${line}\r`))[0]).toContain(place)
})

test('^Z stops a job, jobs lists it, fg goes on with it, ^C ends it', async () => {
  const shown = await typed('cat\r', '\x1a', 'jobs\r', 'fg\r', 'abc\r', '\x03', 'echo $?\r')
  expect(shown[1]).toContain('[1]+  Stopped                    cat\n')
  expect(shown[2]).toContain('[1]+  Stopped                    cat\n')
  expect(shown[3]).toBe('fg\ncat\n')
  expect(shown[4]).toBe('abc\nabc\n')
  expect(shown[6]).toContain('130\n')
})

test('a background job is told of when it is over', async () => {
  const session = await openSession()
  expect(plain(await session.type('sleep 5 &\r'))).toBe('/ # sleep 5 &\n/ # ')
  await session.pass(6000)
  expect(plain(await session.type('\r'))).toContain('[1]+  Done                       sleep 5\n')
})

test('stopped jobs keep a shell from its end once, by exit and by ^D', async () => {
  const shown = await typed('cat\r', '\x1a', 'exit\r', 'exit\r')
  expect(shown[2]).toContain('You have stopped jobs.\n')
  expect(shown[3]).not.toContain('You have')
  const session = await openSession()
  for (const keys of ['cat\r', '\x1a', '\x04', ':\r', ':\r']) await session.type(keys)
  expect(plain(await session.type('\x04'))).toContain('You have stopped jobs.\n')
  await session.type('\x04')
  expect(session.isOver()).toBe(true)
})

test('a pipeline stops as a whole, and jobs -l shows its processes', async () => {
  const shown = await typed('cat | cat | sleep 50\r', '\x1a', 'echo $?\r', 'jobs -l\r')
  expect(shown[1]).toContain('[1]+  Stopped                    cat | cat | sleep 50\n')
  expect(shown[2]).toContain('\n148\n')
  expect(shown[3]).toContain(
    '[1]+  2 Stopped                  cat\n      3                          | cat\n      4                          | sleep 50\n',
  )
})

test('a stopped job is the current one before those that run; bg puts it behind them', async () => {
  const shown = await typed('sleep 50\r', '\x1a', 'sleep 60 &\r', 'jobs\r', 'bg\r', 'jobs\r')
  const line = (head: string, text: string) => `${head.padEnd(33)}${text}\n`
  expect(shown[3]).toContain(line('[1]+  Stopped', 'sleep 50') + line('[2]-  Running', 'sleep 60'))
  expect(shown[4]).toContain('[1] sleep 50\n')
})

test('a background reader is stopped, and with tostop a writer, and nobody else', async () => {
  const shown = await typed('sleep 50 &\r', 'cat &\r', 'stty tostop\r', 'echo hi &\r', 'jobs\r', 'fg\r')
  expect(shown[4]).toContain('[3]+  Stopped (tty output)       echo hi\n')
  expect(shown[4]).toContain('Stopped (tty input)        cat\n')
  expect(shown[4]).toContain('Running                    sleep 50\n')
  expect(shown[5]).toContain('echo hi\nhi\n')
})

test('^C ends a loop of builtins', async () => {
  const session = await openSession()
  const loop = session.type('while :; do :; done\r')
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
  await session.type('\x03')
  await loop
  expect(plain(await session.type('echo $?\r'))).toContain('130\n')
})

test.each(['while :; do echo yyyyyyyyyyyyyyyy; done', 'while :; do echo yyyyyyyyyyyyyyyy; (true); done'])(
  '^C ends %s on a terminal that is full, with status 130',
  async loop => {
    const session = await openSession()
    await session.type(`${loop}\r`)
    await session.type('\x03')
    const shown = plain(await session.type('echo $?\r'))
    expect(shown).toContain('130\n')
    expect(shown).not.toContain('write error')
  },
)

test('after ^C the prompt stands on a line of its own, once, whatever was interrupted', async () => {
  const session = await openSession()
  const interrupted = async (line: string) => {
    const running = session.type(`${line}\r`)
    for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
    const shown = await session.type('\x03')
    return plain(await running) + plain(shown)
  }
  for (const line of [
    'while :; do :; done',
    'f() { while :; do :; done; }; f',
    'read x',
    'sleep 9',
    'cat',
    '(while :; do :; done)',
    'sleep 9 | cat | cat',
    'for i in 1 2; do sleep 9; done',
  ]) {
    expect(await interrupted(line), line).toMatch(/(^|\n)\^C\n\/ # $/)
  }
  expect(plain(await session.type("trap 'echo T' INT; sleep 9\r")) + plain(await session.type('\x03'))).toMatch(
    /\^CT\n\/ # $/,
  )
})

test('^D ends the shell, and the history is kept in a file', async () => {
  const session = await openSession()
  await session.type('echo one\r')
  await session.type('\x04')
  expect(session.isOver()).toBe(true)
})

test('^Z stops vi, which gives the terminal back, and fg shows its text again', async () => {
  const session = await openSession({ files: { f: 'one\ntwo\n' } })
  expect(await session.type('vi /f\r')).toContain('one')
  const left = await session.type('ix\x1a')
  expect(left).toContain('\x1b[?1049l')
  expect(plain(left)).toContain('[1]+  Stopped                    vi /f\n')
  expect(plain(await session.type('echo $?\r'))).toContain('\n148\n')
  expect(await session.type('fg\r')).toMatch(/\x1b\[\?1049h.*xone/s)
  await session.type('y\x1b:wq\r')
  await session.pass(100)
  expect(plain(await session.type('cat /f\r'))).toContain('xyone\ntwo\n')
})

test('with set -b the end of a job is told while a line is typed', async () => {
  const session = await openSession()
  for (const keys of ['set -b\r', 'sleep 5 &\r', 'echo unfin']) await session.type(keys)
  expect(plain(await session.pass(6000))).toContain('[1]+  Done                       sleep 5\n')
  expect(plain(await session.type('ished\r'))).toContain('\nunfinished\n')
})

test('^Z leaves a substitution alone, and what reads it goes on', async () => {
  const session = await openSession()
  await session.type('x=$(sleep 5; echo text)\r')
  await session.type('\x1a')
  await session.pass(6000)
  expect(plain(await session.type('echo $x\r'))).toContain('\ntext\n')
})

test('a stopped job that is told to end does so when it goes on', async () => {
  const shown = await typed('sleep 50\r', '\x1a', 'kill %1; jobs\r', 'fg\r', 'echo $?\r')
  expect(shown[2]).toContain('[1]+  Stopped                    sleep 50\n')
  expect(shown[3]).toContain('Terminated\n')
  expect(shown[4]).toContain('\n143\n')
})

test('a trap of a signal that came at the prompt acts before the next line, and may end the shell', async () => {
  const session = await openSession()
  await session.type("trap 'echo trapped' USR1; trap exit USR2; (sleep 5; kill -USR1 $$; sleep 5; kill -USR2 $$) &\r")
  await session.pass(6000)
  expect(plain(await session.type('echo line\r'))).toContain('trapped\nline\n')
  await session.pass(6000)
  await session.type('echo never\r')
  expect(session.isOver()).toBe(true)
})
