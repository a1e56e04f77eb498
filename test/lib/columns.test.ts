import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { layOut } from '../../lib/columns.ts'
import { textWidth } from '../../lib/width.ts'

const names = ['alpha', 'b', 'c', 'delta', 'epsilon', 'f', 'g', 'hh', 'iiiii', 'jjjjjjjjjjj']
const hasBusybox = spawnSync('busybox', ['true']).status === 0

test.skipIf(!hasBusybox)('columns as busybox ls lays them out (skipped where there is no busybox)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'columns-'))
  try {
    for (const name of names) writeFileSync(join(folder, name), '')
    for (const width of [10, 25, 26, 38, 39, 52, 80]) {
      for (const isAcross of [false, true]) {
        const ls = spawnSync('busybox', ['ls', isAcross ? '-x' : '-C', '-w', String(width), folder], {
          encoding: 'utf8',
        })
        const ours = layOut(names, { width, isAcross }).map(line => `${line}\n`)
        expect([width, ours.join('')]).toEqual([width, ls.stdout])
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('no names, very many names', () => {
  expect(layOut([], { width: 80 })).toEqual([])
  expect(
    layOut(
      Array.from({ length: 300_000 }, () => 'x'),
      { width: 3 },
    ),
  ).toHaveLength(300_000)
})

test.each([
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['한', 2],
  ['ｱ', 1],
  ['Ａ', 2],
  ['👍', 2],
  ['\u200b', 0],
  ['\udc80', 1],
  ['𝒳', 1],
])('%j takes %d columns', (text, width) => {
  expect(textWidth(text)).toBe(width)
})
