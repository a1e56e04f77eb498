// Trees for tests of layers: made from a list, shown as lines.

import { applyLayer } from '../../image/apply.ts'
import { CowFileSystem, type CowInode } from '../../kernel/vfs/cow.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../../lib/tar.ts'

/** Each layer is a list of entries; the tree is frozen after each. */
export function treeOf(...layers: readonly (readonly NewTarEntry[])[]): CowFileSystem {
  const tree = new CowFileSystem({ now: () => 0n })
  for (const layer of layers) {
    applyLayer(tree, writeTar(layer))
    tree.freeze({ always: true })
  }
  return tree
}

export function file(path: string, text: string, rest: Partial<NewTarEntry> = {}): NewTarEntry {
  return { path, kind: 'file', mode: 0o644, contents: encode(text), ...rest }
}

export function directory(path: string, rest: Partial<NewTarEntry> = {}): NewTarEntry {
  return { path, kind: 'directory', mode: 0o755, ...rest }
}

export function symlink(path: string, link: string): NewTarEntry {
  return { path, kind: 'symlink', mode: 0o777, link }
}

export function hardlink(path: string, link: string, rest: Partial<NewTarEntry> = {}): NewTarEntry {
  return { path, kind: 'hardlink', mode: 0o644, link, ...rest }
}

/** A line for every name, sorted: kind, mode, owner, links, time, and what it holds. */
export function show(fs: CowFileSystem): string[] {
  const lines: string[] = []
  walk(fs.root, '', lines)
  return lines.sort()
}

function walk(parent: CowInode, path: string, lines: string[]): void {
  for (const [name, inode] of parent.entries()) {
    const { kind, mode, uid, gid, nlink, rdev, mtime } = inode.stat()
    const what =
      kind === 'file'
        ? JSON.stringify(decode((inode as CowInode).readAll()))
        : kind === 'symlink'
          ? inode.readlink()
          : String(rdev)
    const links = kind === 'directory' ? '-' : nlink
    lines.push(`${path}/${name} ${kind} ${mode.toString(8)} ${uid}:${gid} ${links} ${mtime / 1_000_000_000n} ${what}`)
    if (kind === 'directory') walk(inode as CowInode, `${path}/${name}`, lines)
  }
}

/** Just the paths. */
export function paths(fs: CowFileSystem): string[] {
  return show(fs).map(line => line.split(' ')[0] ?? '')
}
