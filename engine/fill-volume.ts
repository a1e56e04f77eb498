// A new volume begins with what the image has where it is mounted (docker: "Populate a volume using a container").

import { SysError } from '../kernel/errno.ts'
import { CowInode } from '../kernel/vfs/cow.ts'
import type { FileSystem, Inode, NewNode } from '../kernel/vfs/inode.ts'
import { NO_OPENER, readContents } from './read-contents.ts'

/** Only an empty volume is filled, and gets the owner and the mode of the image's directory even when that is empty. */
export function fillVolume({ root }: FileSystem, image: Inode): void {
  if (image.kind !== 'directory' || root.kind !== 'directory') return
  for (const _ of root.entries()) return
  new Filler().directory(image, root)
  takeOwner(root, image)
}

class Filler {
  /** Where an inode with several names was copied to. */
  readonly #copies = new Map<Inode, Inode>()

  directory(from: Inode, to: Inode): void {
    for (const [name, inode] of from.entries()) {
      const known = this.#copies.get(inode)
      if (known) to.link(name, known)
      else this.#copy(inode, to, name)
    }
    finish(to, from)
  }

  #copy(inode: Inode, directory: Inode, name: string): void {
    const made = directory.create(name, newNode(inode))
    if (inode.kind === 'directory') return this.directory(inode, made)
    if (inode.stat().nlink > 1) this.#copies.set(inode, made)
    if (inode.kind === 'file') write(made, readContents(inode))
    if (inode.kind !== 'symlink') finish(made, inode)
  }
}

function newNode(inode: Inode): NewNode {
  const { mode, uid, gid, rdev } = inode.stat()
  const owner = { uid, gid }
  switch (inode.kind) {
    case 'symlink':
      return { kind: 'symlink', target: inode.readlink(), mode, ...owner }
    case 'character':
    case 'block':
      return { kind: inode.kind, rdev, mode, ...owner }
    case 'directory':
      // Whoever may not write in it in the end must now.
      return { kind: 'directory', mode: mode | 0o700, ...owner }
    default:
      return { kind: inode.kind, mode: mode | 0o200, ...owner }
  }
}

function write(file: Inode, bytes: Uint8Array): void {
  if (file instanceof CowInode) return file.setContents(bytes)
  const description = file.open({ write: true }, '', NO_OPENER).hold()
  try {
    for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(description.write(rest) ?? 0)
  } finally {
    description.release()
  }
}

/** A change of owner, which making it may have been, takes setuid away: the mode comes last. */
function finish(made: Inode, original: Inode): void {
  const { mode, mtime } = original.stat()
  made.setAttributes({ mode, mtime })
}

/** A host's user who is not root owns what is his. */
function takeOwner(root: Inode, image: Inode): void {
  const { uid, gid, mode } = image.stat()
  try {
    root.setAttributes({ uid, gid })
  } catch (error) {
    if (!(error instanceof SysError && error.errno === 'EPERM')) throw error
  }
  root.setAttributes({ mode })
}
