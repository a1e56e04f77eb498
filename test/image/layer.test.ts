import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyLayer } from '../../image/apply.ts'
import { changes, layerTar, treeTar } from '../../image/diff.ts'
import { ImageError } from '../../image/manifest.ts'
import { CowFileSystem, type CowInode } from '../../kernel/vfs/cow.ts'
import { encode } from '../../lib/bytes.ts'
import { readTar, writeTar } from '../../lib/tar.ts'
import { directory, file, hardlink, paths, show, symlink, treeOf } from './tree.ts'

describe('a layer laid over a tree', () => {
  test('makes what it lists, with its metadata', () => {
    const tree = treeOf([
      directory('etc', { mode: 0o1750, uid: 3, gid: 4, mtime: 7_000_000_000n }),
      file('etc/passwd', 'root', { mode: 0o4640, uid: 1, mtime: 5_000_000_000n }),
      hardlink('etc/again', 'etc/passwd'),
      symlink('link', 'etc/passwd'),
      { path: 'fifo', kind: 'fifo', mode: 0o600 },
      { path: 'dev', kind: 'character', mode: 0o666, device: 259 },
    ])
    expect(show(tree)).toEqual([
      '/dev character 666 0:0 1 0 259',
      '/etc directory 1750 3:4 - 7 0',
      '/etc/again file 4640 1:0 2 5 "root"',
      '/etc/passwd file 4640 1:0 2 5 "root"',
      '/fifo fifo 600 0:0 1 0 0',
      '/link symlink 777 0:0 1 0 etc/passwd',
    ])
  })

  test('contents stay views into the archive', () => {
    const tar = writeTar([file('f', 'contents')])
    const tree = new CowFileSystem({ now: () => 0n })
    applyLayer(tree, tar)
    expect((tree.root.lookup('f') as CowInode).readAll().buffer).toBe(tar.buffer)
  })

  test('a whiteout removes what is below, whole directories too', () => {
    const tree = treeOf(
      [directory('a'), directory('a/b'), file('a/b/c', '1'), file('a/d', '2'), file('e', '3')],
      [file('a/.wh.b', ''), file('.wh.e', ''), file('.wh.nothing', '')],
    )
    expect(paths(tree)).toEqual(['/a', '/a/d'])
  })

  test('an opaque directory hides what is below, wherever in the layer it says so', () => {
    const below = [directory('a'), file('a/old', '1'), directory('a/sub'), file('a/sub/old', '2')]
    for (const layer of [
      [directory('a'), file('a/.wh..wh..opq', ''), file('a/new', '3'), directory('a/sub'), file('a/sub/new', '4')],
      [directory('a'), file('a/new', '3'), directory('a/sub'), file('a/sub/new', '4'), file('a/.wh..wh..opq', '')],
    ]) {
      const found = paths(treeOf(below, layer))
      expect(found).toContain('/a/new')
      expect(found).toContain('/a/sub/new')
      expect(found).not.toContain('/a/old')
      expect(found).not.toContain('/a/sub/old')
    }
  })

  test('kinds may change, and a directory over a directory keeps what is in it', () => {
    const tree = treeOf(
      [directory('a'), file('a/f', '1'), file('b', '2'), directory('c'), file('c/f', '3'), symlink('d', 'a')],
      [directory('a', { mode: 0o700 }), directory('b'), file('c', '4'), directory('d')],
    )
    expect(show(tree).map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
      '/a directory 700',
      '/a/f file 644',
      '/b directory 755',
      '/c file 644',
      '/d directory 755',
    ])
  })

  test('a file over a hard link leaves the other names as they were', () => {
    const tree = treeOf([file('a', 'old'), hardlink('b', 'a')], [file('a', 'new')])
    expect(show(tree)).toEqual(['/a file 644 0:0 1 0 "new"', '/b file 644 0:0 1 0 "old"'])
  })

  test('a hard link may be to a file of a lower layer', () => {
    const tree = treeOf([file('a', 'old')], [hardlink('b', 'a')])
    expect(show(tree)).toEqual(['/a file 644 0:0 2 0 "old"', '/b file 644 0:0 2 0 "old"'])
  })

  test('links on the way are followed, and never out of the tree', () => {
    const tree = treeOf(
      [directory('usr'), directory('usr/bin'), symlink('bin', '/usr/bin'), symlink('up', '../../../usr')],
      [file('bin/tool', '1'), file('up/other', '2')],
    )
    expect(paths(tree)).toEqual(['/bin', '/up', '/usr', '/usr/bin', '/usr/bin/tool', '/usr/other'])
  })

  test('missing parents are made', () => {
    expect(paths(treeOf([file('./a/b/c', '1')]))).toEqual(['/a', '/a/b', '/a/b/c'])
  })

  test.each([
    ['a path that leads out', [file('../evil', '')], /leads out of the image: "..\/evil"/],
    ['a path that leads out later', [directory('a'), file('a/../../evil', '')], /leads out of the image/],
    ['a hard link that leads out', [hardlink('a', '../../etc/shadow')], /leads out of the image/],
    ['a hard link to nothing', [hardlink('a', 'nothing')], /links a to nothing, which is not there/],
    ['links in a circle', [symlink('a', 'b'), symlink('b', 'a'), file('a/f', '')], /too many symbolic links/],
  ])('%s is refused', (_name, layer, words) => {
    const apply = () => applyLayer(new CowFileSystem({ now: () => 0n }), writeTar(layer))
    expect(apply).toThrow(ImageError)
    expect(apply).toThrow(words)
  })
})

