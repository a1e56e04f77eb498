// Which file system lies over which directory. One table per kernel: a shared volume is mounted in each container apart.

import type { FileSystem, Inode } from './inode.ts'

export interface Mount {
  readonly fs: FileSystem
  /** What of the file system is seen: its root, or for a bind mount a directory or file inside it. */
  readonly root: Inode
  readonly readOnly: boolean
  /** Where it is mounted; undefined for the root of everything. */
  readonly at: Location | undefined
  /** The mount point's absolute path, for /proc/mounts. */
  readonly path: string
}

/** A place in the tree: an inode, seen through a mount. */
export interface Location {
  readonly mount: Mount
  readonly inode: Inode
}

export class MountTable {
  readonly #over = new Map<Inode, Mount>()
  readonly #all: Mount[] = []

  constructor(root: Mount) {
    this.#all.push(root)
  }

  get root(): Mount {
    return this.#all[0]!
  }

  /** In the order of mounting, as /proc/mounts lists them. */
  get all(): readonly Mount[] {
    return this.#all
  }

  /** What is mounted on an inode, if anything: the topmost. */
  on(inode: Inode): Mount | undefined {
    return this.#over.size === 0 ? undefined : this.#over.get(inode)
  }

  add(mount: Mount & { readonly at: Location }): void {
    this.#over.set(mount.at.inode, mount)
    this.#all.push(mount)
  }

  remove(mount: Mount): void {
    this.#all.splice(this.#all.indexOf(mount), 1)
    if (mount.at) this.#over.delete(mount.at.inode)
  }
}
