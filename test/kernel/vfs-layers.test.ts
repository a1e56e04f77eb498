// What copying on write costs, and that nobody sees what another wrote: on accounting, not on time.

import { describe, expect, it } from 'vitest'
import type { Description } from '../../kernel/description.ts'
import { PAGE } from '../../kernel/vfs/contents.ts'
import { CowFileSystem, type CowInode } from '../../kernel/vfs/cow.ts'
import type { NodeOpener } from '../../kernel/vfs/opener.ts'
import { Space } from '../../kernel/vfs/space.ts'
import { decode, encode } from '../../lib/bytes.ts'

let time = 1_000_000_000_000n
const now = () => ++time
const FILE = { kind: 'file', mode: 0o644, uid: 0, gid: 0 } as const
const DIRECTORY = { kind: 'directory', mode: 0o755, uid: 0, gid: 0 } as const

const opener: NodeOpener = {
  fifo: () => {
    throw new Error('no fifo here')
  },
  device: () => {
    throw new Error('no device here')
  },
}

const open = (inode: CowInode): Description => inode.open({ read: true, write: true }, '/f', opener).hold()

function writeAt(inode: CowInode, at: number, text: string): void {
  const description = open(inode)
  description.seek(at, 'set')
  description.write(encode(text))
  description.release()
}

const text = (inode: CowInode) => decode(inode.readAll())

function fileOf(fs: CowFileSystem, name: string): CowInode {
  const inode = fs.root.lookup(name)
  if (!inode) throw new Error(`no ${name}`)
  return fs.handle(inode.ino)
}

/** A tree whose one layer holds one file. */
function baseWith(bytes: Uint8Array): CowFileSystem {
  const base = new CowFileSystem({ now })
  base.root.create('f', FILE).setContents(bytes)
  base.freeze()
  return base
}

describe('space', () => {
  it('one byte changed in a file of 100 MB costs a page', () => {
    const space = new Space(Number.POSITIVE_INFINITY)
    const fork = baseWith(new Uint8Array(100_000_000)).fork({ now, space })
    writeAt(fileOf(fork, 'f'), 50_000_000, 'x')
    expect(space.used).toBe(PAGE)
    writeAt(fileOf(fork, 'f'), 50_000_001, 'y')
    expect(space.used).toBe(PAGE)
  })

  it('a sparse file of 10 GB costs what was written', () => {
    const space = new Space(1_000_000)
    const fs = new CowFileSystem({ now, space })
    const file = fs.root.create('f', FILE)
    writeAt(file, 10_000_000_000, 'x')
    file.truncate(12_000_000_000)
    expect(file.stat()).toMatchObject({ size: 12_000_000_000 })
    expect(file.stat().blocks * 512).toBeLessThanOrEqual(PAGE)
    expect(space.used).toBeLessThanOrEqual(PAGE)
  })

  it('reading, opening and forking cost nothing', () => {
    const base = baseWith(encode('base'))
    const space = new Space(0)
    for (let i = 0; i < 1000; i++) {
      const fork = base.fork({ now, space })
      expect(text(fileOf(fork, 'f'))).toBe('base')
      open(fileOf(fork, 'f')).release()
      expect(fork.layerOf(fileOf(fork, 'f').ino)).toBe(0)
    }
    expect(base.layers).toBe(1)
    expect(space.used).toBe(0)
  })

  it('a write that does not fit is short, then ENOSPC, and room comes back', () => {
    const space = new Space(3 * PAGE)
    const fs = new CowFileSystem({ now, space })
    const description = open(fs.root.create('f', FILE))
    expect(description.write(new Uint8Array(4 * PAGE))).toBe(3 * PAGE)
    expect(() => description.write(encode('x'))).toThrow('No space left on device')
    description.truncate(PAGE)
    expect(space.used).toBe(PAGE)
    fs.root.unlink('f')
    expect(space.used).toBe(PAGE)
    description.release()
    expect(space.used).toBe(0)
  })

  it('room for inodes ends, too, and lower ones are not ours to count', () => {
    const base = baseWith(encode('base'))
    const space = new Space(0, { inodes: 2 })
    const fork = base.fork({ now, space })
    fork.root.unlink('f')
    expect(space.inodes).toBe(0)
    fork.root.create('a', FILE)
    fork.root.create('b', FILE)
    expect(() => fork.root.create('c', FILE)).toThrow('No space left on device')
    fork.root.unlink('a')
    fork.root.create('c', FILE)
    expect(space.inodes).toBe(2)
  })
})

describe('limits of a file', () => {
  it('EFBIG beyond 16 TiB, EINVAL a seek there', () => {
    const file = new CowFileSystem({ now }).root.create('f', FILE)
    expect(() => file.truncate(2 ** 44 + 1)).toThrow('File too large')
    const description = open(file)
    description.seek(2 ** 44, 'set')
    expect(() => description.write(encode('x'))).toThrow('File too large')
    expect(() => description.seek(2 ** 44 + 1, 'set')).toThrow('Invalid argument')
    description.release()
  })

  it('blocks are of what is there, as du counts', () => {
    const file = new CowFileSystem({ now }).root.create('f', FILE)
    writeAt(file, 0, 'x'.repeat(40_000))
    expect(file.stat().blocks).toBe(80)
    writeAt(file, 0, 'y')
    expect(file.stat().blocks).toBe(80)
    file.truncate(1)
    expect(file.stat().blocks).toBe(8)
    file.truncate(0)
    expect(file.stat().blocks).toBe(0)
  })
})

