// Blobs whose contents are known to have their digest: hashing a layer at every `run` costs more than all else in it.
//
// Beside the blobs stands, a file each, what the blob was like when it was verified: when its size, a time or its inode is
// another now, or the note is missing or torn, it is verified anew.

import { decode, encode } from '../lib/bytes.ts'
import { blobPath, type Digest } from './digest.ts'

/** What remembering takes of a host's files. A host without `stamp` remembers nothing, and verifies at every read. */
export interface VerifiedFiles {
  /** undefined: there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>
  remove(path: string): Promise<void>
  /** What changes whenever the file does. undefined: there is no such file, or it is so small that hashing it is cheaper. */
  stamp?(path: string): Promise<string | undefined>
  /** Whole or not at all, but not flushed, and no failure when the disk is full or read-only: it only saves work. */
  writeNote?(path: string, bytes: Uint8Array): Promise<void>
}

export class VerifiedBlobs {
  readonly #files: VerifiedFiles

  constructor(files: VerifiedFiles) {
    this.#files = files
  }

  /** To be taken before a blob is read: then a change while it is read is seen. */
  async stamp(digest: Digest): Promise<string | undefined> {
    return this.#files.stamp?.(blobPath(digest))
  }

  async has(digest: Digest): Promise<boolean> {
    const stamp = await this.stamp(digest)
    if (stamp === undefined) return false
    const note = await this.#files.read(notePath(digest))
    return note !== undefined && decode(note) === stamp
  }

  async add(digest: Digest, stamp: string | undefined): Promise<void> {
    if (stamp !== undefined) await this.#files.writeNote?.(notePath(digest), encode(stamp))
  }

  async remove(digest: Digest): Promise<void> {
    if (this.#files.stamp) await this.#files.remove(notePath(digest))
  }
}

function notePath(digest: Digest): string {
  return `verified/${digest.slice('sha256:'.length)}`
}
