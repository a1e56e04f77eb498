// The files a build may copy from: a directory of the host, of the tab's workbench, or a stage, seen through .dockerignore.

import type { Inode } from '../../kernel/vfs/inode.ts'
import { decode } from '../../lib/bytes.ts'
import { readContents } from '../read-contents.ts'
import { clean, IgnoreFile, patternSource } from './ignore.ts'

/** A place in a source tree. */
export interface SourceFile {
  /** Relative to the tree's root; '' is the root itself. */
  readonly path: string
  readonly inode: Inode
}

const MOST_LINKS = 40

export class SourceTree {
  readonly root: Inode
  readonly #ignore: IgnoreFile

  constructor(root: Inode, ignore: IgnoreFile = new IgnoreFile('')) {
    this.root = root
    this.#ignore = ignore
  }

  /** The paths a source names: a plain path (its last symlink followed), or what a pattern matches. None: not there. */
  find(source: string): SourceFile[] {
    const path = clean(source)
    const plain = this.#at(path)
    if (plain) return this.#isHidden(path) ? [] : [{ path, inode: plain }]
    if (!/[*?[\\]/.test(path)) return []
    const regex = new RegExp(`^${patternSource(path)}$`, 's')
    return [...this.walk()].filter(file => regex.test(file.path))
  }

  /** Everything below a directory, parents first, names in order; the directory itself is left out. */
  *walk(from: SourceFile = { path: '', inode: this.root }): Generator<SourceFile> {
    const entries = [...from.inode.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, inode] of entries) {
      const path = from.path === '' ? name : `${from.path}/${name}`
      const isHidden = this.#isHidden(path)
      if (!isHidden) yield { path, inode }
      if (inode.kind === 'directory' && (!isHidden || this.#ignore.hasExceptions)) yield* this.walk({ path, inode })
    }
  }

  /** The text of a file, or undefined when it is not there. Not hidden by .dockerignore: for what the builder itself reads. */
  text(path: string): string | undefined {
    const inode = this.#at(clean(path))
    return inode?.kind === 'file' ? decode(readContents(inode)) : undefined
  }

  #isHidden(path: string): boolean {
    return path !== '' && this.#ignore.isIgnored(path)
  }

  /** Symlinks are followed inside the tree; one that leads out is as if it were at the root. */
  #at(path: string): Inode | undefined {
    const rest = path.split('/').filter(name => name !== '')
    let inode = this.root
    for (let links = 0; ; ) {
      const name = rest.shift()
      if (name === undefined) return inode
      if (inode.kind !== 'directory') return undefined
      if (name === '..') {
        if (inode !== this.root) inode = inode.parent()
        continue
      }
      const next = inode.lookup(name)
      if (!next) return undefined
      if (next.kind !== 'symlink') {
        inode = next
        continue
      }
      if (++links > MOST_LINKS) return undefined
      const target = next.readlink()
      if (target.startsWith('/')) inode = this.root
      rest.unshift(...target.split('/').filter(part => part !== '' && part !== '.'))
    }
  }
}