describe('layers', () => {
  it('nobody sees what another wrote', () => {
    const base = baseWith(encode('base'))
    const [one, two] = [base.fork({ now }), base.fork({ now })]
    writeAt(fileOf(one, 'f'), 0, 'ONE')
    fileOf(two, 'f').truncate(2)
    expect([base, one, two].map(fs => text(fileOf(fs, 'f')))).toEqual(['base', 'ONEe', 'ba'])
  })

  it('a snapshot stays while what it was taken from goes on', () => {
    const fs = baseWith(encode('base'))
    const description = open(fileOf(fs, 'f'))
    description.write(encode('1'))
    const snapshot = fs.fork({ now })
    description.write(encode('2'))
    expect(text(fileOf(snapshot, 'f'))).toBe('1ase')
    expect(text(fileOf(fs, 'f'))).toBe('12se')
    description.release()
  })

  it('what was cut off does not come back, over a frozen layer either', () => {
    const fork = baseWith(encode('secret')).fork({ now })
    const file = fileOf(fork, 'f')
    file.truncate(1)
    file.truncate(6)
    expect(text(file)).toBe('s\0\0\0\0\0')
    fork.freeze()
    writeAt(file, 5, 'x')
    expect(text(file)).toBe('s\0\0\0\0x')
  })

  it('names, links and moves need no copy of the file', () => {
    const fork = baseWith(encode('base')).fork({ now, space: new Space(0) })
    const file = fileOf(fork, 'f')
    fork.root.create('d', DIRECTORY)
    fork.root.link('g', file)
    fork.root.rename('f', fork.handle(fork.root.lookup('d')?.ino ?? 0), 'moved')
    fork.root.unlink('g')
    expect(text(file)).toBe('base')
    expect(file.stat().nlink).toBe(1)
  })

  it('says which layer a file is from', () => {
    const fs = new CowFileSystem({ now })
    const low = fs.root.create('low', FILE)
    fs.freeze()
    const high = fs.root.create('high', FILE)
    fs.freeze()
    const fresh = fs.root.create('fresh', FILE)
    expect([low, high, fresh].map(inode => fs.layerOf(inode.ino))).toEqual([0, 1, 2])
    low.setAttributes({ mode: 0o600 })
    expect(fs.layerOf(low.ino)).toBe(2)
    expect(fs.isUnchangedSince(high.ino, 2)).toBe(true)
    expect(fs.at(1).root.lookup('high')).toBeUndefined()
  })

  it('an unlinked file that is open survives freezing, and no fork has it', () => {
    const fs = baseWith(encode('base'))
    const description = open(fileOf(fs, 'f'))
    fs.root.unlink('f')
    const fork = fs.fork({ now })
    description.write(encode('B'))
    description.seek(0, 'set')
    expect(decode(description.read(10) ?? encode(''))).toBe('Base')
    expect(fork.root.lookup('f')).toBeUndefined()
    description.release()
    expect(fs.root.lookup('f')).toBeUndefined()
  })
})

describe('access times', () => {
  it('are relatime in the upper layer and copy nothing up', () => {
    const fs = baseWith(encode('base'))
    const lower = fileOf(fs, 'f')
    const before = lower.stat().atime
    const reader = open(lower)
    reader.read(1)
    expect(lower.stat().atime).toBe(before)
    expect(fs.layerOf(lower.ino)).toBe(0)
    reader.write(encode('x'))
    reader.read(1)
    const first = lower.stat().atime
    expect(first).toBeGreaterThan(lower.stat().mtime)
    reader.read(1)
    expect(lower.stat().atime).toBe(first)
    reader.release()
  })
})

describe('contents against a plain array', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i', seed => {
    const random = generator(seed)
    let model = Uint8Array.from({ length: random(200_000) }, () => random(256))
    const fs = baseWith(model.slice())
    const file = fileOf(fs, 'f')
    const description = open(file)
    for (let step = 0; step < 60; step++) {
      const at = random(300_000)
      const kind = random(5)
      if (kind === 0) {
        const size = random(300_000)
        file.truncate(size)
        model = resized(model, size)
      } else if (kind === 1) fs.freeze()
      else {
        const bytes = new Uint8Array(1 + random(kind === 2 ? 100 : 150_000)).fill(1 + random(255))
        model = resized(model, Math.max(model.length, at + bytes.length))
        model.set(bytes, at)
        description.seek(at, 'set')
        expect(description.write(bytes)).toBe(bytes.length)
      }
      expect(file.stat().size).toBe(model.length)
      description.seek(at, 'set')
      const read = description.read(1000) ?? encode('')
      expect(Buffer.compare(read, model.subarray(at, at + read.length))).toBe(0)
    }
    expect(Buffer.compare(file.readAll(), model)).toBe(0)
    description.release()
  })
})

function resized(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const other = new Uint8Array(size)
  other.set(bytes.subarray(0, size))
  return other
}

function generator(seed: number): (below: number) => number {
  let state = seed * 2654435761
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('what is read', () => {
  it("is the reader's own, also of a frozen layer, and of a source that is a Buffer", () => {
    const tree = new CowFileSystem({ now })
    for (const [name, source] of [
      ['array', encode('original')],
      ['buffer', Buffer.from('original')],
    ] as const) {
      tree.root.create(name, FILE).setContents(source)
    }
    tree.freeze()
    const upper = tree.fork({ now })
    for (const name of ['array', 'buffer']) {
      const inode = fileOf(upper, name)
      for (const read of [
        () => open(inode).read(100),
        () => open(inode).readThrough(10, 100),
        () => inode.readAt(0, 100),
      ]) {
        read()?.fill(0)
        expect([name, text(inode), text(fileOf(tree, name))]).toEqual([name, 'original', 'original'])
      }
    }
  })
})
