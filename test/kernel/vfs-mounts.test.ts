// Walking over mounts: what lies over what, '..' back out, read-only, binds that show themselves.

import { describe, expect, it } from 'vitest'
import { type Errno, SysError } from '../../kernel/errno.ts'
import type { CowFileSystem } from '../../kernel/vfs/cow.ts'
import type { Location, Mount } from '../../kernel/vfs/mount.ts'
import * as files from '../../kernel/vfs/operations.ts'
import { pathOf, type Viewer, walk } from '../../kernel/vfs/walk.ts'
import { emptyTree, viewerOf } from './file-script.ts'

interface Setting {
  readonly viewer: Viewer
  readonly inner: CowFileSystem
  mount(path: string, how?: { root?: Location['inode']; fs?: CowFileSystem; readOnly?: boolean }): Mount
}

/** /m is a mount point of a tree that holds /m/d; /side is an ordinary directory. */
function setting(how: { readOnly?: boolean } = {}): Setting {
  const viewer = viewerOf(emptyTree())
  const inner = emptyTree()
  inner.root.create('d', { kind: 'directory', mode: 0o755, uid: 0, gid: 0 })
  for (const path of ['/m', '/side']) files.mkdir(viewer, path, 0o755)
  const mount: Setting['mount'] = (path, { root, fs = inner, readOnly = false } = {}) => {
    const made = { fs, root: root ?? fs.root, readOnly, at: walk(viewer, path), path }
    viewer.mounts.add(made)
    return made
  }
  mount('/m', how)
  return { viewer, inner, mount }
}

function errnoOf(call: () => unknown): Errno | 'ok' {
  try {
    call()
    return 'ok'
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error.errno
  }
}

describe('mounts', () => {
  it('are entered, and left by ..', () => {
    const { viewer, inner } = setting()
    expect(walk(viewer, '/m').inode).toBe(inner.root)
    expect(walk(viewer, '/m/d/..').inode).toBe(inner.root)
    expect(walk(viewer, '/m/d/../..').inode).toBe(viewer.root.inode)
    expect(pathOf(viewer, walk(viewer, '/m/d/../../side/../m/d'))).toBe('/m/d')
  })

  it('lie over one another: the topmost is seen, and taken away the one below', () => {
    const { viewer, inner, mount } = setting()
    const top = emptyTree()
    const upper = mount('/m', { fs: top })
    expect(walk(viewer, '/m').inode).toBe(top.root)
    expect(walk(viewer, '/m/..').inode).toBe(viewer.root.inode)
    expect(pathOf(viewer, walk(viewer, '/m'))).toBe('/m')
    viewer.mounts.remove(upper)
    expect(walk(viewer, '/m').inode).toBe(inner.root)
  })

  it('a directory bound onto itself, or the root bound inside, ends', () => {
    const { viewer, mount } = setting()
    mount('/side', { fs: viewer.root.mount.fs as CowFileSystem, root: walk(viewer, '/side').inode })
    expect(pathOf(viewer, walk(viewer, '/side'))).toBe('/side')
    expect(walk(viewer, '/side/..').inode).toBe(viewer.root.inode)
    files.mkdir(viewer, '/all', 0o755)
    mount('/all', { fs: viewer.root.mount.fs as CowFileSystem, root: viewer.root.inode })
    expect(pathOf(viewer, walk(viewer, '/all/all/..'))).toBe('/all')
    expect(walk(viewer, '/all/..').inode).toBe(viewer.root.inode)
  })

  it('are busy, and other devices', () => {
    const { viewer } = setting()
    expect(errnoOf(() => files.rmdir(viewer, '/m'))).toBe('EBUSY')
    expect(errnoOf(() => files.unlink(viewer, '/m'))).toBe('EISDIR')
    expect(errnoOf(() => files.rename(viewer, '/m', '/n'))).toBe('EBUSY')
    expect(errnoOf(() => files.rename(viewer, '/side', '/m'))).toBe('EBUSY')
    expect(errnoOf(() => files.rename(viewer, '/side', '/m/side'))).toBe('EXDEV')
    files.mknod(viewer, '/f', { kind: 'file', mode: 0o644, rdev: 0 })
    expect(errnoOf(() => files.link(viewer, '/f', '/m/f', {}))).toBe('EXDEV')
  })

  it('read-only ones are not changed, not even by root', () => {
    const { viewer, inner } = setting({ readOnly: true })
    inner.root.create('f', { kind: 'file', mode: 0o644, uid: 0, gid: 0 })
    const calls: [string, () => unknown][] = [
      ['mkdir', () => files.mkdir(viewer, '/m/x', 0o755)],
      ['rmdir', () => files.rmdir(viewer, '/m/d')],
      ['unlink', () => files.unlink(viewer, '/m/f')],
      ['rename', () => files.rename(viewer, '/m/f', '/m/g')],
      ['link', () => files.link(viewer, '/m/f', '/m/g', {})],
      ['symlink', () => files.symlink(viewer, 'x', '/m/l')],
      ['mknod', () => files.mknod(viewer, '/m/p', { kind: 'fifo', mode: 0o644, rdev: 0 })],
      ['chmod', () => files.chmod(viewer, '/m/f', 0o600)],
      ['chown', () => files.chown(viewer, '/m/f', { uid: 1 }, {})],
      ['utimes', () => files.utimes(viewer, '/m/f', { mtime: 'now' }, {})],
      ['truncate', () => files.truncate(viewer, '/m/f', 0)],
      ['write', () => files.open(viewer, '/m/f', { write: true }, 0)],
      ['truncating', () => files.open(viewer, '/m/f', { read: true, truncate: true }, 0)],
      ['create', () => files.open(viewer, '/m/x', { write: true, create: true }, 0o644)],
    ]
    expect(calls.map(([name, call]) => [name, errnoOf(call)])).toEqual(calls.map(([name]) => [name, 'EROFS']))
    expect(errnoOf(() => files.open(viewer, '/m/f', { read: true, create: true }, 0o644))).toBe('ok')
    expect(errnoOf(() => files.mkdir(viewer, '/m/d', 0o755))).toBe('EEXIST')
  })

  it('a symlink leads through them from the root of who looks', () => {
    const { viewer, inner } = setting()
    files.symlink(viewer, '/m/d', '/side/l')
    expect(walk(viewer, '/side/l').inode).toBe(inner.root.lookup('d'))
    const jailed = { ...viewer, root: walk(viewer, '/side'), cwd: walk(viewer, '/side') }
    expect(errnoOf(() => walk(jailed, '/l'))).toBe('ENOENT')
    expect(walk(jailed, '../../..').inode).toBe(jailed.root.inode)
    expect(errnoOf(() => pathOf(jailed, viewer.root))).toBe('ENOENT')
  })
})
