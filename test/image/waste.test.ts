import { expect, test } from 'vitest'
import { countWaste } from '../../image/waste.ts'
import { encode } from '../../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../../lib/tar.ts'

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

test("dive's example: 131 bytes wasted of 182 that were added", () => {
  const waste = countWaste([
    layer({ 'bin/': 0, 'bin/busybox': 4_000_000 }),
    layer({ 'somefile.txt': 17 }),
    layer({ 'root/': 0, 'root/example/': 0, 'root/example/really/nested/': 0 }),
    layer({ 'root/': 0, 'root/example/': 0, 'root/example/somefile1.txt': 17 }),
    layer({ 'root/': 0, 'root/example/': 0, 'root/example/somefile1.txt': 17 }),
    layer({ 'root/': 0, 'root/example/': 0, 'root/example/somefile2.txt': 17 }),
    layer({ 'root/': 0, 'root/example/': 0, 'root/example/somefile3.txt': 17 }),
    layer({ 'root/': 0, 'root/example/': 0, 'root/example/.wh.somefile3.txt': 0, 'root/saved.txt': 17 }),
    layer({ 'root/': 0, 'root/.saved.txt': 17 }),
    layer({ 'root/': 0, 'root/saved.txt': 17 }),
    layer({ 'root/': 0 }),
    layer({ 'root/': 0, 'root/.wh.example': 0 }),
    layer({ 'root/': 0, 'root/saved.txt': 46 }),
  ])
  expect(waste.wastedBytes).toBe(131)
  expect(waste.userWastedPercent).toBe(131 / 182)
  const paths = waste.paths.filter(({ bytes }) => bytes > 0)
  expect(paths.map(({ path, bytes, layers }) => `${layers} ${bytes} ${path}`)).toEqual([
    '3 80 /root/saved.txt',
    '2 34 /root/example/somefile1.txt',
    '2 17 /root/example/somefile3.txt',
  ])
})