describe('changes', () => {
  const below = [
    directory('etc'),
    file('etc/group', 'nobody\n'),
    file('etc/shadow', 'secret'),
    directory('home'),
    directory('tmp'),
    directory('usr'),
    directory('usr/sbin'),
    file('usr/sbin/tool', '1'),
    directory('var'),
    directory('var/www'),
  ]

  /** The session of docker's transcript: `docker diff` of it lists these, in podman's order. */
  test('are told as docker tells them', () => {
    const base = treeOf(below)
    const tree = base.fork({ now: () => 9_000_000_000n })
    const at = (path: string) =>
      path
        .split('/')
        .filter(Boolean)
        .reduce((inode, name) => inode.lookup(name) as CowInode, tree.root)
    at('etc/group').writeAt(7, encode('x\n'), 0)
    at('etc').unlink('shadow')
    const made = { mode: 0o755, uid: 0, gid: 0 }
    tree.root.create('new', { kind: 'directory', ...made }).create('dir', { kind: 'directory', ...made })
    at('new/dir').create('f', { kind: 'file', ...made })
    at('var').removeDirectory('www')
    at('home').setAttributes({ mode: 0o700 })
    at('usr/sbin').unlink('tool')
    at('usr').removeDirectory('sbin')
    tree.root.create('lnk', { kind: 'symlink', target: '/etc/group', ...made, mode: 0o777 })
    tree.root.create('p', { kind: 'fifo', ...made })
    at('tmp').create('t', { kind: 'file', ...made })
    expect(changes(base, tree).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'C /etc',
      'C /etc/group',
      'D /etc/shadow',
      'C /home',
      'A /lnk',
      'A /new',
      'A /new/dir',
      'A /new/dir/f',
      'A /p',
      'C /tmp',
      'A /tmp/t',
      'C /usr',
      'D /usr/sbin',
      'C /var',
      'D /var/www',
    ])
    const again = base.fork({ now: () => 0n })
    applyLayer(again, layerTar(base, tree))
    expect(show(again)).toEqual(show(tree))
  })

  test('reading changes nothing', () => {
    const base = treeOf(below)
    const tree = base.fork({ now: () => 9n })
    show(tree)
    parentOf(tree, ['etc', 'group'])?.lookup('group')?.open({ read: true }, 'etc/group', NO_OPENER).read(10)
    expect(changes(base, tree)).toEqual([])
    expect([...readTar(layerTar(base, tree))]).toEqual([])
  })

  test('of many names of one file, only the one that came or went is told', () => {
    const base = treeOf([
      directory('bin'),
      file('bin/busybox', 'mark'),
      hardlink('bin/cat', 'bin/busybox'),
      hardlink('bin/ls', 'bin/busybox'),
    ])
    const tree = base.fork({ now: () => 9n })
    const bin = tree.root.lookup('bin') as CowInode
    bin.unlink('ls')
    expect(changes(base, tree).map(({ kind, path }) => `${kind} ${path}`)).toEqual(['C /bin', 'D /bin/ls'])
    bin.link('sh', bin.lookup('cat') as CowInode)
    bin.link('ash', bin.lookup('cat') as CowInode)
    expect(changes(base, tree).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'C /bin',
      'A /bin/ash',
      'D /bin/ls',
      'A /bin/sh',
    ])
    const names = [...readTar(layerTar(base, tree))].map(({ path, kind, link }) => [path, kind, link])
    expect(names).toEqual([
      ['bin', 'directory', ''],
      ['bin/ash', 'file', ''],
      ['bin/.wh.ls', 'file', ''],
      ['bin/sh', 'hardlink', 'bin/ash'],
    ])
    ;(bin.lookup('cat') as CowInode).writeAt(0, encode('M'), 0)
    expect(changes(base, tree).map(({ kind, path }) => `${kind} ${path}`)).toContain('C /bin/busybox')
  })

  test('the root itself is in a layer when its mode changed, and never in the list', () => {
    const base = treeOf(below)
    const tree = base.fork({ now: () => 9n })
    tree.root.setAttributes({ mode: 0o700 })
    expect(changes(base, tree)).toEqual([])
    const again = base.fork({ now: () => 0n })
    applyLayer(again, layerTar(base, tree))
    expect(again.root.stat().mode).toBe(0o700)
  })

  test('times in layers are whole seconds, and not later than they may be', () => {
    const base = treeOf([])
    const tree = base.fork({ now: () => 5_999_999_999n })
    tree.root.create('f', { kind: 'file', mode: 0o644, uid: 0, gid: 0 })
    expect([...readTar(layerTar(base, tree))][0]?.mtime).toBe(5_000_000_000n)
    expect([...readTar(layerTar(base, tree, 3_000_000_000n))][0]?.mtime).toBe(3_000_000_000n)
    expect(layerTar(base, tree).length).toBe(512 + 1024)
  })

  test('the whole tree as an archive makes the same tree', () => {
    const tree = treeOf(below, [hardlink('etc/again', 'etc/group'), symlink('l', 'etc')])
    const again = new CowFileSystem({ now: () => 0n })
    applyLayer(again, treeTar(tree))
    expect(show(again)).toEqual(show(tree))
  })

  test('random changes: the layer laid over the base is the tree', () => {
    const name = fc.constantFrom('a', 'b', 'c')
    const path = fc.array(name, { minLength: 1, maxLength: 3 })
    const step = fc.record({
      act: fc.constantFrom('write', 'mkdir', 'symlink', 'remove', 'chmod', 'rename', 'link', 'truncate'),
      path,
      other: path,
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.array(step, { maxLength: 12 }), (before, after) => {
        const base = new CowFileSystem({ now: () => 1_000_000_000n })
        for (const one of before) change(base, one)
        base.freeze({ always: true })
        const tree = base.fork({ now: () => 2_000_000_000n })
        for (const one of after) change(tree, one)
        const again = base.fork({ now: () => 0n })
        applyLayer(again, layerTar(base, tree))
        expect(withoutLinks(again)).toEqual(withoutLinks(tree))
        expect(layerTar(base, tree)).toEqual(layerTar(base, tree))
      }),
      { numRuns: 400 },
    )
  })
})

