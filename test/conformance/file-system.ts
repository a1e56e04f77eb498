// The errno contract of kernel/vfs/inode.ts, a suite that every FileSystem passes.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Description } from '../../kernel/description.ts'
import { type Errno, SysError } from '../../kernel/errno.ts'
import type { FileSystem, Inode, NewNode, OpenFlags } from '../../kernel/vfs/inode.ts'
import type { NodeOpener } from '../../kernel/vfs/opener.ts'
import { decode, encode } from '../../lib/bytes.ts'

export interface Subject {
  /** Writable; its root is an empty directory. */
  readonly fs: FileSystem
  readonly dispose?: () => void
}

/** Where a file system is excused. */
export interface Lacks {
  /** It makes no devices, fifos and sockets. */
  readonly nodes?: boolean
  /** Its files belong to who runs the test. */
  readonly owners?: boolean
}

/** Whole seconds: a host sets times no finer than its own calls take them. */
const LONG_AGO = 5_000_000_000n
const EARLIER = 7_000_000_000n

const OWNER = { uid: 0, gid: 0 }
const FILE: NewNode = { kind: 'file', mode: 0o644, ...OWNER }
const DIRECTORY: NewNode = { kind: 'directory', mode: 0o755, ...OWNER }
const LINK: NewNode = { kind: 'symlink', target: 'a', mode: 0o777, ...OWNER }

const nothingToOpen: NodeOpener = {
  fifo: () => {
    throw new SysError('ENXIO')
  },
  device: () => {
    throw new SysError('ENXIO')
  },
}

