// A journal replayed over the same layers gives the same tree: random changes, saved at random moments.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SysError } from '../../kernel/errno.ts'
import { CowFileSystem, CowInode } from '../../kernel/vfs/cow.ts'
import type { Inode } from '../../kernel/vfs/inode.ts'
import { Journal, replay } from '../../kernel/vfs/journal.ts'
import { Space } from '../../kernel/vfs/space.ts'

const KIND = { mode: 0o644, uid: 1, gid: 2 }
const PAGE = 65536

let now = 0n
const tick = () => ++now * 1_000_000n

/** Two layers: a file that is a view into an archive, one with pages of its own, a hard link, a directory. */
function image(): CowFileSystem {
  now = 0n
  const fs = new CowFileSystem({ now: tick })
  const big = fs.root.create('big', { ...KIND, kind: 'file' })
  big.setContents(Uint8Array.from({ length: 3 * PAGE + 100 }, (_, i) => i))
  fs.root.link('hard', big)
  fs.root.create('a', { ...KIND, kind: 'directory' }).create('b', { ...KIND, kind: 'file' })
  fs.freeze()
  big.writeAt(2 * PAGE, new Uint8Array(1000).fill(7), 0)
  big.writeAt(4 * PAGE, new Uint8Array(10).fill(8), 0)
  fs.freeze()
  return fs
}

const fork = () => image().fork({ now: tick, space: new Space(1 << 30) })

function files(fs: CowFileSystem): Map<string, CowInode> {
  const found = new Map<string, CowInode>()
  const add = (inode: Inode, path: string) => {
    for (const [name, child] of inode.entries()) {
      if (child instanceof CowInode) found.set(`${path}/${name}`, child)
      if (child.kind === 'directory') add(child, `${path}/${name}`)
    }
  }
  found.set('', fs.root)
  add(fs.root, '')
  return found
}

function describe(fs: CowFileSystem): unknown {
  return [...files(fs)].map(([path, inode]) => {
    const { atime: _, dev: _dev, blocks: _blocks, ...stat } = inode.stat()
    return [path, stat, inode.kind === 'file' ? Buffer.from(inode.readAll()).toString('base64') : '', inode.attributes]
  })
}

type Step = readonly [what: number, which: number, other: number, at: number, size: number]

function change(fs: CowFileSystem, [what, which, other, at, size]: Step): void {
  const all = [...files(fs)]
  const pick = (index: number) => all[index % all.length] ?? ['', fs.root]
  const [path, inode] = pick(which)
  const [otherPath, second] = pick(other)
  const directory = inode.kind === 'directory' ? inode : fs.root
  const parent = files(fs).get(path.slice(0, path.lastIndexOf('/'))) ?? fs.root
  const name = path.slice(path.lastIndexOf('/') + 1)
  const acts = [
    () => directory.create(`f${other}`, { ...KIND, kind: 'file' }),
    () => directory.create(`d${other}`, { ...KIND, kind: 'directory' }),
    () => directory.create(`l${other}`, { ...KIND, kind: 'symlink', target: `t\udc80${otherPath}` }),
    () => inode.writeAt(at, new Uint8Array(size).fill(other), 0),
    () => inode.writeAt(inode.size, new Uint8Array(size).fill(other), 0),
    () => inode.truncate(at),
    () => inode.kind === 'file' && inode.setContents(new Uint8Array(size).fill(other)),
    () => directory.link(`h${other}`, second),
    () => parent.unlink(name),
    () => parent.removeDirectory(name),
    () => parent.rename(name, second, `r${other}`),
    () => inode.setAttributes({ mode: size & 0o777, uid: other }),
    () => inode.setExtendedAttributes(new Map([['user.x', new Uint8Array([size & 255])]])),
  ]
  try {
    acts[what % acts.length]?.()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

const step = fc.tuple(fc.nat(12), fc.nat(40), fc.nat(40), fc.nat(5 * PAGE), fc.nat(2 * PAGE))

it('gives the same tree, whatever was changed and whenever it was saved', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(4)), { maxLength: 40 }), steps => {
      const fs = fork()
      const journal = new Journal(fs, () => {})
      let frames: Uint8Array[] = []
      for (const [step, then] of steps) {
        change(fs, step)
        if (then === 1) frames.push(...[journal.take() ?? []].flat())
        if (then === 2) frames = [journal.whole()]
      }
      frames.push(...[journal.take() ?? []].flat())
      const other = fork()
      for (const frame of frames) replay(other, frame)
      expect(describe(other)).toEqual(describe(fs))
      expect(other.lastIno).toBeLessThanOrEqual(fs.lastIno)
    }),
    { numRuns: 60 },
  )
})

it('says once that there is something to save, and saves only what changed', () => {
  const fs = fork()
  let told = 0
  const journal = new Journal(fs, () => told++)
  expect(journal.take()).toBe(undefined)
  const file = fs.root.create('log', { ...KIND, kind: 'file' })
  file.writeAt(0, new Uint8Array(20 * PAGE), 0)
  expect(told).toBe(1)
  expect(journal.take()?.length).toBeGreaterThan(20 * PAGE)
  file.writeAt(20 * PAGE, Uint8Array.of(1), 0)
  expect(told).toBe(2)
  expect(journal.take()?.length).toBeLessThan(1000)
  expect(journal.take()).toBe(undefined)
})

it('goes on in a tree that was replayed, with the same numbers', () => {
  const first = fork()
  const journal = new Journal(first, () => {})
  first.root.create('one', { ...KIND, kind: 'file' }).writeAt(0, Uint8Array.of(9), 0)
  const frames = [journal.take() ?? []].flat()
  const second = fork()
  const later = new Journal(second, () => {}, frames)
  expect(describe(second)).toEqual(describe(first))
  expect(later.take()).toBe(undefined)
  const two = second.root.create('two', { ...KIND, kind: 'file' })
  two.writeAt(0, Uint8Array.of(1, 2, 3), 0)
  second.root.rename('hard', second.root, 'one')
  for (const all of [[...frames, ...[later.take() ?? []].flat()], [later.whole()]]) {
    const third = fork()
    for (const frame of all) replay(third, frame)
    expect(describe(third)).toEqual(describe(second))
    expect(third.root.lookup('two')?.ino).toBe(two.ino)
  }
})