const NO_OPENER = {
  fifo: () => {
    throw new Error('no fifo')
  },
  device: () => {
    throw new Error('no device')
  },
}

interface Step {
  readonly act: string
  readonly path: readonly string[]
  readonly other: readonly string[]
}

/** One step of a random session; what is not possible just does not happen. */
function change(fs: CowFileSystem, { act, path, other }: Step): void {
  const parent = parentOf(fs, path)
  const name = path.at(-1) ?? ''
  const there = parent?.lookup(name) as CowInode | undefined
  const made = { mode: 0o755, uid: 0, gid: 0 }
  if (!parent) return
  try {
    if (act === 'write') (there ?? parent.create(name, { kind: 'file', ...made })).writeAt(1, encode(other.join('')), 0)
    else if (act === 'mkdir' && !there) parent.create(name, { kind: 'directory', ...made })
    else if (act === 'symlink' && !there)
      parent.create(name, { kind: 'symlink', target: other.join('/'), ...made, mode: 0o777 })
    else if (act === 'remove' && there?.kind === 'directory') parent.removeDirectory(name)
    else if (act === 'remove' && there) parent.unlink(name)
    else if (act === 'chmod' && there?.kind !== 'symlink') there?.setAttributes({ mode: 0o700 + other.length })
    else if (act === 'truncate') there?.truncate(other.length)
    else if (act === 'rename' && there) {
      const target = parentOf(fs, other)
      if (target) parent.rename(name, target, other.at(-1) ?? '')
    } else if (act === 'link' && there) parentOf(fs, other)?.link(other.at(-1) ?? '', there)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'SysError')) throw error
  }
}

function parentOf(fs: CowFileSystem, path: readonly string[]): CowInode | undefined {
  let inode: CowInode = fs.root
  for (const name of path.slice(0, -1)) {
    const next = inode.kind === 'directory' ? inode.lookup(name) : undefined
    if (next?.kind !== 'directory') return undefined
    inode = next as CowInode
  }
  return inode
}

/** Hard links between layers are copies in an archive, so how many names a file has may differ. */
function withoutLinks(fs: CowFileSystem): string[] {
  return show(fs).map(line => line.replace(/^(\S+ \S+ \S+ \S+) \d+ /, '$1 '))
}
