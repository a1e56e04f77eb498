// What would freeze a machine or a tab: each ends by ^C or by a limit that says so; meanwhile other terminals answer, and
// afterwards everything works.

import { describe, expect, test } from 'vitest'
import { useTab } from './tab.ts'

const tab = useTab()

/** The echo is far below 100 ms on a machine of one's own; shared machines have their moments. */
const FROZEN = 4000
const LONG = 240_000

const CANNOT_FORK = /can't fork: Resource temporarily unavailable/

/** Types a command into the first terminal, and while it runs something into the second. */
async function runsBeside(command: string, until?: RegExp): Promise<void> {
  await tab.openTerminal(2)
  await tab.select(1)
  await tab.type(`${command}\r`)
  if (until) await tab.shows(until, 0, LONG)
  await tab.select(2)
  const delay = await tab.echoDelay('heard', 1)
  console.log(`echo beside ${command}: ${delay.toFixed(1)} ms`)
  expect(delay).toBeLessThan(FROZEN)
  await tab.press('Control+u')
}

describe('^C ends', () => {
  test.each(['while :; do :; done', 'yes > /dev/null', 'sh -c "while :; do :; done"', 'cat /dev/zero > /dev/null'])(
    '%s',
    { timeout: LONG },
    async command => {
      await runsBeside(command)
      expect(await tab.run('echo $((6*7))', 1)).toBe('42')
      await tab.select(1)
      await tab.press('Control+c')
      await tab.shows(/\^C[\s\S]*[#$] $/)
      expect(await tab.run('echo "alive $?"')).toBe('alive 130')
    },
  )
})

describe('the limit of processes ends', () => {
  test('a fork bomb in a container, which the others do not feel', { timeout: LONG }, async () => {
    await runsBeside(`docker run -it --rm --name bomb busybox sh -c 'f() { f | f & }; f; sleep 1000'`, CANNOT_FORK)
    // It goes on, within the limit, as long as its init sleeps.
    await tab.run('docker rm -f bomb', 1, LONG)
    await tab.select(1)
    await tab.shows(/cowbox:\S+[#$] $/, 0, LONG)
    expect(await tab.run('docker ps -aq; echo alive')).toBe('alive')
  })

  test.each(['f() { f | f & }; f', 'f() { f & f & wait; }; f'])('%s', { timeout: LONG }, async bomb => {
    await runsBeside(bomb, CANNOT_FORK)
    // Closing its terminal ends it, and with it everything that was started there.
    await tab.page.getByTitle('Close terminal 1').click()
    await expect.poll(() => tab.run('ps | wc -l', 0), { timeout: LONG }).toMatch(/^ *\d$/)
    expect(await tab.run('echo alive')).toBe('alive')
  })
})

describe('the limit of the disk ends', () => {
  test('yes > /f, in the workbench', { timeout: LONG }, async () => {
    await runsBeside('yes > /f')
    await tab.select(1)
    await tab.shows(/yes: .*No space left on device\n[\s\S]*[#$] $/, 0, LONG)
    expect(await tab.run('echo "status $?"; ls -s /f | wc -l')).toBe('status 1\n1')
    expect(await tab.run('rm /f; echo fits > /f; cat /f')).toBe('fits')
  })

  test('yes > /f, in a container', { timeout: LONG }, async () => {
    expect(await tab.run('docker run --rm busybox sh -c "yes > /f"; echo "status $?"', 0, LONG)).toMatch(
      /^yes: .*No space left on device\nstatus 1$/,
    )
    expect(await tab.run('docker run --rm busybox echo alive')).toBe('alive')
  })
})

describe('the limit of memory ends', () => {
  const grow = 'a=x; while :; do a=$a$a; done'

  test('a variable that doubles, in a shell of its own', { timeout: LONG }, async () => {
    expect(await tab.run(`sh -c '${grow}'; echo "status $?"`, 0, LONG)).toBe('Killed\nstatus 137')
    expect(await tab.run('echo alive')).toBe('alive')
  })

  test('a variable that doubles, in a container, which inspect tells', { timeout: LONG }, async () => {
    const output = await tab.run(`docker run --name oom busybox sh -c '${grow}'; echo "status $?"`, 0, LONG)
    expect(output).toBe('status 137')
    expect(await tab.run('docker inspect -f "{{.State.OOMKilled}} {{.State.ExitCode}}" oom')).toBe('true 137')
  })

  test('a variable that doubles, in the shell of the terminal; Enter starts another', { timeout: LONG }, async () => {
    await tab.type(`${grow}\r`)
    await tab.shows(/ended with status 137; Enter starts a new one\] $/, 0, LONG)
    await tab.type('\r')
    await tab.shows(/\]\n[\s\S]*[#$] $/)
    expect(await tab.run('echo alive')).toBe('alive')
  })

  test('a line without an end', { timeout: LONG }, async () => {
    expect(await tab.run(`sh -c 'read x < /dev/zero'; echo "status $?"`, 0, LONG)).toMatch(/status 137$/)
    expect(await tab.run(`tr '\\0' a < /dev/zero | sort; echo "status $?"`, 0, LONG)).toMatch(/status 137$/)
    expect(await tab.run('echo alive')).toBe('alive')
  })
})