/** `make` is called for each test, and again where two file systems are needed (EXDEV). */
export function describeFileSystem(name: string, make: () => Subject, lacks: Lacks = {}): void {
  describe(name, () => {
    let subject: Subject
    let root: Inode
    beforeEach(() => {
      subject = make()
      root = subject.fs.root
    })
    afterEach(() => subject.dispose?.())

    const open = (inode: Inode, flags: OpenFlags): Description => inode.open(flags, '/x', nothingToOpen).hold()
    const write = (inode: Inode, text: string, flags: OpenFlags = {}) => {
      const description = open(inode, { write: true, ...flags })
      description.write(encode(text))
      description.release()
    }
    const read = (inode: Inode) => {
      const description = open(inode, { read: true })
      const text = decode(description.read(1 << 16) ?? encode('nothing yet'))
      description.release()
      return text
    }
    const names = (directory: Inode) => Array.from(directory.entries(), ([entry]) => entry).sort()

    describe('directories', () => {
      it('hold what was created, one object per inode', () => {
        const file = root.create('f', FILE)
        expect(root.lookup('f')).toBe(file)
        expect(root.lookup('gone')).toBeUndefined()
        expect(names(root)).toEqual(['f'])
        expect(root.nameOf(file)).toBe('f')
        expect([...root.entries()][0]?.[1]).toBe(file)
        expect(file.fs).toBe(subject.fs)
      })

      it('know where they are', () => {
        const directory = root.create('d', DIRECTORY)
        expect(directory.parent()).toBe(root)
        expect(root.parent()).toBe(root)
      })

      it('count their directories in nlink', () => {
        const before = root.stat().nlink
        root.create('d', DIRECTORY)
        expect(root.stat().nlink).toBe(before + 1)
        expect(root.lookup('d')?.stat().nlink).toBe(2)
        root.removeDirectory('d')
        expect(root.stat().nlink).toBe(before)
      })

      it('keep kinds and modes', () => {
        expect(root.create('f', { ...FILE, mode: 0o640 }).stat()).toMatchObject({ kind: 'file', mode: 0o640, size: 0 })
        expect(root.create('d', DIRECTORY).stat()).toMatchObject({ kind: 'directory', mode: 0o755 })
        expect(root.create('l', LINK).stat()).toMatchObject({ kind: 'symlink', size: 1 })
      })

      it.each(['create', 'link'] as const)('%s: EEXIST a name that is taken', call => {
        const file = root.create('f', FILE)
        root.create('d', DIRECTORY)
        for (const name of ['f', 'd']) {
          refuses('EEXIST', () => (call === 'create' ? root.create(name, FILE) : root.link(name, file)))
        }
      })

      it('have times that entries change', () => {
        root.setAttributes({ mtime: LONG_AGO })
        expect(root.stat().mtime).toBe(LONG_AGO)
        root.create('f', FILE)
        expect(root.stat().mtime).toBeGreaterThan(LONG_AGO)
        root.setAttributes({ mtime: LONG_AGO })
        root.unlink('f')
        expect(root.stat().mtime).toBeGreaterThan(LONG_AGO)
      })

      it('refuse to be written, read or cut', () => {
        refuses('EISDIR', () => root.open({ write: true }, '/', nothingToOpen))
        refuses('EISDIR', () => root.truncate(0))
        const description = open(root, { read: true })
        refuses('EISDIR', () => description.read(1))
        description.release()
      })
    })

    describe('what is no directory', () => {
      it.each(['file', 'symlink'] as const)('ENOTDIR from a %s', kind => {
        const inode = root.create('x', kind === 'file' ? FILE : LINK)
        const other = root.create('y', FILE)
        refuses('ENOTDIR', () => inode.lookup('a'))
        refuses('ENOTDIR', () => [...inode.entries()])
        refuses('ENOTDIR', () => inode.create('a', FILE))
        refuses('ENOTDIR', () => inode.link('a', other))
        refuses('ENOTDIR', () => inode.unlink('a'))
        refuses('ENOTDIR', () => inode.removeDirectory('a'))
        refuses('ENOTDIR', () => inode.rename('a', root, 'b'))
      })

      it('readlink: EINVAL on what is no symlink', () => {
        expect(root.create('l', LINK).readlink()).toBe('a')
        refuses('EINVAL', () => root.create('f', FILE).readlink())
        refuses('EINVAL', () => root.readlink())
      })

      it('open: ELOOP on a symlink', () => {
        const link = root.create('l', LINK)
        refuses('ELOOP', () => link.open({ read: true }, '/l', nothingToOpen))
      })

      it.skipIf(lacks.nodes)('keeps device numbers, and a socket opens to ENXIO', () => {
        expect(root.create('c', { kind: 'character', mode: 0o666, rdev: 259, ...OWNER }).stat()).toMatchObject({
          kind: 'character',
          rdev: 259,
        })
        expect(root.create('p', { kind: 'fifo', mode: 0o666, ...OWNER }).stat().kind).toBe('fifo')
        const socket = root.create('s', { kind: 'socket', mode: 0o666, ...OWNER })
        refuses('ENXIO', () => socket.open({ read: true }, '/s', nothingToOpen))
      })
    })

    describe('removing', () => {
      it('unlink: ENOENT, EISDIR', () => {
        root.create('d', DIRECTORY)
        refuses('ENOENT', () => root.unlink('gone'))
        refuses('EISDIR', () => root.unlink('d'))
      })

      it('removeDirectory: ENOENT, ENOTDIR, ENOTEMPTY', () => {
        root.create('f', FILE)
        root.create('d', DIRECTORY).create('f', FILE)
        refuses('ENOENT', () => root.removeDirectory('gone'))
        refuses('ENOTDIR', () => root.removeDirectory('f'))
        refuses('ENOTEMPTY', () => root.removeDirectory('d'))
        root.lookup('d')?.unlink('f')
        root.removeDirectory('d')
        expect(names(root)).toEqual(['f'])
      })

      it('an open file lives until it is closed', () => {
        const file = root.create('f', FILE)
        write(file, 'still here')
        const description = open(file, { read: true, write: true })
        root.unlink('f')
        expect(root.lookup('f')).toBeUndefined()
        expect(description.stat().nlink).toBe(0)
        expect(decode(description.read(5) ?? encode(''))).toBe('still')
        expect(description.write(encode('!'))).toBe(1)
        description.release()
      })

      it('a name can be used again for another file', () => {
        const first = root.create('f', FILE)
        root.unlink('f')
        const second = root.create('f', DIRECTORY)
        expect(second).not.toBe(first)
        expect(second.kind).toBe('directory')
      })
    })

    describe('links', () => {
      it('are the same file', () => {
        const file = root.create('f', FILE)
        root.link('g', file)
        expect(root.lookup('g')).toBe(file)
        expect(file.stat().nlink).toBe(2)
        write(root.lookup('g') ?? file, 'one')
        expect(read(root.lookup('f') ?? root)).toBe('one')
        root.unlink('f')
        expect(root.lookup('g')?.stat().nlink).toBe(1)
        expect(read(root.lookup('g') ?? root)).toBe('one')
      })

      it('EPERM a directory, EXDEV another file system', () => {
        const directory = root.create('d', DIRECTORY)
        refuses('EPERM', () => root.link('e', directory))
        const other = make()
        const foreign = other.fs.root.create('f', FILE)
        refuses('EXDEV', () => root.link('f', foreign))
        other.dispose?.()
      })
    })

    describe('rename', () => {
      it('moves, replaces, and keeps the inode', () => {
        const from = root.create('a', DIRECTORY)
        const to = root.create('b', DIRECTORY)
        const file = from.create('f', FILE)
        to.create('g', FILE)
        from.rename('f', to, 'g')
        expect(names(from)).toEqual([])
        expect(names(to)).toEqual(['g'])
        expect(to.lookup('g')).toBe(file)
      })

      it('moves a directory with what is in it, and its ..', () => {
        const moved = root.create('a', DIRECTORY)
        const to = root.create('b', DIRECTORY)
        moved.create('f', FILE)
        root.rename('a', to, 'c')
        expect(names(root)).toEqual(['b'])
        expect(to.lookup('c')).toBe(moved)
        expect(moved.parent()).toBe(to)
        expect(names(moved)).toEqual(['f'])
        expect([root.stat().nlink, to.stat().nlink]).toEqual([3, 3])
      })

      it('two names of one file: nothing happens', () => {
        const file = root.create('f', FILE)
        root.link('g', file)
        root.rename('f', root, 'g')
        expect(names(root)).toEqual(['f', 'g'])
      })

      it('ENOENT, EISDIR, ENOTDIR, ENOTEMPTY, EINVAL, and nothing has changed', () => {
        root.create('f', FILE)
        const directory = root.create('d', DIRECTORY)
        const full = root.create('full', DIRECTORY)
        full.create('x', FILE)
        const inside = directory.create('inside', DIRECTORY)
        refuses('ENOENT', () => root.rename('gone', root, 'x'))
        refuses('EISDIR', () => root.rename('f', root, 'd'))
        refuses('ENOTDIR', () => root.rename('d', root, 'f'))
        refuses('ENOTEMPTY', () => root.rename('d', root, 'full'))
        refuses('EINVAL', () => root.rename('d', directory, 'e'))
        refuses('EINVAL', () => root.rename('d', inside, 'e'))
        expect(names(root)).toEqual(['d', 'f', 'full'])
        expect(names(directory)).toEqual(['inside'])
      })

      it('EXDEV another file system', () => {
        root.create('f', FILE)
        const other = make()
        refuses('EXDEV', () => root.rename('f', other.fs.root, 'f'))
        other.dispose?.()
      })
    })

    describe('a regular file', () => {
      it('EBADF reading what is open for writing, or the reverse', () => {
        const file = root.create('f', FILE)
        const writer = open(file, { write: true })
        const reader = open(file, { read: true })
        refuses('EBADF', () => writer.read(1))
        refuses('EBADF', () => reader.write(encode('x')))
        refuses('EINVAL', () => reader.truncate(0))
        writer.release()
        reader.release()
      })

      it('has an offset: read, write, seek from three places, EINVAL before the beginning', () => {
        const file = root.create('f', FILE)
        const description = open(file, { read: true, write: true })
        expect(description.write(encode('hello world'))).toBe(11)
        expect(description.read(5)).toHaveLength(0)
        expect(description.seek(6, 'set')).toBe(6)
        expect(decode(description.read(3) ?? encode(''))).toBe('wor')
        expect(description.seek(-1, 'current')).toBe(8)
        expect(description.seek(-4, 'end')).toBe(7)
        expect(decode(description.read(100) ?? encode(''))).toBe('orld')
        refuses('EINVAL', () => description.seek(-1, 'set'))
        expect(description.seek(0, 'current')).toBe(11)
        description.release()
      })

      it('appends where the end is now', () => {
        const file = root.create('f', FILE)
        const one = open(file, { write: true, append: true })
        const two = open(file, { write: true, append: true })
        one.write(encode('1'))
        two.write(encode('22'))
        one.seek(0, 'set')
        one.write(encode('333'))
        expect(read(file)).toBe('122333')
        one.release()
        two.release()
      })

      it('is cut and filled up with zeros that were never there before', () => {
        const file = root.create('f', FILE)
        write(file, 'abcdef')
        file.truncate(2)
        file.truncate(4)
        expect(read(file)).toBe('ab\0\0')
        write(file, '', { truncate: true })
        expect(file.stat().size).toBe(0)
      })

      it('has holes that read as zeros and take no room', () => {
        const file = root.create('f', FILE)
        const description = open(file, { read: true, write: true })
        description.seek(10_000_000_000, 'set')
        description.write(encode('x'))
        expect(file.stat().size).toBe(10_000_000_001)
        expect(file.stat().blocks).toBeLessThan(256)
        description.seek(5_000_000_000, 'set')
        const middle = description.read(100) ?? encode('')
        expect(middle.length).toBeGreaterThan(0)
        expect(middle.every(byte => byte === 0)).toBe(true)
        description.release()
      })

      it('what was read stays as it was read', () => {
        const file = root.create('f', FILE)
        write(file, 'before')
        const reader = open(file, { read: true })
        const bytes = reader.read(6) ?? encode('')
        write(file, 'AFTER!')
        expect(decode(bytes)).toBe('before')
        reader.release()
      })

      it('has times: writing changes mtime, attributes change ctime', () => {
        const file = root.create('f', FILE)
        file.setAttributes({ atime: EARLIER, mtime: LONG_AGO })
        expect(file.stat()).toMatchObject({ atime: EARLIER, mtime: LONG_AGO })
        expect(file.stat().ctime).toBeGreaterThan(EARLIER)
        write(file, 'x')
        expect(file.stat().mtime).toBeGreaterThan(LONG_AGO)
      })

      it('keeps its mode', () => {
        const file = root.create('f', FILE)
        file.setAttributes({ mode: 0o600 })
        expect(file.stat().mode).toBe(0o600)
      })

      it.skipIf(lacks.owners)('keeps its owner', () => {
        const file = root.create('f', FILE)
        file.setAttributes({ uid: 12, gid: 34 })
        expect(file.stat()).toMatchObject({ mode: 0o644, uid: 12, gid: 34 })
        file.setAttributes({ gid: 35 })
        expect(file.stat()).toMatchObject({ mode: 0o644, uid: 12, gid: 35 })
      })
    })
  })
}

function refuses(errno: Errno, call: () => unknown): void {
  let answer: unknown = 'no refusal'
  try {
    call()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    answer = error.errno
  }
  expect(answer).toBe(errno)
}
