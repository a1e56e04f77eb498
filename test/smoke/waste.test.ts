import { expect, test } from 'vitest'
import { encode } from '../../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../../lib/tar.ts'
import { countWaste } from '../../smoke/waste.ts'

/** A layer; contents by their length; what ends in `/` is a directory. */
function layer(files: Readonly<Record<string, number>>): Uint8Array {
  return writeTar(
    Object.entries(files).map(([path, size]): NewTarEntry => {
      if (path.endsWith('/')) return { path: path.slice(0, -1), kind: 'directory', mode: 0o755 }
      return { path, kind: 'file', mode: 0o644, contents: encode('x'.repeat(size)) }
    }),
  )
}

test('one layer wastes nothing', () => {
  const waste = countWaste([layer({ 'a/': 0, 'a/b': 100, c: 50 })])
  expect(waste).toMatchObject({ efficiency: 1, wastedBytes: 0, totalBytes: 150, paths: [] })
  expect(countWaste([])).toMatchObject({ efficiency: 1, wastedBytes: 0 })
})

test('a file written again counts with all of its sizes', () => {
  const waste = countWaste([
    layer({ 'etc/': 0, 'etc/a': 100, b: 300 }),
    layer({ 'etc/': 0, 'etc/a': 40 }),
    layer({ 'etc/a': 60 }),
  ])
  // smallest: 40 + 300; all: 200 + 300
  expect(waste).toMatchObject({ efficiency: 340 / 500, wastedBytes: 200, userWastedPercent: 2, totalBytes: 500 })
  expect(waste.paths).toEqual([{ path: '/etc/a', bytes: 200, layers: 3 }])
})

test('a removed file counts with what it was, its whiteout with nothing', () => {
  const waste = countWaste([layer({ a: 100, keep: 100 }), layer({ '.wh.a': 0 })])
  // smallest: 0 + 100; all: 100 + 100
  expect(waste).toMatchObject({ efficiency: 0.5, wastedBytes: 100 })
})

test('a removed directory counts with all that was under it', () => {
  const waste = countWaste([
    layer({ 'd/': 0, 'd/a': 100, 'd/e/b': 50 }),
    layer({ 'd/c': 7 }),
    layer({ '.wh.d': 0 }),
    layer({ 'd/': 0 }),
  ])
  // The path /d: 157 by its whiteout, then an empty directory of 0; its files once each.
  expect(waste.paths).toEqual([{ path: '/d', bytes: 157, layers: 2 }])
  expect(waste.efficiency).toBe(157 / 314)
  expect(waste.wastedBytes).toBe(157)
})
