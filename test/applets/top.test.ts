import { expect, it } from 'vitest'
import top from '../../applets/top/index.ts'
import { TestBox } from '../engine-box.ts'
import { openSession, plain } from '../shell/session.ts'

it('draws a screen of processes again and again until q, and gives the terminal back', async () => {
  const session = await openSession()
  await session.type('sleep 500 &\r')
  const first = await session.type('top\r')
  expect(first).toContain('\x1b[H\x1b[JMem: ')
  expect(first).toContain('\x1b[7m  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\x1b[m\r\n')
  expect(await session.pass(5000)).toContain('\x1b[H\x1b[JMem: ')
  const byPid = plain(await session.type('N'))
  expect([...byPid.matchAll(/^ +(\d+) /gm)].map(([, pid]) => Number(pid))).toEqual([3, 2, 1])
  const reversed = plain(await session.type('R'))
  expect([...reversed.matchAll(/^ +(\d+) /gm)].map(([, pid]) => Number(pid))).toEqual([1, 2, 3])
  expect(plain(await session.type('q'))).toContain('/ # ')
  expect(plain(await session.type('echo on\r'))).toContain('on\n')
})

it('cuts lines and rows to the window', async () => {
  const { playKeys } = await import('./screen.ts')
  const shown = await playKeys(top, ['top', '-d', '1'], {}, ['q'], { rows: 6, columns: 30 })
  expect(shown.rows.every(row => row.length < 30)).toBe(true)
  expect(shown.rows[3]).toBe('  PID  PPID USER     STAT   V')
  expect(shown.isCanonical).toBe(true)
})

it('without a terminal it ends after -n', async () => {
  const box = await TestBox.open()
  const { stdout, status } = await box.run('top -n 2 -d 1')
  expect(stdout.split('\x1b[H\x1b[J')).toHaveLength(3)
  expect(status).toBe(0)
})
