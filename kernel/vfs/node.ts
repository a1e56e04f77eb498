// What a copy-on-write tree keeps of an inode, by number, in a table.

import { Contents } from './contents.ts'
import type { NewNode } from './inode.ts'
import type { Kind, Nanoseconds } from './stat.ts'

/** What a table keeps of an inode. Never changed once its table is frozen. */
export interface Node {
  readonly kind: Kind
  mode: number
  uid: number
  gid: number
  nlink: number
  readonly rdev: number
  atime: Nanoseconds
  mtime: Nanoseconds
  ctime: Nanoseconds
  /** Files. */
  contents: Contents | undefined
  /** Symlinks. */
  readonly target: string
  /** Directories. */
  readonly entries: Map<string, number> | undefined
  parent: number
  attributes: ReadonlyMap<string, Uint8Array>
}

export const ROOT_INO = 1
const NO_ATTRIBUTES: ReadonlyMap<string, Uint8Array> = new Map()

export function rootNode(mode: number, now: Nanoseconds): Node {
  return newNode({ kind: 'directory', mode, uid: 0, gid: 0 }, ROOT_INO, now)
}

export function newNode(made: NewNode, parent: number, now: Nanoseconds): Node {
  return {
    kind: made.kind,
    mode: made.mode & 0o7777,
    uid: made.uid,
    gid: made.gid,
    nlink: made.kind === 'directory' ? 2 : 1,
    rdev: 'rdev' in made ? made.rdev : 0,
    atime: now,
    mtime: now,
    ctime: now,
    contents: made.kind === 'file' ? Contents.of() : undefined,
    target: 'target' in made ? made.target : '',
    entries: made.kind === 'directory' ? new Map() : undefined,
    parent,
    attributes: NO_ATTRIBUTES,
  }
}

export function cloneNode(node: Node): Node {
  return { ...node, contents: node.contents?.clone(), entries: node.entries && new Map(node.entries) }
}
